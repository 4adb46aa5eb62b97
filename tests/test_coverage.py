"""Coverage: what became of the things that a text names, as figures and as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.coverage import CoveredMention, DocumentCoverage, Figure, State, coverage, judged, totals
from kg.coverage_page import render
from kg.extract.mentions import Mention
from kg.graph.store import open_graph
from tests import invented
from tests.fakes import write_graph

TEXT = "由市水利局到2030年建成绿道100公里，市水利局负责。"


def mention(kind: str, words: str, nth: int = 1) -> Mention:
    """The n-th place where the text has these words."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Mention(kind, start, start + len(words), words)


def ground(*evidence: tuple[str, str]) -> dict[int, frozenset[str]]:
    """What rests on the characters of some words, given with the table of the fact."""
    return {
        offset: frozenset({table})
        for words, table in evidence
        for offset in range(TEXT.index(words), TEXT.index(words) + len(words))
    }


@pytest.mark.parametrize(
    ("kind", "words", "evidence", "state"),
    [
        ("agency", "市水利局", ("市水利局", "assignments"), State.USED),
        # listed by its name, but without a part in a fact
        ("agency", "市水利局", ("市水利局", "agencies"), State.KNOWN),
        ("agency", "市水利局", ("绿道", "targets"), State.UNUSED),
        ("quantity", "100公里", ("100公里", "targets"), State.USED),
        # a part of the words is enough
        ("quantity", "100公里", ("100", "targets"), State.USED),
        # a number in the name of a task is no target
        ("quantity", "100公里", ("建成绿道100公里", "assignments"), State.UNUSED),
        ("year", "2030年", ("2030年", "assignments"), State.USED),
        ("year", "2030年", ("市水利局", "agencies"), State.UNUSED),
    ],
)
def test_a_mention_is_used_where_a_fitting_fact_rests_on_it(
    kind: str, words: str, evidence: tuple[str, str], state: State
) -> None:
    (found,) = judged([mention(kind, words)], ground(evidence))
    assert found.state == state


def test_the_same_name_elsewhere_is_known_but_a_number_says_something_new_each_time() -> None:
    twice = [mention("agency", "市水利局"), mention("agency", "市水利局", 2)]
    assert [found.state for found in judged(twice, ground(("市水利局", "assignments")))] == [State.USED, State.KNOWN]
    numbers = [mention("quantity", "100公里"), replace(mention("quantity", "100公里"), start=0, end=3)]
    assert [found.state for found in judged(numbers, ground(("100公里", "targets")))] == [State.USED, State.UNUSED]


def test_figures_count_by_kind_and_add_up() -> None:
    document = DocumentCoverage(
        "a.txt",
        "澜政办〔2030〕5号",
        "通知",
        None,
        0,
        TEXT,
        tuple(
            CoveredMention(mention("agency", "市水利局"), state)
            for state in (State.USED, State.KNOWN, State.UNUSED, State.UNUSED)
        ),
    )
    figure = document.figure("agency")
    assert figure == Figure("agency", used=1, known=1, unused=2)
    assert (figure.total, figure.share) == (4, 0.5)
    assert document.figure("person").share is None
    assert totals([document, document])[0] == Figure("agency", 2, 2, 4)


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> list[DocumentCoverage]:
    graph = write_graph(tmp_path_factory.mktemp("graph") / "g", invented.FACTS)
    return coverage(open_graph(graph))


def test_a_graph_is_held_against_its_own_texts(covered: list[DocumentCoverage]) -> None:
    (document,) = covered
    assert (document.file, document.number) == (invented.FILE, invented.NUMBER)
    assert document.iri is not None
    assert document.iri.endswith("澜政办〔2030〕5号")
    assert document.text == invented.TEXT[document.start : document.start + len(document.text)]
    states = {(found.mention.kind, found.mention.words): found for found in document.mentions}
    assert states["agency", "澜州市住房和城乡建设局"].tables == ("assignments",)
    assert states["quantity", "1,200公里"].state == State.USED
    assert states["person", "郑平"].tables == ("appointments",)


def test_a_fact_that_is_missed_shows(tmp_path: Path, covered: list[DocumentCoverage]) -> None:
    fewer = [fact for fact in invented.FACTS if "1,200" not in fact.evidence[0].quote]
    assert len(fewer) < len(invented.FACTS)
    (document,) = coverage(open_graph(write_graph(tmp_path / "g", fewer)))
    before, after = covered[0].figure("quantity"), document.figure("quantity")
    assert (after.used, after.unused) == (before.used - 1, before.unused + 1)


# --- the page -----------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser would see: text, marks and addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        self.addresses += [value for name in ("href", "src") if (value := values.get(name))]
        if tag == "mark":
            self.marks.append((values.get("class") or "", values.get("title") or ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_holds_the_whole_text_with_its_marks(covered: list[DocumentCoverage]) -> None:
    page = Page(render(covered))
    assert covered[0].text in "".join(page.words)
    marks = [mark for mark in page.marks if mark[1]]
    assert len(marks) == len(covered[0].mentions)
    assert ("agency used", "机构 agencies · 已成为事实 led to a fact · 责任分工 assignments") in marks


def test_the_page_explains_its_marks_in_both_languages_and_gives_the_figures(covered: list[DocumentCoverage]) -> None:
    words = "".join(Page(render(covered)).words)
    for term in ("机构 agencies", "数量 numbers with units", "年份 years", "人名 persons", "未使用 unused"):
        assert term in words
    figure = covered[0].figure("agency")
    assert f"{figure.used + figure.known} / {figure.total} · {figure.share:.0%}" in words


def test_the_page_asks_nothing_of_the_net(covered: list[DocumentCoverage]) -> None:
    page = render(covered)
    assert "script" not in Page(page).tags
    assert all(address.startswith("#") for address in Page(page).addresses)
    assert not re.search(r"url\(|@import|https?://", page)
    assert "default-src 'none'" in page


def test_text_is_escaped_wherever_it_stands() -> None:
    evil = '<script>alert("1")</script>&'
    marked = CoveredMention(Mention("agency", 0, len(evil), evil), State.UNUSED)
    page = render([DocumentCoverage(evil, evil, evil, None, 0, evil, (marked,))], title=evil)
    assert "<script" not in page
    assert 'alert("1")' not in page
    assert evil in "".join(Page(page).words)


def test_of_mentions_that_overlap_the_first_is_marked() -> None:
    mentions = (
        CoveredMention(Mention("agency", 0, 4, "由市水利"), State.USED),
        CoveredMention(Mention("person", 2, 5, "水利局"), State.UNUSED),
    )
    page = Page(render([DocumentCoverage("a.txt", "一号", "通知", None, 0, TEXT, mentions)]))
    assert TEXT in "".join(page.words)
    assert [mark for mark, title in page.marks if title] == ["agency used"]


def test_an_empty_graph_gives_an_empty_page() -> None:
    assert "合计 Total" in render([])


def test_the_command_prints_the_figures_and_writes_the_page(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "g", invented.FACTS)
    result = CliRunner().invoke(main, ["coverage", str(graph), "-o", str(tmp_path / "c.html")])
    assert result.exit_code == 0, result.output
    assert invented.NUMBER in result.output
    assert "合计 total" in result.output
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_command_says_where_there_is_no_graph(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["coverage", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "is not a graph" in result.output
