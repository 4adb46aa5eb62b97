"""Bodies (机构) in lists and in running text.

>>> from kg.read.text import Text
>>> [body.surface for body in split_bodies(Text.at("市教育局、市财政局（市金融办）按职责分工负责", 0))]
['市教育局', '市财政局（市金融办）']
"""

from __future__ import annotations

import re

from kg.extract.body_grammar import FREE_TAIL, FUNCTION, LEVEL, NATIONAL, PLACE, SHORT_TAIL, Body, is_body, kind_of
from kg.extract.body_lists import split_bodies
from kg.facts import Place
from kg.read.text import Text

__all__ = ["Body", "find_bodies", "is_body", "kind_of", "split_bodies"]

_BODY = re.compile(
    rf"(?:(?:{PLACE})+|(?<![城超上股门夜]){LEVEL})(?:{LEVEL}(?=[\u4e00-\u9fff]))?"
    rf"(?:委(?:组织部|宣传部|统战部|政法委|[\u4e00-\u9fff]{{2,8}}办公?室?)|委(?!员|托|派)"
    rf"|(?:{FUNCTION})+(?:{SHORT_TAIL}|{FREE_TAIL})|[\u4e00-\u9fff]{{0,14}}?(?:{FREE_TAIL}))"
    rf"|{NATIONAL}"
)


def find_bodies(text: Text, place: Place | None = None) -> list[Body]:
    """The bodies named in running text, in order, with exact borders."""
    return [
        Body(text[match.start() : match.end()], match.group(), None, kind_of(match.group()))
        for match in _BODY.finditer(text.string)
    ]
