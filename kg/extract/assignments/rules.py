"""Rules that a document states once and that hold from there on (“下同”, “以下不再列出”)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.assignments.sharing import Share, Sharing
from kg.read.text import Text

_MARKS = "、，,；;。.：: \t\n\u3000"
_PIECE = re.compile(r"[^，,；;。]+")
#: “列第一位的为牵头单位”, “排名首位的部门是牵头部门”: the first of each list leads.
_RULE = (
    r"(?:[列排居位]+(?:名|序)?(?:在|于)?(?:首|第[一1]|最?前)|首位|第[一1](?:个|位|名|家))[^，,；;。、]{0,8}?(?:单位|部门|的|者)?"
    r"(?:即|均)?(?:为|是|系)(?:该?项?(?:任务|工作)?的?)?(?:总?牵头|主办|主责|第一责任|主要责任)"
    r"(?:(?:或者?|及|和|与|、|兼)?(?:责任|汇总|协调|组织|实施))*(?:单位|部门)?"
)
_FIRST_LEADS = re.compile(rf"[（(][^（()），,；;。]*?{_RULE}[）)]|[，,；;。]?[^，,；;。（(]*?{_RULE}")
#: What a rule about the order of a list has in it.
_ORDER = re.compile(r"首|第[一1]|最?前")
_NOT_AGAIN = re.compile(
    r"不再?(?:单独|一一|逐一|逐项|另行?|分别|重复|具体|予以)*(?:列出|列明|列示|列入|注明|标注|标明|赘述|罗列|列举|写明)"
)
#: What stands around the bodies of such a rule: “以下各项任务均需…落实”, “…均为责任单位，以下”.
_BEFORE = re.compile(
    r"(?:以下|下列|上述|后续|此后|本方案)?(?:各项|所有|全部|每项)*(?:重点|工作|政策)*(?:任务|工作|事项|措施|内容|条款)?中?[，,]?"
    r"(?:均|都|同)?(?:需要?|须|由|涉及|还有|包括)*"
)
_AFTER = re.compile(r"[，,；;。]\s*(?:以下|下同|后续|此后|下文)(?:均|各项)?$")


def without_first_leads(text: Text) -> tuple[Text, bool]:
    """The text without the rule that the first-named body leads, and whether it stood there.

    >>> without_first_leads(Text.at("市教育局、市财政局，列第一位的为牵头单位", 0))[0].string
    '市教育局、市财政局'
    """
    rest = text.without(_FIRST_LEADS)
    return rest, len(rest) < len(text)


def without_standing(text: Text) -> tuple[Text, Text | None, str]:
    """The text without a rule that certain bodies are not named again, the list of these, and its closing words.

    >>> rest, bodies, _ = without_standing(Text.at("市水利局负责。以下均需各区人民政府落实，不再列出", 0))
    >>> rest.string, bodies.string
    ('市水利局负责。', '各区人民政府落实')
    """
    pieces = [match.span() for match in _PIECE.finditer(text.string)]
    index = next((i for i, (start, end) in enumerate(pieces) if _NOT_AGAIN.search(text.string[start:end])), None)
    if index is None:
        return text, None, ""
    own = _NOT_AGAIN.sub("", text.string[slice(*pieces[index])])
    first = index
    if not _BEFORE.sub("", own, count=1).strip() and index:
        first = index - 1
        while first and _continues(text.string, pieces[first - 1], pieces[first]):
            first -= 1
    start, end = pieces[first][0], pieces[index][1]
    listed = text[start:end].without(_NOT_AGAIN).strip(_MARKS).without(_AFTER).strip(_MARKS)
    before = _BEFORE.match(listed.string)
    listed = listed[before.end() if before else 0 :]
    return text[:start].strip("、，,；; ") + text[end:], listed or None, listed.string


def states_rule(string: str) -> bool:
    """Whether a text may state a rule that holds from there on: a quick test."""
    leads = _ORDER.search(string) and any(word in string for word in ("牵头", "主办", "主责", "责任"))
    return bool(("不" in string and _NOT_AGAIN.search(string)) or (leads and _FIRST_LEADS.search(string)))


def _continues(string: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether a list goes on from one piece to the next: a comma between them and no verb at the end of the first."""
    ended = re.search(r"(?:负责|落实|牵头|配合|实施|参与|承担|协助)$", string[slice(*before)])
    return not ended and string[before[1] : piece[0]].strip() in ("，", ",")


@dataclass(slots=True)
class Rules:
    """What a document has said so far that holds for the lists to come."""

    first_leads: bool = False
    standing: list[Share] = field(default_factory=list)

    def applied(self, sharing: Sharing) -> Sharing:
        """A list read under the rules that hold."""
        return sharing.with_first_leading() if self.first_leads else sharing

    def learn(self, sharing: Sharing) -> None:
        """Note the rules that a sentence states."""
        self.first_leads = self.first_leads or sharing.first_leads
        self.standing += sharing.standing

    def added(self, sharing: Sharing) -> list[Share]:
        """The standing bodies that a list takes for granted; afterwards its own rule holds."""
        named = {share.body.surface for share in sharing.shares if share.body}
        missing = [share for share in self.standing if share.body and share.body.surface not in named]
        self.learn(sharing)
        return missing
