"""Which bodies the posts (职务) are in that a list, or a division of work, prints behind a name."""

from __future__ import annotations

import re
from functools import cache

from kg import data
from kg.extract.body_grammar import is_area
from kg.extract.posts import is_post, posts
from kg.facts import Place
from kg.read.text import Text
from kg.resolve.agencies import canonical
from kg.resolve.areas import own_area

#: Heads of areas: 江北县县长 heads the county's government, 市长 that of the document's city.
_HEADS = ("省长", "主席", "市长", "县长", "区长", "州长", "盟长", "旗长", "镇长", "乡长")
#: Organs of a party committee whose name drops that of the committee named just before.
_PARTY_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,6}部|政法委|纪委|纪委监委|办公室|秘书处")
#: What stands around a body's name and is no part of it: 市应急局主要负责人, 分管水务工作的市人民政府副秘书长.
_BESIDE = re.compile(r"^.*的|(?:主要|有关|相关|分管|主管)$")
_WORKING_COMMITTEE = re.compile(r"中共(.+)工作委员会")


@cache
def organisations(text: str, place: Place) -> tuple[tuple[str | None, str], ...]:
    """The posts in a member's own post as printed, each with the full name of its body.

    “市委常委、副市长” in a document of 江北市 are 常委 of its party committee and 副市长 of its people's government.
    """
    found: list[tuple[str | None, str]] = []
    last: str | None = None
    for post in posts(Text.at(text, 0)):
        printed = _BESIDE.sub("", post.organisation.string.strip("、，,；; ")) if post.organisation else None
        last = _body(printed or None, post.post.string, last, place)
        found.append((last, post.post.string))
    return tuple(found)


@cache
def _behind() -> re.Pattern[str]:
    verbs = "|".join(["协助", *(row["verb"] for row in data.rows("portfolio_verbs.tsv"))])
    return re.compile(
        rf"\s*(?:同志)?[ \t\u3000]*[（(，,]?(?!{verbs})([^\n：:（()）]{{2,40}}?)(?=\n|[：:）)。]|，?(?:{verbs})|$)"
    )


def post_behind(text: str) -> str | None:
    """The post that a division of work (领导分工) prints behind a leader's name; None where it prints none.

    >>> post_behind("  市委常委、副市长：\\n负责财政方面工作。")
    '市委常委、副市长'
    >>> post_behind("同志（市水务局局长）负责水务方面工作。")
    '市水务局局长'
    >>> post_behind("同志\\n主持市人民政府全面工作。")
    """
    match = _behind().match(text)
    post = match[1].strip() if match else ""
    return post if is_post(post) else None


def _body(printed: str | None, post: str, last: str | None, place: Place) -> str | None:
    """The full name of the body that a post is in; ``last`` is that of the post before it."""
    own = own_area(place)
    if printed is None:
        return f"{own.name}人民政府" if own and post.endswith(_HEADS) else last
    if is_area(printed):
        # 东屿区常委 is of the party committee, 东屿区区长 of the people's government
        return canonical(printed + ("人民政府" if post.endswith(_HEADS) else "委"), place)[0]
    if printed in ("管委", "管委会") and last and _WORKING_COMMITTEE.fullmatch(last):
        return _WORKING_COMMITTEE.sub(r"\1管理委员会", last)
    if last and last.startswith("中国共产党") and _PARTY_ORGAN.fullmatch(printed):
        return canonical(f"{own.name if own else ''}委{printed}", place)[0]
    return canonical(printed, place)[0]
