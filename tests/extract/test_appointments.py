"""Appointments, as a specification: a notice, and what each sentence in it says as “± person organisation/post (note)”.

“+” appoints, “-” removes.  All people, places and numbers are invented.
"""

import pytest

from kg.extract.appointments import find
from kg.extract.context import Context
from kg.facts import Appointment
from kg.read import read_text

HEAD = "杉州市人民政府关于王平等同志任免职的通知\n\n杉政人〔2031〕5号\n\n各县、区人民政府，市直各单位：\n\n"
TAIL = "\n\n杉州市人民政府\n\n2031年3月5日\n"


def appointments(text: str) -> list[Appointment]:
    return [fact for document in read_text(text).documents for fact in find(document, Context())]


def said(facts: list[Appointment]) -> list[str]:
    return [
        f"{'+' if fact.action == 'appoint' else '-'} {fact.person} {fact.organisation or ''}/{fact.post}"
        + (f" ({fact.note})" if fact.note else "")
        for fact in facts
    ]


SENTENCES = {
    # --- one person, one post
    "王平同志任杉州市财政局局长。": ["+ 王平 杉州市财政局/局长"],
    "王 平同志任杉州市财政局局长；": ["+ 王平 杉州市财政局/局长"],
    "任命王平为杉州市财政局局长；": ["+ 王平 杉州市财政局/局长"],
    "任命王平同志为杉州市财政局局长": ["+ 王平 杉州市财政局/局长"],
    "王平任杉州市财政局局长；": ["+ 王平 杉州市财政局/局长"],
    "晋升王平同志为杉州市财政局一级调研员；": ["+ 王平 杉州市财政局/一级调研员"],
    "聘任王平为杉州市图书馆馆长，聘期三年；": ["+ 王平 杉州市图书馆/馆长 (聘期三年)"],
    "免去王平同志的杉州市财政局局长职务。": ["- 王平 杉州市财政局/局长"],
    "免去王平同志杉州市财政局局长职务，另有任用。": ["- 王平 杉州市财政局/局长 (另有任用)"],
    "免去王平市财政局局长职务。": ["- 王平 市财政局/局长"],
    "市政府决定免去王平的杉州市财政局局长职务（终止试用期）。": ["- 王平 杉州市财政局/局长 (终止试用期)"],
    "解聘王平的杉州市图书馆馆长职务。": ["- 王平 杉州市图书馆/馆长"],
    "免去钱坤市统计局局长职务。": ["- 钱坤 市统计局/局长"],
    "王平任杉州市财政局局长，免杉州市审计局副局长职务。": ["+ 王平 杉州市财政局/局长", "- 王平 杉州市审计局/副局长"],
    "委派王平任杉州市水务集团总经理；": ["+ 王平 杉州市水务集团/总经理"],
    "推荐王平任杉州市水务集团董事长；": ["+ 王平 杉州市水务集团/董事长"],
    "接受王平辞去杉州市法院院长职务的请求，决定李静为杉州市法院代理院长。": [
        "- 王平 杉州市法院/院长 (辞职)",
        "+ 李静 杉州市法院/代理院长",
    ],
    "确定王平为杉州市财政局二级主任科员；": ["+ 王平 杉州市财政局/二级主任科员"],
    "王平同志不再担任杉州市财政局局长职务。": ["- 王平 杉州市财政局/局长"],
    # --- women, peoples, long names
    "李静同志（女）任杉州市林业局局长；": ["+ 李静 杉州市林业局/局长"],
    "李静（女，壮族）同志任杉州市林业局局长；": ["+ 李静 杉州市林业局/局长"],
    "免去李静同志（女）的杉州市林业局三级调研员职级，提前退休。": ["- 李静 杉州市林业局/三级调研员 (提前退休)"],
    "买买提·艾山同志任杉州市民宗局局长；": ["+ 买买提·艾山 杉州市民宗局/局长"],
    "扎西次仁同志任杉州市民宗局副局长；": ["+ 扎西次仁 杉州市民宗局/副局长"],
    "郑和平同志任杉州市审计局局长；": ["+ 郑和平 杉州市审计局/局长"],
    # --- several people, several posts
    "王平、李静（女）同志任杉州市财政局副局长；": ["+ 王平 杉州市财政局/副局长", "+ 李静 杉州市财政局/副局长"],
    "免去王平同志的杉州市森林公安局局长、督察长（兼）职务，退休；": [
        "- 王平 杉州市森林公安局/局长 (退休)",
        "- 王平 杉州市森林公安局/督察长 (兼；退休)",
    ],
    "王平同志任杉州市政府副秘书长（正处长级），免去其杉州市临港（西湾）区办公室主任、市粮食局局长（兼）职务；": [
        "+ 王平 杉州市政府/副秘书长 (正处长级)",
        "- 王平 杉州市临港（西湾）区办公室/主任",
        "- 王平 市粮食局/局长 (兼)",
    ],
    "王平同志任杉州市财政局局长，免去其副局长职务；": ["+ 王平 杉州市财政局/局长", "- 王平 杉州市财政局/副局长"],
    "王平同志任杉州市招商中心主任，免去其杉州市商务局副局长、三级调研员职务职级；": [
        "+ 王平 杉州市招商中心/主任",
        "- 王平 杉州市商务局/副局长",
        "- 王平 杉州市商务局/三级调研员",
    ],
    "王平同志任杉州市商务局局长，其原任的杉州市招商局局长职务自然免除。": [
        "+ 王平 杉州市商务局/局长",
        "- 王平 杉州市招商局/局长",
    ],
    "王平同志任市委委员、常委，市政府党组书记；": ["+ 王平 市委/委员", "+ 王平 市委/常委", "+ 王平 市政府/党组书记"],
    "王平同志任杉州市公安局副局长兼督察长；": ["+ 王平 杉州市公安局/副局长", "+ 王平 杉州市公安局/督察长"],
    "任命王平为杉州市财政局局长，李静为杉州市教育局局长。": ["+ 王平 杉州市财政局/局长", "+ 李静 杉州市教育局/局长"],
    "免去王平的杉州市财政局局长职务，李静的杉州市教育局局长职务。": [
        "- 王平 杉州市财政局/局长",
        "- 李静 杉州市教育局/局长",
    ],
    "王平同志的杉州市审计局局长职务自然免除。": ["- 王平 杉州市审计局/局长"],
    # --- kinds of appointment
    "王平同志挂任杉州市残联副理事长（挂任期二年）。": ["+ 王平 杉州市残联/副理事长 (挂任期二年)"],
    "王平同志挂任杉州市残联副理事长。": ["+ 王平 杉州市残联/副理事长 (挂任)"],
    "王平同志兼任杉州市档案馆馆长。": ["+ 王平 杉州市档案馆/馆长 (兼)"],
    "王平同志代理杉州市人民政府市长。": ["+ 王平 杉州市人民政府/市长 (代理)"],
    "王平同志任杉州市商务局副局长，试用期一年；": ["+ 王平 杉州市商务局/副局长 (试用期一年)"],
    "接受王平同志辞去杉州市人民政府副市长职务的请求，报市人民代表大会备案。": ["- 王平 杉州市人民政府/副市长 (辞职)"],
    "王平同志达到退休年龄，免去其杉州市财政局二级调研员职级，退休。": ["- 王平 杉州市财政局/二级调研员 (退休)"],
    # --- no decision on a person
    "市财政局局长的任免按照规定程序办理。": [],
    "免去相关费用，任何单位不得收取。": [],
    "王平同志任职时间从2031年3月起计算。": [],
    "特此通知。": [],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_of_a_notice(sentence: str) -> None:
    assert said(appointments(f"{HEAD}经研究决定：\n\n{sentence}{TAIL}")) == SENTENCES[sentence]


def test_the_decision_may_open_the_first_sentence_and_a_remark_may_close_all() -> None:
    body = (
        "经市人民政府研究，决定：任命王平为杉州市财政局局长；\n\n李静同志任杉州市教育局副局长；\n\n以上同志试用期一年。"
    )
    assert said(appointments(HEAD + body + TAIL)) == [
        "+ 王平 杉州市财政局/局长 (试用期一年)",
        "+ 李静 杉州市教育局/副局长 (试用期一年)",
    ]


def test_their_post_never_goes_to_the_person_of_another_paragraph() -> None:
    body = "王平同志任杉州市财政局局长。\n\n免去其杉州市教育局局长职务。"
    assert said(appointments(HEAD + body + TAIL)) == ["+ 王平 杉州市财政局/局长"]


def test_a_page_end_may_cut_the_post() -> None:
    body = "王平同志任杉州市地方史志编纂委员会办公\n\n室副主任；\n\n免去李静同志的杉州市审计局总审计师职\n\n务。"
    assert said(appointments(HEAD + body + TAIL)) == [
        "+ 王平 杉州市地方史志编纂委员会办公室/副主任",
        "- 李静 杉州市审计局/总审计师",
    ]


def test_decisions_bundled_in_one_notice_have_numbers_and_dates_of_their_own() -> None:
    text = (
        "杉州市人民政府公报\n2031年第2期\n\n目 录\n\n杉州市人民政府人事任免\n杉政干〔2031〕5、6号 …… (9)\n\n"
        "杉州市人民政府人事任免\n\n经研究决定：\n\n"
        "王平同志任杉州市审计局局长。\n\n（杉政干〔2031〕5号 2031年4月9日）\n\n"
        "免去李静同志的杉州市审计局局长职务。\n\n（杉政干〔2031〕6号 2031年4月12日）"
    )
    assert [(fact.doc, fact.person, fact.date) for fact in appointments(text)] == [
        ("杉政干〔2031〕5号", "王平", "2031-04-09"),
        ("杉政干〔2031〕6号", "李静", "2031-04-12"),
    ]


def test_lists_of_a_peoples_congress() -> None:
    text = """杉州市人民代表大会常务委员会任免名单

（2031年4月1日杉州市第六届人民代表大会常务委员会第十二次会议通过）

一、决定任命：
王 平为杉州市教育局局长；
李静（女，壮族）为杉州市审计局局长。
二、决定免去
赵刚的杉州市教育局局长职务；
三、任命
钱进为杉州市中级人民法院刑事审判第一庭副庭长、审判员
孙 立 杉州市人民检察院检察员
四、免去：
艾山·买买提的杉州市中级人民法院审判员职务。
"""
    assert said(appointments(text)) == [
        "+ 王平 杉州市教育局/局长",
        "+ 李静 杉州市审计局/局长",
        "- 赵刚 杉州市教育局/局长",
        "+ 钱进 杉州市中级人民法院刑事审判第一庭/副庭长",
        "+ 钱进 杉州市中级人民法院/审判员",
        "+ 孙立 杉州市人民检察院/检察员",
        "- 艾山·买买提 杉州市中级人民法院/审判员",
    ]


def test_the_verb_may_open_a_list_within_a_sentence() -> None:
    body = (
        "省政府决定，任命：王平为省教育厅副厅长（试用期一年），李静为省政府参事；沙海为省商务厅厅长。\n\n"
        "省政府决定，免去：马志的省招商中心副主任职务（终止试用期）；赵敏的省水利厅总工程师职务。"
    )
    assert said(appointments(HEAD + body + TAIL)) == [
        "+ 王平 省教育厅/副厅长 (试用期一年)",
        "+ 李静 省政府/参事",
        "+ 沙海 省商务厅/厅长",
        "- 马志 省招商中心/副主任 (终止试用期)",
        "- 赵敏 省水利厅/总工程师",
    ]


def test_the_state_council_appoints_and_removes() -> None:
    text = """国务院任免国家工作人员

国务院任免国家工作人员。

任命王平国为教育部副部长；任命李强国、赵敏（女）为外交部部长助理。

任命周平为国务院副秘书长（正部长级），免去其财政部副部长职务；免去孙立的国家能源局局长职务。
"""
    assert said(appointments(text)) == [
        "+ 王平国 教育部/副部长",
        "+ 李强国 外交部/部长助理",
        "+ 赵敏 外交部/部长助理",
        "+ 周平 国务院/副秘书长 (正部长级)",
        "- 周平 财政部/副部长",
        "- 孙立 国家能源局/局长",
    ]


def test_a_table_of_appointments() -> None:
    body = "任免名单如下：\n\n姓名\t任职\t免职\n王 平\t杉州市财政局局长\t杉州市审计局副局长\n李静\t\t杉州市教育局局长\n"
    assert said(appointments(HEAD + body + TAIL)) == [
        "+ 王平 杉州市财政局/局长",
        "- 王平 杉州市审计局/副局长",
        "- 李静 杉州市教育局/局长",
    ]


def test_rules_about_appointments_appoint_nobody() -> None:
    text = (
        "杉州市人民政府任免工作人员办法\n\n杉政发〔2031〕8号\n\n各县、区人民政府：\n\n"
        "第一条 市人民政府任命王平等人员为局长，免去李静同志的局长职务的，依照本办法。"
    )
    assert appointments(text) == []


def test_the_evidence_is_the_clause_and_whoever_it_leaves_unnamed() -> None:
    text = HEAD + "王平同志任杉州市财政局局长，免去其杉州市审计局副局长职务；" + TAIL
    appointed, removed = appointments(text)
    assert [place.quote for place in appointed.evidence] == ["王平同志任杉州市财政局局长"]
    assert [place.quote for place in removed.evidence] == ["免去其杉州市审计局副局长职务", "王平"]
    assert all(text[place.start : place.end] == place.quote for fact in (appointed, removed) for place in fact.evidence)
