"""A source → the gazette issue in it: masthead, contents list, one PrintedDocument for each document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from kg.read import heads
from kg.read.errors import ReadError
from kg.read.lines import Line, lines
from kg.read.markers import marker
from kg.read.model import Attached, ContentsEntry, Issue, Paragraph, PrintedDocument, Section, Source
from kg.read.numbers import DATE, NUMBER, chinese_number, iso_date, normal_numbers
from kg.read.outline import Outline
from kg.read.text import Text

_ISSUE_NUMBER = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[期号]")
_RUNNING_NUMBER = re.compile(r"总\s*第?\s*(\d{1,4})\s*[期号]")
_YEAR = re.compile(r"(?:^|[^\d])((?:19|20)\d{2})(?:\s*年|\s*$|[^\d])")
_GAZETTE = re.compile(r".{2,30}(?:公报|政报)$")
_DATE_LINE = re.compile(rf"({DATE})$")
_DATE = re.compile(DATE)
#: “（某政干〔2022〕12号 2022年8月2日）” closes each decision of a personnel notice.
_CLOSING = re.compile(rf"[（(]\s*({NUMBER})\s*({DATE})?\s*[）)]\s*$")
_BRACKET_NUMBER = re.compile(rf"[（(]?\s*({NUMBER})\s*[）)]?")
_ORDER_NUMBER = re.compile(r"\s*[（(]?第\s*\d{1,4}\s*号[)）]?\s*$")
#: Lines of the head table that government sites print above a document.
_HEAD_TABLE = re.compile(
    r"\s*(?:索\s*引\s*号|发文机关|发文字号|发布机构|文\s*号|成文日期|发文日期|发布日期|生成日期|公开日期|标\s*题|名\s*称|主题分类|主题词|"
    r"分\s*类|组配分类|有\s*效\s*性|有效期|体裁|来\s*源|信息来源|公开方式|公文种类|废止日期|效力状态|关键词)\s*(?:[:：\t]|$)"
)
#: “（2031年4月1日甲州市第五届人民代表大会常务委员会第三次会议通过）” below the title.
_ADOPTED = re.compile(rf"[（(]({DATE})[^（）()]{{2,60}}(?:通过|批准|修订|修正|发布|公布|颁布)[）)]$")
#: “（2031年4月1日）” below the number, as Party committees date what they issue.
_BRACKET_DATE = re.compile(rf"[（(]({DATE})[）)]$")
_HEAD_DATE = re.compile(rf"(?:成文日期|发文日期|生成日期)\s*[:：\t]?\s*({DATE})")
_HEAD_LINES = 20
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A head stands at the top: the date of a notice follows within its first paragraphs.
_HEAD_PARAGRAPHS = 8


def read_issue(source: Source) -> Issue:
    """The gazette issue, or the single document, that a source holds.  ReadError if it holds neither."""
    all_lines = list(lines(source.text))
    if sum(1 for _ in islice(_CHINESE.finditer(source.text), 20)) < 20:
        raise ReadError(f"{source.path}: no Chinese text in it; a gazette or document was expected.")
    entries, start = heads.contents(all_lines)
    found = list(heads.heads(all_lines, entries, start))
    masthead = _masthead(all_lines[: start or (found[0].first if found else 0)])
    if not found or (len(found) == 1 and not entries and masthead.number is None):
        return Issue(source, (_dated(_single(source, all_lines, found), all_lines),))
    gazette = f"{masthead.year}-{masthead.number}" if masthead.year and masthead.number else None
    ends = [*[head.first for head in found[1:]], len(all_lines)]
    listed = {number for entry in entries for number in entry.numbers}
    titles = {heads.title_key(entry.title) for entry in entries}
    documents: list[PrintedDocument] = []
    for head, end in zip(found, ends, strict=True):
        for document in _documents(source, all_lines, head, end):
            known = document.number in listed or heads.title_key(document.title.string) in titles
            documents.append(replace(document, gazette=gazette, in_contents=known))
    return replace(
        masthead,
        source=source,
        documents=tuple(documents),
        contents=entries,
        problems=tuple(_problems(entries, documents)),
    )


def _masthead(top: Sequence[Line]) -> Issue:
    """Year, issue number, running number, date and title from the lines before the contents list."""
    strings = [line.text.squeezed().string for line in top]
    whole = "\n".join(strings)
    number, running, year = (
        _ISSUE_NUMBER.search(_RUNNING_NUMBER.sub("", whole)),
        _RUNNING_NUMBER.search(whole),
        _YEAR.search(whole),
    )
    date = _DATE.search(whole)
    return Issue(
        source=Source("", "", ""),
        documents=(),
        year=int(year.group(1)) if year else None,
        number=chinese_number(number.group(1)) if number else None,
        running_number=int(running.group(1)) if running else None,
        date=iso_date(date.group()) if date else None,
        title=next((string for string in strings if _GAZETTE.match(string)), None),
    )


def _problems(entries: Sequence[ContentsEntry], documents: Sequence[PrintedDocument]) -> Iterator[str]:
    """Documents that the contents list names and that were not found in the text."""
    numbers = {document.number for document in documents}
    titles = {heads.title_key(document.title.string) for document in documents}
    for entry in entries:
        missing = [number for number in entry.numbers if number not in numbers]
        if missing and heads.title_key(entry.title) not in titles:
            yield f"“{entry.title}” ({'、'.join(missing)}) is in the contents list, but was not found in the text."


def _documents(source: Source, all_lines: Sequence[Line], head: heads.Head, end: int) -> Iterator[PrintedDocument]:
    """The document under a head; a personnel notice that bundles several numbers is several documents."""
    title = Text.join([all_lines[i].text for i in head.title_lines], " ").strip()
    body = list(all_lines[head.body : end])
    if head.number_line is not None:
        yield _document(source, title, all_lines[head.number_line].text, body, _letterhead(all_lines, head))
        return
    closings = [(i, match) for i, line in enumerate(body) if (match := _CLOSING.search(line.text.string))]
    last = 0
    for i, match in closings:
        yield _document(source, title, body[i].text[match.start(1) : match.end(1)], body[last : i + 1])
        last = i + 1
    if not closings:
        yield _document(source, title, None, body)


def _letterhead(all_lines: Sequence[Line], head: heads.Head) -> Text | None:
    """The line above a number that stands above its title: the body whose letterhead it is."""
    at = head.number_line
    return all_lines[at - 1].text if at and head.title_lines[0] > at else None


def _document(
    source: Source, title: Text, number: Text | None, body: Sequence[Line], letterhead: Text | None = None
) -> PrintedDocument:
    plain = title.squeezed()
    ordered = number is None and plain.string.endswith("令")
    if number is None and body and plain.string.endswith(("令", "公告")) and _ORDER_NUMBER.match(body[0].text.string):
        # “某市人民政府令” above “第58号”: number and name are one.
        number, body = plain + body[0].text, body[1:]
    printed = number.strip("（）() \t") if number is not None else None
    notice = _notice(body)
    attached = _attached(plain, notice)
    outline = Outline(plain, [plan.title for plan in attached])
    outline.read(body)
    date = _date(body)
    foot = _foot(body, date)
    first = [block.text for block in outline.blocks[:3] if isinstance(block, Paragraph)]
    address = next((parts for text in first if (parts := heads.addressees(text))), ())
    missing = any(heads.not_printed(line.text.string) for line in body[:_HEAD_PARAGRAPHS])
    return PrintedDocument(
        source=source,
        number=normal_numbers(printed.string)[0] if printed is not None else plain.string,
        # an order goes by the rule that it brings into force
        title=attached[0].title if ordered and attached else plain,
        blocks=tuple(outline.blocks),
        root=outline.root,
        number_text=printed,
        issuers=heads.issuers(title, foot) or heads.order_issuer(printed) or heads.signers(letterhead, *foot),
        addressees=address,
        date=iso_date(date.string) if date else None,
        date_text=date,
        kind=heads.kind(plain.string),
        attached=attached,
        printed_in_full=not (missing and not any(node.style == "plan" for node in _sections(outline))),
    )


def _sections(outline: Outline) -> set[Section]:
    return {node for block in outline.blocks for node in block.section.ancestors}


def _notice(body: Sequence[Line]) -> list[Text]:
    """The paragraphs of the covering notice: up to its date, or to the first heading."""
    found: list[Text] = []
    for line in body[:_HEAD_PARAGRAPHS]:
        text = line.text.squeezed()
        if _DATE_LINE.match(text.string) or (found and (line.heading or marker(text))):
            break
        found.append(text)
    return found


def _attached(title: Text, notice: Sequence[Text]) -> tuple[Attached, ...]:
    found = tuple(heads.attached(Text.join(notice)))
    if found or not notice:
        return _unique(found)
    # “关于印发X的通知” whose sentence names no title in brackets.
    match = re.search(r"关于(?:印发|公布|发布)《?(.+?)》?的(?:通知|公告|通告)$", title.string)
    return (Attached(title[match.start(1) : match.end(1)]),) if match else ()


def _unique(found: Sequence[Attached]) -> tuple[Attached, ...]:
    titles: dict[str, Attached] = {}
    for item in found:
        # “（以下简称《方案》）” names the same plan again
        if not titles or item.title.string not in heads.KINDS:
            titles.setdefault(item.title.string, item)
    return tuple(titles.values())


def _date(body: Sequence[Line]) -> Text | None:
    """The date of a document: a line of its own below the notice, in the closing bracket, or of its adoption."""
    for line in body:
        text = line.text.squeezed()
        if _DATE_LINE.match(text.string):
            return text
        closing = _CLOSING.search(text.string)
        if closing and closing.group(2):
            return text[closing.start(2) : closing.end(2)]
    top = body[0].text.squeezed() if body else Text("", ())
    match = _ADOPTED.match(top.string) or _BRACKET_DATE.match(top.string)
    return top[match.start(1) : match.end(1)] if match else None


def _foot(body: Sequence[Line], date: Text | None) -> list[Text]:
    """The line above the date: who signs."""
    for before, line in pairwise(body):
        if date is not None and line.text and line.text.span()[0] <= date.span()[0] < line.text.span()[1]:
            return [before.text]
    return []


def _single(source: Source, all_lines: Sequence[Line], found: Sequence[heads.Head]) -> PrintedDocument:
    """A document without a gazette around it: title at the top, number (perhaps in brackets) near it, then the body."""
    if found and found[0].number_line is not None and found[0].first < 15:
        head = found[0]
        title = Text.join([all_lines[i].text for i in head.title_lines], " ")
        printed = all_lines[head.number_line or 0].text
        return _document(source, title, printed, all_lines[head.body :], _letterhead(all_lines, head))
    number_at, number = _number_near_top(all_lines)
    first = next(
        (i for i, line in enumerate(all_lines) if i != number_at and not _HEAD_TABLE.match(line.text.string)), 0
    )
    if heads.addressees(all_lines[first].text.squeezed()):
        # no title was kept: what the notice issues names it
        body = [line for i, line in enumerate(all_lines) if i >= first and i != number_at]
        issued = next(heads.attached(Text.join(_notice(body))), None)
        if issued:
            return _document(source, issued.title, number, body)
    count = 1
    while count < 4 and not _ends_title(
        Text.join([line.text for line in all_lines[first : first + count]]).squeezed().string
    ):
        count += 1
    if count == 4:
        count = 1
    body = [line for i, line in enumerate(all_lines) if i >= first + count and i != number_at]
    title = Text.join([line.text for line in all_lines[first : first + count]], " ")
    if len(body) > 1 and body[0].text.string.endswith(("令", "公告")) and _ORDER_NUMBER.match(body[1].text.string):
        # the name of what is ordered stands above “某市人民政府令”
        number, body = body[0].text + body[1].text, body[2:]
    return _document(source, title, number, body)


def _dated(document: PrintedDocument, all_lines: Sequence[Line]) -> PrintedDocument:
    """A single document with the date of its head table where its own text has none."""
    if document.date is None:
        for line in all_lines[:_HEAD_LINES]:
            text = line.text.squeezed()
            if match := _HEAD_DATE.match(text.string):
                date = text[match.start(1) : match.end(1)]
                return replace(document, date=iso_date(date.string), date_text=date)
    return document


def _ends_title(string: str) -> bool:
    return heads.kind(string) is not None


def _number_near_top(all_lines: Sequence[Line]) -> tuple[int | None, Text | None]:
    for i, line in enumerate(all_lines[:12]):
        match = _BRACKET_NUMBER.fullmatch(line.text.string.strip())
        labelled = re.match(r".{0,2}(?:发文字号|文\s*号)\s*[:：\t]?\s*", line.text.string)
        if match:
            text = line.text.strip()
            return i, text[match.start(1) : match.end(1)]
        if labelled and (inside := re.search(NUMBER, line.text.string)):
            return i, line.text[inside.start() : inside.end()]
    return None, None
