"""Memberships: who sits in a leading group, headquarters, joint meeting or task force, in which role, with which post.

A list opens with a label (“组 长：”) and goes on line by line; a line without a label has the role of the line before.
Posts wrapped over lines, page ends and blank lines do not end it, a sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.body_grammar import starts_as_body
from kg.extract.context import Context
from kg.extract.memberships.groups import Groups
from kg.extract.memberships.prose import named
from kg.extract.memberships.roles import Label, bare_label, is_leading, is_weak, labels
from kg.extract.memberships.rosters import Member, every_post, holders, members
from kg.extract.memberships.tables import from_table
from kg.extract.names import leading_name
from kg.extract.posts import is_post
from kg.facts import Membership
from kg.read.model import Block, Paragraph, PrintedDocument, Table
from kg.read.text import Text

#: How far each pattern can be trusted.
CONFIDENCE = {
    "memberships.list": 0.98,
    "memberships.post": 0.8,
    "memberships.prose": 0.93,
    "memberships.table": 0.9,
}
_SENTENCE = re.compile("[。；;：:！？]")
_GOES_ON = re.compile("[。；].")
#: The rest of a wrapped post is short, and so is a heading that the reader did not mark.
_WRAPPED = 30
_HEADING = 60


@dataclass(slots=True)
class _List:
    """An open list of people: the group, the label that governs the next lines, and who has been read."""

    group: str
    label: Label
    read: list[tuple[Label, Member]] = field(default_factory=list)
    comma: Text | None = None  # what the last line ended with, where its post goes on in the next line

    @property
    def cut(self) -> bool:
        """Whether the post read last goes on in the next line."""
        post = self.read[-1][1].post if self.read else None
        return post is not None and (self.comma is not None or not is_post(post.string))


@dataclass(slots=True)
class _Reader:
    document: PrintedDocument
    groups: Groups = field(default_factory=Groups)
    open: _List | None = None
    facts: list[Membership] = field(default_factory=list)


def find(document: PrintedDocument, context: Context) -> Iterator[Membership]:
    """The members of the groups that a document sets up, changes or lists."""
    if document.kind == "任免":
        return
    reader = _Reader(document)
    reader.groups.title(document.title.squeezed().string)
    for block in document.blocks:
        _read(reader, block)
    _close(reader)
    seen: set[tuple[str, str | None, str, str | None]] = set()
    for fact in reader.facts:
        key = (fact.group, fact.person, fact.role, None if fact.person else fact.post)
        if key not in seen:
            seen.add(key)
            yield fact


def _read(reader: _Reader, block: Block) -> None:
    if isinstance(block, Table):
        _close(reader)
        group = reader.groups.current
        for role, member in from_table(block, group):
            _add(reader, group or _heading_above(block), role, member, (member.place,), "memberships.table")
        return
    if block.opens:
        _close(reader)
        reader.groups.heading(block.section.label)
    lines = _lines(block)
    left = [rest for line in lines if (rest := _take(reader, line))]
    if left:
        _close(reader)
    if left != list(lines):
        _read_sentences(reader, Text.join(left).squeezed())
        return
    if (block.heading or block.opens or len(block.text) < _HEADING) and reader.groups.heading(block.text.string):
        return
    _read_sentences(reader, block.text)


def _lines(block: Paragraph) -> Sequence[Text]:
    """The printed lines of a list; the joined text of a paragraph that holds labels between its sentences."""
    if not _GOES_ON.search("".join(line.string.strip() for line in block.lines)):
        return block.lines
    joined = Text.join(line.strip() for line in block.lines)
    return (joined,) if labels(joined) else block.lines


def _read_sentences(reader: _Reader, text: Text) -> None:
    for found in named(text, reader.groups):
        rule = "memberships.prose" if found.member.name else "memberships.post"
        _add(reader, found.group, found.role, found.member, (found.clause,), rule)


def _heading_above(table: Table) -> str:
    return table.section.title.squeezed().string


def _take(reader: _Reader, line: Text) -> Text:
    """Read a line as part of a list of people.  Returns what is left to be read: all of it if it is no such line."""
    found = labels(line)
    bare = bare_label(line) if not found else None
    if bare and (members(bare.list) if bare.list else not (reader.open and reader.open.cut)):
        found = [bare]
    taken = [_open(reader, label) for label in found]
    done = any(taken) if taken else reader.open is not None and _go_on(reader.open, line)
    if not done:
        return line
    if reader.open:
        end = line.strip()[-1:]
        reader.open.comma = end if end.string in ("、", "，") else None
    return found[-1].rest if found else line[:0]


def _open(reader: _Reader, label: Label) -> bool:
    """Open a list, or the next role of the open one, at a label; False if the label announces no people."""
    role = label.role.string
    current = reader.open
    if current is None and is_weak(role) and not (reader.groups.current and members(label.list)):
        return False
    group = reader.groups.named(label.before.string) or (current.group if current else reader.groups.current)
    found = members(label.list)
    if not found and label.list:
        if not _SENTENCE.search(label.list.string.rstrip("。；;")) and (is_leading(role) or every_post(label.list)):
            found = holders(label.list)
        if not found:
            return False
    if group is None:
        return False
    if current is None or current.group != group:
        _close(reader)
        current = reader.open = _List(group, label)
    current.label = label
    current.read += [(label, member) for member in found]
    return True


def _go_on(current: _List, line: Text) -> bool:
    """Read a line without a label: the next person, or the rest of the post before."""
    if _SENTENCE.search(line.string.rstrip("。；;")):
        return False
    found = [member for member in members(line) if member.name is not None] if not current.comma else []
    if found and not (current.cut and not found[0].post):
        current.read += [(current.label, member) for member in found]
        return True
    rest = line.squeezed()
    if not current.cut and starts_as_body(rest.string) and every_post(rest):
        current.read.append((current.label, Member(None, rest, rest)))
        return True
    return _finish(current, line, rest)


def _finish(current: _List, line: Text, rest: Text) -> bool:
    """Add the rest of a wrapped post to the person read last; False if the line is no rest of a post."""
    last = current.read[-1][1] if current.read else None
    if last is None or last.name is None or len(rest) > _WRAPPED:
        return False
    if not current.cut and last.post and (not is_post(rest.string) or leading_name(line, strict=False)):
        return False
    post = Text.join(part for part in (last.post, current.comma, rest) if part)
    if not is_post(post.string):
        return False
    current.read[-1] = (current.read[-1][0], Member(last.name, post, last.place + rest))
    return True


def _close(reader: _Reader) -> None:
    """End the open list and make facts of it."""
    current, reader.open = reader.open, None
    for label, member in current.read if current else ():
        role = label.role.string
        follows = bool(label.list) and member.place.offsets[0] == label.list.offsets[0]
        evidence = (label.role + member.place,) if follows else (member.place, label.role)
        rule = "memberships.list" if member.name else "memberships.post"
        assert current is not None
        _add(reader, current.group, role, member, evidence, rule)


def _add(reader: _Reader, group: str, role: str, member: Member, places: tuple[Text, ...], rule: str) -> None:
    reader.facts.append(
        Membership(
            doc=reader.document.number,
            evidence=reader.document.cite(*places),
            rule=rule,
            confidence=CONFIDENCE[rule],
            group=group,
            person=member.name.squeezed().string if member.name else None,
            role=role,
            post=member.post.squeezed().string if member.post else None,
        )
    )
