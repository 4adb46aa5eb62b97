"""Memberships, as a specification: a list or sentence as printed, and each member as “role person post”.

A post that stands for a person nobody names is “role - post”.  All people, places and groups are invented.
"""

import pytest

from kg.extract.context import Context
from kg.extract.memberships import find
from kg.facts import Membership
from kg.read import read_text

GROUP = "杉州市地下管网建设工作领导小组"
HEAD = (
    f"杉州市人民政府办公室关于成立{GROUP}的通知\n\n杉政办〔2031〕7号\n\n各县、区人民政府，市直各单位：\n\n"
    f"为加强领导，市人民政府决定成立{GROUP}。成员名单如下：\n\n"
)
TAIL = "\n\n2031年3月5日\n"


def memberships(text: str) -> list[Membership]:
    return [fact for document in read_text(text).documents for fact in find(document, Context())]


def said(facts: list[Membership]) -> list[str]:
    return [f"{fact.role} {fact.person or '-'} {fact.post or ''}".strip() for fact in facts]


LISTS = {
    # --- a line each, two-character names spaced, the role inherited
    "组 长：王 平 市长\n副组长：李国静 副市长\n赵 敏 市政府秘书长\n成 员：钱 进 市财政局局长\n孙 立 市教育局局长": [
        "组长 王平 市长",
        "副组长 李国静 副市长",
        "副组长 赵敏 市政府秘书长",
        "成员 钱进 市财政局局长",
        "成员 孙立 市教育局局长",
    ],
    # --- blank lines between, half-width colons, wide spaces
    "组　　长: 王　平　市长\n\n成　　员: 钱　进　市财政局局长\n\n　　　　孙小立　市教育局局长": [
        "组长 王平 市长",
        "成员 钱进 市财政局局长",
        "成员 孙小立 市教育局局长",
    ],
    # --- the hard spaces of web pages
    "组\xa0\xa0长：王\xa0平\xa0市长\n成\xa0员：钱\xa0进\xa0市财政局局长": ["组长 王平 市长", "成员 钱进 市财政局局长"],
    # --- posts wrapped over lines, after a comma, before the last word
    "成 员：钱 进 临港新区工业与\n高新技术产业局局长\n孙 立 临港新区贸易物流局\n\n局长\n吴 亮 市林业局局长": [
        "成员 钱进 临港新区工业与高新技术产业局局长",
        "成员 孙立 临港新区贸易物流局局长",
        "成员 吴亮 市林业局局长",
    ],
    "成 员：周 平 杉州高新区工委书记、\n管委主任\n吴 亮 市林业局局长": [
        "成员 周平 杉州高新区工委书记、管委主任",
        "成员 吴亮 市林业局局长",
    ],
    "成 员：孙 立 市委宣传部副部长、市新闻\n办主任\n骆云起 杉州高新区管委会\n主任\n石 秋 市城建集团董事长": [
        "成员 孙立 市委宣传部副部长、市新闻办主任",
        "成员 骆云起 杉州高新区管委会主任",
        "成员 石秋 市城建集团董事长",
    ],
    # --- other roles
    "总指挥：王 平 市长\n副总指挥：李 静 副市长\n政 委：赵 敏 军分区政委": [
        "总指挥 王平 市长",
        "副总指挥 李静 副市长",
        "政委 赵敏 军分区政委",
    ],
    "总召集人：王 平 副市长\n召 集 人：李 静 市政府副秘书长\n联 络 员：吴 琼 市数据局科长": [
        "总召集人 王平 副市长",
        "召集人 李静 市政府副秘书长",
        "联络员 吴琼 市数据局科长",
    ],
    "第一组长：王 平 市委书记\n常务副组长：李 静 市委常委、常务副市长": [
        "第一组长 王平 市委书记",
        "常务副组长 李静 市委常委、常务副市长",
    ],
    "副组长（按姓氏笔画排序）：王 平 副市长": ["副组长 王平 副市长"],
    "副组长兼办公室主任：王 平 市水利局局长": ["副组长兼办公室主任 王平 市水利局局长"],
    # --- brackets, several in a line, the label alone
    "组 长：\n王 平（市委常委、常务副市长）\n成 员：\n李 静（女，市建设局副局长）\n赵 敏（市财政局）": [
        "组长 王平 市委常委、常务副市长",
        "成员 李静 市建设局副局长",
        "成员 赵敏 市财政局",
    ],
    "成 员：王 平（市水利局副局长）、李静（市林业局副局长），赵敏（市气象局副局长）": [
        "成员 王平 市水利局副局长",
        "成员 李静 市林业局副局长",
        "成员 赵敏 市气象局副局长",
    ],
    "成 员：王 平 市财政局副局长 李 静 市司法局副局长": ["成员 王平 市财政局副局长", "成员 李静 市司法局副局长"],
    "成 员：王平、李 静、赵国敏": ["成员 王平", "成员 李静", "成员 赵国敏"],
    "组 员：王 平 李 静 赵国敏": ["组员 王平", "组员 李静", "组员 赵国敏"],
    "组 长：王平（兼）": ["组长 王平"],
    "组长：王平（市长）；副组长：李静（副市长）。": ["组长 王平 市长", "副组长 李静 副市长"],
    # --- the post before the name, and nothing between
    "成 员：市财政局局长 王 平\n市教育局局长 李静": ["成员 王平 市财政局局长", "成员 李静 市教育局局长"],
    "成员：市财政局局长王平、市教育局局长李静": ["成员 王平 市财政局局长", "成员 李静 市教育局局长"],
    "组长：马凯国务院副总理\n副组长：王保安财政部副部长\n李念修发展改革委副主任": [
        "组长 马凯 国务院副总理",
        "副组长 王保安 财政部副部长",
        "副组长 李念修 发展改革委副主任",
    ],
    # --- women, peoples, long and rare names
    "成 员：李 静（女） 市林业局局长\n买买提·艾山 市民宗局局长\n司马 光 市档案馆馆长\n扎西次仁 市体育局局长": [
        "成员 李静 市林业局局长",
        "成员 买买提·艾山 市民宗局局长",
        "成员 司马光 市档案馆馆长",
        "成员 扎西次仁 市体育局局长",
    ],
    # --- the colon is lost
    "组 长 王 平 市长\n成 员 李 静 市林业局局长": ["组长 王平 市长", "成员 李静 市林业局局长"],
    # --- posts instead of people; units are no members
    "组 长：市人民政府分管副市长\n成 员：市财政局、市教育局、市林业局": ["组长 - 市人民政府分管副市长"],
    "副组长：市政府副秘书长、市水利局主要负责同志\n成员单位：市财政局、市教育局": [
        "副组长 - 市政府副秘书长",
        "副组长 - 市水利局主要负责同志",
    ],
    "组 长：王 平 市长\n成 员：各区人民政府，市发展改革局、公安局、财政局分管负责同志。": ["组长 王平 市长"],
    "成员由市财政局、市教育局有关人员组成。": [],
    "成 员：王 平 市财政局局长\n各区（市）县政府主要负责人\n办公室设在市水利局，由李静兼任办公室主任。": [
        "成员 王平 市财政局局长",
        "成员 - 各区（市）县政府主要负责人",
        "办公室主任 李静",
    ],
    # --- a sentence ends the list
    "组 长：王 平 市长\n主要职责：负责市财政局局长安排的工作。\n李 静 副市长": ["组长 王平 市长"],
    # --- no members: contacts
    "联系人：王 平 电话 0999-1234567": [],
}  # fmt: skip


@pytest.mark.parametrize("printed", LISTS)
def test_list(printed: str) -> None:
    assert said(memberships(HEAD + printed + TAIL)) == LISTS[printed]


SENTENCES = {
    "领导小组下设办公室，办公室设在市水利局，办公室主任由王平同志兼任。": ["办公室主任 王平"],
    "组长由市水利局王平担任，副组长由市林业局赵敏处长担任。": ["组长 王平 市水利局", "副组长 赵敏 市林业局处长"],
    "副组长由市水利局、市林业局等单位主要负责同志担任。": [
        "副组长 - 市水利局主要负责同志",
        "副组长 - 市林业局主要负责同志",
    ],
    # --- one holder of two posts, posts with fields of work before them
    "组长由市委常委、常务副市长担任。": ["组长 - 市委常委、常务副市长"],
    "副组长由分管水利、林业工作的市政府办公室副主任，以及市水利局局长担任。": [
        "副组长 - 分管水利、林业工作的市政府办公室副主任",
        "副组长 - 市水利局局长",
    ],
    "办公室主任由市水利局局长王平兼任，副主任由市财政局副局长李静、市林业局副局长赵敏担任。": [
        "办公室主任 王平 市水利局局长",
        "办公室副主任 李静 市财政局副局长",
        "办公室副主任 赵敏 市林业局副局长",
    ],
    "办公室主任由王平同志兼任，副主任由李静、赵敏同志兼任。": [
        "办公室主任 王平",
        "办公室副主任 李静",
        "办公室副主任 赵敏",
    ],
    "办公室设在市水利局，王平同志兼任办公室主任，李静、赵敏同志任副主任。": [
        "办公室主任 王平",
        "办公室副主任 李静",
        "办公室副主任 赵敏",
    ],
    "办公室主任由民政部部长王平兼任；常务副主任由民政部副部长李静兼任。": [
        "办公室主任 王平 民政部部长",
        "办公室常务副主任 李静 民政部副部长",
    ],
    "办公室设在市发改委，由王平兼任办公室主任，市司法局局长李静、市数据局局长赵敏兼任办公室副主任。": [
        "办公室主任 王平",
        "办公室副主任 李静 市司法局局长",
        "办公室副主任 赵敏 市数据局局长",
    ],
    "由副市长王平同志担任组长，市政府副秘书长李静、市公安局局长赵敏担任副组长。": [
        "组长 王平 副市长",
        "副组长 李静 市政府副秘书长",
        "副组长 赵敏 市公安局局长",
    ],
    "组长由市委常委、副市长王平担任。": ["组长 王平 市委常委、副市长"],
    "组长由王平同志调整为李静同志。": ["组长 李静"],
    "增补市海关关长钱进为领导小组成员。": ["成员 钱进 市海关关长"],
    "钱进同志不再担任领导小组副组长。": [],
    "组长由市人民政府分管副市长担任。": ["组长 - 市人民政府分管副市长"],
    "副组长由市政府协管副秘书长、市水利局和市应急局主要负责同志担任。": [
        "副组长 - 市政府协管副秘书长",
        "副组长 - 市水利局主要负责同志",
        "副组长 - 市应急局主要负责同志",
    ],
    "由市水利局分管负责同志兼任办公室主任。": ["办公室主任 - 市水利局分管负责同志"],
    "评标小组组长由招标人代表担任。": [],
    "领导小组成员因工作变动需要调整的，由所在单位向领导小组办公室提出。": [],
    "办公室主任召集会议，联络员由各成员单位指定。": [],
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(sentence: str) -> None:
    assert said(memberships(HEAD + sentence + TAIL)) == SENTENCES[sentence]


def test_nested_groups_are_named_with_the_kind_of_their_parent() -> None:
    body = """组 长：王 平 市长

领导小组下设杉州市地下管网建设工作专班，具体负责组织实施。

组 长：李 静 副市长

工作专班下设办公室（设在市水利局）、资金保障组。

一、办公室

主 任：赵 敏 市水利局局长

主要职责：负责日常工作。

二、资金保障组

组 长：钱 进 市财政局局长

成员由市财政局有关人员组成。"""
    assert [(fact.group, fact.role, fact.person) for fact in memberships(HEAD + body + TAIL)] == [
        (GROUP, "组长", "王平"),
        ("杉州市地下管网建设工作专班", "组长", "李静"),
        ("工作专班办公室", "主任", "赵敏"),
        ("工作专班资金保障组", "组长", "钱进"),
    ]


@pytest.mark.parametrize(
    ("title", "before", "group"),
    [
        (f"关于成立{GROUP}的通知", "现将名单通知如下：", GROUP),
        (f"关于调整{GROUP}成员的通知", "调整后的领导小组成员名单如下：", GROUP),
        ("关于建立杉州市公平竞争工作联席会议制度的通知", "联席会议组成如下：", "杉州市公平竞争工作联席会议"),
        ("关于印发方案的通知", "（一）加强领导。市政府成立市防汛工作指挥部，统筹工作。", "市防汛工作指挥部"),
        ("关于印发方案的通知", "附件1\n\n市“三项工程”工作领导小组成员名单", "市“三项工程”工作领导小组"),
        ("关于印发预案的通知", "2.1 市防汛抗旱指挥部", "市防汛抗旱指挥部"),
        (
            "关于设立机构的通知",
            "决定成立杉州农业园（东滩）管理委员会（以下简称管委会）：",
            "杉州农业园（东滩）管理委员会",
        ),
        ("关于印发方案的通知", "成立以市长为组长的市绿化工作领导小组，名单如下：", "市绿化工作领导小组"),
    ],
)
def test_the_group_is_the_one_that_title_sentence_or_heading_names(title: str, before: str, group: str) -> None:
    head = f"杉州市人民政府办公室{title}\n\n杉政办〔2031〕7号\n\n各县、区人民政府：\n\n"
    text = f"{head}{before}\n\n副组长：王 平 副市长{TAIL}"
    assert [fact.group for fact in memberships(text) if fact.person == "王平"] == [group]


def test_a_paragraph_may_name_the_group_hold_the_list_and_go_on() -> None:
    body = (
        "组 长：王 平 市长\n\n领导小组下设两个小组：\n\n"
        "（一）综合协调组。组长：李静（市水利局局长）；成员：赵敏（市水利局副局长）、钱进（市财政局副\n"
        "局长）。主要职责：负责日常工作。\n\n（二）技术组。组长由市数据局局长孙立担任。负责技术工作。"
    )
    assert [(fact.group, fact.role, fact.person, fact.post) for fact in memberships(HEAD + body + TAIL)] == [
        (GROUP, "组长", "王平", "市长"),
        ("领导小组综合协调组", "组长", "李静", "市水利局局长"),
        ("领导小组综合协调组", "成员", "赵敏", "市水利局副局长"),
        ("领导小组综合协调组", "成员", "钱进", "市财政局副局长"),
        ("领导小组技术组", "组长", "孙立", "市数据局局长"),
    ]


def test_a_numbered_sentence_names_its_group_before_who_leads_it() -> None:
    body = "成立以副市长王平为组长的安全督查组。\n\n1、矿山、码头安全督查组，由市应急局局长李静任组长。"
    text = f"杉州市人民政府办公室关于开展安全督查的通知\n\n杉政办〔2031〕7号\n\n{body}{TAIL}"
    assert [(fact.group, fact.person) for fact in memberships(text)] == [
        ("安全督查组", "王平"),
        ("矿山、码头安全督查组", "李静"),
    ]


def test_a_numbered_list_of_groups() -> None:
    body = "1、市城市规划委员会\n主 任 委 员：王 平\n2、市环境保护委员会\n主 任：王 平\n副主任：李国静、赵 敏"
    text = f"杉州市人民政府办公室关于调整非常设机构的通知\n\n杉政办〔2031〕7号\n\n各县、区人民政府：\n\n{body}{TAIL}"
    assert [(fact.group, fact.role, fact.person) for fact in memberships(text)] == [
        ("市城市规划委员会", "主任委员", "王平"),
        ("市环境保护委员会", "主任", "王平"),
        ("市环境保护委员会", "副主任", "李国静"),
        ("市环境保护委员会", "副主任", "赵敏"),
    ]


TABLES = {
    "组内职务\t姓 名\t单位及职务\n组长\t王 平\t副市长\n成员\t李 静\t市财政局局长\n\t赵 敏\t市教育局局长": [
        "组长 王平 副市长",
        "成员 李静 市财政局局长",
        "成员 赵敏 市教育局局长",
    ],
    # the merged role cell was lost, and the row moved to the left
    "会议职务\t姓 名\t单位及职务\n召集人\t王 平\t副市长\n成员\t李 静\t市财政局局长\n赵 敏\t市教育局局长\t": [
        "召集人 王平 副市长",
        "成员 李静 市财政局局长",
        "成员 赵敏 市教育局局长",
    ],
    "序号\t姓名\t单位\t职务\t小组职务\n1\t王 平\t市财政局\t局长\t组长\n2\t李 静\t市教育局\t副局长\t成员": [
        "组长 王平 市财政局局长",
        "成员 李静 市教育局副局长",
    ],
    "姓名\t单位\t联系电话\n王 平\t市财政局\t1234567": [],
}


@pytest.mark.parametrize("table", TABLES)
def test_table(table: str) -> None:
    assert said(memberships(f"{HEAD}{table}\n{TAIL}")) == TABLES[table]


def test_a_person_named_twice_in_a_role_is_one_member() -> None:
    assert said(memberships(HEAD + "组 长：王 平 市长\n\n组长由王平同志担任。" + TAIL)) == ["组长 王平 市长"]


def test_appointment_notices_list_no_members() -> None:
    head = "杉州市人民政府人事任免\n\n杉政干〔2031〕4号\n\n各县、区人民政府：\n\n经研究决定：\n\n"
    assert memberships(head + "王平同志任杉州市招商工作领导小组办公室主任。") == []


def test_the_evidence_is_the_line_and_the_label_that_governs_it() -> None:
    text = HEAD + "成 员：王 平 市财政局局长\n李 静 临港新区社会\n事务局局长" + TAIL
    first, second = memberships(text)
    assert [place.quote for place in first.evidence] == ["成 员：王 平 市财政局局长"]
    assert [place.quote for place in second.evidence] == ["李 静 临港新区社会\n事务局局长", "成 员"]
    assert all(text[place.start : place.end] == place.quote for fact in (first, second) for place in fact.evidence)


def test_what_is_merged_over_the_rows_of_several_people_is_nobodys_post() -> None:
    rows = (
        "<tr><td>组长</td><td>王 平 副市长</td><td></td></tr>"
        "<tr><td rowspan=2>成员</td><td>李 静 市财政局局长</td><td rowspan=2>市水利局局长</td></tr>"
        "<tr><td>赵 敏 市教育局局长</td></tr>"
    )
    found = memberships(f"{HEAD}<table>{rows}</table>{TAIL}")
    assert (found[-1].person, found[-1].post) == ("赵敏", "市教育局局长")
    assert all(fact.evidence for fact in found)
