"""Building on a Dask cluster: two workers, one of them killed, the same bytes as at home."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import gazettes
from kg.build import Progress, build
from kg.cli import main
from kg.cluster import ClusterError, read_all
from kg.inputs import Input
from tests.test_build import content

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'policy-kg[dask]'")
FILES = 6


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two processes."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        yield running.scheduler_address


def test_a_worker_that_dies_costs_nothing(cluster: str, tmp_path: Path) -> None:
    gazettes.write(FILES, tmp_path / "gazettes")
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1:
            with distributed.Client(cluster, set_as_default=False) as client:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    report = build([tmp_path / "gazettes"], tmp_path / "cluster.kg", dask=cluster, progress=watch)
    build([tmp_path / "gazettes"], tmp_path / "home.kg")

    assert len(report.added) == FILES
    assert [progress.done for progress in seen] == list(range(1, FILES + 1))
    assert content(tmp_path / "cluster.kg") == content(tmp_path / "home.kg")


def test_the_command_takes_the_address(cluster: str, sample: Path, sample_graph: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(sample), "--graph", str(tmp_path / "g.kg"), "--dask", cluster])
    assert (result.exit_code, result.exception) == (0, None)
    assert content(tmp_path / "g.kg") == content(sample_graph)


def test_a_cluster_that_is_not_there_is_told_and_leaves_no_graph(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"the Dask cluster at tcp://127.0.0.1:1 cannot be reached"):
        build([sample], tmp_path / "g.kg", dask="tcp://127.0.0.1:1")
    assert not (tmp_path / "g.kg").exists()


def test_a_worker_with_another_program_is_refused(cluster: str, sample: Path) -> None:
    given = Input("single.txt", sample / "single.txt", given=False)
    with pytest.raises(ClusterError, match="another version of this program"):
        list(read_all([given], cluster, str, os.getpid))


def test_a_worker_that_does_not_see_the_files_is_told(cluster: str, sample: Path, tmp_path: Path) -> None:
    here = shutil.copy(sample / "single.txt", tmp_path / "single.txt")
    given = Input("single.txt", Path(here), given=False, sha256="0" * 64)
    with pytest.raises(ClusterError, match=r"does not find .*single.txt as it is here"):
        list(read_all([given], cluster, str, os.cpu_count))
