"""The coverage of a graph as one HTML page: the text with its marks, and the figures.  It asks nothing of the net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from kg.coverage import CoveredMention, DocumentCoverage, Figure, State, totals
from kg.extract.mentions import KINDS
from kg.show.palette import Style

#: Colours and names of the kinds of mentions, as in the palette of all views.
MARKS: dict[str, Style] = {
    "agency": Style("#0072B2", "机构", "agencies"),
    "quantity": Style("#009E73", "数量", "numbers with units"),
    "year": Style("#E69F00", "年份", "years"),
    "person": Style("#CC79A7", "人名", "persons"),
}
#: What the states of mentions are called.
STATES: dict[State, tuple[str, str]] = {
    State.USED: ("已成为事实", "led to a fact"),
    State.KNOWN: ("他处已识别", "known from elsewhere"),
    State.UNUSED: ("未使用", "unused"),
}
TABLE_NAMES: dict[str, tuple[str, str]] = {
    "documents": ("公文", "documents"),
    "plans": ("规划方案", "plans"),
    "targets": ("目标", "targets"),
    "assignments": ("责任分工", "assignments"),
    "memberships": ("领导小组成员", "memberships"),
    "appointments": ("人事任免", "appointments"),
    "portfolios": ("领导分工", "portfolios"),
    "citations": ("引用", "citations"),
    "agencies": ("机构", "agencies"),
    "projects": ("项目", "projects"),
}

_STYLE = """
body { font: 15px/1.9 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 60rem; margin: 1rem auto 4rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 3rem 0 .5rem; border-top: 1px solid #ccc; padding-top: 1rem; }
table { border-collapse: collapse; font-size: .85rem; line-height: 1.5; margin: 1rem 0; }
th, td { border-bottom: 1px solid #ddd; padding: .15rem .6rem; text-align: right; }
th:first-child, td:first-child { text-align: left; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.note { color: #555; font-size: .85rem; }
fieldset { border: 1px solid #ccc; position: sticky; top: 0; background: #fff; font-size: .85rem; line-height: 1.6; }
label { margin-right: 1rem; white-space: nowrap; }
mark { background: none; color: inherit; border-radius: 2px; padding: 1px 0; }
mark.used { background: color-mix(in srgb, var(--hue) 25%, transparent); }
mark.known { border-bottom: 2px dotted var(--hue); }
mark.unused { outline: 2px solid var(--hue); outline-offset: -1px; }
"""
# Boxes that are unticked take the marks of their kind or state away; without a script.
_SWITCH = "body:has(#show-{name}:not(:checked)) mark.{name} {{ background: none; border: none; outline: none; }}"


def render(covered: Sequence[DocumentCoverage], title: str = "政策知识图谱覆盖情况 Coverage") -> str:
    """A self-contained page, bilingual: figures for each document, then the texts with every mention marked.

    Filled marks led to a fact, dotted ones are known from elsewhere in the document, outlined ones were left unused.
    All text is escaped; the page holds no script and no address to load from.
    """
    colours = "".join(f"mark.{kind} {{ --hue: {style.colour}; }}\n" for kind, style in MARKS.items())
    switches = "\n".join(_SWITCH.format(name=name) for name in (*MARKS, *STATES))
    parts = [
        '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{colours}{switches}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>",
        *_legend(),
        *_figures(covered),
        *(line for number, document in enumerate(covered) for line in _document(number, document)),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _legend() -> Iterator[str]:
    yield "<fieldset><legend>图例 Legend</legend>"
    for kind, style in MARKS.items():
        sample = f'<mark class="{kind} used">{style.name}</mark>'
        yield f'<label><input type="checkbox" id="show-{kind}" checked> {sample}</label>'
    yield "<br>"
    for state, (chinese, english) in STATES.items():
        sample = f'<mark class="agency {state}">{chinese} {english}</mark>'
        yield f'<label><input type="checkbox" id="show-{state}" checked> {sample}</label>'
    yield "</fieldset>"


def _figures(covered: Sequence[DocumentCoverage]) -> Iterator[str]:
    yield "<table>\n<thead><tr><th>公文 Document</th>"
    yield "".join(f"<th>{style.chinese}<br>{style.english}</th>" for style in MARKS.values()) + "</tr></thead>\n<tbody>"
    for file, documents in groupby(enumerate(covered), key=lambda pair: pair[1].file):
        yield f'<tr><th colspan="{len(KINDS) + 1}">{escape(file)}</th></tr>'
        for number, document in documents:
            link = f'<a href="#d{number}" title="{escape(document.title)}">{escape(document.number)}</a>'
            yield _row(link, document.figures)
    yield _row("<b>合计 Total</b>", totals(covered)) + "</tbody>\n</table>"
    yield '<p class="note">已成为事实或已识别的数目 / 全部 · used or known / all</p>'


def _row(first: str, figures: Sequence[Figure]) -> str:
    cells = (f"<td>{figure.used + figure.known:,} / {figure.total:,}{_percent(figure)}</td>" for figure in figures)
    return f"<tr><td>{first}</td>{''.join(cells)}</tr>"


def _percent(figure: Figure) -> str:
    return "" if figure.share is None else f" · {figure.share:.0%}"


def _document(number: int, document: DocumentCoverage) -> Iterator[str]:
    yield f'<h2 id="d{number}">{escape(document.title)}</h2>'
    yield f'<p class="note">{escape(document.number)} · {escape(document.file)}</p>'
    yield f'<div class="text">{"".join(_marked(document))}</div>'


def _marked(document: DocumentCoverage) -> Iterator[str]:
    """The text with its marks; of mentions that overlap, the one that begins first is marked."""
    position = document.start
    for covered in document.mentions:
        start, end = covered.mention.start, covered.mention.end
        if start < position:
            continue
        yield escape(_between(document, position, start))
        yield f'<mark class="{covered.mention.kind} {covered.state}" title="{escape(_title(covered))}">'
        yield f"{escape(_between(document, start, end))}</mark>"
        position = end
    yield escape(_between(document, position, document.start + len(document.text)))


def _between(document: DocumentCoverage, start: int, end: int) -> str:
    return document.text[start - document.start : end - document.start]


def _title(covered: CoveredMention) -> str:
    """What a reader sees on pointing at a mark: its kind, its state, the tables of its facts."""
    tables = "、".join(" ".join(TABLE_NAMES[table]) for table in covered.tables)
    words = [MARKS[covered.mention.kind].name, " ".join(STATES[covered.state]), tables]
    return " · ".join(filter(None, words))
