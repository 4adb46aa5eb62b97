"""How the tests of assignments say what they expect: marks inside the sentence.

``{lead 市教育局}`` is a body with its role, ``{lead=周明 市水利局}`` one with the leader who is named with it, and
``{supervising=周明}`` a leader without a body.  :func:`unmarked` gives the plain text and the set of what is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.assignments import find
from kg.extract.context import Context
from kg.facts import Assignment, Place
from kg.read import read_text

PLACE = Place(province="云泽省", city="澜州市", code="990100")
_MARK = re.compile(r"\{(lead|responsible|cooperating|supervising)(?:=([^ }]*))?(?: ([^}]*))?\}")

#: Role, body, leader.
Part = tuple[str, str | None, str | None]


def unmarked(text: str) -> tuple[str, set[Part]]:
    """A text without its marks, and the parts that they mark."""
    parts = {(role, agency or None, leader or None) for role, leader, agency in _MARK.findall(text)}
    return _MARK.sub(lambda match: match[3] or match[2], text), parts


def parts(facts: Iterable[Assignment]) -> set[Part]:
    """What facts say of who has what part."""
    return {(fact.role, fact.agency, fact.leader) for fact in facts}


def assignments(text: str, place: Place = PLACE) -> list[Assignment]:
    """The assignments of all documents of a text."""
    issue = read_text(text, "x.txt")
    return [fact for document in issue.documents for fact in find(document, Context(place=place))]


def plan(body: str) -> str:
    """A document of an invented city around the body of a plan."""
    return f"""澜州市人民政府办公室关于印发澜州市青石河绿廊建设实施方案的通知

澜政办〔2030〕5号

各县、区人民政府，市直各委、办、局：

现将《澜州市青石河绿廊建设实施方案》印发给你们，请认真组织实施。

2030年1月20日

澜州市青石河绿廊建设实施方案

{body.strip()}
"""
