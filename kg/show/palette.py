"""One palette for views, charts and pages: the colours of things and roles, with their names in Chinese and English.

The hues are those of Okabe and Ito's set, which readers with a colour vision deficiency can tell apart.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of thing or role looks, and what a legend calls it."""

    colour: str
    chinese: str
    english: str
    shape: str = "dot"

    @property
    def name(self) -> str:
        """Both names, the Chinese one first."""
        return f"{self.chinese} {self.english}"


#: What is drawn as a node
THINGS: dict[str, Style] = {
    "agency": Style("#0072B2", "机构", "agency"),
    "collective": Style("#56B4E9", "集体", "collective"),
    "plan": Style("#D55E00", "规划、方案", "plan", "square"),
    "task": Style("#999999", "任务", "task", "diamond"),
    "target": Style("#009E73", "目标", "target", "triangle"),
    "thing": Style("#555555", "事物", "thing"),
}

#: What is drawn as a line: the roles of an assignment (责任分工), and how the other things belong together
ROLES: dict[str, Style] = {
    "lead": Style("#D55E00", "牵头", "lead"),
    "responsible": Style("#0072B2", "责任", "responsible"),
    "cooperating": Style("#56B4E9", "配合", "cooperating"),
    "supervising": Style("#CC79A7", "督导", "supervising"),
    "joint": Style("#B0B0B0", "共同负责", "jointly responsible"),
    "part": Style("#CCCCCC", "属于", "part of"),
    "link": Style("#888888", "关系", "link"),
}
