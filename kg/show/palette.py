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
    "indicator": Style("#44AA99", "指标", "indicator", "triangleDown"),
    "group": Style("#CC79A7", "领导小组等", "leading group", "star"),
    "person": Style("#7A5195", "人员", "person"),
    # documents by the level of government that they come from
    "document": Style("#555555", "公报所刊公文", "document printed here", "square"),
    "national": Style("#B22222", "国家文件", "national document", "square"),
    "regional": Style("#E08214", "省级文件", "provincial document", "square"),
    "local": Style("#0072B2", "市县文件", "local document", "square"),
    "other": Style("#9ECAE1", "其他文件", "other document", "square"),
    "thing": Style("#555555", "事物", "thing"),
}

#: The colour of the node that a view is about
CENTRE = "#E69F00"

#: What is drawn as a line: the roles of an assignment (责任分工), and how the other things belong together
ROLES: dict[str, Style] = {
    "lead": Style("#D55E00", "牵头", "lead"),
    "responsible": Style("#0072B2", "责任", "responsible"),
    "cooperating": Style("#56B4E9", "配合", "cooperating"),
    "supervising": Style("#CC79A7", "督导", "supervising"),
    "joint": Style("#B0B0B0", "共同负责", "jointly responsible"),
    "basis": Style("#7F3B08", "依据", "based on"),
    "amends": Style("#E69F00", "修改", "amends"),
    "repeals": Style("#B22222", "废止", "repeals"),
    "mentions": Style("#C7C7C7", "提及", "mentions"),
    "chair": Style("#AA3377", "组长、召集人", "chair"),
    "member": Style("#DDAACC", "成员", "member"),
    "binding": Style("#B22222", "约束性目标", "binding target"),
    "expected": Style("#009E73", "预期性目标", "anticipatory target"),
    "target": Style("#A6CEBF", "未注明性质的目标", "target, nature not said"),
    "part": Style("#CCCCCC", "属于", "part of"),
    "link": Style("#888888", "关系", "link"),
}

#: The ten kinds of facts, by table: as marks in a text and in lists
FACTS: dict[str, Style] = {
    "documents": Style("#555555", "公文", "documents"),
    "plans": Style("#D55E00", "规划方案", "plans"),
    "targets": Style("#009E73", "目标", "targets"),
    "assignments": Style("#0072B2", "责任分工", "assignments"),
    "memberships": Style("#CC79A7", "领导小组成员", "memberships"),
    "appointments": Style("#E69F00", "人事任免", "appointments"),
    "portfolios": Style("#56B4E9", "领导分工", "portfolios"),
    "citations": Style("#8C6D31", "引用文件", "citations"),
    "agencies": Style("#999999", "提及机构", "agencies named"),
    "projects": Style("#7A5195", "项目", "projects"),
}
