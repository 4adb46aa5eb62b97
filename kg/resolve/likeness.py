"""Names of agencies of one area that may be one body's: a short form that no lexicon has, or two bodies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

_SHORTEST = 4
#: So many characters may be left out of the longer name, by its length.
_SHARE = 0.6
_OFFICE = re.compile(r"办公[室厅]$")
#: What has an office that is called by the first words of its name: 绿化办 is that of the 绿化委员会.
_HAS_OFFICE = re.compile(r"(?:委员会|领导小组|指挥部|联席会议)办公[室厅]$")
#: Words that tell bodies of one area apart, if only one of two names has them: its office, its working groups.
_APART = re.compile(
    r"办公[室厅]$|组$|分局$|支队$|大队$|执法|监督所|服务中心$|领导小组|指挥部|联席会议|第[一二三四五六七八九十]"
)


def shortened(names: Iterable[str], area: str) -> Iterator[tuple[str, str]]:
    """The pairs of names of one area of which one has the characters of the other, and the same last one.

    Args:
        names: full names of agencies.
        area: the name of the area, which all names begin with and which is not compared.

    Names that differ by their class word, or by a word that makes another body (办公室, 第二), do not pair; an office
    does with that of a committee whose name begins with its own (绿化办公室, 绿化委员会办公室).
    """
    rests = sorted(
        {name.removeprefix(area) for name in names if name.startswith(area)}, key=lambda rest: (len(rest), rest)
    )
    for short, long in combinations(rests, 2):
        if _is_office(short, long) or (
            _SHORTEST <= len(short) < len(long)
            and short[-1] == long[-1]
            and len(short) >= _SHARE * len(long)
            and _is_within(short, long)
            and _APART.findall(short) == _APART.findall(long)
        ):
            yield area + short, area + long


def _is_office(short: str, long: str) -> bool:
    """Whether one name may be that of the office of a committee, called by the first words of the committee's."""
    stem = _OFFICE.sub("", short)
    return stem != short and len(stem) > 1 and long.startswith(stem) and bool(_HAS_OFFICE.search(long[len(stem) :]))


def _is_within(short: str, long: str) -> bool:
    """Whether the longer name has all characters of the shorter: 文化旅游体育局, 文化广电体育和旅游局."""
    return Counter(short) <= Counter(long)
