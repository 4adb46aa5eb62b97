"""Duties in plain sentences: “市财政局负责…；市审计局配合…”, “由市商务局牵头…”, “领导小组办公室设在…，负责…”.

Only sentences that say by a verb that a named body is responsible count; elsewhere calls on bodies are exhortations.
Under a heading about duties every sentence with a body as its subject counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kg.extract.assignments import bearers, clauses
from kg.extract.assignments.sharing import Share
from kg.extract.assignments.tasks import Task, beneath, made
from kg.extract.bodies import Body
from kg.facts import Assignment, Place
from kg.read.model import Paragraph, PrintedDocument
from kg.read.text import Text

_CONFIDENCE = {"prose": 0.75, "duty": 0.85}
_CLAUSE = re.compile(r"[^。；;！]+")
_PART = re.compile(r"[^，,]+")
_OPENING = re.compile(
    r"^(?:其中|同时|另外|此外|原则上|一是|二是|三是|四是|五是|首先|其次|"
    r"(?:职责|责任|任务|工作|部门)+分工[：:])?[，,：:]?\s*"
)
#: “会同”: those named after it take part.
_TOGETHER = re.compile(r"^(?:要|应当?|须)?(?:积极|主动|及时)?(?:会同|协同|联合|商)")
#: “由A负责”: the bodies after 由 (or 以, before 牵头) are made responsible.
_PASSIVE = re.compile(r"[由以](?=[\u4e00-\u9fff])")
_HEADS = re.compile(r"(?:统一|统筹|具体|主要|全面|共同|分别)*(?P<verb>负责|牵头|承担)" + clauses.NO_NOUN)
#: What has a subject of its own, or says where an office sits, is no duty.
_NO_DUTY = re.compile(r"^(?:人|单位|部门|机构|主体|制|任|解释|的)|(?:解释|担任|兼任|组成)(?:工作)?$")
#: Where a sentence goes on with another subject.
_OTHER_SUBJECT = re.compile(
    r"[，,](?=各|其他|有关|相关|由(?!此)|(?:副?组长|副?指挥长|成员单位?|办公室)(?:由|设|包括|为))"
)
_CONTEXT = re.compile(r"^(?:是|为|作为|设在|设于|下设|由|应|要|须|负|履行|按|根据|在|抽调|通过|依法)")
_MOST_PARTS = 6
#: “领导小组下设办公室，…负责…”: the duties are those of the office.
_UNIT_BELOW = re.compile(r"^下设(?P<unit>[^，,。；;（(]{2,40})[，,]")
_GROUP_NAME = re.compile(r"[\u4e00-\u9fff“”]{0,40}?(?:领导小组|联席会议|指挥部|委员会|工作专班|专班|工作小组|协调小组)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A duty with those who bear it, and those who take part."""

    duty: clauses.Duty
    bodies: Sequence[Body]
    helpers: Sequence[Body] = ()


def find(document: PrintedDocument, paragraph: Paragraph, place: Place, *, about_duties: bool) -> Iterator[Assignment]:
    """The assignments that a paragraph's sentences state."""
    text = paragraph.text[len(paragraph.section.marker) if paragraph.opens else 0 :]
    for found in _in_sentences(text, place, about_duties):
        words = found.duty.text
        other = _OTHER_SUBJECT.search(words.string)
        words = words[: other.start()] if other else words
        if len(words) < 4 or _NO_DUTY.search(words.string):
            continue
        shares = [Share(found.duty.role, _with_group(body, text)) for body in found.bodies]
        shares += [Share("cooperating", body) for body in found.helpers]
        rule = "duty" if about_duties else "prose"
        yield from made(
            document,
            Task(beneath(paragraph.section, words), paragraph.section, words),
            shares,
            source="text",
            rule=rule,
            confidence=_CONFIDENCE[rule],
        )


def _in_sentences(text: Text, place: Place, about_duties: bool) -> Iterator[_Found]:
    last: Sequence[Body] = ()
    for match in _CLAUSE.finditer(text.string):
        clause = text[match.start() : match.end()].strip(" ，,\u3000")
        found = _somewhere(clause, place, about_duties) or list(_passive(clause, place))
        if not found and last and clauses.strong_verb(clause.string):
            found = [_Found(clauses.read(clause), last)]
        yield from found
        last = found[-1].bodies if found else ()


def _somewhere(clause: Text, place: Place, about_duties: bool) -> list[_Found]:
    """The duty of the first part of a sentence that has a subject bearing one; most have it at the beginning."""
    if not about_duties and not clauses.has_strong_verb(clause.string):
        return []
    for part in islice(_PART.finditer(clause.string), _MOST_PARTS):
        text = clause[part.start() :]
        opening = _OPENING.match(text.string)
        found = list(_active(text[opening.end() if opening else 0 :], place, about_duties))
        if found:
            return found
    return []


def _active(clause: Text, place: Place, about_duties: bool) -> Iterator[_Found]:
    """“A负责…”, “A会同B…”, “A是…责任主体，负责…”."""
    begin = bearers.subject(clause, place, groups=True, areas=about_duties)
    if begin is None:
        return
    bodies, rest = begin
    if not _can_bear(bodies, about_duties):
        return
    below = _UNIT_BELOW.match(rest.string)
    if below:
        yield from _of_unit_below(rest, below, place, about_duties)
        return
    together = _TOGETHER.match(rest.string)
    if together:
        joint = bearers.subject(rest[together.end() :], place)
        if joint is None:
            joint = ([], _after_vague(rest[together.end() :]))
        helpers, rest = [body for body in joint[0] if not bearers.is_vague(body.surface)], joint[1]
        if about_duties or clauses.strong_verb(rest.string):
            yield _Found(clauses.read(rest), bodies, helpers)
        return
    later = _later_duty(rest) if _CONTEXT.match(rest.string) else None
    if clauses.strong_verb(rest.string) or (about_duties and clauses.read(rest).opened):
        yield _Found(clauses.read(rest), bodies)
    elif later:
        yield _Found(clauses.read(later), bodies)


def _of_unit_below(rest: Text, below: re.Match[str], place: Place, about_duties: bool) -> Iterator[_Found]:
    """The duties of a unit that a group has below it, unless what follows has a subject of its own."""
    following = rest[below.end() :]
    found = _somewhere(following, place, about_duties)
    unit = bearers.bearers(rest[below.start("unit") : below.end("unit")], place, groups=True)
    later = following if _HEADS.match(following.string) else _later_duty(following)
    if not found and len(unit) == 1 and later:
        found = [_Found(clauses.read(later), unit)]
    yield from found


def _after_vague(text: Text) -> Text:
    """What follows “有关部门” and the like."""
    match = re.match(r"(?:同级|各|有关|相关|其他|市直|职能|成员)+(?:部门|单位|方面)", text.string)
    return text[match.end() if match else 0 :]


def _later_duty(text: Text) -> Text | None:
    """The part of a sentence, after a comma, that begins with 负责, 牵头 or 承担."""
    parts = [match.start() for match in _PART.finditer(text.string)][1:]
    return next((text[start:] for start in parts if _HEADS.match(text.string, start)), None)


def _can_bear(bodies: Sequence[Body], about_duties: bool) -> bool:
    named = [body for body in bodies if not bearers.is_vague(body.surface)]
    return bool(named) and (about_duties or any(body.kind != "functional" for body in named))


def _passive(clause: Text, place: Place) -> Iterator[_Found]:
    """“由A牵头，B配合，…”, “…由A负责”: the task stands behind the verb, or before 由 where nothing stands behind."""
    if not _HEADS.search(clause.string):
        return
    for match in _PASSIVE.finditer(clause.string):
        begin = bearers.subject(clause[match.end() :], place)
        if begin is None or not _can_bear(begin[0], about_duties=False):
            continue
        bodies, rest = begin
        verb = _HEADS.match(rest.string)
        if not verb or (match[0] == "以" and verb["verb"] != "牵头") or "解释" in rest.string[:12]:
            continue
        task = clauses.read(rest)
        if len(task.text) < 6 or task.text.string == rest.string:
            before = clause[: match.start()].strip("，, ")
            task = replace(task, text=before if len(before) >= 4 else task.text)
        yield _Found(task, bodies)
        return


def _with_group(body: Body, text: Text) -> Body:
    """“办公室” by itself is that of the group named before it."""
    if body.surface != "办公室" or body.intended:
        return body
    before = text[: max(0, body.text.span()[0] - text.span()[0])].string
    names = _GROUP_NAME.findall(before)
    return replace(body, intended=re.split(r"[成设建立，,]立?", names[-1])[-1] + "办公室") if names else body
