"""`kg serve` says in one sentence why it cannot start."""

from __future__ import annotations

import socket
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main


def test_a_port_that_is_taken(sample_graph: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", str(sample_graph), "--port", str(port)])

    assert result.exit_code == 2
    assert f"127.0.0.1:{port} cannot be listened on" in result.output


def test_a_folder_that_is_no_graph(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "nothing.kg"), "--port", str(port)])

    assert result.exit_code == 2
    assert "is not a graph" in result.output
