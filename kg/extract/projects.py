"""Projects: construction and programme projects that a project table lists, and lists of projects in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg import data
from kg.extract.context import Context
from kg.facts import Project
from kg.read.model import Cell, Paragraph, PrintedDocument, Row, Table
from kg.read.text import Text

#: Share of right names: rows that stood as printed, rows whose cells had to be moved back, lists in sentences.
CONFIDENCE = {"projects.table": 0.97, "projects.realigned": 0.8, "projects.text": 0.8}

#: Columns that tell a project table from any other table with a column of names.
_TELLING = ("nature", "period", "start", "end", "investment", "scope")
_TOTAL = re.compile(r"(?:[总合小共累]\s*计|计|总数)(?:[（(].*)?|.{0,16}(?:合计|小计|总计)")
_CATEGORY = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]?")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_SERIAL = re.compile(r"\d{1,4}")
_MONEY = re.compile(r"(?:万|亿|千万|百万)?(?:美|欧|港)?元")
_AMOUNT = re.compile(rf"(?:约|共|总?投资)?\s*(\d[\d,，]*(?:[.．]\d+)?)\s*({_MONEY.pattern})?(?:左右|以上)?")
# “包括A、B、C等52个项目” in a plan of projects: the count closes a list in which every item is one.
_LIST = re.compile(
    r"(?:包括|包含|主要有|主要为|分别为|分别是)[:：]?(?P<items>[^。；]+?)等?\s*(?:共计?)?"
    r"\d+\s*[个项][^，。；]{0,6}?(?:项目|工程)"
)
_OPEN, _CLOSE = "（(〔[《“", "）)〕]》”"


def find(document: PrintedDocument, context: Context) -> Iterator[Project]:
    """The projects of a document's project tables, and of sentences that list them in a plan of projects.

    A table is one of projects if it has a column of project names and at least one column of what is built, when, at
    what cost or by whom.  Totals and category rows are left out.  ``context`` is not needed.
    """
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _from_table(document, block)
        elif "项目" in block.text.string and _about_projects(document, block):
            yield from _from_text(document, block)


def _from_table(document: PrintedDocument, table: Table) -> Iterator[Project]:
    columns = project_columns(table.header)
    if columns is None:
        return
    numbered = any(_SERIAL.fullmatch(row.cells[0].string) for row in table.rows)
    for row in table.rows:
        name = _name_column(row, columns)
        if _is_project(row, {**columns, "name": name}, numbered):
            yield _project(document, table, row, {**columns, "name": name})


def project_columns(header: Sequence[str]) -> Mapping[str, int] | None:
    """The columns of a project table by field (name, nature, period, investment, owner …); None for any other table.

    >>> project_columns(("序号", "项目名称", "建设性质", "总投资（万元）"))
    {'name': 1, 'nature': 2, 'investment': 3}
    """
    found: dict[str, tuple[int, int]] = {}
    for column, label in enumerate(header):
        reading = _reading(re.sub(r"\s", "", label))
        if reading is None:
            continue
        rank, field = reading
        if field == "other":
            return None
        if field not in found or rank < found[field][0]:
            found[field] = (rank, column)
    telling = sum(field in found for field in _TELLING)
    if "name" not in found and "place" in found and telling >= 2:
        found["name"] = found["place"]
    if "name" not in found or not (telling or "owner" in found):
        return None
    return {field: column for field, (_, column) in found.items() if field != "place"}


@cache
def _reading(label: str) -> tuple[int, str] | None:
    """What a column label says, with the rank of the word that says it."""
    for rank, row in enumerate(data.rows("project_columns.tsv")):
        if row["word"] in label:
            return rank, row["field"]
    return None


def _name_column(row: Row, columns: Mapping[str, int]) -> int:
    """Where the name stands: in its column or, in a row that lost a merged cell, beside it where only words stand."""
    expected = columns["name"]
    if _WORDS.search(row.cells[expected].string) or (row.reliable and not row.realigned):
        return expected
    beside = [
        column
        for column, cell in enumerate(row.cells)
        if cell and not cell.inferred and column not in columns.values() and _WORDS.search(cell.string)
    ]
    return max(beside, key=lambda column: len(row.cells[column].string), default=expected)


def _is_project(row: Row, columns: Mapping[str, int], numbered: bool) -> bool:
    """Whether a row is a project, and not a total, a category or the continuation of a merged name."""
    name = row.cells[columns["name"]]
    string = name.string
    if not string or name.inferred or not _WORDS.search(string) or _TOTAL.fullmatch(string):
        return False
    if columns["name"] and _TOTAL.fullmatch(row.cells[0].string):
        return False
    if numbered and _CATEGORY.fullmatch(row.cells[0].string):
        return False
    if row.group is not None and row.group.squeezed().string == string:
        return False
    return any(row.cells[column] for field, column in columns.items() if field != "name")


def _project(document: PrintedDocument, table: Table, row: Row, columns: Mapping[str, int]) -> Project:
    cells: dict[str, Cell] = {field: row.cells[column] for field, column in columns.items() if row.cells[column]}
    strings = {field: cell.string for field, cell in cells.items()}
    amount, unit = _investment(strings.get("investment", ""))
    period = strings.get("period") or "—".join(filter(None, (strings.get("start"), strings.get("end")))) or None
    rule = "projects.table" if row.reliable and not row.realigned else "projects.realigned"
    places = [cells[field].text for field in ("name", "nature", "period", "investment", "owner") if field in cells]
    return Project(
        doc=document.number,
        evidence=document.cite(*places),
        rule=rule,
        confidence=CONFIDENCE[rule],
        name=strings["name"],
        nature=strings.get("nature"),
        period=period,
        investment=amount,
        investment_unit=(unit or _unit(table, columns["investment"])) if amount else None,
        owner=strings.get("owner"),
    )


def _investment(string: str) -> tuple[str | None, str | None]:
    """An amount and its unit as written in a cell: ``5亿元`` → 5, 亿元; nothing for a dash."""
    match = _AMOUNT.fullmatch(string.strip())
    return (match.group(1), match.group(2)) if match else (None, None)


def _unit(table: Table, column: int) -> str | None:
    """The unit of a column: in its label, else what “单位：万元” says for the table, else in the caption."""
    for string in (table.header[column], table.unit, table.caption.string if table.caption else None):
        match = _MONEY.search(string or "")
        if match:
            return match.group()
    return None


def _about_projects(document: PrintedDocument, paragraph: Paragraph) -> bool:
    """Whether a paragraph belongs to a plan of projects (项目计划) or to a section of them."""
    plan = document.plan_of(paragraph.section) or document.title.string
    return "项目" in plan or "项目" in paragraph.section.title.string


def _from_text(document: PrintedDocument, paragraph: Paragraph) -> Iterator[Project]:
    for match in _LIST.finditer(paragraph.text.string):
        for item in _items(paragraph.text[match.start("items") : match.end("items")]):
            yield Project(
                doc=document.number,
                evidence=document.cite(item),
                rule="projects.text",
                confidence=CONFIDENCE["projects.text"],
                name=item.squeezed().string,
            )


def _items(text: Text) -> Iterator[Text]:
    """The items of a list, parted at 、 outside brackets."""
    depth, start = 0, 0
    for index, char in enumerate(f"{text.string}、"):
        depth += (char in _OPEN) - (char in _CLOSE)
        if char == "、" and depth <= 0:
            item = text[start:index].strip("，、 ")
            if len(item) >= 4:
                yield item
            start = index + 1
