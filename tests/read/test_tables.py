"""Tables get back what OCR took from them: header levels, merged cells, pages, rows shifted to the left.

In the expected grids “^” marks a cell filled in from above.
"""

import pytest

from kg.read import read_text
from kg.read.model import Table

HEAD = "甲州市人民政府办公室关于印发甲州市分工方案的通知\n\n甲政办〔2022〕4号\n\n各县、区人民政府：\n\n"


def tables(text: str) -> list[Table]:
    (document,) = read_text(HEAD + text).documents
    return list(document.tables)


def grid(table: Table) -> list[str]:
    return ["|".join(cell.string + "^" * cell.inferred for cell in row.cells) for row in table.rows]


INDICATORS = """主要指标

领域	序号	指标	单位	2025年目标值	性质
教育	1	入学率	%	95	约束性
	2	教师数	人	300	预期性
健康	3	床位	张	6.5	预期性
"""


def test_a_label_merged_over_rows_is_filled_from_above():
    (table,) = tables(INDICATORS)
    assert table.header == ("领域", "序号", "指标", "单位", "2025年目标值", "性质")
    assert grid(table) == ["教育|1|入学率|%|95|约束性", "教育^|2|教师数|人|300|预期性", "健康|3|床位|张|6.5|预期性"]
    assert table.caption is not None
    assert table.caption.string == "主要指标"


def test_a_page_with_a_repeated_header_continues_the_table():
    (table,) = tables(
        INDICATORS + "\n领域	序号	指标	单位	2025年 目标值	性质\n	4	托位	个	4.5	预期性\n"
    )
    assert grid(table)[-1] == "健康^|4|托位|个|4.5|预期性"


def test_a_page_without_a_header_continues_the_table():
    (table,) = tables(INDICATORS + "\n	4	托位	个	4.5	预期性\n")
    assert len(table.rows) == 4


def test_another_header_begins_another_table():
    assert len(tables(INDICATORS + "\n序号	项目名称	投资\n1	甲医院	300\n")) == 2


def test_two_header_levels_are_joined():
    (table,) = tables(
        "区域	2020年实现数		2025年要求	\n"
        "	床位	医师	床位	医师\n"
        "全市	6	2	7	3\n"
        "甲县	5	1	6	2\n"
    )  # fmt: skip
    assert table.header == ("区域", "2020年实现数/床位", "2020年实现数/医师", "2025年要求/床位", "2025年要求/医师")
    assert grid(table)[0] == "全市|6|2|7|3"


def test_a_category_row_is_the_group_of_the_rows_below():
    (table,) = tables(
        "序号	指标名称	要求	牵头单位	配合单位\n"
        "一、森林网络				\n"
        "1	覆盖率	达35%以上	市林业局	各县区人民政府\n"
        "二、森林健康				\n"
        "2	多样性	保持丰富	市林业局	市城管局\n"
    )
    assert [row.group.string for row in table.rows if row.group] == ["一、森林网络", "二、森林健康"]


def test_a_category_row_without_cell_borders_does_not_part_the_table():
    (table,) = tables(
        "序号	指标名称	牵头单位\n一、森林网络\n1	覆盖率	市林业局\n二、森林健康\n2	多样性	市林业局\n"
    )
    assert table.header == ("序号", "指标名称", "牵头单位")
    assert [row.group.string for row in table.rows if row.group] == ["一、森林网络", "二、森林健康"]


RESPONSIBILITIES = """工作要求	工作任务	具体内容	牵头单位	配合单位	备注
一、要素保障	1.保障用地	优先保障重点项目用地指标和林地定额	市自然资源局	各县区人民政府
	2.保障用电	强化产业园区负荷预测，加快管网改造	市工业和信息化局	各县区人民政府
二、金融保障	3.创新担保	优先纳入推荐名单并落实贴息政策措施	市财政局	市工商联、各县区人民政府
"""


def test_a_row_that_lost_a_cell_is_put_back_by_what_its_cells_say():
    (table,) = tables(
        RESPONSIBILITIES + "4.扩大服务	引导金融机构支持企业上市融资和再融资	市财政局	各县区人民政府		\n"
    )
    assert grid(table)[-1] == "二、金融保障^|4.扩大服务|引导金融机构支持企业上市融资和再融资|市财政局|各县区人民政府|"
    assert table.rows[-1].realigned


def test_a_period_in_a_column_of_numbers_shows_that_a_row_has_moved():
    (table,) = tables(
        "学段	市、县区	学校名称	设置学位	建设年限	建设方式\n"
        "小学	市直	甲州市第三小学	1620	2022-2024	新建\n"
        "		甲州市青溪路学校	2000	2023-2025	扩建\n"
        "		甲州市滨江小学	1350	2021-2023	迁建\n"
        "		甲州市云台小学	900	2021-2022	迁建\n"
        "	乙县城南小学	1800	2022-2025	新建	\n"
    )
    assert grid(table)[-1] == "小学^|乙县城南小学||1800|2022-2025|新建"
    assert table.rows[-1].realigned


def test_units_merged_over_rows_are_filled_but_a_missing_cooperating_unit_is_not():
    merged = "	4.扩大服务	引导金融机构加大支持企业融资力度			\n"
    alone = "三、人才	5.引进人才	落实住房保障各项政策措施	市委组织部		\n"
    (table,) = tables(RESPONSIBILITIES + merged + alone)
    assert (
        grid(table)[3]
        == "二、金融保障^|4.扩大服务|引导金融机构加大支持企业融资力度|市财政局^|市工商联、各县区人民政府^|"
    )
    assert grid(table)[4] == "三、人才|5.引进人才|落实住房保障各项政策措施|市委组织部||"


def test_a_unit_line_and_a_note_belong_to_the_table():
    (table,) = tables(
        "附件 1\n\n项目计划表\n\n单位：万元\n\n序号	项目名称	总投资\n1	甲医院	300\n注：含土地费用。		\n"
    )
    assert (table.unit, table.caption and table.caption.string) == ("万元", "附件1项目计划表")
    assert table.note is not None
    assert table.note.string == "注：含土地费用。"


def test_every_cell_cites_its_own_words():
    text = HEAD + INDICATORS
    (document,) = read_text(text).documents
    (table,) = document.tables
    for row in table.rows:
        for cell in row.cells:
            if cell:
                start, end = cell.text.span()
                assert text[start:end] == cell.text.string


@pytest.mark.parametrize("form", ["项目名称			\n项目地址			\n", "申请人		身份证号码	\n"])
def test_blank_forms_hold_no_rows_that_could_be_facts(form):
    assert all(not any(cell.string.isdecimal() for cell in row.cells) for table in tables(form) for row in table.rows)


def test_leaders_and_who_answers_are_filled_though_others_are_named():
    (table,) = tables(
        "序号	工作任务	责任领导	牵头单位	配合单位\n"
        "1	编制无障碍建设规划	王明	市自然资源局	市残联\n"
        "2	改造道路盲道设施			市公安局\n"
    )
    assert grid(table)[1] == "2|改造道路盲道设施|王明^|市自然资源局^|市公安局"


def test_a_member_that_lost_its_role_cell_is_put_back():
    (table,) = tables(
        "会议职务	姓 名	单位及职务\n召集人	温若谷	副市长\n成员	常 青	市商务局副局长\n成员	卜凡	市民政局局长\n"
        "邬 梅	市消防救援支队副支队长\n"
    )
    assert grid(table)[-1] == "成员^|邬梅|市消防救援支队副支队长"


def test_a_header_over_numbers_needs_no_usual_word():
    (table,) = tables(
        "县（区）	新增就业		培训	\n"
        "	2031年	2032年	2031年	2032年\n"
        "东湖区	90	93	60	65\n"
        "西山县	80	82	50	51\n"
    )
    assert table.header == ("县（区）", "新增就业/2031年", "新增就业/2032年", "培训/2031年", "培训/2032年")
