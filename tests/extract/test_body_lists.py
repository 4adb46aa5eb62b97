"""Lists of bodies: every item is a body.  Items stand one a line behind the list, “=” before what they leave out."""

import pytest

from kg.extract.bodies import split_bodies
from kg.facts import Place
from kg.read.text import Text

CITY = Place("云岭省", "江岚市")


@pytest.mark.parametrize(
    ("printed", "items"),
    [
        # marks of every kind, white space, nothing
        ("市民政局、市财政局，市教育局；市水利局", "市民政局 市财政局 市教育局 市水利局"),
        ("市民政局 市财政局", "市民政局 市财政局"),
        ("市民政局市财政局", "市民政局 市财政局"),
        ("市民政局\n市财政局", "市民政局 市财政局"),
        ("市发展改革委市大数据局", "市发展改革委 市大数据局"),
        ("市教育局和市财政局", "市教育局 市财政局"),
        ("市教育局会同市财政局、市审计局", "市教育局 市财政局 市审计局"),
        ("市委市政府", "市委 市政府"),
        # marks that belong to a name
        ("市住房和城乡建设局、市文化和旅游局", "市住房和城乡建设局 市文化和旅游局"),
        ("市发展改革委（市大数据局）、市财政局(市金融办)", "市发展改革委（市大数据局） 市财政局（市金融办）"),
        (
            "各县、区人民政府，各开发区、管理区管委，市直各委、办、局：",
            "各县、区人民政府 各开发区、管理区管委 市直各委、办、局",
        ),
        ("各市、县（市、区）人民政府，省政府各部门", "各市、县（市、区）人民政府 省政府各部门"),
        ("各市、州、县委、政府，省直各委、办、厅、局", "各市、州、县委、政府 省直各委、办、厅、局"),
        ("各区县（自治县）人民政府、市政府有关委、办、局", "各区县（自治县）人民政府 市政府有关委、办、局"),
        ("各镇(街道)人民政府(办事处)，各区、镇、办事处", "各镇（街道）人民政府（办事处） 各区、镇、办事处"),
        ("市、县（市、区）人民政府，各苏木乡镇人民政府", "市、县（市、区）人民政府 各苏木乡镇人民政府"),
        ("市直各委、办、局，中央、省驻江岚各单位", "市直各委、办、局 中央、省驻江岚各单位"),
        ("国家税务总局江岚市税务局、人民银行江岚市中心支行", "国家税务总局江岚市税务局 人民银行江岚市中心支行"),
        # names broken by the printer
        ("市行政 审批局、市住房\n城乡建设局", "市行政审批局 市住房城乡建设局"),
        ("市行政 审批局\n市 财政局", "市行政审批局 市财政局"),
        ("市委 宣传部", "市委宣传部"),
        ("东桥街道 西桥街道", "东桥街道 西桥街道"),
        ("经开区 高新园（西桥镇） 各街道 市属企业", "经开区 高新园（西桥镇） 各街道 市属企业"),
        # what stands behind the last item
        ("市教育局、市财政局按职责分工负责", "市教育局 市财政局"),
        ("市教育局、市财政局等部门按职责分工负责", "市教育局 市财政局"),
        ("市教育局、市财政局等有关单位", "市教育局 市财政局"),
        ("市教育局、市财政局等", "市教育局 市财政局"),
        ("市教育局、市财政局分别负责", "市教育局 市财政局"),
        # heads left out
        ("滨江新区管委经济发展局、社会事务局", "滨江新区管委经济发展局 社会事务局=滨江新区管委社会事务局"),
        ("市委组织部、宣传部", "市委组织部 宣传部=市委宣传部"),
        ("市教育局、财政局、江岚海关", "市教育局 财政局=市财政局 江岚海关"),
        ("市发展改革委、统计局、江岚供电局", "市发展改革委 统计局=市统计局 江岚供电局"),
        ("自贸区江岚港片区经济发展局、财政金融局", "自贸区江岚港片区经济发展局 财政金融局=自贸区江岚港片区财政金融局"),
        # class words left out
        ("甲区、乙区人民政府", "甲区=甲区人民政府 乙区人民政府"),
        ("东屿区、西屿区人民政府", "东屿区=东屿区人民政府 西屿区人民政府"),
        ("市财政、民政局", "市财政=市财政局 民政局=市民政局"),
        ("市发展改革、财政、教育局", "市发展改革=市发展改革局 财政=市财政局 教育局=市教育局"),
        # nothing to put back
        ("市重点任务督查办公室、市财政局", "市重点任务督查办公室 市财政局"),
        ("县教育局、富春镇人民政府、青坪经济开发区管委会", "县教育局 富春镇人民政府 青坪经济开发区管委会"),
        ("教育部、发展改革委、财政部", "教育部 发展改革委 财政部"),
        ("市科技局、江岚大学、市属国有企业", "市科技局 江岚大学 市属国有企业"),
        ("市直各单位，中央、省在江各单位", "市直各单位 中央、省在江各单位"),
        ("自贸区江岚港片区，各县区人民政府", "自贸区江岚港片区 各县区人民政府"),
        ("", ""),
        ("等部门", ""),
    ],
)
def test_splits(printed: str, items: str) -> None:
    expected = [(name, whole or None) for name, _, whole in (item.partition("=") for item in items.split())]
    assert [(body.surface, body.intended) for body in split_bodies(Text.at(printed, 0), CITY)] == expected


def test_every_item_knows_its_place() -> None:
    text = Text.at("市行政 审批局、市 财政局负责", 50)
    assert [body.text.span() for body in split_bodies(text)] == [(50, 57), (58, 63)]


def test_the_organs_of_the_centre_have_no_head_to_leave_out() -> None:
    bodies = split_bodies(Text.at("国家发展改革委、统计局、能源局", 0), Place())
    assert [body.intended for body in bodies] == [None, None, None]


def test_kinds_of_items() -> None:
    bodies = split_bodies(Text.at("市教育局、各县区人民政府、卫生健康部门、江岚城建集团公司", 0), CITY)
    assert [body.kind for body in bodies] == ["body", "collective", "functional", "company"]
