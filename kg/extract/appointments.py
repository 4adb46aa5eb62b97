"""Appointments and removals (人事任免): “李某同志任甲，免去其乙、丙职务” is three facts.

A notice is read sentence by sentence, a sentence clause by clause.  A clause is a step (appoints or removes), a remark
on the step before it (“退休”, “试用期一年”), or the rest of the post that a comma cut.  People and organisations that
are not printed again (“其”, “局长、督察长”) are those named last in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from kg.data import rows
from kg.extract.clauses import cover, joined, sentences, split_outside
from kg.extract.context import Context
from kg.extract.names import HAN, glued_name, is_name, leading_name, names
from kg.extract.posts import Post, is_post, posts
from kg.facts import Appointment
from kg.read.model import Paragraph, PrintedDocument, Table
from kg.read.text import Text

#: How far each pattern can be trusted.
CONFIDENCE = {
    "appointments.sentence": 0.98,
    "appointments.prose": 0.85,
    "appointments.list": 0.9,
    "appointments.table": 0.85,
}
# Titles and numbers of personnel notices; 推荐 and 公示 announce no decision.
_TITLE = re.compile(r"任免|任职|免职|任命|聘任|解聘|辞去|辞职|代理|职务|职级|挂职|挂任|退休|兼任|人事")
_NOT_DECIDED = re.compile(r"办法|规定|条例|规则|公示|细则|意见|方案|条件|资格")
_DECIDES = re.compile(r"决定[，,：:]|任命|免去|同志.{0,12}任|聘任|辞去")
_PREFACE = re.compile(
    r"^.*?(?:决定|如下|同意|通知|研究|通过|批准)[，,]?[：:]|^.*?(?:研究|会议)[，,]?决定[，,]?(?=[^，,：:]{2,})"
    # 省政府决定免去王平的…
    r"|^[^，,。：:]{1,20}(?:政府|委员会|常委会)决定(?=任命|聘任|免去)"
)
_MARKER = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*")
_COMMA = re.compile(r"[，,]")
_MARK = "[（(][^（）()]{1,12}[）)]"
_WHO = rf"(?P<who>(?:[{HAN}·•‧、\s]|{_MARK}){{2,80}}?)"
_TITLED = rf"(?P<comrade>等?(?:[\d一二两三四五六七八九十]+[名位])?(?:同志|先生|女士))?(?P<mark>{_MARK})?"
_ADVERB = "(?:现|拟|同时|并|依法|决定|批准|同意|正式|继续|一并|予以|提前|经考核合格|委派|选派|指派|推荐)*"
_POSTS = r"(?P<posts>.+?)"
_END = (
    r"(?:的?(?:领导)?(?:职务|职级|职位|公职)(?:[和及、]?职级)?(?P<remark>[（(][^（）()]{2,20}[）)])?)?"
    r"(?:的?请求)?(?:[，,]?(?:按|报|并报).*)?$"
)
# “任命：”, “二、免去下列人员职务”, “省政府决定，任命：”: what follows is a list of people and posts.
_LIST = re.compile(
    rf"^{_ADVERB}(?P<verb>任命|聘任|任职|免去|免职|解聘)(?:(?:下列|以下|如下).{{0,12}}|名单|.{{0,4}}职务)?[：:]?$"
)
_LIST_OPENED = re.compile(
    rf"^(?:[^：:；。]{{0,40}}?[，,])?{_ADVERB}(?P<verb>任命|聘任|免去|解聘)[^，。；：:]{{0,12}}?[：:](?=.)"
)
_LISTED = re.compile(rf"^{_WHO}{_TITLED}(?P<link>为|任|的)\s*{_POSTS}{_END}")
_SAME = re.compile(r"^(?:其|本人|该同志)?(?:所|原|现)?(?:兼任|担任|任|兼)?的?")
# “以上同志试用期一年”: a remark on all that stands above.
_ALL_ABOVE = re.compile(r"^(?:以上|上述)[^，。]{0,12}?(?P<note>试用期.{1,20}|任期.{1,20}|聘期.{1,20})$")
# “某某同志达到退休年龄”, “某某同志试用期满”: the person of what follows.
_ABOUT = re.compile(rf"^{_WHO}(?P<comrade>同志)(?P<mark>{_MARK})?(?P<rest>[^，]{{1,16}})$")
_REMARK = re.compile(r"退休|试用|挂职|挂任|任期|聘期|时间|任用|待遇|级|兼|起|辞职|调离|去世|届满")
_REMARK_LENGTH = 24


@dataclass(slots=True)
class _Reader:
    """Where the reading of a notice stands: who was named last, and what list is open."""

    document: PrintedDocument
    titled: bool
    people: list[Text] = field(default_factory=list)
    listing: str | None = None
    facts: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a sentence: people, action, their posts, and what a remark says about all of them."""

    people: list[Text]
    action: str
    posts: list[Post]
    clause: Text
    note: str | None = None
    rule: str = "appointments.sentence"


def find(document: PrintedDocument, context: Context) -> Iterator[Appointment]:
    """The appointments and removals of a document.

    Notices whose title says what they are are read in full; in other documents only sentences that name a comrade
    (同志) and remove somebody or say that it was decided.
    """
    titled = bool(document.kind == "任免" or _TITLE.search(document.title.string)) and not _NOT_DECIDED.search(
        document.title.string
    )
    reader = _Reader(document, titled)
    paragraphs = document.paragraphs
    plain = (_unmarked(paragraph) for paragraph in paragraphs if titled or "同志" in paragraph.text.string)
    if not titled:
        plain = (text for text in plain if re.search("免去.{2,12}同志|决定.{0,12}同志.{0,6}任", text.string))
    for text in joined(plain, _whole, _begins):
        _read(reader, text)
    if titled:
        for table in document.tables:
            reader.facts += _from_table(document, table)
    yield from dict.fromkeys(reader.facts)


def _unmarked(paragraph: Paragraph) -> Text:
    text = paragraph.text
    match = _MARKER.match(text.string)
    # A list of names without sentences keeps its spaces: “王 平 杉州市公安局局长”.
    if not re.search("[，。；、：]", text.string) and len(paragraph.lines) == 1:
        text = paragraph.lines[0]
        match = _MARKER.match(text.string)
    return text[match.end() :] if match else text


def _whole(string: str) -> bool:
    return (
        is_post(string)
        or string.endswith(("职务", "职级", "）", ")", "请求", "退休", "决定"))
        or bool(_LIST.match(string))
    )


def _begins(string: str) -> bool:
    verbs = "|".join(row["verb"] for row in rows("appointment_verbs.tsv") if row["form"] in ("before", "off"))
    return bool(re.match(rf"{_ADVERB}(?:{verbs})|.{{2,16}}同志|[（(]|\d{{4}}年", string))


def _read(reader: _Reader, text: Text) -> None:
    """Read one paragraph into facts."""
    reader.people = []
    if listed := _LIST.match(text.string):
        reader.listing = _action(listed)
        return
    for sentence in sentences(text):
        if opened := _LIST_OPENED.match(sentence.string):
            reader.listing = _action(opened)
            sentence = sentence[opened.end() :]
        preface = _PREFACE.match(sentence.string)
        if preface and preface.end() != len(sentence):
            sentence = sentence[preface.end() :].strip()
        marker = _MARKER.match(sentence.string)
        if marker:
            sentence = sentence[marker.end() :]
        if listed := _LIST.match(sentence.string):
            reader.listing = _action(listed)
            continue
        if above := _ALL_ABOVE.match(sentence.string):
            reader.facts = [
                replace(fact, note=above.group("note")) if fact.action == "appoint" and not fact.note else fact
                for fact in reader.facts
            ]
            continue
        for step in _steps(reader, sentence):
            reader.facts += _facts(reader, step)


def _action(listed: re.Match[str]) -> str:
    return "remove" if listed.group("verb") in ("免去", "免职", "解聘") else "appoint"


def _steps(reader: _Reader, sentence: Text) -> list[_Step]:
    """The steps of one sentence, with the remarks that follow them."""
    steps: list[_Step] = []
    for clause in _clauses(sentence):
        step = _step(reader, clause, steps[-1] if steps else None)
        if step is not None:
            reader.people = step.people
            steps.append(step)
        elif about := _ABOUT.match(clause.string):
            reader.people = _people(clause, about, titled=reader.titled)
        elif steps and len(clause) <= _REMARK_LENGTH and _REMARK.search(clause.string):
            steps[-1] = replace(steps[-1], note=_notes(steps[-1].note, clause.string))
    return steps


def _clauses(sentence: Text) -> Iterator[Text]:
    """The clauses of a sentence; a piece that goes on with a list of posts belongs to the clause before it."""
    waiting: Text | None = None
    for piece in split_outside(sentence, _COMMA):
        if waiting is not None and _goes_on(waiting.string, piece.string):
            waiting = cover(sentence, waiting, piece)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _goes_on(before: str, after: str) -> bool:
    """Whether “，” only stands between two posts: 市委常委，副市长."""
    after = re.sub(r"(?:职务|职级)$", "", after)
    named = _LISTED.match(after)
    if not is_post(before) or not is_post(after) or _verbs().search(after) or "任" in after[:8]:
        return False
    return not (named and is_name(re.sub(r"\s", "", named.group("who"))))


@cache
def _verbs() -> re.Pattern[str]:
    """Any verb that makes a clause a step."""
    return re.compile("|".join(row["verb"] for row in rows("appointment_verbs.tsv") if row["verb"] not in ("任", "兼")))


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentence forms of the verbs, each with the action it stands for."""
    before, after, off, away, gone = (_alternatives(form) for form in ("before", "after", "off", "away", "gone"))
    his, held = "(?:其|该同志|本人)", "(?:所|原|现)?(?:兼任|担任|任|兼)?"
    why = r"(?:因.{1,20}?)?(?:提出)?(?:请求)?"
    forms = (
        ("appoint", rf"{before}{_WHO}{_TITLED}为{_POSTS}{_END}"),  # 任命王平为甲局局长
        ("remove", rf"{off}{his}{held}的?{_POSTS}{_END}"),  # 免去其甲局局长职务
        ("remove", rf"{off}{_WHO}{_TITLED}{held}的{_POSTS}{_END}"),  # 免去王平（女）的甲局局长职务
        ("remove", rf"{off}{_WHO}(?P<comrade>同志)(?P<mark>{_MARK})?{_POSTS}{_END}"),  # 免去王平同志甲局局长职务
        ("remove", rf"{off}(?P<glued>{_POSTS}){_END}"),  # 免去王平甲局局长职务
        ("remove", rf"(?:接受)?{_WHO}{_TITLED}{why}{away}(?:其|的)?{_POSTS}{_END}"),  # 王平同志不再担任甲局局长职务
        ("remove", rf"{away}(?:其|的)?{_POSTS}{_END}"),  # 不再担任甲局局长职务
        ("remove", rf"{his}?{held}的?{_POSTS}(?:职务|职级){gone}$"),  # 其原任的甲局局长职务自然免除
        ("remove", rf"{_WHO}{_TITLED}{held}的{_POSTS}(?:职务|职级){gone}$"),  # 王平同志的甲局局长职务自然免除
        ("appoint", rf"{_WHO}{_TITLED}{_ADVERB}{after}{_POSTS}{_END}"),  # 王平同志任甲局局长
        ("appoint", rf"{after}{_POSTS}{_END}"),  # 任甲局局长
    )
    return tuple((action, re.compile(f"^{_ADVERB}{form}")) for action, form in forms)


def _alternatives(form: str) -> str:
    """The verbs of one form as a group named “verb”, the longest first."""
    verbs = sorted((row["verb"] for row in rows("appointment_verbs.tsv") if row["form"] == form), key=len, reverse=True)
    return f"(?P<verb>{'|'.join(verbs)})"


@cache
def _said_by_verb() -> dict[str, str]:
    """What a verb says about the appointment: 挂任, 兼."""
    return {row["verb"]: row["note"] for row in rows("appointment_verbs.tsv") if row["note"]}


def _step(reader: _Reader, clause: Text, before: _Step | None) -> _Step | None:
    """The step that a clause is, if it is one."""
    for action, pattern in _forms():
        match = pattern.match(clause.string)
        people, found = _who_and_posts(reader, clause, match) if match else ([], [])
        if match and people and found:
            if before is not None and found[0].organisation is None and before.people == people:
                found = _elided(found, before)
            note = _notes(_said_by_verb().get(match.group("verb")), _remark(match))
            return _Step(people, action, found, clause, note, _rule(reader))
    listing = before.action if before else reader.listing
    return _listed(reader, clause, listing) if listing else None


def _rule(reader: _Reader) -> str:
    return "appointments.sentence" if reader.titled else "appointments.prose"


def _who_and_posts(reader: _Reader, clause: Text, match: re.Match[str]) -> tuple[list[Text], list[Post]]:
    """The people and posts of a clause; nobody named means those named last."""
    groups = match.groupdict()
    text = clause[match.start("posts") : match.end("posts")]
    if groups.get("glued"):
        split = glued_name(text)
        return ([split[0]], posts(split[1])) if split else ([], [])
    if "who" not in groups:
        return reader.people, posts(text)
    return _people(clause, match, titled=reader.titled), posts(text)


def _people(clause: Text, match: re.Match[str], *, titled: bool) -> list[Text]:
    who = clause[match.start("who") : match.end("who")].without(re.compile("同志$"))
    comrade = bool(match.group("comrade"))
    if not titled and not comrade:
        return []
    return names(who, strict=not comrade and not titled) or []


def _elided(found: list[Post], before: _Step) -> list[Post]:
    """“任甲局局长，免去其副局长职务”: the organisation is that of the step before, up to the next one printed."""
    organisation = before.posts[-1].organisation
    completed: list[Post] = []
    for post in found:
        if post.organisation is not None:
            organisation = post.organisation
        completed.append(replace(post, organisation=organisation))
    return completed


def _listed(reader: _Reader, clause: Text, action: str) -> _Step | None:
    """A line under “任命：” or “免去：”, or a clause that leaves the verb to the one before it.

    “王平为甲局局长”, “王平的甲局局长职务”, “王 平 甲局局长”.
    """
    match = _LISTED.match(clause.string)
    if match and (match.group("link") != "的") == (action == "appoint"):
        people, found = _who_and_posts(reader, clause, match)
        if people and found:
            return _Step(people, action, found, clause, _remark(match), rule="appointments.list")
    split = leading_name(clause) if reader.listing else None
    if split and is_post(_bare(split[1]).string):
        return _Step([split[0]], action, posts(_bare(split[1])), clause, rule="appointments.list")
    return None


def _remark(match: re.Match[str]) -> str | None:
    """What a bracket behind 职务 says: “（终止试用期）”."""
    return (match.groupdict().get("remark") or "").strip("（）()") or None


def _bare(text: Text) -> Text:
    return text.without(re.compile(r"(?:职务|职级)$")).strip("，,。；; ")


def _facts(reader: _Reader, step: _Step) -> Iterator[Appointment]:
    document = reader.document
    for person in step.people:
        inside = bool(step.clause.offsets[0] <= person.offsets[0] <= step.clause.offsets[-1])
        evidence = document.cite(step.clause) if inside else document.cite(step.clause, person)
        for post in step.posts:
            verb_says_more = step.note if not (post.note and step.note in ("兼", "挂任", "挂职")) else None
            yield Appointment(
                doc=document.number,
                evidence=evidence,
                rule=step.rule,
                confidence=CONFIDENCE[step.rule],
                person=person.string,
                action=step.action,
                post=post.post.squeezed().string,
                organisation=post.organisation.squeezed().string if post.organisation else None,
                date=document.date,
                note=_notes(post.note, verb_says_more),
            )


def _notes(*notes: str | None) -> str | None:
    """Several remarks as one: “兼；退休”."""
    return "；".join(note for note in notes if note) or None


def _from_table(document: PrintedDocument, table: Table) -> Iterator[Appointment]:
    """A table with a column of names and columns of posts taken up (任职) or given up (免职)."""
    name = table.column("姓名", "名字")
    columns = {
        "appoint": table.column("任职", "任命", "新任", "聘任", "现任"),
        "remove": table.column("免职", "免去", "原任", "解聘"),
    }
    if name is None:
        return
    for row in table.rows:
        people = names(row.cells[name].text, strict=False)
        for action, column in columns.items():
            cell = row.cells[column] if column is not None and column != name else None
            if not cell or not people:
                continue
            step = _Step(
                people, action, posts(_bare(cell.text.squeezed())), cell.text.strip(), rule="appointments.table"
            )
            yield from _facts(_Reader(document, True), step)
