"""From a clause with quantities to what is wanted: indicator, quantity, baseline.

Three orders of words carry nearly all goals, alone or in lists:

* subject, verb, quantity: “床位数达到7张”, “产值30亿元以上”, “引进项目10个”;
* verb, quantity, object: “建成2所以上示范园”, “每村拥有1名医生”;
* share, subject, predicate: “100%的卫生院建成中医馆”.

Whether it is a goal at all is not settled here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.periods import Period
from kg.extract.quantities import Quantity, parse_all
from kg.extract.targets import names, words
from kg.extract.targets.phrases import HIDDEN


@dataclass(frozen=True, slots=True)
class Reading:
    """What one quantity of a clause is said of.

    ``subject`` is the name without the verb, for later clauses that leave it out; ``verb`` the kind of verb (``reach``,
    ``change``, ``make``, ``have``, ``share`` or ``none``); ``[start, end)`` the words that say it in the paragraph.
    """

    name: str
    subject: str
    quantity: Quantity
    verb: str
    start: int
    end: int
    baseline: str | None = None
    year: int | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A quantity of a clause with the words before and after it that belong to it, as positions in the paragraph."""

    left: int
    quantity: Quantity
    right: int


_JOINT = re.compile(r"、|以及|并且|和|与|及(?!格)|或|并(?!网|购)|，|;|；")
_JOINT_AT_START = re.compile(rf"\s*(?:{_JOINT.pattern})")
_JOINT_AT_END = re.compile(rf"(?:{_JOINT.pattern})\s*$")
_FROM = re.compile(r"(?:由|从|较|比|在)(?:(?:19|20)\d{2}\s*年(?:底|末)?)?的?\s*$")
_RATE = re.compile(r"[按以]$")
# “至少建成1所”: the comparison stands before the verb.
_AT_LEAST = re.compile(r"(?P<least>至少|最少)|(?P<most>至多|最多)")
_EVERY = re.compile(r"每\s*$")
_ATTRIBUTE = re.compile(r"\s*(?:的|规模|级|制|期|版|型|及以[上下]|以[上下]的)")
# “不得低于专业技术人员总数的25%”: the comparison stands before the whole that the share is of.
_COMPARED_SHARE = re.compile(
    r"(?P<least>不得?(?:低|少)于)|(?P<most>不得?(?:超过|高于|多于))|(?P<more>超过|高于|大于)|(?P<less>低于|少于)"
)
_COMPARED = {"least": ">=", "most": "<=", "more": ">", "less": "<"}
_ABLE = re.compile(
    r"^(?P<who>.{2,24}?)(?P<what>(?:能够|能(?![力源耗量效级])|可(?!持)|须|应当|应(?![急用对])|要(?![素求点]))(?P<does>.{3,}))$"
)


def read(string: str, hidden: str, start: int, end: int, found: list[Quantity], periods: list[Period]) -> list[Reading]:
    """The readings of the clause ``[start, end)`` of a paragraph.

    ``hidden`` is the paragraph with brackets and quotations hidden, ``found`` its quantities and ``periods`` its periods
    in the clause; words of periods are no part of names.
    """
    blanked = _blank(string, periods)
    pair = _from_to(blanked, found)
    if pair:
        first, last = pair
        return [
            replace(reading, baseline=first.value)
            for reading in _single(blanked, hidden, _Part(start, last, end), _FROM.sub("", blanked[start : first.start]))
        ]
    quantities = [quantity for quantity in found if _is_main(hidden, start, end, quantity, found)]
    if not quantities:
        return []
    each = re.search("分别", hidden[start : quantities[-1].start])
    if each and (listed := _listed(blanked, start, end, start + each.start(), periods)):
        return listed
    readings: list[Reading] = []
    for part in _parts(hidden, start, end, quantities):
        readings += _single(blanked, hidden, part, None, readings[-1] if readings else None)
    return _prefix_shared(_objects_shared(readings))


def _blank(string: str, periods: list[Period]) -> str:
    """The string with the words of periods, and a comma after them, as spaces: positions stay what they are."""
    for period in periods:
        string = string[: period.start] + " " * (period.end - period.start) + string[period.end :]
    return string


def _from_to(string: str, found: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two quantities of “由A提高到B”."""
    for first, last in zip(found, found[1:], strict=False):
        before = string[max(0, first.start - 14) : first.start]
        verb = words.verb_at_end().search(string[first.end : last.start].rstrip(" 的"))
        if verb and verb["verb"][-1] in "到至为" and re.search(r"(?:由|从|较|比|在)\s*的?\s*$", before):
            return first, last
    return None


def _is_main(hidden: str, start: int, end: int, quantity: Quantity, found: list[Quantity]) -> bool:
    """Whether a quantity is what the clause is about, not an attribute in a name (65岁以上老年人, 投资1亿元以上的项目)."""
    if HIDDEN in hidden[quantity.first : quantity.first + 1] or _EVERY.search(hidden[start : quantity.start]):
        return False
    before, after = hidden[start : quantity.start], hidden[quantity.end : end]
    verb = words.verb_at_end().search(before[-8:])
    last = not after.strip(" 。") or bool(_JOINT_AT_START.match(after))
    if verb and words.verb_kinds()[verb["verb"]] in ("reach", "be") and after.startswith("的") and quantity is not found[-1]:
        return False
    if quantity.kind in ("time", "length") and not last and not (verb and quantity.kind == "length"):
        return False
    listed = _JOINT_AT_END.search(before) and any(_counts(q) and q.end < quantity.start for q in found)
    if verb or last or (listed and _counts(quantity)):
        return quantity.kind != "bare" or quantity.compared or bool(verb and last and verb["verb"] in words.reach_verbs())
    shares = quantity.kind == "share" and (
        not words.clean_start(before) or (quantity.compared and after.startswith("的") and not _RATE.search(before))
    )
    return shares or (quantity.comparator in (">=", ">") and before.endswith(("推动", "支持", "确保", "组织")))


def _counts(quantity: Quantity) -> bool:
    return quantity.kind in ("count", "person")


def _parts(hidden: str, start: int, end: int, quantities: list[Quantity]) -> Iterator[_Part]:
    """The clause cut into stretches with one quantity each."""
    left = start
    for quantity, following in zip(quantities, [*quantities[1:], None], strict=True):
        if following is None:
            yield _Part(left, quantity, end)
            return
        gap = hidden[quantity.end : following.start]
        cut = _cut(gap)
        if cut is None:  # no joint between them: the second one says more of the first
            yield _Part(left, quantity, quantity.end)
            left = quantity.end
            continue
        yield _Part(left, quantity, quantity.end + cut[0])
        left = quantity.end + cut[1]


def _cut(gap: str) -> tuple[int, int] | None:
    """Where the words between two quantities are cut in those of the first and those of the second."""
    if match := _JOINT_AT_START.match(gap):
        return 0, match.end()
    if match := _JOINT_AT_END.search(gap):
        return match.start(), match.end()
    joints = list(_JOINT.finditer(gap))
    if not joints:
        return None
    verbs = [joint for joint in joints if words.make_at_start().match(gap[joint.end() :])]
    joint = (verbs or joints)[-1]
    return joint.start(), joint.end()


def _single(
    string: str, hidden: str, part: _Part, before: str | None = None, previous: Reading | None = None
) -> list[Reading]:
    """The reading of a quantity with its own words; several for “A、B各1家”."""
    quantity = part.quantity
    pre = string[part.left : quantity.start] if before is None else before
    post = string[quantity.end : part.right].strip()
    verb_match = words.verb_at_end().search(string[part.left : quantity.start][-10:])
    verb = verb_match["verb"] if verb_match else ""
    if before is not None:
        verb = ""
        kind = "reach"
    else:
        kind = words.verb_kinds().get(verb, "none")
    each = bool(verb_match and verb_match[0].endswith("各")) or pre.rstrip().endswith("各")
    if each and not verb_match:
        pre = pre.rstrip().removesuffix("各")
    if verb_match and before is None:
        pre = pre.rstrip()
        pre = pre[: len(pre) - len(verb_match[0].rstrip())]
    if kind in ("change", "reach") and post and verb in words.also_makes():
        kind = "make"
    if not pre.strip(" 、") and not verb and previous is not None and previous.verb in ("make", "have"):
        pre, verb, kind = previous.subject, "", previous.verb  # “2个A和1个B”: what stands before is said of both
    pre, quantity = _compared_share(pre, quantity)
    pre, quantity = _compared_verb(pre, quantity)
    name, subject, kind = _name(pre, verb, kind, post, quantity)
    end = part.right if post and kind in ("make", "have", "share") else quantity.end
    reading = Reading(name, subject, quantity, kind, part.left, end)
    if each and not verb and len(joint := names.split(name, _count_joints(name) + 1) or []) > 1:
        return [replace(reading, name=names.clean(one), subject=one) for one in joint]
    return [reading]


def _count_joints(name: str) -> int:
    return len(re.findall("、|和|及", name))


def _compared_share(pre: str, quantity: Quantity) -> tuple[str, Quantity]:
    """“占比不得低于总数的” + 25%: the name before the comparison, and the quantity with it."""
    if not pre.rstrip().endswith("的") or quantity.kind != "share":
        return pre, quantity
    if match := _COMPARED_SHARE.search(pre):
        group = match.lastgroup or ""
        return pre[: match.start()], replace(quantity, comparator=_COMPARED[group])
    reached = list(words.reach_inside().finditer(pre))
    return (pre[: reached[-1].start()] if reached else pre), quantity


def _compared_verb(pre: str, quantity: Quantity) -> tuple[str, Quantity]:
    """“各县至少建成” + 1所: the words without the comparison, and the quantity with it."""
    match = _AT_LEAST.search(pre)
    if not match or quantity.compared:
        return pre, quantity
    return pre[: match.start()] + pre[match.end() :], replace(quantity, comparator=_COMPARED[match.lastgroup or ""])


def _name(pre: str, verb: str, kind: str, post: str, quantity: Quantity) -> tuple[str, str, str]:
    """Name, subject and kind of verb for the words before and after a quantity."""
    subject = names.clean(pre)
    after = names.clean(post.removeprefix("的").split(HIDDEN)[0]) if post else ""
    if kind == "none" and quantity.kind == "share" and post and not words.head().search(subject):
        if able := _ABLE.match(after):
            does = able["what"] if able["what"][0] in "能可" else able["does"]
            return f"{subject}{does}的{able['who']}", subject, "share"
        return subject + after, subject, "share"
    if kind in ("reach", "be"):
        return (subject + after if post and quantity.kind in ("count", "person") else subject), subject, kind
    if kind == "change":
        return subject + verb, subject, kind
    if kind in ("make", "have"):
        shown = verb if kind == "make" or (subject and after) else ""
        return (subject + shown + after), subject + shown, kind
    if have := words.have_at_start().match(subject):
        subject = names.clean(subject[have.end() :])
        return subject, subject, "have"
    return subject, subject, "make" if words.make_at_start().match(subject) else "none"


def _objects_shared(readings: list[Reading]) -> list[Reading]:
    """“新建41所、改扩建29所幼儿园”: a counted verb without an object takes that of the next one."""
    shared: list[Reading] = []
    for reading, following in zip(readings, [*readings[1:], None], strict=True):
        bare = reading.verb in ("make", "have") and reading.name == reading.subject and reading.name in words.verb_kinds()
        if bare and following is not None and following.verb == reading.verb:
            shared.append(replace(reading, name=reading.name + following.name.removeprefix(following.subject)))
        else:
            shared.append(reading)
    return shared


def _prefix_shared(readings: list[Reading]) -> list[Reading]:
    """“每千人口拥有医师3人、护士4人”: what the first name begins with is said of the others too."""
    named = names.with_prefix([reading.name for reading in readings]) if len(readings) > 1 else []
    return [replace(reading, name=name) for reading, name in zip(readings, named, strict=True)] if named else readings


def _listed(string: str, start: int, end: int, each: int, periods: list[Period]) -> list[Reading]:
    """The readings of “A、B分别达到X、Y”; empty where what follows 分别 is no list."""
    values = [_moved(value, each) for value in parse_all(string[each:end])]
    if len(values) < 2:
        return []
    for one, two in zip(values, values[1:], strict=False):
        if not re.fullmatch(rf"\s*(?:{_JOINT.pattern})?\s*", string[one.end : two.start]):
            return []
    values = _same_terms(values)
    between = string[each + 2 : values[0].start].strip()
    verb_match = words.verb_at_end().search(between)
    kind = words.verb_kinds()[verb_match["verb"]] if verb_match else "reach"
    if verb_match and kind in ("reach", "be", "have"):
        between = between[: verb_match.start()]
    elif not verb_match and (made := words.make_at_start().match(between)):
        kind = words.verb_kinds()[made[0]]
    shown = names.clean(between) + (names.clean(string[values[-1].end : end]) if kind in ("make", "have") else "")
    subject = names.clean(string[start:each])
    years = [period.last for period in periods if period.role in ("in", "by") and period.start < values[0].start]
    if len(years) != len(values) or len(years) < 2:
        years = [None] * len(values)
    subjects = names.split(subject, len(values)) if not any(years) else None
    return [
        Reading(one + shown, one, value, kind, start, values[-1].end, year=year)
        for one, value, year in zip(subjects or [subject] * len(values), values, years, strict=True)
    ]


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        first=quantity.first + by,
        last=quantity.last + by,
    )


def _same_terms(values: list[Quantity]) -> list[Quantity]:
    """A comparison or a unit that a list states once, at its first or last value, holds for all of it."""
    compared = [value for value in values if value.compared]
    if len(compared) == 1 and compared[0] in (values[0], values[-1]):
        values = [replace(value, comparator=compared[0].comparator) for value in values]
    last = values[-1]
    return [replace(v, unit=last.unit, kind=last.kind) if v.unit is None and v.kind == "bare" else v for v in values]
