"""Heads of documents: where each begins, its title, number, issuers, addressees, date, and what it issues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.read.lines import Line
from kg.read.model import Attached, ContentsEntry
from kg.read.numbers import DATE, NUMBER, normal_numbers
from kg.read.text import Text, squeeze

#: What OCR varies in titles.
_VARIES = re.compile(r"[\s“”\"《》〈〉（）()—\-–－~·.…]")
_NUMBER_LINE = re.compile(rf"\s*[（(]?\s*({NUMBER})\s*[）)]?\s*$")
_PAGE = r"[\s.…·・．\t]*[（(]?\s*(\d{1,3})\s*[）)]?\s*$"
_ENTRY_NUMBER = re.compile(rf"\s*[（(]?\s*({NUMBER})\s*[）)]?{_PAGE}")
_ENTRY_TITLE = re.compile(
    rf"(.+?(?:通知|意见|决定|通报|公告|通告|批复|函|办法|规定|方案|规划|计划|任免|纲要|条例|令|命令|公报|细则)(?:[）)])?){_PAGE}"
)
_ENTRY_BOTH = re.compile(rf"(.{{6,}}?)\s*[（(]\s*({NUMBER})\s*[）)]{_PAGE}")
_CONTENTS = re.compile(r"目\s*[录次录]\s*$")
_DEPARTMENT = re.compile(r"(?:文件|政策解读|大事记|法规|规章|选登|目录)$|^(?:人事)?(?:任免|信息)$")
#: Kinds of documents (文种) by the last word of the title; personnel notices are told by 任免.
KINDS = (
    "通知", "决定", "意见", "通报", "公告", "通告", "批复", "命令", "令", "函", "公报", "决议", "议案", "报告", "请示",
    "纪要",
    "规定", "办法", "条例", "细则", "方案", "规划", "计划", "纲要",
)  # fmt: skip
_ABOUT = re.compile(r"关于")
#: By so many characters most lines are told to begin no title that the contents list names.
_OPENING = 12
#: What an issuer does with a document that it did not write, or names the subject behind: “转发市商务局关于…”.
_PASSES_ON = re.compile(r"(?<=[府室厅会委局])(?:印发|发布|公布|颁布|转发|批转|批复)(?!展|改|射|票|明|电)")
_BODY_END = re.compile(r"(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|办|署|署|会|中心|支队|行|法院|团|联|公司)$")
_ORDER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{3,30}(?:政府|委员会|局|厅))(?:令|公告)")
#: The two lines of an order's head: 甲市人民政府令, 第58号.
_ORDER_LINES = re.compile(rf"{_ORDER.pattern}\n[（(]?第\d{{1,4}}号[)）]?")
_SALUTATION = re.compile(r"[^。；]{2,200}[:：]$")
_DATE_LINE = re.compile(rf"{DATE}$")
_NOT_PRINTED = re.compile(
    r"(?:详细内容|全文|具体内容|附件|正文|文件)[^。]{0,12}(?:请?(?:登录|登陆|见|参见|查阅|浏览|访问))|此件.{0,6}(?:略|不.{0,4}公开)|[（(](?:此件|全文|内容|附件)?.{0,4}略[）)]"
)
#: The words before a title that hand it over: “现将《…》”, “现将《…》和《…》”; a basis (“根据《…》”) has others.
_HANDED = re.compile(r"(?:现|特|兹|并)?将[^，。《》]*(?:《.*》[、和及与以]*[^，。《》]{0,6})?$")
#: “《…》已经市人民政府同意，现印发给你们”.
_APPROVED = re.compile(
    r"(?:已|于[^。]{0,20}经)[^。]{0,40}(?:同意|通过|批准|审定)[^。]{0,20}(?:现|予以)|现(?:予|印发|公布|发布)"
)
#: What stands beside approved titles: other titles, and who has written them (“市民政局制定的《…》”).
_TITLES = re.compile(r"^[^，,。《》]{2,30}(?:制定|制订|拟定|拟订|编制|起草|修订|提出|上报)的|《.*》|[、和及与以\s]")
#: What is made known but is no plan or rule.
_LIST = re.compile(r"(?:决定|名录|名单|目录|清单|结果|名册)(?:[（(][^（）()]*[）)])?$")
_ISSUE_WORD = re.compile(r"印发|发布|颁布|颁发|下发|发给|施行|实施|公布|转发")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a document begins: the indices of its title lines, its number line, and the first line of its body."""

    title_lines: tuple[int, ...]
    number_line: int | None
    body: int

    @property
    def first(self) -> int:
        """The index of the first line of the head."""
        return min(self.title_lines[0], self.title_lines[0] if self.number_line is None else self.number_line)


def contents(lines: Sequence[Line]) -> tuple[tuple[ContentsEntry, ...], int]:
    """The contents list (目录) of a gazette and the index of the first line after it; nothing where there is none."""
    start = next((i for i, line in enumerate(lines[:120]) if _CONTENTS.match(line.text.squeezed().string)), None)
    if start is None:
        return (), 0
    entries: list[ContentsEntry] = []
    pending: list[Text] = []
    end = start + 1
    for i in range(start + 1, len(lines)):
        text = lines[i].text.strip()
        number = _ENTRY_NUMBER.match(text.string)
        both = _ENTRY_BOTH.match(text.string)
        title = _ENTRY_TITLE.match(text.string)
        if both:
            printed = _title([*pending, text[both.start(1) : both.end(1)]])
            entries.append(ContentsEntry(printed, normal_numbers(both.group(2)), int(both.group(3))))
        elif number:
            printed = _title(pending)
            entries.append(ContentsEntry(printed, normal_numbers(number.group(1)), int(number.group(2))))
        elif title and not pending:
            entries.append(ContentsEntry(squeeze(title.group(1)), (), int(title.group(2))))
        elif _NUMBER_LINE.match(text.string) and not _repeats(pending, entries) and i + 1 < len(lines):
            if _begins_body(lines, i):
                break
            entries.append(ContentsEntry(_title(pending), normal_numbers(text.string.strip("（）() ")), None))
        elif _repeats([text], entries) or _SALUTATION.match(text.string) or len(text) > 120:
            break
        else:
            pending = [*pending, text] if not _department(text.string) else []
            if len(pending) > 4:
                break
            continue
        pending, end = [], i + 1
    return tuple(entries), end


def _begins_body(lines: Sequence[Line], index: int) -> bool:
    """Whether a bare number line heads a document: an address follows, or a sentence."""
    following = lines[index + 1].text.string.strip() if index + 1 < len(lines) else ""
    return bool(_SALUTATION.match(following)) or following.endswith("。")


def _department(string: str) -> bool:
    """A heading inside a contents list: whose documents follow."""
    compact = re.sub(r"\s", "", string)
    return len(compact) < 30 and "关于" not in compact and bool(_DEPARTMENT.search(compact))


def _repeats(texts: Sequence[Text], entries: Sequence[ContentsEntry]) -> bool:
    """Whether a line begins the title of an entry: the first document begins here."""
    key = title_key(_title(texts))
    return len(key) >= 8 and any(title_key(entry.title).startswith(key) for entry in entries)


def _title(texts: Sequence[Text]) -> str:
    return Text.join(texts).squeezed().string.strip() if texts else ""


def title_key(title: str) -> str:
    """What of a title is compared: no white space, quotes, brackets and dashes, which OCR varies."""
    return _VARIES.sub("", title)


def heads(lines: Sequence[Line], entries: Sequence[ContentsEntry], start: int) -> Iterator[Head]:
    """The heads of all documents printed in a gazette, in order."""
    titles = {title_key(entry.title): entry for entry in entries}
    used = start
    for i in range(start, len(lines)):
        if i < used or lines[i].cells:
            continue
        if _NUMBER_LINE.match(lines[i].text.string):
            first = _title_start(lines, i, used, titles)
            if first is not None:
                yield Head(tuple(range(first, i)), i, i + 1)
                used = i + 1
            elif end := _title_below(lines, i + 1, titles):
                yield Head(tuple(range(i + 1, end)), i, end)
                used = end
        else:
            end = _unnumbered(lines, i, titles)
            if end:
                yield Head(tuple(range(i, end)), None, end)
                used = end


def _title_start(lines: Sequence[Line], number: int, stop: int, titles: dict[str, ContentsEntry]) -> int | None:
    """The first line of the title that stands above a number line, or None where no title stands there."""
    best: int | None = None
    for count in range(1, 7):
        first = number - count
        if first < stop or lines[first].cells or _DATE_LINE.match(lines[first].text.squeezed().string):
            break
        string = lines[first].text.squeezed().string
        if string.endswith(("。", "；", "：", "）。")) or len(string) > 90:
            break
        title = _title([line.text for line in lines[first:number]])
        if title_key(title) in titles:
            return first
        if best is None and _is_title(title):
            best = first
    return best


def _title_below(lines: Sequence[Line], start: int, titles: dict[str, ContentsEntry]) -> int:
    """The line after a title that stands below its number, as under a red letterhead; 0 where none stands there."""
    for count in (1, 2, 3, 4):
        part = lines[start : start + count]
        if len(part) < count or any(line.cells for line in part):
            return 0
        title = _title([line.text for line in part])
        # under a letterhead the title need not say who issues: “关于印发…的通知”
        if title_key(title) in titles or ((_is_title(title) or title.startswith("关于")) and title.endswith(KINDS)):
            return start + count
    return 0


def _is_title(string: str) -> bool:
    """Whether a string is a document's title: an issuer, 关于, and a kind at the end."""
    about = string.find("关于")
    return (3 <= about <= 80 and string.rstrip("）)").endswith(KINDS)) or bool(re.search(r"任免|令$", string))


def _unnumbered(lines: Sequence[Line], index: int, titles: dict[str, ContentsEntry]) -> int:
    """The line after a title that the contents list names and that has no number below; 0 where none begins here.

    An order needs no entry: its number stands below in a line of its own.
    """
    first = lines[index].text.string
    if first.rstrip().endswith("令") and _ORDER_LINES.fullmatch(
        "\n".join(line.text.squeezed().string for line in lines[index : index + 2])
    ):
        return index + 1
    opening = title_key(first[:_OPENING])
    if not any(title.startswith(opening) for title in titles):
        return 0
    for count in (1, 2, 3, 4):
        part = lines[index : index + count]
        if len(part) < count or any(line.cells for line in part):
            return 0
        key = "".join(title_key(line.text.string) for line in part)
        if key in titles:
            following = lines[index + count : index + count + 1]
            return 0 if following and _NUMBER_LINE.match(following[0].text.string) else index + count
        if not any(title.startswith(key) for title in titles):
            return 0
    return 0


def kind(title: str) -> str | None:
    """The kind of document (文种) that a title names: 通知, 意见, 任免 …"""
    if re.search(r"任免(?:名单)?$|任命名单$|^国务院任免", title):
        return "任免"
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", title)
    return next((word for word in KINDS if bare.endswith(word)), None)


def issuers(title: Text, foot: Sequence[Text]) -> tuple[Text, ...]:
    """Who issues a document (发文机关): what the title says before 关于; joint issuers are spaced or sign below."""
    string = title.string
    about = _ABOUT.search(string)
    end = about.start() if about else _before_kind(string)
    if passes_on := _PASSES_ON.search(string, 0, end):
        end = passes_on.start()
    if not end and about:
        # the title leaves the issuer to the signature
        return tuple(line.squeezed() for line in foot if _BODY_END.search(line.squeezed().string))
    if re.search(r"\S\s\S\s\S\s", string[:end]):
        # a letterhead with its characters set apart: 甲 州 市 人 民 政 府
        title, end = title[:end].squeezed(), len(title[:end].squeezed())
    parts: list[Text] = []
    for part in title[:end].split(re.compile(r"\s+|、")):
        if parts and not _BODY_END.search(parts[-1].string):
            parts[-1] = parts[-1] + part
        elif part:
            parts.append(part)
    if not about and parts and not _BODY_END.search(parts[-1].string):
        return ()
    if len(parts) == 1:
        if whole := _signed_in_full(parts[0], foot):
            return (whole,)
        signed = [part for line in foot for part in line.split(re.compile(r"\s+")) if part]
        if len(signed) > 1 and "".join(map(str, signed)) == parts[0].string:
            return tuple(signed)
        return tuple(_joint(parts[0]))
    return tuple(part.squeezed() for part in parts if part)


def _signed_in_full(printed: Text, foot: Sequence[Text]) -> Text | None:
    """The signature where the title leaves the place out: “市政府办公室关于…”, signed 甲市人民政府办公室."""
    short = printed.squeezed().string.replace("人民", "")
    lines = (line.squeezed() for line in foot)
    return next(
        (
            line
            for line in lines
            if short[:1] in "省市县区州"
            and line.string.replace("人民", "").endswith(short)
            and len(line) < 40
            and line.string.replace("人民", "") != short
        ),
        None,
    )


def signers(*lines: Text | None) -> tuple[Text, ...]:
    """Who issues a document whose title does not say it: the body of its letterhead, else the one that signs."""
    squeezed = (line.squeezed() for line in lines if line is not None and len(line) < 40)
    found = next((line for line in squeezed if _BODY_END.search(line.string)), None)
    return (found,) if found else ()


def order_issuer(number: Text | None) -> tuple[Text, ...]:
    """Who gives an order by its number: “甲市人民政府令第136号”."""
    order = _ORDER.match(number.string) if number is not None else None
    return (number[: order.end("issuer")],) if number is not None and order else ()


def _joint(text: Text) -> Iterator[Text]:
    """Joint issuers printed without a space: each begins with the first one's area, or as State bodies' names do."""
    area = re.match(r"[\u4e00-\u9fff]{2,6}?[省市县区州盟旗]", text.string)
    starts = [0]
    if area and area.end() < len(text) - 4:
        pattern = re.compile(rf"(?<=[局委厅会部室府行院])(?={area.group()}|国家|中共|中国|共青团)")
        starts += [match.start() for match in pattern.finditer(text.string)]
    return (text[i:j] for i, j in zip(starts, [*starts[1:], len(text)], strict=True))


def _before_kind(string: str) -> int:
    match = re.search(r"(?:决定)?(?:人事)?(?:任免|任命|免职)|(?:公告|通告|令|命令|公报|决定|通知)?$", string)
    return match.start() if match else len(string)


def addressees(text: Text) -> tuple[Text, ...]:
    """The addressees (主送机关) in an address line that ends with a colon; nothing where the line is no address."""
    string = text.string
    if not _SALUTATION.match(string) or not re.match(
        r"[各]|.{2,40}(?:政府|委|局|办|单位|部门|人|会|厅|院|公司)", string
    ):
        return ()
    return tuple(part for part in text[:-1].split(re.compile("[，,；;]")) if part)


def attached(text: Text) -> Iterator[Attached]:
    """What a notice issues: titles in 《》 that 印发, 公布 or the like follows in the same sentence."""
    titles = list(_bracketed(text.string))
    for start, end in titles:
        tail = _sentence(text.string[end + 1 :])
        before = re.split(r"[。；：:]", text.string[:start])[-1]
        handed = _HANDED.search(before) or (not _TITLES.sub("", before) and _APPROVED.search(tail))
        verb = _ISSUE_WORD.search(tail)
        if handed and verb:
            title = text[start + 1 : end].squeezed()
            yield Attached(title, not _LIST.search(title.string))


def _sentence(string: str) -> str:
    """Up to the end of the sentence, or 60 characters."""
    match = re.search(r"[。；]", string)
    return string[: min(match.start() if match else len(string), 60)]


def _bracketed(string: str) -> Iterator[tuple[int, int]]:
    """The outermost 《…》 as positions of the opening and the closing bracket."""
    depth, start = 0, 0
    for i, char in enumerate(string):
        if char == "《":
            start = i if depth == 0 else start
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                yield start, i


def not_printed(string: str) -> bool:
    """Whether a paragraph says that the text itself is to be found elsewhere (详细内容请登录…)."""
    return bool(_NOT_PRINTED.search(string)) and bool(re.search(r"http|www|网站|网址|略|政府网", string))
