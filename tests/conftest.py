"""What the tests share: the material beside the repository, and the sample gazette built once."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_make_parametrize_id(config: pytest.Config, val: object) -> str | None:
    """Show Chinese as it is in the names of tests, not as escapes."""
    return val if isinstance(val, str) and val.isprintable() and len(val) <= 80 else None


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout: files that do not ship in the wheel are found from here."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with real gazettes, answer keys and the reference scorer."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real gazettes and their answer keys (../shared) are not beside the repository")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the invented gazettes that ship with the program."""
    return REPOSITORY / "kg" / "data" / "sample"


@pytest.fixture(scope="session")
def sample_graph(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder built from the invented gazettes, made once for all tests: read it, never write to it."""
    from kg.build import build

    folder = tmp_path_factory.mktemp("sample") / "sample.kg"
    build([sample], folder)
    return folder
