"""Deadlines of tasks (完成时限): “6月底前”, “2023年12月前完成”, “长期坚持”.

In a deadline column or after the label “完成时限：” everything counts as printed.  In running text most dates belong to
sub-targets, so only a date that ends something unquantified counts, and only where a task has no more than two of them.
"""

from __future__ import annotations

import re

from kg.read.text import Text

_YEAR = r"(?:\d{4}年|今年|明年|当年|年)"
_PART = r"(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|上旬|中旬|下旬|\d{1,2}日)?)"
_POINT = rf"(?:{_YEAR}{_PART}?|{_PART})(?:度|底|末|初|内)?(?:之前|以前|前)?"
_DATE = rf"(?:到|至|于|在|力争|确保)?{_POINT}(?:[-—–~至到]+{_POINT})?"
_ALWAYS = (
    r"(?:长期|持续|常年|全年|(?:今|本)?年内|常态化?|定期|经常性?)(?:持续|坚持|推进|推动|实施|开展|进行|落实|深化|加强|有效|执行|做好|巩固)*"
    r"|立行立改|立即(?:整改|办理|实施)|即知即改|即时(?:办理|整改)?|随时|每年(?:\d{1,2}月底?前?)?|按(?:时序|序时)进度推进?"
    r"|(?:按|依)(?:要求|规定|计划|时|期)(?:时限|时间|节点|进度)?(?:完成|推进|落实|开展)?"
)
_DONE = (
    r"(?:(?:全面|基本)?完成|办结|落实|落实到位|见效|见成效|取得(?:阶段性)?成效|整改到位|实施|启动|出台|印发"
    r"|并(?:长期|持续)(?:坚持|推进|实施))"
)
# What is to be done by then, where a list of bodies says it: “3月底前出台相关政策”.
_FIRST_STEP = r"(?:出台|完成|制定|印发|公布|发布|修订|提出|推出|形成|建成|启动|取得)[^，,；;。、（）()]{1,14}"

#: A clause that is nothing but a deadline: “2023年12月底前完成”, “长期坚持”.
WHOLE = re.compile(rf"(?:(?:于|在)?(?P<date>{_DATE})(?:{_DONE}{{0,2}}|(?<=前){_FIRST_STEP})|(?P<always>{_ALWAYS}))")

#: A date in running text that says by when: with 前, or “到…底”.
_IN_TEXT = re.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|上旬|中旬|底|末)?(?:之前|以前|前)"
    r"|(?:\d{4}年|今年)(?:底|末|年底)?(?:之前|以前|前)|(?<!\d)年底(?:之前|以前|前)"
    r"|到\d{4}年(?:\d{1,2}月)?[底末])"
)
_QUANTITY = re.compile(r"\d|以上|以下|[百千万亿]")
_NEGLIGIBLE = re.compile(
    r"已|此前|以来|发布前|施行前|成立|登记|注册|入网|取得|报送|上报|函报|每年|报告|之日|前(?:将[^，,]{1,40})?(?:送|提交|抄送)"
)


def is_deadline(string: str) -> bool:
    """Whether a clause says only by when.

    >>> is_deadline("2023年12月底前完成"), is_deadline("长期坚持"), is_deadline("市教育局")
    (True, True, False)
    """
    return bool(WHOLE.fullmatch(string))


def in_running_text(text: Text) -> Text | None:
    """The deadline that a task's own sentences state, if they state one without a quantity."""
    found: list[Text] = []
    for clause in re.finditer(r"[^；;。]+", text.string):
        for match in _IN_TEXT.finditer(clause[0]):
            rest = clause[0][match.end() :]
            if not _QUANTITY.search(rest) and not _NEGLIGIBLE.search(clause[0]) and len(rest) > 1:
                start = clause.start() + match.start()
                found.append(text[start : start + len(match[0])])
    different = list({piece.string: piece for piece in found}.values())
    return Text.join(different, "；") if 0 < len(different) <= 2 else None
