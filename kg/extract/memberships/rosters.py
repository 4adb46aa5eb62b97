"""Lists of people as printed: “何 健 市财政局局长”, “王平（市长）、李静（副市长）”, “市长 王平”, “王平、李静”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.body_grammar import is_area, is_body
from kg.extract.clauses import cover, split_outside
from kg.extract.names import glued_name, has_frequent_surname, is_name, leading_name, names, trailing_name
from kg.extract.posts import is_post, split_post
from kg.read.text import Text

_ITEM = re.compile(r"[、，,；;]|(?<=[）)])\s+")
_COMRADE = re.compile(r"等?同志$|同志(?=[（(])")
_ALSO = re.compile(r"[（(](?:兼|兼任|按姓氏.*|排名不分.*)[）)]$|^兼$")
_WHO_ONE_IS = re.compile(r"^(?:[女男]|[\u4e00-\u9fff]{1,6}族)(?:[，,、](?:[女男]|[\u4e00-\u9fff]{1,6}族))*[，,、]")
_ENDS = "。；;，,、 \u3000\t"
# Words for whoever holds a leading post in a body: one stands for each of the bodies named before it.
_HEAD_OF = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门))?(?P<who>的?(?:(?:主要|分管|有关|相关|协管|一名|1名)?(?:负责同志|负责人|领导同志|领导)|一把手))$"
)
_OF_EACH = re.compile(r"以及|[、，,和及]")
# What a name does not end with, but a part of a body does: 市财政局金融科.
_PART_OF_BODY = re.compile("[科室处股部办组队所站院校局厅委中心司]$")
# A party post before a post of government is the same person's: “县委常委、常务副县长”.
_ALSO_HELD = re.compile("(?:[省市县区州旗]委(?:常委|副书记|委员)|党组(?:副?书记|成员))$")


@dataclass(frozen=True, slots=True)
class Member:
    """A person, a post, or both, with the piece of text that says so."""

    name: Text | None
    post: Text | None
    place: Text


def members(line: Text) -> list[Member]:
    """The people of a line (without its role label); empty if the line holds anything else."""
    text = line.strip(_ENDS)
    if not re.search("[（(]", text.string):
        text = text.strip("）) ")  # the opening bracket is lost
    for read in (_listed, _spaced, _post_first, _glued):
        if found := read(text):
            return found
    return []


def _listed(text: Text) -> list[Member]:
    """Items between 、: names alone, names with posts in brackets, posts with names behind."""
    if alone := names(_plain(text)):
        return [Member(name, None, name) for name in alone]
    found: list[Member] = []
    for item in split_outside(text, _ITEM):
        split = leading_name(_plain(item), strict=False)
        if split is None or not (not split[1] or _bracketed(split[1])):
            return []
        if not split[1] and not is_name(split[0].string):
            return []
        found.append(Member(split[0], _post(split[1]), item))
    return found


def _plain(text: Text) -> Text:
    """The text without “同志” behind a name."""
    return text.without(_COMRADE)


def _bracketed(text: Text) -> bool:
    return text.string[:1] in ("（", "(") and text.string[-1:] in ("）", ")")


def _post(text: Text) -> Text | None:
    """A post as the source has it, without the brackets around it, “（兼）” behind it, and stops."""
    post = text.strip(_ENDS)
    if _bracketed(post) and ")" not in post.string[1:-1] and "）" not in post.string[1:-1]:
        post = post[1:-1]
    post = post.without(_ALSO).without(_WHO_ONE_IS).squeezed().strip(_ENDS)
    return post or None


def _spaced(text: Text) -> list[Member]:
    """A name and a post with a space between; more than one pair may stand in a line."""
    if re.search("[。：:；;]", text.string):
        return []
    split = leading_name(text)
    if split is None:
        split = leading_name(text, strict=False)
        if split is None or not is_post(split[1].string):
            return []
    name, rest = split
    if not rest:
        return []
    found: list[Member] = []
    start, end = 0, 0
    for gap in re.finditer(r"\s+", rest.string):
        following = leading_name(rest[gap.end() :])
        if (
            gap.start() > start
            and is_post(rest.string[start : gap.start()])
            and following
            and is_post(following[1].string)
        ):
            found.append(_member(text, name, rest[start : gap.start()]))
            name = following[0]
            start = len(rest) - len(following[1])
            end = gap.end()
    return [*found, _member(text if not end else rest[end:], name, rest[start:])]


def _member(line: Text, name: Text, post: Text) -> Member:
    return Member(name, _post(post), cover(line, name, post))


def _post_first(text: Text) -> list[Member]:
    """“市财政局局长 王平”, “市财政局 王平”."""
    split = trailing_name(_plain(text))
    if split and (is_post(split[0].string) or is_body(split[0].string)) and not re.search("[。：；]", split[0].string):
        return [Member(split[1], _post(split[0]), text)]
    return []


def _glued(text: Text) -> list[Member]:
    """“王平市财政局局长”, “市财政局局长王平、市教育局副局长李静”."""
    split = glued_name(text)
    if split and is_post(split[1].string) and not re.search("[。：；]", split[1].string):
        return [Member(split[0], _post(split[1]), text)]
    found = people(text)
    return found if found and all(member.name for member in found) else []


def people(text: Text) -> list[Member]:
    """Who is named in “由…担任”: names (“王平、李静同志”), posts with names (“市财政局局长王平”), posts alone.

    A post without a name before one with a name is that person's too: “市委常委、副市长王平”.
    """
    if together := names(text.strip(_ENDS).without(_COMRADE), strict=not _COMRADE.search(text.string)):
        return [Member(name, None, text) for name in together]
    found: list[Member] = []
    waiting: Text | None = None
    for item in _posts_and_names(text.strip(_ENDS)):
        member = _person(item)
        if member is None:
            return holders(text) if not any(one.name for one in found) else []
        if member.name is None and member.post is not None:
            waiting = item if waiting is None else cover(text, waiting, item)
            continue
        if waiting is not None and member.post is not None:
            member = Member(member.name, _post(cover(text, waiting, member.post)), cover(text, waiting, item))
        waiting = None
        found.append(member)
    if waiting is not None:
        found += holders(waiting) if not found else []
    return found


def _posts_and_names(text: Text) -> list[Text]:
    """Items of a list; “和” separates only where a person or post ends before it."""
    items: list[Text] = []
    for piece in split_outside(text, _ITEM):
        parts = list(piece.split(re.compile("[和及]|以及")))
        if len(parts) == 2 and all(_person(part) for part in parts):
            items += parts
        else:
            items.append(piece)
    return items


def _person(item: Text) -> Member | None:
    """One item: a name, a post and a name, or a post alone."""
    if is_post(item.string):
        split = glued_name(item)
        alone = split and (post := split_post(split[1])) and post.organisation is None
        if split and alone:
            return Member(split[0], split[1], item)
        return _between(item) or Member(None, item.strip(), item)
    bare = item.strip().without(_COMRADE)
    comrade = len(bare) < len(item.strip())
    if is_name(bare.string, strict=not comrade):
        return Member(bare, None, item)
    spaced = trailing_name(bare)
    if spaced and (is_post(spaced[0].string) or is_body(spaced[0].string)):
        return Member(spaced[1], _post(spaced[0]), item)
    for size in (3, 2, 4):
        if size < len(bare) and is_post(bare.string[:-size]) and is_name(bare.string[-size:], strict=not comrade):
            return Member(bare[-size:], _post(bare[:-size]), item)
    behind = _behind_body(bare)
    return Member(behind[1], _post(behind[0]), item) if behind else None


def _behind_body(text: Text) -> tuple[Text, Text] | None:
    """A name directly behind the body it serves: “市林业局王平”."""
    for size in (3, 2):
        body, name = text[:-size], text[-size:]
        named = is_name(name.string) and has_frequent_surname(name.string) and not _PART_OF_BODY.search(name.string)
        if named and is_body(body.string):
            return body, name
    return None


def _between(item: Text) -> Member | None:
    """A name between a body and a bare post: “市林业局王平处长”."""
    post = split_post(item)
    behind = _behind_body(post.organisation) if post and post.organisation else None
    return Member(behind[1], _post(behind[0] + post.post), item) if post and behind else None


def holders(text: Text) -> list[Member]:
    """Posts named instead of people: “市财政局局长、市教育局和市民政局主要负责同志” is three."""
    found: list[Member] = []
    for item in _ended_by_posts(text.strip(_ENDS)):
        head = _HEAD_OF.search(item.string)
        bodies = [part for part in item[: head.start()].split(_OF_EACH) if part] if head else []
        if head and len(bodies) > 1 and all(is_body(part.string) or is_area(part.string) for part in bodies):
            found += [Member(None, part + item[head.start("who") :], item) for part in bodies]
        elif (post := split_post(item)) is not None and (post.organisation or len(post.post) > 2):
            found.append(Member(None, _post(item), item))
    return found


def _ended_by_posts(text: Text) -> list[Text]:
    items: list[Text] = []
    start = 0
    for match in _OF_EACH.finditer(text.string):
        item = text[start : match.start()]
        if not item:
            start = match.end()
        elif _ALSO_HELD.search(item.string):
            continue
        elif is_post(item.string) and item.string.count("（") == item.string.count("）"):
            items.append(item)
            start = match.end()
    rest = text[start:].strip(_ENDS)
    return [*items, rest] if rest and is_post(rest.string) else items if not rest else []


def every_post(text: Text) -> bool:
    """Whether every item of a list is a post of its own: “市财政局局长、市教育局局长”."""
    items: Sequence[Text] = list(split_outside(text.strip(_ENDS), _ITEM))
    return len(items) > 0 and all(is_post(item.string) for item in items)
