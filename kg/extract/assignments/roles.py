"""Who has what part: the grammar of a list of bodies with roles, as brackets, lines and table cells hold it.

A list names its roles by labels (“责任单位：A、B；配合单位：C”), by closing verbs (“A牵头，B、C按职责分工负责”), by
marks behind a name (“A（牵头）、B”), or leaves them to what stands around it (a column's header).  Every item of a list
is a body, known or not: that is what carries over from city to city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg import data
from kg.extract.assignments import deadlines, labels, leaders, rules
from kg.extract.assignments.sharing import Share, Sharing
from kg.extract.bodies import split_bodies
from kg.extract.body_grammar import ends_as_body, starts_as_body
from kg.extract.posts import is_post
from kg.extract.trie import alternatives
from kg.facts import Place
from kg.read.text import Text

#: How a list's bodies act, between the last of them and the verb: “按照各自职责分工”, “共同”.
_MANNER = (
    r"(?:均|都|同|分别|共同|具体|统筹|统一|联合|各自|协同|同时|分工|"
    r"(?:按照?|依照?|依据|根据|在)(?:各自|部门|相关|有关|工作|本|的|其)*(?:职责|职能|职权|权限|任务|分工)"
    r"(?:职责|任务|权限|范围|分工|内|和|与|、)*)*"
)
#: “等有关部门”: what a list leaves open names no body.
_OPEN_END = r"等(?:[相有]关|各有关|其他|市直|成员|多个|职能|多?部门|几)*(?:部门|单位|机构|地区|地方|方面)?(?:和单位)?"
_SEPARATORS = "、，,；;。.：: \t\n\u3000"
_PIECE = re.compile(r"[^，,；;。]+")
#: “会同”: the bodies after it help the one before it.  联合 and 协同 begin names too (联合会).
_TOGETHER = re.compile(r"[，,]?(?:会同|联合(?!会|国|社|体|工会|大学|办|集团)|协同(?!办|发展|创新))")
_BEGINNING = re.compile(r"(?:其中[，,：:]?)?(?:[由以](?!上))?(?:会同)?")
_END_OF_LIST = re.compile(rf"(?<=[\u4e00-\u9fff）)]){_OPEN_END}$")
_BRACKETS = re.compile(r"[（(〔\[【]([^（()）〔〕\[\]【】]*)[）)〕\]】]")
_DITTO = re.compile(
    r"[，,；;。]?\s*(?:以?下(?:均)?(?:同|相同)|(?:以下|后续)(?:各项)?(?:任务)?(?:均)?同此?)(?=[。；;，,）)]|$)"
)
#: An office named among bodies without its holder: “分管副省长、协管副秘书长负责，省财政厅牵头”.
_OFFICE = re.compile(r"(?:分管|协管|主管|联系|常务)*副?[省市县区州旗]?(?:长|秘书长|领导)")
#: What a bracket explains or abbreviates is no list of bodies.
_EXPLAINS = re.compile(r"(?:以下)?(?:统|简)?称|即|如|例如|指|含|包括|不含|详见")
#: What a list says it is for, before its first label: “本部分责任单位：”, “第二节牵头单位：”.
SCOPE = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+(?P<numbered>章|节|部分|条)|[本此该](?P<this>章|节|部分|条|项|款)(?:任务|工作)?"
    r"|(?:以上|上述)?(?:各项|各条|所有)?(?:任务|工作|措施|内容))\s*(?:的)?"
)


@cache
def verb_roles(place: str) -> dict[str, str]:
    """Verbs that stand ``after`` a list or ``before`` a duty, with the role they give."""
    return {row["verb"]: row["role"] for row in data.rows("assignment_verbs.tsv") if row["place"] in (place, "both")}


@cache
def _closing() -> re.Pattern[str]:
    """What closes a list: manner, verb and trailing words up to a separator; groups ``verb`` and ``name``."""
    verbs = alternatives(verb_roles("after"))
    name = r"(?:为|是|作为)(?P<name>[^，,；;。、]{2,6}?(?:单位|部门|主体))"
    trail = rf"(?:{verbs}|做好|抓好|工作|相关|有关|落实|到位|统筹|协调|和)*"
    return re.compile(rf"(?:{_OPEN_END})?{_MANNER}(?:(?P<verb>{verbs}){trail}|{name})(?=[、，,；;。\s]|$)")


def read_sharing(text: Text, place: Place, role: str | None = None) -> Sharing:
    """What a list says.

    Args:
        text: the list without the brackets around it.
        place: the place whose government speaks.
        role: what the surroundings say of bodies without a role of their own (a column's header), if they do.

    Returns:
        The shares in the order printed; an empty Sharing where the text is no list of bodies.
    """
    if _EXPLAINS.match(text.string):
        return Sharing()
    scope = SCOPE.match(text.string)
    if scope and labels.label_pattern().match(text.string, scope.end()):
        text = text[scope.end() :]
    text, standing, ends = rules.without_standing(text)
    text, first_leads = rules.without_first_leads(text.without(_DITTO))
    found = Sharing(first_leads=first_leads)
    for kind, segment in _segments(text):
        found = found.joined(_read_segment(kind, segment, place, role))
    if standing is not None:
        held = _read_segment("list", standing, place, labels.kind_of(ends) or "responsible").shares
        named = {share.body.surface for share in found.shares if share.body}
        also = tuple(share for share in held if share.body and share.body.surface not in named)
        found = found.joined(Sharing(also, said=True, standing=held))
    return with_persons(_with_members(found))


def ends_list(text: Text) -> bool:
    """Whether a closing verb ends the text, a deadline apart."""
    string = _without_deadline(text)[0].string
    return any(match.end() == len(string) for match in _closing().finditer(string))


def _segments(text: Text) -> Iterator[tuple[str, Text]]:
    """The labelled parts of a list with what their labels say; ``list`` for what stands before the first label."""
    kind, last = "list", 0
    for match in labels.label_pattern().finditer(text.string):
        if match.start() > last:
            yield kind, text[last : match.start()].strip(_SEPARATORS)
        kind, last = labels.kind_of(match["label"]) or "other", match.end()
    yield kind, text[last:].strip(_SEPARATORS)


def _read_segment(kind: str, segment: Text, place: Place, role: str | None) -> Sharing:
    if not segment or kind == "other":
        return Sharing()
    if kind == "deadline":
        return Sharing(deadline=segment, said=True)
    if kind in ("leader", "person"):
        part = "supervising" if kind == "leader" else "person"
        people = leaders.people(segment, place)
        return Sharing(tuple(Share(part, person.body, person.name) for person in people), said=True)
    labelled = kind in labels.ROLES or kind == "member"
    return _read_list(segment, place, kind if labelled else role, said=labelled)


def _read_list(text: Text, place: Place, role: str | None, *, said: bool) -> Sharing:
    """A list with or without closing verbs; a verb tells more than the label before it, unless it says only 负责."""
    text, deadline = _without_deadline(text)
    shares: list[Share] = []
    last = 0
    for match in _closing().finditer(text.string):
        by_verb = verb_roles("after")[match["verb"]] if match["verb"] else labels.kind_of(match["name"])
        if by_verb not in labels.ROLES:
            continue
        shares += _group(text[last : match.start()], place, role if role and by_verb == "responsible" else by_verb)
        last, said = match.end(), True
    shares += _group(text[last:], place, role or "responsible")
    return Sharing(tuple(shares), deadline, said)


def _without_deadline(text: Text) -> tuple[Text, Text | None]:
    """The list without the clauses that say only by when (“3月底前出台政策，年内持续推进”), and these."""
    pieces = [text[match.start() : match.end()].strip(_SEPARATORS) for match in _PIECE.finditer(text.string)]
    told = [piece for piece in pieces if deadlines.is_deadline(piece.string)]
    if not told:
        return text, None
    return Text.join((piece for piece in pieces if piece and piece not in told), "，"), Text.join(told, "，")


def _group(text: Text, place: Place, role: str) -> Iterator[Share]:
    """Bodies of one role: of “A会同B” A leads and B helps, and a mark behind a name (“（牵头）”) is for that name."""
    text = text.strip(_SEPARATORS)
    beginning = _BEGINNING.match(text.string)
    if beginning:
        role = "cooperating" if beginning[0].endswith("会同") else role
        text = text[beginning.end() :]
    first, *others = text.split(_TOGETHER)
    yield from _marked(first, place, "lead" if others and role == "responsible" else role)
    for part in others:
        yield from _marked(part, place, "cooperating")


def _marked(text: Text, place: Place, role: str) -> Iterator[Share]:
    last = 0
    for match in _BRACKETS.finditer(text.string):
        mark = verb_roles("after").get(match[1]) or (labels.kind_of(match[1]) if len(match[1]) < 6 else None)
        if mark in labels.ROLES:
            shares = list(_bodies(text[last : match.start()], place, role))
            yield from shares[:-1]
            yield from (replace(share, role=mark) for share in shares[-1:])
            last = match.end()
    yield from _bodies(text[last:], place, role)


def _bodies(text: Text, place: Place, role: str) -> Iterator[Share]:
    """The bodies of a plain list, with the leaders named behind them (“市水利局 周 明”)."""
    text = _marked_off(text.strip(_SEPARATORS).without(_END_OF_LIST))
    for names, leader in leaders.apart(text):
        bodies = split_bodies(names, place)
        for i, body in enumerate(bodies):
            if not _OFFICE.fullmatch(body.surface) or not is_post(body.surface):
                yield Share(role, body, leader if i == len(bodies) - 1 else None)


def _marked_off(text: Text) -> Text:
    """A list with marks where nothing but white space of the source parted two names."""
    gaps = [i for i, (one, other) in enumerate(pairwise(text.offsets), start=1) if other - one > 1]
    cuts = [i for i in gaps if ends_as_body(text.string[:i]) and starts_as_body(text.string[i:])]
    return Text.join((text[i:j] for i, j in pairwise([0, *cuts, len(text)])), "、") if cuts else text


def _with_members(sharing: Sharing) -> Sharing:
    """Members of a group help the one that leads it; without a lead a list of members assigns nothing."""
    led = any(share.role == "lead" for share in sharing.shares)
    shares = [replace(share, role="cooperating") if share.role == "member" else share for share in sharing.shares]
    kept = [share for share, said in zip(shares, sharing.shares, strict=True) if led or said.role != "member"]
    return replace(sharing, shares=tuple(kept))


def with_persons(sharing: Sharing) -> Sharing:
    """Persons named apart from the bodies (“责任单位：A、B；责任人：甲、乙”) given to the bodies they answer for."""
    persons = [share for share in sharing.shares if share.role == "person"]
    if not persons:
        return sharing
    shares = [share for share in sharing.shares if share.role != "person"]
    own = [i for i, share in enumerate(shares) if share.role in ("lead", "responsible") and not share.leader]
    alone = [person for person in persons if person.body is None]
    spare = [person for person in persons if person.body is not None]
    if own and len(alone) in (1, len(own)):
        for i, person in zip(own, alone, strict=False):
            shares[i] = replace(shares[i], leader=person.leader)
    elif len(own) == 1:
        shares[own[0] : own[0] + 1] = [replace(shares[own[0]], leader=person.leader) for person in alone]
    else:
        spare += alone
    return replace(sharing, shares=(*shares, *(replace(person, role="supervising") for person in spare)))
