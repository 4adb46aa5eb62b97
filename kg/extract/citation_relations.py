"""How a document is cited: what the words before, behind and above a reference say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.extract.references import Reference
from kg.read.model import Section

#: From the weakest to the strongest: a document cited several times keeps the strongest.
RELATIONS = ("mentions", "basis", "amends", "repeals")
#: A relation and where the words stand that decide it.
Reading = tuple[str, tuple[int, int] | None]

#: How far behind a reference 废止 or 修改为 may stand (《X》第三条中的“…”修改为).
_REACH = 60
_SENTENCE_END = re.compile(r"[。；！？]")
# The sentence says for what purpose this document is made, so what it carries out is its basis.
_ENACTING = re.compile(
    r"(?:制定|制订|编制|出台|提出|拟定|修订)(?:本|了本|如下|以下)|特制定"
    r"|(?:通知|公告|通告|意见|决定|批复|措施|方案|计划|任务)如下"
    r"|^[^《，。]{0,8}为(?:了|进一步|深入|切实|全面|认真|贯彻|落实|推动|推进|加快|加强|规范|做好|更好|扎实|有效)"
)
_MADE_BY_IT = re.compile(r"(?:制定|制订|编制)本")
# Between two titles of one list: “、”, “（…）和”, “等有关规定，以及国家”.
_LINK = re.compile(
    r"[；;]?|[^。；！？：，]{0,30}|[^。；！？：，]{0,20}，(?:以及|并|同时|和|及|与|或)[^。；！？：，]{0,16}"
)
_OF = re.compile(r"的|后的|过的|之")
# “《X》要求/精神/有关规定”: after a word such as 按照, whatever stands between it and the title.
_DEMAND = re.compile(r"等?(?:文件|法律|法规|规章|政策)*[中的]?(?:有关|相关)?的?(?:要求|规定|精神|部署|标准|安排)")
# “决定废止下列文件：”, “对下列规章予以修改：” and the list in the paragraphs below; “继续有效的文件” ends it.
_LIST_OPENS = re.compile(
    r"(?:(?P<repeals>废止|停止执行|失效)|(?:下列|以下).{0,20}(?P<amends>修改|修订)|(?P<mentions>继续有效))[^。]{0,20}[：:]\Z"
)
# What is left of a list's item besides its documents: a marker, punctuation.
_MARKER = re.compile(r"[（(]?[\d一二三四五六七八九十百]{0,4}[）)]?[\s、.．；;。，,和及]*")


@dataclass(frozen=True, slots=True)
class Group:
    """References that stand in one list, and where the list before it ended."""

    references: tuple[Reference, ...]
    previous: int

    @property
    def start(self) -> int:
        """Where the first reference begins."""
        return self.references[0].start

    @property
    def end(self) -> int:
        """Where the last reference ends."""
        return self.references[-1].end


def groups(string: str, found: Sequence[Reference]) -> Iterator[Group]:
    """References joined by 、, 和 or the like; nothing that governs a title may stand between them."""
    group: list[Reference] = []
    previous = 0
    for reference in found:
        if group:
            gap = string[group[-1].end : reference.start]
            if not _LINK.fullmatch(gap) or _governing().search(gap):
                yield Group(tuple(group), previous)
                previous, group = group[-1].end, []
        group.append(reference)
    if group:
        yield Group(tuple(group), previous)


def relation(string: str, group: Group) -> Reading | None:
    """How the sentence around a list of references cites them, and where it says so; None where it does not say."""
    ends = [match.end() for match in _SENTENCE_END.finditer(string, 0, group.start)]
    start = ends[-1] if ends else 0
    stop = _SENTENCE_END.search(string, group.end)
    end = stop.start() if stop else len(string)
    before = _from_what_precedes(string, max(start, group.previous), group, string[start:end])
    if before and before[0] == "basis":
        # “根据《X》，决定废止下列文件” does not repeal what it rests on
        return before
    return _from_what_follows(string, group.end, end) or before


def heading_relation(*headings: str) -> str:
    """How a list of documents below these headings, the innermost first, cites them.

    >>> heading_relation("附件1 决定废止的规范性文件目录", "关于公布清理结果的通知")
    'repeals'
    """
    relations = {row["word"]: row["relation"] for row in data.rows("citation_headings.tsv")}
    for heading in headings:
        found = {relations[word] for word in relations if word in heading}
        if found:
            return found.pop() if len(found) == 1 else "mentions"
    return "mentions"


def section_headings(section: Section) -> Iterator[str]:
    """The titles of a section and of those above it, the innermost first."""
    return (node.title.string for node in reversed(section.ancestors))


def is_item(string: str, found: Sequence[Reference]) -> bool:
    """Whether a paragraph is nothing but references: the item of a list."""
    ends = [0, *(reference.end for reference in found)]
    starts = [*(reference.start for reference in found), len(string)]
    return all(_MARKER.fullmatch(string, end, start) for end, start in zip(ends, starts, strict=True))


def list_relation(string: str) -> str | None:
    """The relation of the list that a paragraph opens (“决定废止下列文件：”), None where it opens none."""
    match = _LIST_OPENS.search(string) if string.endswith(("：", ":")) else None
    return match.lastgroup if match else None


def _from_what_follows(string: str, start: int, end: int) -> Reading | None:
    """《X》同时废止, 对《X》作如下修改, 《X》第十六条修改为: what is done to the documents before the next is named."""
    following = string.find("《", start, end) + 1 or end
    match = _after().search(string, start, min(end, start + _REACH, following))
    return (_relations("after")[match.group(1)], match.span(1)) if match else None


def _from_what_precedes(string: str, start: int, group: Group, sentence: str) -> Reading | None:
    """The word that governs the documents: the nearest one in the clause before them."""
    clause = max(start, *(string.rfind(mark, start, group.start) + 1 for mark in "，,：:"))
    match = _adjacent().search(string, clause, group.start)
    if match:
        return _relations("adjacent")[match.group(1)], match.span(1)
    # “印发的《X》” says of the title what it is, and does not govern it
    words = [word for word in _governing().finditer(string, clause, group.start) if not _OF.match(string, word.end())]
    demanded = _DEMAND.match(string, group.end)
    if not words:
        opens = group.start - clause <= 6 and demanded and _MADE_BY_IT.search(sentence)
        return ("basis", None) if opens else None
    relations = _relations("before")
    nearest = words[-1]
    if demanded and relations[nearest.group()] != "basis":
        nearest = next((word for word in reversed(words) if relations[word.group()] == "basis"), nearest)
    found = relations[nearest.group()]
    if found == "enacting":
        found = "basis" if _ENACTING.search(sentence) else "mentions"
    return found, nearest.span() if found != "mentions" else None


@cache
def _relations(where: str) -> dict[str, str]:
    return {row["word"]: row["relation"] for row in data.rows("citation_verbs.tsv") if row["where"] == where}


def _alternatives(where: str) -> str:
    return "|".join(sorted(map(re.escape, _relations(where)), key=len, reverse=True))


@cache
def _governing() -> re.Pattern[str]:
    return re.compile(_alternatives("before"))


@cache
def _adjacent() -> re.Pattern[str]:
    return re.compile(rf"({_alternatives('adjacent')})了?\Z")


@cache
def _after() -> re.Pattern[str]:
    # 未废止 and 废止前 say the contrary, or nothing about now; 废止《…》 speaks of the next document
    return re.compile(rf"(?<![未不])({_alternatives('after')})(?!前|后|了?[《下以])")
