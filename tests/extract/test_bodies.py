"""Bodies in running text.  Each is marked 【…】; behind “=” stands the whole name where the printed one is elided."""

import re

import pytest

from kg.extract.bodies import find_bodies, is_body, kind_of
from kg.facts import Place
from kg.read.text import Text

CITY = Place("云岭省", "江岚市")
COUNTY = Place("云岭省", "江岚市", "青坪县")
NATION = Place()

_MARK = re.compile(r"【([^】=]+)(?:=([^】]+))?】")


def check(marked: str, place: Place) -> None:
    text = Text.at(_MARK.sub(r"\1", marked), 100)
    expected = [(match[1], match[2]) for match in _MARK.finditer(marked)]
    found = find_bodies(text, place)
    assert [(body.surface, body.intended) for body in found] == expected
    for body in found:
        start, end = body.text.span()
        assert text.string[start - 100 : end - 100] == body.text.string


@pytest.mark.parametrize(
    "sentence",
    [
        # departments, the party, congress, courts, people's organisations
        "经【市人民政府】同意，由【市教育局】会同【市财政局】组织实施。",
        "【市委】、【市政府】高度重视，【市委宣传部】牵头开展宣传。",
        "【市人大常委会】、【市政协】、【市中级人民法院】和【市人民检察院】要支持改革。",
        "【团市委】、【市妇联】、【市总工会】共同开展志愿服务。",
        "【市委编办】核定编制，【市委网信办】加强监测，【市政府外办】做好联络。",
        "【市市场监管局】和【市民政局】联合检查，市场监管部门要配合。",
        "报【省发展改革委】批准后，由【省财政厅】下达资金。",
        "【江岚市人民政府办公室】转发【市卫生健康委】文件。",
        "按照【市财政局（市金融办）】的要求，【市发展改革委（粮食和储备局、大数据局）】做好保障。",
        # unknown departments with a place before them
        "【市石墨烯产业促进局】负责招商，【市新经济委】会同【市公园城市局】制定细则。",
        # vertical organs, branches, zones
        "【江岚海关】、【人民银行江岚市中心支行】、【江岚银保监分局】落实差别化政策。",
        "【国家税务总局江岚市税务局】和【长湾港口管理局江岚分局】提供数据。",
        "【国家统计局江岚调查队】、【武警江岚支队】和【中共江岚市委】派员参加，【中共江岚市委员会】批准。",
        "支持【江岚高新区管委会】先行先试，【滨江新区管委经济发展局】加强服务。",
        "【自贸区江岚港片区管委】会同【自贸区江岚港片区自然资源和建设局】选址。",
        "【陆屋镇人民政府】和【青坪县水利局】按期完成。",
        "紧密结合【市人民政府】工作，旅游区隶属【市政府】。",
        # groups
        "成立【市绿廊建设领导小组】（办公室设在【市水利局】），统筹推进。",
        "成立【江岚市推进“一老一小”工作领导小组】，统筹各项工作。",
        "报【市保障性租赁住房工作领导小组办公室】备案，未经备案不得开工。",
        "【工作专班】下设【办公室=工作专班办公室】（设在【市农业农村局】）。",
        "【指挥部】下设【综合协调组=指挥部综合协调组】、【医疗防疫组=指挥部医疗防疫组】和"
        "【宣传报道组=指挥部宣传报道组】。",
        "建立健全联席会议制度，形成工作合力。",
        # a committee of a party committee; a ministry's name broken by an old character
        "组建了【中共江岚市委员会教育工作委员会】，由【中共江岚市委】领导。",
        "由自然资源部門出具意见，报【自然资源部】。",
        # a hospital named after a society is another body; kinds of institutions are counted and striven for
        "支持【青坪县红十字会医院】，由【青坪县红十字会】捐助。",
        "建成市级工程技术研究中心80家，新认定省工程研究中心3家，争创省临床医学研究中心。",
        "【市教育发展研究中心】牵头，会同【市大数据中心】实施，与大湾区相关单位合作。",
        # collectives
        "【各县区人民政府】、【各有关部门和单位】要加强协作，【市直各有关单位】积极参与。",
        "【各县（市、区）人民政府】，【各开发区、管理区管委】，【市直各委、办、局】：",
        "【各县区】、【市各有关单位】要制定方案，【县区人民政府】抓好落实。",
        "【各级人民政府】和【自贸区江岚港片区有关部门】要压实责任。",
        # lists that name the place once
        "分管【市水利局】、【农业农村局=市农业农村局】、【林业局=市林业局】、【供销社=市供销社】等方面工作。",
        "联系【市总工会】、【团市委】、【妇联=市妇联】、【社科联=市社科联】及新闻出版工作。",
        "【省科技厅】、【工业和信息化厅=省工业和信息化厅】联合认定。",
        # a numbered part of a body, and bodies of a kind in the whole city
        "联系【市税务局】、【江岚市税务局第二稽查局】，统筹规划全市疾病预防控制中心检测能力。",
        # words that only look like bodies
        "全市经济社会发展格局不断优化，产业布局更趋合理，开创新局面。",
        "教育部门要加强督导，财政部门要保障经费，公安机关依法查处。",
        "政府投资项目由业主负责，城市管理水平明显提高，上市公司达到12家，推进跨省通办。",
        "石某任东屿区常委、副区长。",
    ],
)
def test_finds_bodies_of_a_city(sentence: str) -> None:
    check(sentence, CITY)


@pytest.mark.parametrize(
    "sentence",
    [
        "【县发展和改革局】、【县经信局】、【县府办】和【富春镇人民政府】按职责分工负责。",
        "经【县政府】同意，【县委组织部】、【县人武部】、【县法院】参加。",
        "【各乡镇人民政府】、街道办事处，【县政府直属各单位】：",
    ],
)
def test_a_county_speaks_of_itself_as_the_county(sentence: str) -> None:
    check(sentence, COUNTY)


@pytest.mark.parametrize(
    "sentence",
    [
        "【教育部】、【国家发展改革委】、【财政部】、【人力资源社会保障部】按职责分工负责",
        "【生态环境部】牵头，【发展改革委】、【市场监管总局】、【国家疾控局】等参与",
        "【国务院各部委】、【各直属机构】，【各省、自治区、直辖市人民政府】：",
        "由【国务院反垄断委员会办公室】会同【国务院有关部门】建立协调机制",
        "【中央网信办】、【海关总署】加强指导，【地方各级人民政府】落实属地责任。",
    ],
)
def test_the_central_authorities_need_no_place(sentence: str) -> None:
    check(sentence, NATION)


def test_a_city_document_does_not_take_its_own_departments_for_central_ones() -> None:
    check("统计局、能源局要按月报送数据，【国家能源局】另有规定的除外。", CITY)


def test_white_space_of_the_printer_is_no_part_of_a_name() -> None:
    body = find_bodies(Text.at("由市行政 审批\n局牵头", 7), CITY)[0]
    assert (body.surface, body.text.span()) == ("市行政审批局", (8, 16))


@pytest.mark.parametrize("name", ["市教育局", "国务院", "各县区人民政府", "市发展改革委（市大数据局）", "江岚海关"])
def test_is_body(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize("name", ["周明", "2025年", "加强统筹", "负责落实的局", "市教育局、市财政局", "青坪县", "布局"])
def test_is_no_body(name: str) -> None:
    assert not is_body(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市教育局", "body"),
        ("各县区人民政府", "collective"),
        ("市直各委、办、局", "collective"),
        ("县级以上人民政府", "collective"),
        ("联席会议成员单位", "collective"),
        ("财政部门", "functional"),
        ("公安机关", "functional"),
        ("江岚临海投资集团公司", "company"),
        ("人民银行江岚市分行", "body"),
        ("市供销合作社", "body"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind
