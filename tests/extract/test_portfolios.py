"""Portfolios, as a specification: what a notice says of a leader, and each “relation object” that follows from it.

All people and places are invented.
"""

import pytest

from kg.extract.context import Context
from kg.extract.portfolios import find
from kg.facts import Portfolio
from kg.read import read_text

HEAD = "杉州市人民政府关于市政府领导工作分工的通知\n\n杉政发〔2031〕9号\n\n各县、区人民政府，市直各单位：\n\n"
TAIL = "\n\n杉州市人民政府\n\n2031年3月5日\n"


def portfolios(text: str) -> list[Portfolio]:
    return [fact for document in read_text(text).documents for fact in find(document, Context())]


def said(body: str) -> list[str]:
    return [f"{fact.person} {fact.relation} {fact.object}" for fact in portfolios(HEAD + body + TAIL)]


STATEMENTS = {
    "主持市人民政府全面工作。": ["主持 市人民政府全面工作"],
    "领导市政府全面工作。": ["领导 市政府全面工作"],
    "分管市审计局。": ["分管 市审计局"],
    "分管市公安局、市司法局和市监狱管理局。": ["分管 市公安局", "分管 市司法局", "分管 市监狱管理局"],
    "分管市财政局（金融办）、审计局。": ["分管 市财政局（金融办）", "分管 审计局"],
    "分管市发展改革委（粮食和储备局、大数据局）、统计局。": [
        "分管 市发展改革委（粮食和储备局、大数据局）",
        "分管 统计局",
    ],
    "分管临港新区管委，市科技局、地方志办。": ["分管 临港新区管委", "分管 市科技局", "分管 地方志办"],
    "联系市总工会，团市委，市妇联。": ["联系 市总工会", "联系 团市委", "联系 市妇联"],
    "联系和协调海关、海事、边检等有关工作。": ["联系和协调 海关", "联系和协调 海事", "联系和协调 边检"],
    # --- helping somebody
    "协助市长、常务副市长处理市政府日常工作。": ["协助处理 市政府日常工作"],
    "协助副市长分管市民政局、商务局。": ["协助分管 市民政局", "协助分管 商务局"],
    "协助分管市热线管理中心。": ["协助分管 市热线管理中心"],
    "协助李静同志分管应急局、统计局。": ["协助分管 应急局", "协助分管 统计局"],
    "协助李静同志抓好招商引资工作。": ["协助抓 招商引资工作"],
    "协助市长日常工作。": ["协助 市长日常工作"],
    "协助副市长联系和协调市气象局、水文中心等有关工作。": ["协助联系和协调 市气象局", "协助联系和协调 水文中心"],
    # --- fields of work, and what closes their list
    "负责财政、税务、统计工作。": ["负责 财政", "负责 税务", "负责 统计"],
    "负责工业和信息化、商务、招商引资等方面工作。": ["负责 工业和信息化", "负责 商务", "负责 招商引资"],
    "负责教育、科技等方面的工作。": ["负责 教育", "负责 科技"],
    "协助市长负责财政、审计方面的工作。": ["协助负责 财政", "协助负责 审计"],
    "负责与市人大、市政协的联系工作。": ["联系 市人大", "联系 市政协"],
    "分管外事工作。": ["分管 外事工作"],
    "分管市水利局、林业局及防汛、对台事务等方面工作。": ["分管 市水利局", "分管 林业局", "分管 防汛", "分管 对台事务"],
    "分管市海洋局、住房公积金中心及煤电油运等经济运行管理工作。": [
        "分管 市海洋局",
        "分管 住房公积金中心",
        "分管 煤电油运等经济运行管理工作",
    ],
    "负责议案和提案办理、督查、值班等工作。": ["负责 议案和提案办理", "负责 督查", "负责 值班"],
    "负责市政府重要文件、市长文稿的起草和调研工作。": ["负责 市政府重要文件、市长文稿的起草和调研工作"],
    "负责决策咨询及《杉州调研》编辑出版工作。": ["负责 决策咨询", "负责 《杉州调研》编辑出版工作"],
    # --- several statements in a sentence, labels, other verbs
    "负责文稿起草工作，分管综合科、信息科。": ["负责 文稿起草工作", "分管 综合科", "分管 信息科"],
    "兼市公安局局长，负责公安、信访等工作。": ["负责 公安", "负责 信访"],
    "分管部门：市商务局、市口岸办。": ["分管 市商务局", "分管 市口岸办"],
    "联系单位：市工商联、海关。": ["联系 市工商联", "联系 海关"],
    "牵头粮食安全工作。": ["牵头 粮食安全工作"],
    "派驻临港新区参加工业振兴工作。": ["派驻 临港新区", "参加 工业振兴工作"],
    "分管市 12345 热线管理中心。": ["分管 市12345热线管理中心"],
    # --- nothing that is theirs
    "完成市长交办的其他工作。": [],
    "在省委党校学习。": [],
    "与李静同志互为AB角。": [],
    "不再分管市林业局。": [],
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statement_under_a_leaders_heading(statement: str) -> None:
    assert said(f"王平同志\n\n{statement}") == [f"王平 {words}" for words in STATEMENTS[statement]]


HEADINGS = [
    "王平同志",
    "王 平 市长",
    "市长 王 平",
    "王平市长",
    "市长王平",
    "王 平常务副市长",
    "王平（市委常委、常务副市长）",
    "市委常委、常务副市长王平同志",
    "一、王平同志",
    "（一）市政府秘书长王平",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_names_the_leader(heading: str) -> None:
    assert said(f"{heading}\n\n分管市审计局。") == ["王平 分管 市审计局"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_leader_may_stand_before_a_colon(heading: str) -> None:
    assert said(f"{heading}：分管市审计局。联系市人大。") == ["王平 分管 市审计局", "王平 联系 市人大"]


def test_the_leader_may_be_the_subject_of_a_sentence() -> None:
    body = (
        "市政府秘书长欧阳明同志负责市政府办公室全面工作；李静副市长受市长委托，负责水利、林业工作，牵头粮食安全工作。"
    )
    assert said(body) == [
        "欧阳明 负责 市政府办公室全面工作",
        "李静 负责 水利",
        "李静 负责 林业",
        "李静 牵头 粮食安全工作",
    ]


def test_a_page_end_may_cut_a_statement() -> None:
    assert said("王平同志\n\n协助副市长联系市税务局、明江税务局\n\n第四稽查局。\n\n分管市审计局。") == [
        "王平 协助联系 市税务局",
        "王平 协助联系 明江税务局第四稽查局",
        "王平 分管 市审计局",
    ]


def test_what_follows_the_leaders_is_nobodys() -> None:
    body = "一、王平同志分管市审计局。\n\n二、互补机制\n\n分管工作由补位领导负责。"
    assert said(body) == ["王平 分管 市审计局"]


def test_a_change_of_hands_is_no_object() -> None:
    assert said("王平同志\n\n分管市水利局。\n\n李静同志分管的市林业局改由王平同志分管。") == ["王平 分管 市水利局"]


def test_a_table_of_leaders() -> None:
    body = (
        "姓名\t职务\t工作分工\t分管单位\t联系单位\n"
        "王 平\t市长\t主持市人民政府全面工作。\t市审计局\t\n"
        "李 静\t副市长\t负责财政、税务工作。\t市财政局、市统计局\t市税务局\n"
    )
    assert said(body) == [
        "王平 主持 市人民政府全面工作",
        "王平 分管 市审计局",
        "李静 负责 财政",
        "李静 负责 税务",
        "李静 分管 市财政局",
        "李静 分管 市统计局",
        "李静 联系 市税务局",
    ]


@pytest.mark.parametrize(
    "title",
    ["杉州市人民政府办公室关于印发重点任务分工方案的通知", "杉州市人民政府关于加强水利工作的通知"],
)
def test_other_notices_share_out_no_portfolios(title: str) -> None:
    text = f"{title}\n\n杉政发〔2031〕9号\n\n各县、区人民政府：\n\n王平同志\n\n分管市审计局。{TAIL}"
    assert portfolios(text) == []


def test_the_evidence_is_the_object_then_the_verb_then_the_leader() -> None:
    text = f"{HEAD}王 平同志\n\n协助市长分管市财政局、审计局。{TAIL}"
    _, second = portfolios(text)
    assert [place.quote for place in second.evidence] == ["审计局", "协助市长分管", "王 平"]
    assert all(text[place.start : place.end] == place.quote for place in second.evidence)
