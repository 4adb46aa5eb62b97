"""Names of indicators: cut out of their clause, and told apart where several share one predicate."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.quantities import is_unit
from kg.extract.targets import words
from kg.extract.targets.phrases import hide

_MARKER = re.compile(r"^(?:[—\-\s①-⑳]+|[（(]?[一二三四五六七八九十\d]{1,3}[）).．、]\s*(?!\d))+")
_BRACKETS = re.compile(r"\s*[（(]([^（）()]{1,14})[）)]")
_AND = re.compile(r"、|以及|和|与|及(?!以)|，|,|;|；")
# “每千名儿童拥有医师和床位数”: what stands before the first name is said of the others too.
_EVERY = re.compile(
    r"^(?:全[市省区县国州]|我[市省区县州])?每"
    r"(?:.{1,14}?(?:拥有|配备|配置)|.{0,6}(?:人口|居民|儿童|学生)中?|.{0,6}[人户村名])的?"
    r"|^单位(?:地区生产总值|国内生产总值|GDP|工业增加值)"
)
#: What is measured of each of several substances: “化学需氧量、氨氮重点工程减排量”.
_SHARED = re.compile(r"(?:重点工程|主要工程)?(?:累计)?(?:减排|排放|削减)(?:总量|量)$")
_INDICATOR = re.compile(r"(?:排|削减|总)量$|[率值数比额度]$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,7}(?:县|区|市|州|盟|旗|镇|乡|街道|片区|园区|新区|开发区)$")

_PLACE_BEFORE = re.compile(r"^(?![全我各])[\u4e00-\u9fff]{1,7}?(?:县|区|市|州|盟|旗|镇|乡|街道)")


def clean(name: str) -> str:
    """The name of an indicator without markers, modal words and joints at its ends.

    >>> clean("力争全市森林覆盖率要")
    '全市森林覆盖率'
    """
    name = _MARKER.sub("", "".join(name.split()))
    if match := words.leading().match(name):
        name = name[match.end() :]
    name = words.trailing().sub("", name)
    return name if name.count("“") == name.count("”") else name.strip("“”")


def unmarked(name: str) -> str:
    """A name without the marker before it: “1.森林覆盖率” gives “森林覆盖率”."""
    return _MARKER.sub("", name)


def without_unit(name: str) -> tuple[str, str | None]:
    """A name and the unit that stands in brackets at its end: “床位数（张）” gives “床位数”, “张”."""
    for match in _BRACKETS.finditer(name):
        if (
            match.start()
            and is_unit(match[1])
            and not re.search(r"[^\s（）()]", _BRACKETS.sub("", name[match.end() :]))
        ):
            return (name[: match.start()] + name[match.end() :]).strip(), re.sub(r"\s", "", match[1])
    return name, None


def is_place(name: str) -> bool:
    """Whether a name is that of a county, district, town or park alone."""
    return bool(_PLACE.match(name)) and not words.make_at_start().match(name)


def without_place(name: str) -> str:
    """A name without the county or district that stands before its verb: “甲县建成幼儿园” gives “幼儿园”."""
    match = _PLACE_BEFORE.match(name)
    if not match or not (verb := words.make_at_start().match(name, match.end())):
        return name
    return name[verb.end() :] if words.verb_kinds()[verb[0]] == "have" else name[verb.start() :]


def split(name: str, count: int) -> list[str] | None:
    """The ``count`` names that a joint subject stands for, None where it cannot be told apart.

    What the last name has after its head, or the first one before it, is said of all.

    >>> split("孕产妇系统管理率和3岁以下儿童系统管理率", 2)
    ['孕产妇系统管理率', '3岁以下儿童系统管理率']
    >>> split("职工和城乡居民医保报销比例", 2)
    ['职工医保报销比例', '城乡居民医保报销比例']
    """
    several = parts(name)
    if len(several) != count:
        return None
    head, others = words.head(), several[:-1]
    shared = _SHARED.search(several[-1])
    if shared and shared.start() and not any(_INDICATOR.search(part) for part in others):
        return [part + shared[0] for part in others] + [several[-1]]
    headed = head.search(several[-1]) and not any(head.search(part) for part in others)
    if headed or all(part.endswith("级") or _groups().fullmatch(part) for part in others):  # “国家级、省级示范社”
        tail = _shared_tail(several)
        several = [part + tail for part in others] + [several[-1]]
    return with_prefix(several)


def parts(name: str) -> list[str]:
    """The parts of a name between joints that do not stand in brackets."""
    masked = hide(name)
    several, last = [], 0
    for match in _AND.finditer(masked):
        several.append(name[last : match.start()])
        last = match.end()
    return [part for part in (piece.strip() for piece in (*several, name[last:])) if part]


def with_prefix(several: list[str]) -> list[str]:
    """The names, with “每千人口拥有” of the first one before those that have no “每” of their own."""
    prefix = _EVERY.match(several[0])
    if not prefix or len(prefix[0]) >= len(several[0]):
        return several
    return [several[0]] + [
        part if part.startswith(("每", "人均", "单位")) else prefix[0] + part for part in several[1:]
    ]


def with_denominator(name: str, before: str) -> str:
    """A name with the “每千人口” of the one before it, where both are numbers of something (…数).

    >>> with_denominator("护士数", "每千人口医师数")
    '每千人口护士数'
    """
    return with_prefix([before, name])[1] if name.endswith("数") and before.endswith("数") else name


@cache
def _groups() -> re.Pattern[str]:
    return words.any_of("group")


def _shared_tail(several: list[str]) -> str:
    """What the last of several joint names has after the part that stands beside the others.

    “甲院和乙中心人员占比”: that part ends as the others do (甲县和乙县…), else with the first word for a group.
    """
    last, other = several[-1], several[-2]
    alike = last.find(other[-1], 1, len(other) + 4) + 1
    group = _groups().search(last)
    end = alike or (group.end() if group else len(other))
    return last[end:] if 0 < end < len(last) else ""
