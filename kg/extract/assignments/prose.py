"""Duties in plain sentences: “市财政局负责…；市审计局配合…”, “由市商务局牵头…”, “领导小组办公室设在…，负责…”.

A sentence is cut where subjects that are bodies begin; each bears what is said of it.  Outside lists of duties only
verbs that make somebody responsible count: other calls on bodies are exhortations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.assignments import bearers, clauses, deadlines
from kg.extract.assignments.rules import states_rule
from kg.extract.assignments.sharing import Share
from kg.extract.assignments.tasks import Task, made
from kg.extract.bodies import Body
from kg.facts import Assignment, Place
from kg.read.model import Paragraph, PrintedDocument
from kg.read.text import Text

_CONFIDENCE = {"prose": 0.75, "duty": 0.85}
_CLAUSE = re.compile(r"[^。；;！]+")
_COMMA = re.compile(r"[，,]")
#: What may stand before a subject: a caption, “其中”, “由”, the quotation mark of an amendment.
_OPENING = re.compile(
    r"\s*(?:[〔\[【][^〕\]】]{1,12}[〕\]】]\s*|[^“”]{0,24}修改为[：:]?\s*“|“|"
    r"(?:其中|同时|另外|此外|原则上|一是|二是|三是|四是|五是|首先|其次|(?:职责|责任|任务|工作|部门)+分工[：:])[，,：:]?\s*)*"
    r"(?P<by>[由以](?=[\u4e00-\u9fff]))?"
)
#: “会同”: those named after it take part.
_TOGETHER = re.compile(r"^(?P<verb>牵头)?[，,]?(?:要|应当?|须)?(?:积极|主动|及时)?(?:会同|协同|联合|商)")
_OPEN_END = re.compile(r"等(?:有关|相关)?(?:部门|单位|机构)?(?:和(?:部门|单位|机构))?(?:[，,]?(?:要|应当?))?")
#: What is said of those who only help in what was said before: “…，市财政局参加”.
_HELPS = re.compile(r"(?:共同|积极)?(?:参加|参与|配合|协助|支持)(?:落实|实施|工作|做好)*")
_VAGUE_PARTNERS = re.compile(r"(?:同级|各|有关|相关|其他|市直|职能|成员)+(?:部门|单位|方面)")
#: A verb that makes responsible, at the head of a part.
_HEADS = re.compile(r"(?:统一|统筹|具体|主要|全面|共同|分别)*(?P<verb>负责|牵头|承担)" + clauses.NO_NOUN)
#: The same where the body stands behind 由.
_BY = re.compile(rf"(?:{_HEADS.pattern}|组织实施)")
_PASSIVE = re.compile(r"由(?=[\u4e00-\u9fff])")
#: What a plan has a body do where a sentence begins with 由: “由市应急局制定培训计划”.
_ACTS = re.compile(
    r"(?:统一|统筹|具体)*(?:制定|制订|编制|组织(?!实施)|起草|统筹|指导|汇总)(?![^，,]{0,12}(?:后|的)[，,])"
)
#: “是…的牵头部门，负责…”.
_IS_LEAD = re.compile(r"^(?:是|为|作为)[^，,]{0,30}牵头(?:部门|单位)")
#: “由A牵头，B参加的联席会议制度”: a clause that only says of what kind something is.
_ATTRIBUTE = re.compile(r"(?:共同)?(?:牵头|负责|参加|参与|配合|组成)的")
_ATTRIBUTE_WITHIN = 40
#: What is shared out, before who it is given to.
_ABOUT = re.compile(r"(?:关于|对于?)(?P<what>.{4,}?(?:问题|工作|事项|任务))[，,]\s*$")
#: What says of a subject where it stands, before the part that says what it bears.
_CONTEXT = re.compile(r"^(?:是|为|作为|设在|设于|下设|由|应|要|须|负|履行|按|根据|在|抽调|通过|依法)")
#: What is no duty: who holds a post, who interprets the rules.
_NO_DUTY = re.compile(
    r"^(?:负责|承担)?(?:人|单位|部门|机构|主体|制(?!定|订)|任(?!务)|解释|的)|(?:解释|担任|兼任|组成)(?:工作)?$"
)
_POST = re.compile(r"[，,][^，,]{0,30}(?:担任|兼任|任(?:副?组长|副?主任|副?指挥长|召集人)).*$")
_PAST = re.compile(r"已经?|了(?!解)|曾|截至|累计|十三五")
#: “领导小组下设办公室，…负责…”, “成立领导小组，负责…”: the duties are those of the unit named last.
_UNIT_BELOW = re.compile(r"^下设(?P<unit>[^，,。；;（(]{2,40})[，,]")
_SET_UP = re.compile(r"^(?:成立|设立|组建|建立)(?P<unit>[^，,。；;]{4,50}?)(?=[，,])")
_GROUP_NAME = re.compile(r"[\u4e00-\u9fff“”]{0,40}?(?:领导小组|联席会议|指挥部|委员会|工作专班|专班|工作小组|协调小组)")
#: What a group's name is cut from: “办公室负责领导小组…”, “成立…”.
_BEFORE_GROUP = re.compile(r"办公室|负责|承担|[成设建立，,]立?")
_SHORTEST_TASK = 4
#: How a sentence calls on a body, which is no part of what it is to do: “要”, and “负责” before a few words.
_CALLED = re.compile(r"^(?:要(?!素|点|求)|应当?(?!急)|必?须(?!知))+(?=.{4})|^负责(?=[^，,]{4,7}[，,])")
#: Behind a passive verb so few characters only say how (“负责具体推进”): the task stands before 由.
_SHORT_OBJECT = 5


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a sentence with a subject of its own: who, what is said of them, and where the subject begins."""

    bodies: Sequence[Body]
    rest: Text
    start: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A duty with those who share in it."""

    duty: clauses.Duty
    shares: tuple[Share, ...]


@dataclass(slots=True)
class Sentences:
    """Reads the sentences of one paragraph.

    ``about_duties``: a heading says that duties are assigned here.  ``default``: who bears what has no subject, under
    a heading that names a body.  ``procedure``: an article of a regulation, where bodies act in every sentence.
    """

    place: Place
    about_duties: bool = False
    procedure: bool = False
    default: Sequence[Body] = field(default=())

    def find(self, document: PrintedDocument, paragraph: Paragraph) -> Iterator[Assignment]:
        """The assignments that a paragraph's sentences state."""
        text = paragraph.text[len(paragraph.section.marker) if paragraph.opens else 0 :]
        rule = "duty" if self.about_duties or self.default else "prose"
        for found in self._in_text(text):
            words = found.duty.name.strip("。；;，, ”")
            if len(words) < _SHORTEST_TASK or _NO_DUTY.search(words.string):
                continue
            deadline = deadlines.in_running_text(found.duty.text)
            name = words.string if self.about_duties or self.default else _CALLED.sub("", words.string)
            task = Task(name, paragraph.section, words, deadline.string if deadline else None)
            shares = [_with_group(share, text) for share in found.shares]
            confidence = _CONFIDENCE[rule]
            yield from made(document, task, shares, source="text", rule=rule, confidence=confidence)

    def _in_text(self, text: Text) -> Iterator[_Found]:
        last: Sequence[Body] = self.default
        for match in _CLAUSE.finditer(text.string):
            string = match[0].strip(" ，,\u3000")
            active, passive = self._may_assign(string), _may_be_passive(string)
            if not (active or passive or last) or states_rule(string):
                continue
            clause = text[match.start() : match.end()].strip(" ，,\u3000")
            segments = list(self._segments(clause)) if active else []
            found = self._borne(clause, segments) or (list(self._passive(clause)) if passive else [])
            if not segments and not found and last:
                found = list(self._without_subject(clause, last))
            if found:
                last = [share.body for share in found[-1].shares if share.body]
            yield from found

    def _without_subject(self, clause: Text, bodies: Sequence[Body]) -> Iterator[_Found]:
        """A clause that goes on about those named before, or about the body that the heading names."""
        duty = clauses.read(clause)
        own = bool(self.default) and duty.opened
        if own or clauses.strong_verb(clause.string):
            for part in clauses.parts(clause):
                yield _found(clauses.read(part), bodies)

    def _segments(self, clause: Text) -> Iterator[_Segment]:
        """The parts of a sentence that begin with bodies as their subject."""
        begun: _Segment | None = None
        taken = 0
        for start in [0, *(comma.end() for comma in _COMMA.finditer(clause.string))]:
            if start < taken:
                continue
            opening = _OPENING.match(clause.string, start)
            begin = opening.end() if opening else start
            found = self._subject(clause[begin:])
            if found is None:
                continue
            bodies, rest = found
            if begun is not None:
                yield replace(begun, rest=_until(begun.rest, clause, start))
            begun = _Segment(bodies, rest, opening.start("by") if opening and opening["by"] else begin)
            taken = len(clause) - len(rest)
        if begun is not None:
            yield begun

    def _may_assign(self, clause: str) -> bool:
        """A quick test: a list of duties, a verb that makes responsible, or a governing body at the beginning."""
        if self.about_duties or self.default or clauses.may_assign(clause):
            return True
        return not self.procedure and bearers.begins_with_governing_body(clause, self.place)

    def _subject(self, text: Text) -> tuple[Sequence[Body], Text] | None:
        """Who a part of a sentence is about, and what it says of them: bodies at its beginning, or a group set up."""
        for body in self.default:
            if text.string.startswith(body.surface):
                return [body], text[len(body.surface) :]
        found = bearers.subject(text, self.place, groups=True, areas=self.about_duties) or self._set_up(text)
        if found is None:
            return None
        open_end = _OPEN_END.match(found[1].string)
        return found[0], found[1][open_end.end() if open_end else 0 :]

    def _set_up(self, text: Text) -> tuple[list[Body], Text] | None:
        """“成立市绿道建设领导小组，负责…”: the new group bears what follows."""
        match = _SET_UP.match(text.string)
        unit = bearers.bearers(text[match.start("unit") : match.end("unit")], self.place, groups=True) if match else []
        return (unit, text[match.end() :].strip("，, ")) if match and len(unit) == 1 else None

    def _borne(self, clause: Text, segments: Sequence[_Segment]) -> list[_Found]:
        """What each subject bears.  Verbs without an object (“由A牵头，B配合，…”) share in the next object."""
        found: list[_Found] = []
        waiting: list[Share] = []
        for segment in segments:
            bodies, rest, helpers = self._with_partners(segment)
            if _ATTRIBUTE.match(rest.string):
                waiting = []
                continue
            if not self._can_bear(bodies):
                continue
            if found and _HELPS.fullmatch(rest.string):
                shares = [Share("cooperating", body) for body in bodies]
                found[-1] = replace(found[-1], shares=(*found[-1].shares, *shares))
                continue
            together = rest is not segment.rest
            duty_text = rest if self._is_called(segment) else self._duty_of(rest, together=together)
            if duty_text is None:
                continue
            duty = clauses.read(duty_text)
            role = "lead" if helpers or _IS_LEAD.match(rest.string) else duty.role
            shares = [Share(role, body) for body in bodies] + [Share("cooperating", body) for body in helpers]
            verb = clauses.strong_verb(duty.text.string)
            if verb and len(duty.text.string[verb.end() :].strip("，, ")) < 2:
                waiting += shares
                continue
            for i, part in enumerate(clauses.parts(duty.text)):
                one = clauses.read(part)
                own = shares if i == 0 else [Share(one.role, body) for body in bodies]
                found.append(_Found(one, (*waiting, *own)))
                waiting = []
        about = _ABOUT.match(clause.string, 0, segments[0].start) if segments else None
        if about:
            # “关于…的问题，由A会同B研究”: that is the task, not what they do with it
            found = [
                replace(one, duty=replace(one.duty, text=clause[about.start("what") : about.end("what")]))
                for one in found
            ]
        task = _object_of(clause, segments) if waiting else None
        if task:
            found.append(_Found(clauses.Duty(task, "responsible", True), tuple(waiting)))
        return found

    def _with_partners(self, segment: _Segment) -> tuple[Sequence[Body], Text, list[Body]]:
        """“A会同B…”: the bodies, what follows, and the partners named."""
        below = _UNIT_BELOW.match(segment.rest.string)
        if below:
            unit = bearers.bearers(segment.rest[below.start("unit") : below.end("unit")], self.place, groups=True)
            return (unit, segment.rest[below.end() :], []) if len(unit) == 1 else ((), segment.rest, [])
        together = _TOGETHER.match(segment.rest.string)
        if not together:
            return segment.bodies, segment.rest, []
        after = segment.rest[together.end() :]
        joint = bearers.subject(after, self.place)
        if joint is None:
            vague = _VAGUE_PARTNERS.match(after.string)
            joint = ([], after[vague.end() if vague else 0 :])
        open_end = _OPEN_END.match(joint[1].string)
        rest = joint[1][open_end.end() if open_end else 0 :]
        return segment.bodies, rest, [body for body in joint[0] if not bearers.is_vague(body.surface)]

    def _can_bear(self, bodies: Sequence[Body]) -> bool:
        named = [body for body in bodies if not bearers.is_vague(body.surface)]
        return bool(named) and (self.about_duties or any(body.kind != "functional" for body in named))

    def _is_called(self, segment: _Segment) -> bool:
        """Whether a sentence calls on a governing body by its own name to do something (“市科协要做好…”)."""
        if self.procedure or segment.start or _PAST.search(segment.rest.string):
            return False
        named = all(bearers.is_governing(body) for body in segment.bodies)
        return named and clauses.read(segment.rest).opened

    def _duty_of(self, rest: Text, *, together: bool) -> Text | None:
        """The part of what is said of a subject that makes it responsible, if anything does."""
        post = _POST.search(rest.string)
        rest = rest[: post.start()] if post else rest
        if clauses.strong_verb(rest.string) or (together and not _PAST.search(rest.string)):
            return rest
        if (self.about_duties or self.default) and clauses.read(rest).opened:
            return rest
        if _HEADS.match(rest.string) or not _CONTEXT.match(rest.string):
            return None
        commas = (comma.end() for comma in _COMMA.finditer(rest.string))
        return next((rest[start:] for start in commas if _HEADS.match(rest.string, start)), None)

    def _passive(self, clause: Text) -> Iterator[_Found]:
        """“…由A负责”, “…由A负责组织”: the task stands behind the verb, or before 由 where nothing stands behind."""
        for match in _PASSIVE.finditer(clause.string):
            begin = bearers.subject(clause[match.end() :], self.place)
            if begin is None or not self._can_bear(begin[0]):
                continue
            bodies, rest = begin
            verb = _BY.match(rest.string)
            if not verb and not match.start() and not self.procedure and bearers.is_governing(bodies[0]):
                verb = _ACTS.match(rest.string)
            if not verb or _ATTRIBUTE.search(rest.string, 0, _ATTRIBUTE_WITHIN) or "解释" in rest.string[:12]:
                continue
            before = clause[: match.start()].strip("，, ")
            short = len(_COMMA.split(rest.string[verb.end() :])[0]) <= _SHORT_OBJECT
            duty = clauses.read(rest)
            task = before if short and len(before) >= _SHORTEST_TASK else duty.text
            yield _found(replace(duty, text=task), bodies)
            return


def _may_be_passive(clause: str) -> bool:
    """A quick test: a body behind 由, and a verb that makes it responsible."""
    return "由" in clause and not _PAST.search(clause) and bool(_BY.search(clause) or clause.startswith("由"))


def _found(duty: clauses.Duty, bodies: Sequence[Body]) -> _Found:
    return _Found(duty, tuple(Share(duty.role, body) for body in bodies))


def _object_of(clause: Text, segments: Sequence[_Segment]) -> Text | None:
    """What verbs without an object of their own are about: what stands before them, else what follows."""
    before = clause[: segments[0].start].strip("，, ")
    return before if len(before) >= _SHORTEST_TASK else _opened_part(segments[-1].rest)


def _opened_part(text: Text) -> Text | None:
    """A sentence from its first part that begins with the verb of a duty, after a comma."""
    commas = (comma.end() for comma in _COMMA.finditer(text.string))
    return next((text[start:] for start in commas if clauses.read(text[start:]).opened), None)


def _until(rest: Text, clause: Text, end: int) -> Text:
    """What is said of a subject, up to where the next subject's part begins."""
    left = len(clause) - end
    return rest[: max(0, len(rest) - left)].strip("，, ")


def _with_group(share: Share, text: Text) -> Share:
    """“办公室” by itself is that of the group named before it."""
    body = share.body
    if body is None or body.surface != "办公室" or body.intended:
        return share
    before = text[: max(0, body.text.span()[0] - text.span()[0])].string
    names = _GROUP_NAME.findall(before)
    intended = _BEFORE_GROUP.split(names[-1])[-1] + "办公室" if names else None
    return replace(share, body=replace(body, intended=intended))
