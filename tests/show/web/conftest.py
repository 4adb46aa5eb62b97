"""The application over the invented gazettes, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.graph.answers import Limits
from kg.show.web.app import Settings, create_app


@pytest.fixture(scope="session")
def client(sample_graph: Path) -> Iterator[TestClient]:
    """A client of the sample's pages that follows no redirects."""
    app = create_app(sample_graph, Settings(Limits(seconds=5, workers=1)))
    with TestClient(app, base_url="http://kg.example", follow_redirects=False) as client:
        yield client
