"""Whatever a file holds, reading it gives facts with their quotes in place, or one sentence.

CI damages a few hundred files, chosen and made smaller by Hypothesis; `make torture` damages twenty thousand.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import torture
from kg.read.formats import bounded, pdf
from tests import hostile

#: Those of the made files that take a second at most.
QUICK = [
    *("a line of a million tabs.txt", "nested tables.txt", "a table of absurd spans.txt", "broken characters.txt"),
    *("a zip bomb.zip", "a bomb in an archive.zip", "archives in archives.zip", "a path that leads out.zip"),
    *("a Word bomb.docx", "a billion laughs.docx", "a file from outside.docx", "nested tables.docx"),
    *("a billion laughs.html", "a head that never ends.html", "nested boxes.html", "pages in a circle.pdf"),
]


@pytest.fixture(autouse=True, scope="module")
def _in_this_process() -> object:
    """A PDF has a process of its own, which takes half a second to start; the damage is to what reads it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "read_pdf", pdf.read)
        yield


@pytest.mark.parametrize("kind", [*hostile.FORMATS])
def test_damaged_files_are_read_or_refused_in_a_sentence(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("damaged") / f"a.{kind}"

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.randoms(use_true_random=False))
    def attempt(random: Random) -> None:
        path.write_bytes(hostile.damaged(kind, random))
        assert torture.tried(path, torture.SECONDS).failures == []

    attempt()


def test_a_graph_of_damaged_files_names_what_it_lacks_and_holds_the_good_one() -> None:
    tally = torture.built(list(range(45)))
    assert tally.failures == []
    assert tally.refused > 0 < tally.read


@pytest.mark.parametrize("name", QUICK)
def test_files_made_to_break_readers_do_not(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(MADE[name])
    assert torture.tried(path, 30).failures == []


MADE = hostile.made()
