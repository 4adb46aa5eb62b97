"""Which section a list of bodies closes, where it stands in a paragraph of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.read.model import PrintedDocument, Section


@dataclass(slots=True)
class Outline:
    """The sections of a document in order, and those that a list has closed so far."""

    children: dict[Section | None, list[Section]] = field(default_factory=lambda: defaultdict(list))
    closed: set[Section] = field(default_factory=set)

    @classmethod
    def of(cls, document: PrintedDocument) -> Outline:
        """The outline of all sections that blocks stand in."""
        outline = cls()
        seen: set[Section] = set()
        for block in document.blocks:
            for section in block.section.ancestors:
                if section not in seen:
                    seen.add(section)
                    outline.children[section.parent].append(section)
        return outline

    def close(self, section: Section) -> None:
        """Note that a list has closed a section: those above it have a closed part then."""
        self.closed.update(section.ancestors)

    def closed_by_lone_list(self, section: Section) -> Section:
        """The section that a list in a paragraph of its own closes when it stands at the end of the given one.

        After the last of several items none of which had a list of its own it closes the section of them all.
        """
        parent = section.parent
        siblings = self.children[parent]
        lonely = len(siblings) < 2 or siblings[-1] is not section or any(item in self.closed for item in siblings)
        if parent is None or lonely or parent.style in ("document", "plan", "attachment", "box"):
            return section
        return self.closed_by_lone_list(parent)
