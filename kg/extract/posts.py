"""Posts (职务) and ranks (职级): “杉州市财政局副局长” is the organisation 杉州市财政局 and the post 副局长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.data import rows
from kg.read.text import Text

# What can stand between the organisation and the word for the post.  工委 and 纪委 are organisations of their own, a
# party group (党组) or committee (党委) of an agency is not: its next post drops the agency's name.
_GROUP = "(?:(?:机关|联合|分)?党(?:组|委|工委|总支|支部))?"
_KIND = "(?:第[一二三四]|常务|专职|兼职|执行|代理|代|名誉|挂职|正|副|协理|轮值|驻会|[一二三四]级|高级)*"
_BRACKET = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]$")
# “A局局长、B局副局长和C办主任”, “局长兼督察长”; “，” as well: 市委常委，副市长.
_BETWEEN = re.compile(r"[、，,；;]|[和兼及]|以及|\s+")
_OPENING, _CLOSING = "（(〔[“《", "）)〕]”》"
_AREA = re.compile("^(?:中国共产党|中共)?(.+?[省市州盟县旗区乡镇])(?:[省市州盟县旗区乡镇]?委(?:员会)?|人民政府)?$")
_COURT = re.compile("^(.+(?:法院|检察院))")
_ANY = re.compile("^(.+)$")
_ALSO = re.compile(r"兼(?:任)?")


@dataclass(frozen=True, slots=True)
class Post:
    """A post as printed: the organisation before it, if any, and the remark in brackets behind (兼, 正处长级)."""

    post: Text
    organisation: Text | None = None
    note: str | None = None


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((row["word"] for row in rows("posts.tsv")), key=len, reverse=True)
    return re.compile(f"{_GROUP}{_KIND}(?:{'|'.join(words)})(?:助理)?$")


@cache
def _ends() -> frozenset[str]:
    return frozenset(row["word"][-1] for row in rows("posts.tsv")) | {"理"}


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("posts.tsv") if row["kind"] == kind)


@lru_cache(maxsize=1 << 14)
def is_post(string: str) -> bool:
    """Whether a string ends with a post: “市财政局副局长”, “局长（兼）”."""
    string = _BRACKET.sub("", string.rstrip())
    return string[-1:] in _ends() and _pattern().search(string) is not None


def split_post(text: Text) -> Post | None:
    """Organisation and post of a text that ends with a post, None for other texts."""
    bare, note = _without_note(text.strip())
    if bare.string[-1:] not in _ends():
        return None
    match = _pattern().search(bare.string)
    if not match:
        return None
    start = match.start()
    # “X局党组成员” is one post, but the “副” of “正副主任” never begins an organisation's name.
    organisation = bare[:start].strip(" \u3000的")
    return Post(bare[start:], organisation or None, note)


def posts(text: Text) -> list[Post]:
    """The posts of a list “A局局长、督察长（兼）、B办主任”, each with its organisation.

    A post without an organisation has that of the post before it.  What is no post joins the item after it:
    “市委组织部、宣传部副部长” is one item.
    """
    found: list[Post] = []
    last: Text | None = None
    for item in _items(text):
        post = split_post(item)
        if post is None:
            continue
        organisation = post.organisation
        if organisation is None and last is not None:
            organisation = _inherited(post.post.string, last)
        last = organisation or last
        found += [Post(post.post, organisation, post.note), *_also(item)]
    return found


def _items(text: Text) -> Iterator[Text]:
    """The items of a list; a separator counts only where a post ends before it, outside of brackets."""
    start = 0
    for match in _BETWEEN.finditer(text.string):
        if match.start() < start or _depth(text.string[start : match.start()]):
            continue
        item = text[start : match.start()].strip()
        if item and is_post(item.string):
            yield item
            start = match.end()
    rest = text[start:].strip(" \u3000、，,；;。")
    if rest:
        yield rest


def _also(item: Text) -> Iterator[Post]:
    """Posts held as well that a bracket names: “副主任（兼市信访局局长）”."""
    match = _BRACKET.search(item.string)
    if match and (also := _ALSO.match(item.string, match.start() + 1)):
        for post in posts(item[also.end() : match.end() - 1]):
            yield Post(post.post, post.organisation, "兼")


def _inherited(post: str, organisation: Text) -> Text | None:
    """The organisation of a post that is printed without one, from that of the post before it.

    桐县县委 → 桐县: the head of a county has the county's name before it, not its party committee's.  A judge belongs
    to the court, not to the division (庭) that was named last.
    """
    if re.sub("^(?:常务|副|代)+", "", post) in _of_kind("area"):
        match = _AREA.search(organisation.string)
    elif post in _of_kind("judicial"):
        match = _COURT.search(organisation.string) or _ANY.search(organisation.string)
    else:
        return organisation
    return organisation[match.start(1) : match.end(1)] if match else None


def _without_note(text: Text) -> tuple[Text, str | None]:
    """A bracket behind a post is a remark on it, unless it names a post held as well."""
    match = _BRACKET.search(text.string)
    if not match or not match.start():
        return text, None
    inside = text.string[match.start() + 1 : match.end() - 1]
    also = _ALSO.match(inside) and is_post(inside)
    return text[: match.start()].strip(), None if also or inside == "女" else inside


def _depth(string: str) -> int:
    depth = 0
    for char in string:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
    return depth
