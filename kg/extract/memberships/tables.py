"""Members of groups in tables: columns of names, posts, units and roles, or rows that begin with a role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.memberships.roles import bare_label
from kg.extract.memberships.rosters import Member, members
from kg.extract.names import names
from kg.extract.posts import is_post
from kg.read.model import Cell, Row, Table
from kg.read.text import Text

# “组内职务”, “会议职务”, “领导小组职务”; the post that one holds elsewhere is “单位及职务”, “现任职务”.
_ROLE_COLUMN = re.compile(r"^(?!.*(?:单位|工作|现任|行政|党内|原任|拟任|技术)).+职务$|角色|身份")
_NAME_COLUMN = re.compile("姓名|人员|名单|^成员$")
_UNIT_COLUMN = re.compile("单位|部门")
_POST_COLUMN = re.compile("职务|职位|职称|岗位")
_MEMBERS = re.compile(r"(?P<role>成员|委员|组成人员|人员)名单")


def from_table(table: Table, group: str | None) -> Iterator[tuple[str, Member]]:
    """The role and the person of every row of a table that lists members."""
    if not table.header:
        yield from _without_header(table, group)
        return
    name = _column(table, _NAME_COLUMN)
    role = _column(table, _ROLE_COLUMN)
    if name is None or name == role:
        return
    posts = [i for i, label in enumerate(table.header) if i not in (name, role) and _is_post_column(label)]
    caption = f"{table.caption.string if table.caption else ''} {table.section.title.string}"
    default = "成员" if group and _MEMBERS.search(caption) and posts else None
    current = default
    for row in table.rows:
        cells = _shifted_back(row.cells, role, name)
        current = _role(row, role) or current
        if current is None:
            continue
        for person in names(cells[name].text, strict=False) or []:
            yield current, Member(person, _post([cells[i] for i in posts]), _place(cells, name, posts))


def _shifted_back(cells: tuple[Cell, ...], role: int | None, name: int) -> tuple[Cell, ...]:
    """A row whose merged role cell was lost stands a column too far to the left: the name is in the role's column."""
    if role is None or role >= name or cells[role].inferred or names(cells[name].text) or not names(cells[role].text):
        return cells
    return (*cells[:role], Cell(cells[role].text[:0]), *cells[role:-1])


def _column(table: Table, pattern: re.Pattern[str]) -> int | None:
    return next((i for i, label in enumerate(table.header) if pattern.search(re.sub(r"\s", "", label))), None)


def _is_post_column(label: str) -> bool:
    return bool(_UNIT_COLUMN.search(label) or _POST_COLUMN.search(label))


def _role(row: Row, column: int | None) -> str | None:
    """The role in the row's own column, or of the category row above it."""
    text = row.cells[column].text if column is not None and column < len(row.cells) else row.group
    label = bare_label(text.strip(" ：:一二三四五六七八九十、")) if text else None
    return label.role.string if label and not label.list else None


def _post(cells: list[Cell]) -> Text | None:
    """Unit and post of a row as one: 市财政局 + 局长; a post that already begins with the unit stays as it is."""
    parts = [cell.text.squeezed() for cell in cells if cell]
    if len(parts) == 2 and (parts[1].string.startswith(parts[0].string) or is_post(parts[0].string)):
        return parts[1] if parts[1].string.startswith(parts[0].string) else parts[0]
    return Text.join(parts) if parts else None


def _place(cells: tuple[Cell, ...], name: int, posts: list[int]) -> Text:
    printed = sorted({name, *(i for i in posts if cells[i] and not cells[i].inferred)})
    return Text.join(cells[i].text.strip() for i in printed)


def _without_header(table: Table, group: str | None) -> Iterator[tuple[str, Member]]:
    """Rows “组长 | 王平 | 市长”: the role in the first cell, blank where it goes on."""
    if group is None:
        return
    current: str | None = None
    for row in table.rows:
        cells = [cell for cell in row.cells if cell]
        if not cells:
            continue
        label = bare_label(cells[0].text.strip(" ：:"))
        if label and not label.list:
            current = label.role.string
            cells = cells[1:]
        if current is None or not cells:
            continue
        # what is merged over several rows stands before the name, and is nobody's own post
        begin = cells[0].text.offsets[0]
        line = Text.join([cell.text for cell in cells if cell.text.offsets[0] >= begin], " ")
        for member in members(line):
            if member.name is not None:
                yield current, member
