"""Tasks (任务) and how a reader would name them, and the facts made of a task and its shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.assignments import labels
from kg.extract.assignments.sharing import Share
from kg.facts import Assignment
from kg.read.model import PrintedDocument, Section
from kg.read.text import Text

#: Sections that are no numbered heading: their titles name documents, not tasks.
_UNNUMBERED = ("document", "plan", "attachment")
_MARKER = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]|(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、.．](?!\d)|[①-⑳])\s*"
)
_STOPS = "。.：:；;，, \u3000\n\t"
_SENTENCE = re.compile(r"[^。；;！]+")
_BRACKET = re.compile(r"[（(〔\[【].*$")
#: What a name of a task has no use for beyond this: a reader knows it by its first words.
_LONGEST = 120
_SHORT_HEADING = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its name, the section it stands in, where the name stands, and by when it is to be done.

    ``group`` is the label that a table sorts the task under.
    """

    name: str
    section: Section
    text: Text | None = None
    deadline: str | None = None
    group: str | None = None

    @property
    def path(self) -> str | None:
        """The path of headings to the task, a table's own group last."""
        labels_above = [label(node) for node in self.section.ancestors if node.style not in ("document", "plan")]
        if self.group and not any(self.group in above for above in labels_above):
            labels_above.append(self.group)
        return " > ".join(filter(None, labels_above)) or None


def heading(section: Section) -> Text | None:
    """The numbered heading of a section without marker, full stop and closing bracket; None where there is none."""
    if section.style in _UNNUMBERED or not section.title:
        return None
    title = section.title
    bracket = _BRACKET.search(title.string)
    if bracket and labels.speaks_of_roles(bracket[0]):
        title = title[: bracket.start()]
    return title.strip(_STOPS) or None


def label(section: Section) -> str:
    """Marker and heading of a section, without a closing bracket."""
    title = heading(section)
    return f"{section.marker}{title.string if title else section.title.string}"


def beneath(section: Section, text: Text) -> str:
    """A task that is one of several in a section: the section's heading, if it is short, and the task's own words."""
    title = heading(section)
    if title is None or len(title) > _SHORT_HEADING or title.span()[1] > text.span()[0]:
        return text.string
    return f"{section.marker}{title.string}：{text.string}"


def without_marker(text: Text) -> Text:
    """A text without the number at its beginning (“1.”, “（二）”, “③”)."""
    return text.without(_MARKER)


def first_sentence(text: Text) -> Text:
    """The first sentence of a text, without its number and what stands at its ends."""
    match = _SENTENCE.search(text.string)
    return without_marker(text[match.start() : match.end()] if match else text).strip(_STOPS)


def shortened(name: str) -> str:
    """A name no longer than a reader needs, cut at the end of a clause where there is one."""
    if len(name) <= _LONGEST:
        return name
    cut = max(name.rfind(mark, 40, _LONGEST) for mark in "，,；;、")
    return name[: cut if cut > 0 else _LONGEST]


def made(
    document: PrintedDocument,
    task: Task,
    shares: Iterable[Share],
    *,
    source: str,
    rule: str,
    confidence: float,
    around: Text | None = None,
) -> Iterator[Assignment]:
    """The facts that a task and its shares make.

    Evidence is the body's (or leader's) name first, then the list ``around`` it, then the task's name.
    """
    for share in shares:
        places = [share.text, *(text for text in (share.leader, around, task.text) if text is not None)]
        yield Assignment(
            doc=document.number,
            evidence=document.cite(*dict.fromkeys(places)),
            rule=f"assignments.{rule}",
            confidence=confidence,
            task=shortened(task.name),
            agency=share.body.surface if share.body else None,
            role=share.role,
            leader=share.leader.string if share.leader else None,
            deadline=task.deadline,
            source=source,
            plan=document.plan_of(task.section),
            section=task.path,
            intended=share.body.intended if share.body else None,
        )
