"""A paragraph as sentences and clauses, with its brackets and quotations laid aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What stands in brackets, book-title marks and quotation marks never ends a clause and promises nothing; unclosed marks
# are left alone (OCR loses them), hence the limits.
_ASIDE = re.compile(
    r"（(?:[^（）]|（[^（）]{0,60}）){0,200}）|\((?:[^()]|\([^()]{0,60}\)){0,200}\)"
    r"|《[^》]{0,120}》|“[^”]{0,60}”|〔[^〕]{0,60}〕|【[^】]{0,60}】"
)
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
# A percentage ends a clause before the next indicator, though 、 joins them: “覆盖率达到80%以上、合格率达到95%”.
_AFTER_SHARE = r"(?:(?<=[%‰])|(?<=[%‰]以[上下内])|(?<=[%‰]左右))、(?=[\u4e00-\u9fff])"
_CLAUSE_END = re.compile(rf"(?=[，,:：、])(?:，|(?<!\d),|,(?!\d{{3}})|(?<!\d)[:：]|[:：](?!\d)|{_AFTER_SHARE})")
#: What joins the members of a list inside a clause.
JOINT = re.compile(r"、|以及|并且|和|与|及(?!格)|或|并(?!网|购)|，|;|；")
#: Stands for a character that was laid aside.
HIDDEN = "□"
_GOAL = re.compile(r"“[^“”]*(?:达到?|突破|超过|降[至到])[^“”]*\d[^“”]*”")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at ``[start, end)`` of its paragraph; ``sentence`` counts the sentences."""

    start: int
    end: int
    sentence: int


def hide(string: str) -> str:
    """The string with everything in brackets and quotation marks replaced by as many ``HIDDEN``.

    Goals that are quoted as such stay: “实现‘床位达到2000张，入住率达到40%’的目标”.
    """
    return _ASIDE.sub(lambda match: match[0] if _is_goal(match) else HIDDEN * len(match[0]), string)


def _is_goal(aside: re.Match[str]) -> bool:
    return (
        aside[0].startswith("“") and bool(_GOAL.fullmatch(aside[0])) and aside.string.endswith("实现", 0, aside.start())
    )


def clauses(hidden: str) -> Iterator[Clause]:
    """The clauses of a paragraph whose brackets and quotations are hidden; empty ones are left out."""
    for number, (start, end) in enumerate(_pieces(hidden, 0, len(hidden), _SENTENCE_END)):
        for left, right in _pieces(hidden, start, end, _CLAUSE_END):
            if hidden[left:right].strip():
                yield Clause(left, right, number)


def _pieces(string: str, start: int, end: int, stop: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches of ``[start, end)`` between stops."""
    last = start
    for match in stop.finditer(string, start, end):
        yield last, match.start()
        last = match.end()
    yield last, end
