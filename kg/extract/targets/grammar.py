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
from itertools import pairwise

from kg.extract.quantities import Quantity
from kg.extract.targets import lists, names, words
from kg.extract.targets.phrases import HIDDEN, JOINT
from kg.extract.targets.reading import Reading, Wording

_JOINT_AT_START = re.compile(rf"\s*(?:{JOINT.pattern})")
_JOINT_AT_END = re.compile(rf"(?:{JOINT.pattern})\s*$")
_FROM = re.compile(r"(?:由|从|较|比|在)\s*(?:(?:目前|当前|现在|现有|原来|上年|去年)的?)?\s*的?\s*$")
# “实现旅游收入5亿元的目标”: the words after the quantity name nothing.
_AIMED = re.compile(r"^的?(?:总体|年度|预期|发展)?(?:目标|任务|要求|水平|大关|规模)+$")
_AT_RATE = re.compile(r"[按以]$")
# “至少建成1所”: the comparison stands before the verb.
_AT_LEAST = re.compile(r"(?P<least>至少|最少)|(?P<most>至多|最多)")
# “不得低于专业技术人员总数的25%”: the comparison stands before the whole that the share is of.
_COMPARED_SHARE = re.compile(
    r"(?P<least>不得?(?:低|少)于)|(?P<most>不得?(?:超过|高于|多于))|(?P<more>超过|高于|大于)|(?P<less>低于|少于)"
)
_COMPARED = {"least": ">=", "most": "<=", "more": ">", "less": "<"}
# “80%的医院成为友善医院”: the share that these are of those.
_BECOME = re.compile(r"^(?P<who>.{2,40}?)(?:建设|创建|打造|发展)?成为(?P<what>.{3,})$")
# “80%的医院能够…”: what the share is able or obliged to do.
_ABLE = re.compile(
    r"^(?P<who>.{2,24}?)"
    r"(?P<what>(?:能够|能(?![力源耗量效级])|可(?!持)|须|应当|应(?![急用对])|要(?![素求点]))(?P<does>.{3,}))$"
)
# “对120公里道路进行加宽”: what is done to so much of something.
_DONE_TO = re.compile(r"^(?P<what>[^，的][^，]{1,40}?)(?:进行|开展|实施|予以|加以)(?P<deed>[^，]{2,20})$")
# “完成危房总数30%的改造”: how much of it is done.
_PART_DONE = re.compile(r"完成(?P<what>[^，]{2,30}?)(?:总数|总量|总任务|任务)?的?$")
_DEED = re.compile(r"^的(?P<deed>[\u4e00-\u9fff]{2,10})$")


@dataclass(frozen=True, slots=True)
class _Said:
    """The words around a quantity: ``pre`` before its verb, ``post`` after it; ``each`` is true for “A、B各1家”."""

    pre: str
    verb: str
    kind: str
    post: str
    quantity: Quantity
    each: bool = False
    spread: str | None = None


def read(wording: Wording) -> list[Reading]:
    """The readings of a clause, one for each quantity that it is about, several for “A、B各1家”."""
    if compared := _from_to(wording):
        return compared
    if reading := _done(wording):
        return [reading]
    quantities = [quantity for quantity in wording.found if _is_main(wording, quantity)]
    if not quantities:
        return []
    if listed := lists.read(wording, quantities[-1]):
        return listed
    readings: list[Reading] = []
    for left, quantity, right in _parts(wording, quantities):
        aside = not wording.hidden[quantity.end : right].strip(f" 、。{HIDDEN}")
        after = "" if aside else wording.string[quantity.end : right]
        said = _said(wording.string[left : quantity.start], quantity, after)
        said = _compared(_shared(said, readings[-1] if readings else None))
        name, subject, kind = _named(said)
        end = right if said.post and kind in ("make", "have", "share") else quantity.end
        part = wording.hidden[left : quantity.start].lstrip().startswith("其中")
        reading = Reading(name, subject, said.quantity, kind, left, end, spread=said.spread, part=part)
        several = [names.clean(one) for one in names.parts(name)] if said.each and not said.verb else [name]
        readings += [replace(reading, name=one) for one in several]
    return _prefix_shared(_objects_shared(readings))


def _from_to(wording: Wording) -> list[Reading]:
    """The reading of “X由A提高到B”: A is the baseline.  What stands before it in a list is read by itself."""
    string = wording.string
    for index, (first, last) in enumerate(pairwise(wording.found)):
        verb = words.verb_at_end().search(string[first.end : last.start].rstrip(" 的"))
        before = string[wording.start : first.start]
        if not (verb and verb["verb"][-1] in "到至为" and _FROM.search(before)):
            continue
        earlier: list[Reading] = []
        start = wording.start
        if index:
            start = wording.found[index - 1].end
            joint = _JOINT_AT_START.match(wording.hidden, start, first.start)
            if not joint:
                continue
            earlier = read(wording.until(start, index))
            start = joint.end()
        name = names.clean(_FROM.sub("", string[start : first.start]))
        return [*earlier, Reading(name, name, last, "reach", start, last.end, baseline=first.value)]
    return []


def _done(wording: Wording) -> Reading | None:
    """The reading of “对120公里道路进行加宽” and “完成危房总数30%的改造”: the deed follows what it is done to."""
    if not wording.found:
        return None
    quantity = wording.found[-1]
    before = wording.string[wording.start : quantity.start].rstrip()
    after = wording.string[quantity.end : wording.end].strip(" 。")
    done = _DONE_TO.match(after) if before.endswith("对") and _counts(quantity) else None
    if done:
        name = names.clean(done["what"]) + names.clean(done["deed"])
        return Reading(name, name, quantity, "make", wording.start, wording.end)
    part, deed = _PART_DONE.search(before), _DEED.match(after)
    if quantity.kind == "share" and part and deed:
        name = names.clean(part["what"]) + deed["deed"]
        return Reading(name, name, quantity, "reach", wording.start, wording.end)
    return None


def _is_main(wording: Wording, quantity: Quantity) -> bool:
    """Whether a clause is about a quantity; else it is part of a name (65岁以上老年人, 投资1亿元以上的项目)."""
    before, after = wording.hidden[wording.start : quantity.start], wording.hidden[quantity.end : wording.end]
    if before.endswith("每"):
        return False
    verb = words.verb_at_end().search(before[-8:])
    reached = verb is not None and words.kind_of(verb) in ("reach", "be")
    last = not _AIMED.sub("", after.strip(f" 。{HIDDEN}")) or bool(_JOINT_AT_START.match(after))
    if reached and after.startswith("的") and quantity is not wording.found[-1]:
        return False
    listed = _JOINT_AT_END.search(before) and any(_counts(q) and q.end < quantity.start for q in wording.found)
    if quantity.kind in ("time", "length") and not last and not (quantity.kind == "length" and (verb or listed)):
        return False
    if verb or last or (listed and _counts(quantity)):
        return quantity.kind != "bare" or quantity.compared or (last and reached)
    if quantity.kind == "share" and not words.without_opening(before):
        return True
    if quantity.kind == "share" and quantity.compared and after.startswith("的"):
        return not _AT_RATE.search(before)
    return quantity.comparator in (">=", ">") and before.endswith(("推动", "支持", "确保", "组织"))


def _counts(quantity: Quantity) -> bool:
    """Whether a quantity may stand before what it counts in a list (2个园区、3家企业、5公里道路)."""
    return quantity.kind in ("count", "person", "length", "area")


def _parts(wording: Wording, quantities: list[Quantity]) -> Iterator[tuple[int, Quantity, int]]:
    """The clause cut into stretches with one quantity each."""
    left = wording.start
    for quantity, following in pairwise(quantities):
        # Without a joint between them the second one says more of the first.
        cut = _cut(wording.hidden[quantity.end : following.start]) or (0, 0)
        yield left, quantity, quantity.end + cut[0]
        left = quantity.end + cut[1]
    yield left, quantities[-1], wording.end


def _cut(gap: str) -> tuple[int, int] | None:
    """Where the words between two quantities are cut in those of the first and those of the second."""
    if match := _JOINT_AT_START.match(gap):
        return 0, match.end()
    if match := _JOINT_AT_END.search(gap):
        return match.start(), match.end()
    joints = list(JOINT.finditer(gap))
    if not joints:
        return None
    verbs = [joint for joint in joints if words.make_at_start().match(gap[joint.end() :])]
    joint = (verbs or joints)[-1]
    return joint.start(), joint.end()


def _said(before: str, quantity: Quantity, after: str) -> _Said:
    """The words before and after a quantity, its verb told apart."""
    post = "" if _JOINT_AT_START.match(after.strip()) else _AIMED.sub("", after.strip())
    before = before.rstrip()
    each = before.endswith("各")
    match = words.verb_at_end().search(before[-10:])
    if not match:
        return _Said(before.removesuffix("各") if each else before, "", "verbless", post, quantity, each)
    verb, kind = match["verb"], words.kind_of(match)
    if verb == "为" and before == verb:  # “为8万名女性免费接种”: for whom, not what is
        return _Said("", "", "make", post, quantity)
    if post and verb in words.also_makes():
        kind = "make"
    return _Said(before[: len(before) - len(match[0])], verb, kind, post, quantity, each)


def _shared(said: _Said, previous: Reading | None) -> _Said:
    """“建成2个A和1个B”: what stands before the first quantity is said of the second, too."""
    if said.pre.strip(" 、") or said.verb or previous is None or previous.verb not in ("make", "have"):
        return said
    quantity = said.quantity
    if previous.spread and not quantity.compared:
        quantity = replace(quantity, comparator=previous.spread)
    return replace(said, pre=previous.subject, kind=previous.verb, quantity=quantity, spread=previous.spread)


def _compared(said: _Said) -> _Said:
    """The words with a comparison that stands apart from its number taken to it: 至少建成1所, 不低于总数的25%."""
    pre, quantity = said.pre, said.quantity
    if quantity.kind == "share" and pre.rstrip().endswith("的"):
        if match := _COMPARED_SHARE.search(pre):
            comparator = _COMPARED[match.lastgroup or ""]
            return replace(said, pre=pre[: match.start()], quantity=replace(quantity, comparator=comparator))
        reached = list(words.reach_inside().finditer(pre))
        return replace(said, pre=pre[: reached[-1].start()]) if reached else said
    match = _AT_LEAST.search(pre)
    if not match or quantity.compared:
        return said
    comparator = _COMPARED[match.lastgroup or ""]
    compared = replace(quantity, comparator=comparator)
    return replace(said, pre=pre[: match.start()] + pre[match.end() :], quantity=compared, spread=comparator)


def _named(said: _Said) -> tuple[str, str, str]:
    """Name, subject and kind of verb that the words around a quantity give."""
    subject, quantity = names.clean(said.pre), said.quantity
    after = names.clean(said.post.removeprefix("的"))
    if said.kind == "verbless" and quantity.kind == "share" and after and not words.head().search(subject):
        if able := _ABLE.match(after):
            does = able["what"] if able["what"][0] in "能可" else able["does"]
            return f"{subject}{does}的{able['who']}", subject, "share"
        if become := _BECOME.match(after):
            return f"{become['what']}占{subject}{become['who']}比例", subject, "share"
        return subject + after, subject, "share"
    if said.kind in ("reach", "be"):
        return (subject + after if quantity.kind in ("count", "person") else subject), subject, said.kind
    if said.kind == "change":
        return subject + said.verb, subject, said.kind
    if said.kind in ("make", "have"):
        shown = said.verb if said.kind == "make" or (subject and after) else ""
        shown = f"累计{shown}" if shown and said.pre.rstrip().endswith("累计") else shown
        return subject + shown + after, subject + shown, said.kind
    if have := words.have_at_start().match(subject):
        subject = names.clean(subject[have.end() :])
        return subject, subject, "have"
    made = words.make_at_start().match(subject) or (_counts(quantity) and words.make_inside().search(subject))
    return subject, subject, "make" if made else "verbless"


def _objects_shared(readings: list[Reading]) -> list[Reading]:
    """“新建41所、改扩建29所幼儿园”: a counted verb without an object takes that of the next one."""
    shared: list[Reading] = []
    for reading, following in zip(readings, [*readings[1:], None], strict=True):
        bare = reading.verb in ("make", "have") and reading.name in words.verb_kinds()
        if bare and following is not None and following.verb == reading.verb:
            reading = replace(reading, name=reading.name + following.name.removeprefix(following.subject))
        shared.append(reading)
    return shared


def _prefix_shared(readings: list[Reading]) -> list[Reading]:
    """“每千人口拥有医师3人、护士4人”: what the first name begins with is said of the others too."""
    if len(readings) < 2:
        return readings
    named = names.with_prefix([reading.name for reading in readings])
    return [replace(reading, name=name) for reading, name in zip(readings, named, strict=True)]
