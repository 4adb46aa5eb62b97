"""What a leading group, headquarters, joint meeting or task force is called, and which one a list of people belongs to.

The name stands in the sentence that sets the group up, in the document's title, or in the heading above the list.
A heading that says too little by itself (“二、招商引资组”) is completed by the kind of group it lies in:
工作专班招商引资组.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.data import rows
from kg.extract.body_grammar import starts_as_body

_KINDS = {row["kind"]: row for row in rows("group_kinds.tsv")}
_WORDS = sorted(_KINDS, key=len, reverse=True)
KIND = "(?:" + "|".join(_WORDS) + ")"
_MAJOR_WORD = "(?:" + "|".join(word for word in _WORDS if _KINDS[word]["rank"] == "major") + ")"
_NAME = r"(?:“[^”]{1,30}”|[（(][^（）()]{1,30}[）)]|[^，,。；;：:、（）()“”\s《》])"
# “决定成立杉州市…领导小组”, “指挥部下设综合协调组”, “关于调整…领导小组成员的通知”.
_SETS_UP = re.compile(
    r"(?:成立|建立|设立|组建|调整|下设|充实|完善|组成)(?:了|以[^。；]{2,60}?为[^，。；]{1,6}的|由[^。；]{2,120}?任[^，。；]{1,6}的)?"
    rf"(?:后的?)?(?P<group>{_NAME}{{0,60}}?{KIND})(?!下设|主任|成立)(?=制度|成员|组成|人员|及|和|，|。|；|（|\(|、|的|工作|负责|名单|$)"
)
# “杉州市…领导小组成员名单”, “一、办公室”, “（二）综合协调组（8人）”.
_HEADING = re.compile(
    rf"^(?P<group>{_NAME}{{0,60}}?{KIND})(?:[（(][^（）()]*[）)])?"
    r"(?:主要|领导)?(?:成员|组成人员|人员|组成|组织机构|机构)?(?:和|及|与|、)?(?:主要)?(?:职责|分工|任务)*(?:名单|组成|情况)?[:：]?$"
)
_MARKER = re.compile(
    r"^\s*(?:\d(?:\.\d+)+\s*|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|附\s*件\s*\d*\s*[:：]?\s*)"
)
_SHORT_FOR = re.compile(r"[（(](?:以下)?(?:简称|下称)[“\"]?(?P<short>[^”\"）)]{2,20})[”\"]?[）)]")
# “道路交通、水上交通督查组，由市公安局副局长王平任组长”
_LED = re.compile(rf"^(?P<group>(?:{_NAME}|、){{2,40}}?{KIND})[，,：:]\s*由[^。；]{{2,60}}?任")
_HEADING_LENGTH = 60


#: Kinds that by themselves name no group: “二、工作机制”.
_BARE = frozenset(kind for kind, row in _KINDS.items() if row["rank"] == "major")


@dataclass(slots=True)
class Groups:
    """The groups met so far in a document: the one that a list would belong to now, and the one it lies in."""

    current: str | None = None
    major: str | None = None
    known: dict[str, str] = field(default_factory=dict)

    def title(self, title: str) -> None:
        """Learn the group that a document's title names."""
        self.sentence(title)

    def sentence(self, sentence: str) -> None:
        """Learn the group that a sentence sets up; the last one named is the current one."""
        led = _LED.match(_MARKER.sub("", sentence))
        for match in (*_SETS_UP.finditer(sentence), *([led] if led else [])):
            if self._is_bare(match.group("group")):
                continue
            self._enter(match.group("group"))
            short = _SHORT_FOR.match(match.string, match.end())
            if short and self.current:
                self.known[short.group("short")] = self.current

    def heading(self, heading: str) -> bool:
        """Enter the group that a heading names; False if it names none."""
        text = _MARKER.sub("", heading.strip())
        match = _HEADING.match(text) if len(text) <= _HEADING_LENGTH else None
        if match is None or _SETS_UP.search(text) or self._is_bare(match.group("group")):
            return False
        self._enter(match.group("group"))
        return True

    def named(self, words: str) -> str | None:
        """The group that the words before a role mean: “领导小组办公室” + 主任, “综合协调组” + 组长."""
        words = re.sub(r"^(?:其中|由|并|和|及)|(?:的|设|中)$", "", words)
        if not words or not re.search(rf"{KIND}$", words):
            return None
        if words in self.known:
            return self.known[words]
        if words.endswith("委员会"):
            return None  # most committees are agencies: 市卫生健康委员会
        before = self.major, self.current
        self._enter(words)
        named = self.current
        self.major, self.current = before
        return named

    def _enter(self, name: str) -> None:
        name = re.sub(rf"^.*(?:{_MAJOR_WORD})下设|^(?:由|了|以)", "", name)
        name = self.known.get(name, name)
        kind = _kind(name)
        if name == kind and _KINDS[kind]["rank"] == "major" and (whole := self._ending_with(kind)):
            self.current = self.major = whole
            return
        if self._is_nested(name, kind):
            self.current = self._within(name)
            return
        self.current = self.major = name
        self.known.setdefault(name, name)

    def _is_bare(self, name: str) -> bool:
        """Whether a name is only a kind of group, and no group of that kind has been named before."""
        return name in _BARE and self._ending_with(name) is None

    def _ending_with(self, kind: str) -> str | None:
        return next((name for name in reversed([*self.known.values()]) if name.endswith(kind)), None)

    def _is_nested(self, name: str, kind: str) -> bool:
        if self.major is None:
            return False
        if name.endswith(self.major):
            return False
        return _KINDS[kind]["rank"] == "nested" and not (starts_as_body(name) and len(name) > 12)

    def _within(self, name: str) -> str:
        """A nested group's name with the kind of the group it lies in before it, unless it says so itself."""
        assert self.major is not None
        parent = _KINDS[_kind(self.major)]["short"]
        if _KINDS[_kind(self.major)]["rank"] == "nested":
            return name
        if re.match(_MAJOR_WORD, name) or _MAJOR_ANYWHERE.search(name[:-1]):
            return name
        return f"{parent}{name}"


_MAJOR_ANYWHERE = re.compile(_MAJOR_WORD)


def _kind(name: str) -> str:
    return next((word for word in _WORDS if name.endswith(word)), "组")
