"""Where a text refers to documents: titles in 《》, document numbers (发文字号), orders (令), numbers of standards.

Only the form of a reference is read here; what it means (basis, repeal …) is up to :mod:`kg.extract.citations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import data
from kg.read.numbers import normal_numbers
from kg.read.text import Text

_OPEN, _CLOSE = "〔﹝［[【（(〈", "〕﹞］]】）)〉"
# The year in its brackets and the serial number: 〔2021〕19号, [2021] 第19、20号.  The letters before it are read
# backwards from here, which is many times faster than trying every Chinese character as the first one.
_SERIAL = re.compile(
    rf"[{re.escape(_OPEN)}]\s*(?:19|20)\d\s?\d\s*年?[{re.escape(_CLOSE)}]"
    r"\s*第?\s*\d[\d\s]{0,5}(?:\s*[、,，]\s*\d{1,5})*\s*号"
)
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,14}\s*\Z")
_AND = re.compile(r"(?<!共)[和及与或]")
# 第588号 and 第三十一号 are document numbers beside 令, 公告 or 通告 only: 国务院令第588号, 国务院第588号令,
# 2020年第3号公告.
_NUMBERED = re.compile(r"第\s*(?:\d{1,4}|[零〇一二三四五六七八九十百]{1,7})\s*号")
_ORDER_BEFORE = re.compile(r"[\u4e00-\u9fff]{0,24}(?:令|公告|通告)\s*[（(]?\s*(?:(?:19|20)\d\d\s*年?)?\s*\Z")
_ORDER_AFTER = re.compile(r"\s*(?:命?令|公告|通告)")
_ORDER_ISSUER = re.compile(r"[\u4e00-\u9fff]{0,20}?(?:(?:19|20)\d\d\s*年)?\s*\Z")
# GB/T 37342—2019, GB18871-2002, HJ 1235-2021, JTG D81—2017, DB45/T 393-2022.
_STANDARD = re.compile(
    r"[A-Z]{1,4}\d{0,2}(?:[/／][A-Z]{1,3})?\s?[A-Z]{0,2}\s?\d+(?:[.．]\d+)*"
    r"(?:\s?[-—–－]{1,2}\s?\d{2,4})?(?!\d)"
)
# What may stand between a title and the bracket with its number: another bracket, “（2018年修订）”.
_REMARK = re.compile(r"[（(][^（）()《》]{1,30}[）)]")
# Between a number and the title that it was issued with: 市人民政府令第21号公布的《…》.
_ISSUED = re.compile(r"(?:(?:公布|发布|颁布|印发|下发)(?:施行|实施)?的)?")
# Marks that part a bracket's opening from a number outside it.
_AWAY = re.compile(r"[。；！？）)》《]")
_JOINED = re.compile(r"\s*[、,，和及]\s*")
_BRACKET = re.compile(rf"\s*[{re.escape(_OPEN)}]\s*")
# A title broken off by a misread bracket: 《关于印发〈X办法》的通知》.
_LOST_END = re.compile(r"[^《》。；，]{0,12}的(?:通知|决定|意见|公告|通告|批复|函)")
# A title without 《》 before the bracket with its number: 国务院办公厅关于加快发展X的意见（国办发〔2021〕22号）.
_UNMARKED = re.compile(r"[^《》。；：！？（）()]*关于[^《》。；：！？（）()]{4,90}\Z")
_ITEM = re.compile(r"\s*\d+\s*[.．]\s*")
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Reference:
    """A place ``[start, end)`` of a text that refers to a document by its title, its number or both.

    ``numbers`` are normalised (``国办发〔2021〕22号``); ``marked`` says whether the title stands in 《》.
    """

    start: int
    end: int
    title: Text | None
    numbers: tuple[str, ...] = ()
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    values: tuple[str, ...]


def references(text: Text) -> list[Reference]:
    """All references to documents in a paragraph or cell, in order; titles that stand inside a title are part of it."""
    string = text.string
    if "《" not in string and "号" not in string:
        return []
    titles = list(_titles(string))
    numbers = [n for n in _numbers(string) if not any(start <= n.start < end for start, _, end in titles)]
    found: list[Reference] = []
    used: set[int] = set()
    for start, inner, end in titles:
        before = next((n for n in numbers if _ISSUED.fullmatch(string, n.end, start)), None)
        after = _numbers_after(string, end, numbers)
        taken = [*after, *([before] if before else [])]
        used.update(id(number) for number in taken)
        standard, standard_end = (None, end) if taken else _standard_after(string, end)
        values = tuple(value for number in taken for value in number.values) or ((standard,) if standard else ())
        last = max([end, standard_end, *(number.end for number in after)])
        first = before.start if before else start
        found.append(Reference(first, _closed(string, last), text[start + 1 : inner].squeezed(), values))
    found += [_without_marks(text, number) for number in numbers if id(number) not in used]
    return sorted(found, key=lambda reference: reference.start)


def _titles(string: str) -> Iterator[tuple[int, int, int]]:
    """The outermost 《…》: where each begins, where its title ends and where its last bracket ends.

    An 《 that is never closed is passed over.
    """
    position = string.find("《")
    while position >= 0:
        ends = _title_end(string, position)
        if ends:
            yield position, *ends
        position = string.find("《", ends[1] if ends else position + 1)


def _title_end(string: str, start: int) -> tuple[int, int] | None:
    depth = 0
    for index in range(start, min(len(string), start + _LONGEST_TITLE)):
        char = string[index]
        if char == "《":
            depth += 1
        elif char == "》":
            depth -= 1
            if depth == 0:
                # 《关于印发X办法》的通知》: the first 》 was meant to be 〉.
                lost = _LOST_END.match(string, index + 1)
                if lost and string[lost.end() : lost.end() + 1] == "》":
                    return lost.end(), lost.end() + 1
                return index, index + 1
        elif char == "。":
            break
    # 《关于印发《X办法》的通知（…）: the last 》 was lost.
    inner = string.find("》", start)
    lost = _LOST_END.match(string, inner + 1) if depth and inner > 0 else None
    return (lost.end(), lost.end()) if lost else None


def _numbers(string: str) -> Iterator[_Number]:
    """Document numbers wherever they stand, with the letters or the issuer before them."""
    for match in _SERIAL.finditer(string):
        letters = _LETTERS.search(string, max(0, match.start() - 14), match.start())
        if letters:
            start = letters.start() + _lead_in(letters.group(), string[: letters.start()])
            if start < match.start():
                yield _Number(start, match.end(), normal_numbers(string[start : match.end()]))
    for match in _NUMBERED.finditer(string):
        before = _ORDER_BEFORE.search(string, max(0, match.start() - 40), match.start())
        after = _ORDER_AFTER.match(string, match.end())
        if not before and not after:
            continue
        issuer = before or _ORDER_ISSUER.search(string, max(0, match.start() - 30), match.start())
        start = issuer.start() + _lead_in(issuer.group(), string[: issuer.start()]) if issuer else match.start()
        end = after.end() if after and not before else match.end()
        printed = re.sub(r"[\s（(]", "", string[start:end])
        yield _Number(start, end, (printed,))


def _lead_in(letters: str, before: str) -> int:
    """How many characters before a number are not part of it: “根据国办发”, “和桂政办发” after a title."""
    ends = [match.end() for match in _lead_words().finditer(letters)]
    start = ends[-1] if ends else 0
    # 年 and 日 after digits are a date's; 和 after a bracket joins two references (和政办发 is a county's otherwise).
    if not start and letters[:1] in ("年", "日", "号") and before[-1:].isdigit():
        start = 1
    joined = max((match.end() for match in _AND.finditer(letters, start)), default=0)
    return joined if joined > 1 or (joined and before[-1:] in "》）)〕号") else start


@cache
def _lead_words() -> re.Pattern[str]:
    words = {row["word"] for row in data.rows("citation_verbs.tsv") if len(row["word"]) > 1}
    words |= {"关于", "以及", "按", "见", "原", "即", "的", "等", "将", "对", "文件", "精神", "要求"}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _numbers_after(string: str, end: int, numbers: list[_Number]) -> list[_Number]:
    """The numbers in the bracket that follows a title, or directly behind the title."""
    position = end
    while True:
        bracket = _BRACKET.match(string, position)
        inside = bracket.end() if bracket else position
        first = next((number for number in numbers if number.start >= inside), None)
        if first and not _AWAY.search(string, inside, first.start) and (bracket or first.start == position):
            break
        remark = _REMARK.match(string, position)
        if not remark:
            return []
        position = remark.end()
    series = [first]
    for number in numbers:
        if number.start >= series[-1].end and _JOINED.fullmatch(string, series[-1].end, number.start):
            series.append(number)
    return series


def _standard_after(string: str, end: int) -> tuple[str | None, int]:
    bracket = _BRACKET.match(string, end)
    match = _STANDARD.match(string, bracket.end()) if bracket else None
    if not match:
        return None, end
    return re.sub(r"\s+", " ", match.group().strip()), match.end()


def _closed(string: str, end: int) -> int:
    """The end of a reference with the bracket that closes behind its number."""
    return end + 1 if string[end : end + 1] and string[end] in _CLOSE else end


def _without_marks(text: Text, number: _Number) -> Reference:
    """A number by itself, or behind a title that is not marked with 《》."""
    string = text.string
    title = None
    if number.start and string[number.start - 1] in "（(":
        match = _UNMARKED.search(string, max(0, number.start - 1 - 120), number.start - 1)
        if match:
            start, end = match.start() + _title_start(match.group()), match.end()
            if is_document(string[start:end]):
                title = text[start:end].squeezed()
                return Reference(start, _closed(string, number.end), title, number.values, marked=False)
    return Reference(number.start, number.end, None, number.values, marked=False)


def _title_start(head: str) -> int:
    """Where an unmarked title begins: behind the item's number, the last comma or governing word before “关于”."""
    before = head[: head.index("关于")]
    item = _ITEM.match(before)
    comma = max(before.rfind(mark) for mark in "，、")
    words = [match.end() for match in _lead_words().finditer(before)]
    return max([item.end() if item else 0, comma + 1, *words])


def is_document(title: str) -> bool:
    """Whether a title in 《》 names a document, by its last words; books, forms and certificates do not."""
    bare = bare_title(title)
    match = _classes().search(bare)
    if match:
        return match.group() not in _other_papers()
    # “健康X2030”, “X教育现代化2035”: programmes named by their horizon
    return bool(re.search(r"20\d\d\Z", bare))


@lru_cache(maxsize=1 << 12)
def bare_title(title: str) -> str:
    """A title without closing remarks in brackets: （试行）, （2021—2025年）."""
    while True:
        bare = re.sub(r"\s*[（(][^（）()]*[）)]\s*\Z", "", title).rstrip('》〉>＞”" ')
        if bare == title or not bare:
            return title
        title = bare


@cache
def _classes() -> re.Pattern[str]:
    words = sorted((row["word"] for row in data.rows("citation_classes.tsv")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\Z")


@cache
def _other_papers() -> frozenset[str]:
    return frozenset(row["word"] for row in data.rows("citation_classes.tsv") if row["document"] == "no")
