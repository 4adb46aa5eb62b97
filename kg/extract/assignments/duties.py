"""Lists of duties: “市财政局：负责…”, “（一）市财政局。负责…；配合…”, a body as heading with its duties below it,
“主要职责：…”, and the action groups of emergency plans (“…组：由市应急局牵头，会同…组成。负责…”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.extract.assignments import bearers, clauses, labels, roles
from kg.extract.assignments.prose import Sentences
from kg.extract.assignments.sharing import Share
from kg.extract.assignments.tasks import Task, first_sentence, made
from kg.extract.bodies import Body
from kg.facts import Assignment, Place
from kg.read.model import Paragraph, PrintedDocument, Section
from kg.read.text import Text

_CONFIDENCE = {"duty": 0.9, "heading": 0.88, "group": 0.85}
#: A heading under which sentences assign duties.
_ABOUT_DUTIES = re.compile(r"职责|分工|责任(?:清单|体系|分解)|任务分解")
#: “…的主要职责是：”, “应履行下列职责：”: a list of duties follows.
_DUTIES_FOLLOW = re.compile(
    r"(?:应当?|要|须|必须|依法|分别|切实|具体|主要|[，,])*(?:履行|承担|落实)(?:以下|下列|如下|相应)?[^，,。；;：:]{0,8}职责(?:任务)?"
    r"(?:是|为|包括|如下)*\s*[：:]"
    r"|(?:主要|工作|具体)+职责(?:任务|分工)?(?:是|为|包括|如下|有)*\s*[：:]"
    r"|的?职责(?:任务)?(?:是|为|包括|如下|有)*\s*[：:]"
)
#: How far into a paragraph its duties are announced.
_ANNOUNCED_WITHIN = 160
_NAMED = re.compile(r"(?P<who>[^：:。；;]{2,120}?)\s*[：:。](?P<rest>.*)", re.DOTALL)
#: The next body whose duties follow in the same paragraph, with or without a number before it.
_NEXT_NAMED = re.compile(
    r"(?<=[。；;])\s*(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,3}[）)])?\s*(?P<who>[^：:。；;，,]{3,60}?)\s*[：:]"
)
#: Who makes up a group: “由A牵头，会同B、C等单位组成”, “A牵头，B、C参加”, “由A负责”; then its duties.
_LED = re.compile(r"^(?:由?[^。；;，,：:]{2,40}(?:牵头|负责)(?=[，,。；;])|(?:组长|牵头|责任)(?:单位|部门)[：:])")
_MEMBERS = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门))?(?:共同)?(?:参加|参与|配合|组成|为成员(?:单位)?)(?=[，,。；;]|$)"
)
_THEIR_DUTIES = re.compile(r"[。；;]?\s*(?:主要|工作|具体)*职责(?:任务)?[：:]")


@dataclass(slots=True)
class DutyLists:
    """Reads the lists of duties of a document, paragraph by paragraph."""

    document: PrintedDocument
    place: Place
    announced: dict[Section, list[Body]] = field(default_factory=dict)
    _headings: dict[Section, list[Body]] = field(default_factory=dict)

    def find(self, paragraph: Paragraph) -> Iterator[Assignment] | None:
        """The assignments of a paragraph if it belongs to a list of duties; None if it does not."""
        text = _content(paragraph)
        facts = self._run_on(paragraph, text) or self._named(paragraph, text)
        if facts is None:
            facts = self._announcing(paragraph, text)
        if facts is None:
            facts = self._below(paragraph, text)
        return iter(facts) if facts is not None else None

    def _run_on(self, paragraph: Paragraph, text: Text) -> list[Assignment]:
        """“市财政局：负责…。市公安局：负责…。” in one paragraph; nothing where one body at most is named so."""
        begins = [0]
        for match in _NEXT_NAMED.finditer(text.string):
            if bearers.bearers(text[match.start("who") : match.end("who")], self.place):
                begins.append(match.start("who"))
        if len(begins) == 1:
            return []
        pieces = [text[start:end].strip() for start, end in pairwise([*begins, len(text)])]
        return [fact for piece in pieces for fact in self._named(paragraph, piece) or ()]

    def _announcing(self, paragraph: Paragraph, text: Text) -> list[Assignment] | None:
        """“X的主要职责是：…”: the duties behind the colon, or in the items below."""
        match = _DUTIES_FOLLOW.search(text.string, 0, _ANNOUNCED_WITHIN) if "职责" in text.string else None
        if not match:
            return None
        who = text[: match.start()].strip("，,的 ")
        who = who[max(who.string.rfind(mark) for mark in "。；") + 1 :]
        found = bearers.bearers(who, self.place, groups=True)
        if not found and who:
            begin = bearers.subject(who + text[match.start() : match.end()], self.place, groups=True)
            found = begin[0] if begin else []
        found = found or self._heading_bearers(paragraph.section)
        if any(bearers.is_vague(body.surface) for body in found):
            return None
        rest = text[match.end() :]
        if not found:
            return None
        if rest.string.strip():
            return list(self._duties(paragraph.section, found, rest, loose=True, rule="duty"))
        self.announced[paragraph.section] = found
        return []

    def _named(self, paragraph: Paragraph, text: Text) -> list[Assignment] | None:
        """“市财政局：负责…”, “（一）市财政局。负责…”, “综合协调组：由…牵头，…组成。负责…”."""
        match = _NAMED.match(text.string)
        if not match:
            return None
        who = text[: match.end("who")]
        found = bearers.bearers(who, self.place, groups=True)
        if not (found or bearers.is_group(who.string)):
            return None
        rest = text[match.start("rest") :].strip()
        if _LED.match(rest.string):
            return list(self._group(paragraph.section, who, found, rest))
        if not rest or not found or any(bearers.is_vague(body.surface) for body in found):
            return None
        loose = about_duties(paragraph.section)
        if not (loose or clauses.read(first_sentence(rest)).opened):
            return None
        return list(self._duties(paragraph.section, found, rest, loose=loose, rule="duty"))

    def _below(self, paragraph: Paragraph, text: Text) -> list[Assignment] | None:
        """A duty under a heading that names its bearer, or under “…职责：”."""
        section = paragraph.section.parent if paragraph.opens else paragraph.section
        announced = self.announced.get(section) if section else None
        found = announced or self._heading_bearers(section)
        if not found or section is None or not text.string.strip():
            return None
        if paragraph.opens and self._heading_bearers(paragraph.section):
            return None
        loose = announced is not None or about_duties(section)
        if not paragraph.opens:
            sentences = Sentences(self.place, about_duties=loose, default=found)
            return list(sentences.find(self.document, paragraph))
        own = bearers.subject(text[1:] if text.string.startswith("由") else text, self.place)
        if own and not bearers.is_vague(own[0][0].surface) and loose:
            found, text = own
        duty = clauses.read(first_sentence(text))
        if not (duty.opened or loose):
            return None
        return list(self._made(section, found, replace(duty, text=duty.name), "heading"))

    def _group(self, section: Section, who: Text, found: list[Body], rest: Text) -> Iterator[Assignment]:
        """An action group: its lead and members have the group's work as their task, the group its duties."""
        end = _end_of_members(rest.string)
        work = rest[end:].strip("，,。；; ")
        announced = _THEIR_DUTIES.match(work.string)
        duties = list(clauses.duties(work[announced.end() if announced else 0 :], loose=True))
        members = rest[:end].without(_MEMBERS)
        shares = _members(roles.read_sharing(members, self.place).shares)
        name = Text.join([who, *(duty.name for duty in duties[:1])], "：")
        task = Task(name.string, section, who)
        yield from made(self.document, task, shares, source="text", rule="group", confidence=_CONFIDENCE["group"])
        for duty in duties:
            yield from self._made(section, found, duty, "group")

    def _duties(
        self, section: Section, found: list[Body], text: Text, *, loose: bool, rule: str
    ) -> Iterator[Assignment]:
        for duty in clauses.duties(text, loose=loose):
            yield from self._made(section, found, duty, rule)

    def _made(self, section: Section, found: list[Body], duty: clauses.Duty, rule: str) -> Iterator[Assignment]:
        yield from made(
            self.document,
            Task(duty.text.string, section, duty.text),
            [Share(duty.role, body) for body in found],
            source="text",
            rule=rule,
            confidence=_CONFIDENCE[rule],
        )

    def _heading_bearers(self, section: Section | None) -> list[Body]:
        if section is None:
            return []
        if section not in self._headings:
            self._headings[section] = bearers.of_heading(section, self.place)
        return self._headings[section]


def _members(shares: tuple[Share, ...]) -> list[Share]:
    """The members of a group: those named beside one that leads help it."""
    led = any(share.role == "lead" for share in shares)
    named = [share for share in shares if share.body and not bearers.is_vague(share.body.surface)]
    return [replace(share, role="cooperating") if led and share.role == "responsible" else share for share in named]


def _end_of_members(string: str) -> int:
    """Where a group's members end and its duties begin: at the full stop, or before a part that begins with a verb."""
    labelled = _THEIR_DUTIES.search(string)
    if labelled and labels.label_pattern().match(string):
        return labelled.start()
    stop = re.search(r"[。；;]|$", string)
    end = stop.start() if stop else len(string)
    for comma in re.finditer(r"[，,]", string[:end]):
        if clauses.read(Text.at(string[comma.end() :], 0)).opened and not string[comma.end() :].startswith("会同"):
            return comma.start()
    return end


def about_duties(section: Section) -> bool:
    """Whether a heading above says that duties are assigned here."""
    titles = (node.title.string for node in section.ancestors if node.style != "document")
    return any(_ABOUT_DUTIES.search(title) for title in titles)


def _content(paragraph: Paragraph) -> Text:
    """A paragraph's text without the marker of its section."""
    return paragraph.text[len(paragraph.section.marker) if paragraph.opens else 0 :].strip()
