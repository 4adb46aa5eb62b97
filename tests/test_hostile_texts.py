"""Whatever a text holds, reading and extracting neither crash nor lose the place of a quote.

Texts are cut out of the invented gazettes and damaged as bad scans, converters and hands damage them.  CI damages a few
dozen; `make torture` sets HOSTILE_TEXTS to some thousands.
"""

import os
from importlib.resources import files

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.read import ReadError, read_text
from kg.resolve import resolve

GAZETTES = [
    file.read_text(encoding="utf-8")
    for file in files("kg").joinpath("data", "sample").iterdir()
    if file.name.endswith(".txt")
]
INSERTED = [
    "\t",
    "\n",
    "\n\n",
    " ",
    "\u3000",
    "（",
    "）",
    "《",
    "》",
    "〔",
    "：",
    "、",
    "；",
    "。",
    "1.",
    "一、",
    "（一）",
    "附件",
]
INSERTED += [
    "专栏 1",
    "——",
    "%",
    "达到",
    "$",
    "<p>",
    "|",
    "负责",
    "牵头",
    "同志",
    "任",
    "２",
    "\u202e",
    "\ud7ff",
    "𠀀",
    "\x0b",
]

cuts = st.tuples(st.sampled_from(GAZETTES), st.integers(0, 12_000), st.integers(50, 3_000))
edits = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.floats(0, 1), st.sampled_from(INSERTED)),
        st.tuples(st.just("delete"), st.floats(0, 1), st.integers(1, 40)),
        st.tuples(st.just("reverse"), st.floats(0, 1), st.integers(2, 40)),
        st.tuples(st.just("double"), st.floats(0, 1), st.integers(2, 80)),
        st.tuples(st.just("join lines"), st.floats(0, 1), st.integers(20, 200)),
    ),
    max_size=25,
)


def damaged(cut: tuple[str, int, int], changes: list[tuple[str, float, object]]) -> str:
    """A piece of a gazette with the changes made to it, one after the other."""
    text, start, length = cut
    text = text[start % len(text) :][:length]
    for change, where, what in changes:
        at = int(where * len(text))
        size = what if isinstance(what, int) else 0
        before, piece, after = text[:at], text[at : at + size], text[at + size :]
        match change:
            case "insert":
                text = f"{before}{what}{after}"
            case "delete":
                text = before + after
            case "reverse":
                text = before + piece[::-1] + after
            case "double":
                text = before + piece + piece + after
            case _:
                text = before + piece.replace("\n", "") + after
    return text


@settings(
    max_examples=int(os.environ.get("HOSTILE_TEXTS", "60")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cuts, edits)
def test_damaged_texts_are_read_without_a_crash_and_every_quote_stands_in_the_source(cut, changes):
    try:
        issue = read_text(damaged(cut, changes))
    except ReadError:
        return
    for document in issue.documents:
        for fact in resolve(extract(document)):
            assert fact.evidence
            for evidence in fact.evidence:
                assert issue.source.text[evidence.start : evidence.end] == evidence.quote != ""


def test_one_line_of_a_million_characters_gives_its_facts():
    issue = read_text("甲州市人民政府关于供水的通知\n\n" + "加强供水设施建设，提高供水保障能力、" * 60_000)
    assert extract(issue.documents[0])
