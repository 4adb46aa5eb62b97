"""Lines that a page or column end has cut are one paragraph again; headings, lists of people and tables are not joined.

Each case is a text of lines; “|” marks where paragraphs must end.
"""

import pytest

from kg.read.lines import lines
from kg.read.paragraphs import pieces

JOINED = {
    "a word cut by a page end": "加强传染病监测，提高早期发现能力，完善应急预\n\n案和处置机制。",
    "after an enumeration comma": "重点监测霍乱、鼠疫、\n\n登革热。",
    "a responsibility bracket cut after its colon": "推进绿色信贷。〔牵头单位：\n\n市财政局；配合单位：各县区人民政府]",
    "a bracket cut between two names": "（市教育局、市民政局、市\n\n农业农村局按职责分工负责）",
    "a numbered item among sentences": "（一）做好造林。|（二）做好景区、公园、湿\n\n地等保护。|（三）做好宣传。",
    "a short first line that begins a long sentence": "加强城市医疗集团的网格化布局\n\n管理，整合资源，明确分工。",
    "a long list of units": "责任单位：市教育局、市民政局、市财政局、市司法局、市公安局、市自然\n\n资源局、市水利局。",
    "an article": "第十条 信用评价得分等于优良行为信息得分\n\n减去不良行为信息扣分。",
    "a word that was printed twice over the page end": "开启新征程，全面建设社会主义现代化\n\n现代化国家。",
}
KEPT = {
    "a heading without a stop": "第一节 发展基础|五年来，全市科技创新取得明显成效。",
    "a numbered heading": "一、增强创新能力|引导企业加大研究投入，提升水平。",
    "two sentences": "甲工作已经完成。|乙工作正在推进。",
    "a plan's title before its first sentence": "甲州市科技创新规划|为深入实施创新驱动战略，制定本规划。",
    "a date": "请认真组织实施，确保完成各项任务，按时报送|2022年3月9日",
    "people, a line each": "组 长：王 明 市长|副组长：李大川 副市长|赵 亮 市财政局局长|欧阳雪 市教育局局长",
    "a wrapped post stays a line of its own": "成 员：何 健 高新区自然资源|和建设局局长",
    "a new numbered item": "落实各项要求，加强统筹协调，形成|2.强化保障。",
    "who shares in a task, a line each": "新增学位5千个，惠及12镇|责任单位：市教育局|完成时限：9月底|改造食堂。",
    "the name of a leader": "王明同志|负责市人民政府全面工作。",
    "a note below a table": "指标|注：数值为年均增长率。",
}


@pytest.mark.parametrize("marked", [*JOINED.values(), *KEPT.values()], ids=[*JOINED, *KEPT])
def test_paragraph_ends(marked):
    expected = ["".join(part.split()) for part in marked.split("|")]
    source = "\n\n".join(marked.split("|"))
    assert ["".join(piece.text.string.split()) for piece in pieces(list(lines(source)))] == [
        part.replace("现代化现代化", "现代化") for part in expected
    ]


def test_a_sentence_is_joined_over_the_table_that_floated_into_it():
    source = (
        "推动和支持行业龙头企业牵头建设省级产业创新中心，加快攻克一批关键核心技术难题，争创省级技术创新中\n\n"
        "专栏 1 核心指标\n\n序号\t指标\t2025年\n1\t研发投入\t60\n\n注：指标为年均增长率。\n\n"
        "心和制造业创新中心，各建成 1 家以上。"
    )
    texts = [piece.text.string for piece in pieces(list(lines(source))) if not piece.rows]
    assert texts[0].endswith("争创省级技术创新中心和制造业创新中心，各建成1家以上。")
    assert texts[1:] == ["专栏1核心指标", "注：指标为年均增长率。"]


def test_a_sentence_is_joined_over_a_box_of_prose_by_the_word_that_was_cut():
    source = (
        "推进优质均衡发展县区创建，完善督导评估机制，东湖区、西山县分批申请，2032年率先通过省级验\n\n"
        "专栏 2 重点工程\n\n“一街一园”工程。改造闲置用房，新增托位。\n\n"
        "收，2034年其他县区全部通过验收，并做好验收总结。"
    )
    texts = [piece.text.string for piece in pieces(list(lines(source)))]
    assert texts[0].endswith("率先通过省级验收，2034年其他县区全部通过验收，并做好验收总结。")
    assert texts[2] == "“一街一园”工程。改造闲置用房，新增托位。"
