"""Leaders named in lists of bodies: “市水利局 周 明 市林业局 吴大亮”, “副市长 李 华”, “周明（市水利局局长）”.

Two-character names are printed with a space inside, and names are set apart from bodies by a space, a bracket or the
title of a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.bodies import Body, split_bodies
from kg.extract.names import is_name, names
from kg.extract.posts import is_post, split_post
from kg.facts import Place
from kg.read.text import Text

_MARKS = "、，,；;：:（）()/ \n\t　"
_TOKEN = re.compile(rf"[^{_MARKS}\s]+")
_ENDS_AS_BODY = re.compile(
    r"(?:[局厅委办部会院校所站队区县市镇乡联协关行司馆处社团网台署园室]|政府|中心|单位|企业|领导|集团|部门)$"
)
#: Of what stands together without a space, only a body's own last word tells where the name begins (市水利局周明).
_GLUED = re.compile(r"(?<=..)(?:局|厅|委|政府|管委会|中心|公司|支队|集团)(?P<name>[\u3400-\u9fff]{2,3})$")
#: Posts without a body of their own: a leader of the government itself.
_OF_GOVERNMENT = re.compile(r"(?:[省市县区州旗]委)?(?:常委|书记|副书记)?$")


@dataclass(frozen=True, slots=True)
class Person:
    """A leader: the name without inner spaces, and the body that stands with it, if one does."""

    name: Text
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    """What stands between two separators, from ``start`` to ``end``; ``name`` where it is a person's."""

    start: int
    end: int
    name: Text | None


def _tokens(text: Text) -> Iterator[_Token]:
    """The pieces between separators; single characters that make a name together are one."""
    spans = [match.span() for match in _TOKEN.finditer(text.string)]
    i = 0
    while i < len(spans):
        size = next((n for n in (3, 2) if _is_spaced_name(text, spans[i : i + n], n)), 1)
        token = text.keep(spans[i : i + size])
        named = size > 1 or is_leader(token.string)
        yield _Token(spans[i][0], spans[i + size - 1][1], token if named else None)
        i += size


def _is_spaced_name(text: Text, spans: list[tuple[int, int]], size: int) -> bool:
    """“周 明”, “欧阳 明”: nothing but spaces between the parts, and a surname first."""
    if len(spans) < size or any(text.string[a[1] : b[0]].strip() for a, b in pairwise(spans)):
        return False
    parts = [end - start for start, end in spans]
    return parts[0] <= 2 and all(part == 1 for part in parts[1:]) and is_name(text.keep(spans).string)


def is_leader(string: str) -> bool:
    """Whether a piece of a list of bodies is a person's name and no body's."""
    return is_name(string) and not _ENDS_AS_BODY.search(string) and not is_post(string)


def apart(text: Text) -> Iterator[tuple[Text, Text | None]]:
    """The stretches of a list of bodies, each with the leader named behind its last body."""
    begin = 0
    for token in _tokens(text):
        name, end = token.name, token.start
        if name is None:
            name = _at_the_end(text[token.start : token.end])
            if name is None:
                continue
            end = token.end - len(name)
            if is_post(text.string[token.start : end]) and not _names_body(text[token.start : end]):
                end = token.start
        before = text[begin:end].strip(_MARKS)
        if before:
            yield _without_post(before), name
        begin = token.end
    rest = text[begin:].strip(_MARKS) if begin else text
    if rest:
        yield rest, None


def _names_body(post: Text) -> bool:
    found = split_post(post)
    return found is not None and found.organisation is not None


def _at_the_end(text: Text) -> Text | None:
    """The name that a piece ends with, behind a body's name or a post: 市水利局周明, 市水利局局长周明."""
    glued = _GLUED.search(text.string)
    if glued and is_leader(glued["name"]):
        return text[glued.start("name") :]
    name = _beside_post(text)
    return name if name is not None and text.string.endswith(name.string) else None


def _without_post(text: Text) -> Text:
    """“市水利局局长” → 市水利局; the list as it is where no post ends it."""
    post = split_post(text)
    return post.organisation if post and post.organisation else text


def people(text: Text, place: Place) -> Iterator[Person]:
    """The persons of a leader's column or label, each with the body that stands with the name, if any.

    Bodies stand before the names (“市财政局 郑 平”) or behind, in a bracket or with a post (“郑平 市财政局局长”).
    """
    run = names(text)
    if run and all(is_leader(name.string) for name in run):
        yield from (Person(name) for name in run)
        return
    tokens = list(_tokens(text))
    names_first = bool(tokens) and tokens[0].name is not None
    named: Text | None = None
    waiting: Body | None = None
    for token in tokens:
        piece = text[token.start : token.end]
        name = token.name or _beside_post(piece)
        if name is None:
            body = _own_body(piece, place)
            bracketed = text.string[token.start - 1 : token.start] in ("（", "(")
            if named is not None and body is not None and (bracketed or (names_first and is_post(piece.string))):
                yield Person(named, body)
                named = None
            else:
                waiting = body
            continue
        if named is not None:
            yield Person(named)
        rest = piece.without(re.compile(re.escape(name.string)))
        body = waiting or (_own_body(rest, place) if rest else None)
        named, waiting = (name, None) if body is None else (None, None)
        if body is not None:
            yield Person(name, body)
    if named is not None:
        yield Person(named)


def _own_body(text: Text, place: Place) -> Body | None:
    """The body of a post, or the one that stands alone: “市财政局局长”, “市财政局”, but not “常务副市长”."""
    post = split_post(text)
    name = post.organisation if post else text
    if name is None or _OF_GOVERNMENT.fullmatch(name.string) or not _ENDS_AS_BODY.search(name.string):
        return None
    return split_bodies(name, place)[-1]


def _beside_post(text: Text) -> Text | None:
    """The name that a post stands directly before or behind: “副市长李华”, “李华副市长”, “李华同志”."""
    string = text.string
    for size in (3, 2, 4):
        if is_post(string[:-size]) and is_leader(string[-size:]):
            return text[-size:]
        if (is_post(string[size:]) or string[size:] == "同志") and is_leader(string[:size]):
            return text[:size]
    return None
