"""Citations, as a specification: in each sentence the cited documents are marked {relation|where it is named}.

The marks are taken out before the sentence is read; what is not marked must not be found.  A document that is named
again is marked once, where its strongest relation stands.  All titles, places and numbers are invented.
"""

import re

import pytest

from kg.extract.citations import find
from kg.extract.context import Context
from kg.extract.references import is_document
from kg.facts import Citation
from kg.read import read_text
from kg.read.model import Attached, Cell, Paragraph, PrintedDocument, Row, Section, Source, Table
from kg.read.text import Text

MARK = re.compile(r"\{(basis|amends|repeals|mentions)\|([^{}]*)\}")
TITLE = "临川市人民政府办公室关于印发临川市河湖保护实施方案的通知"
OWN = "临川市河湖保护实施方案"


def printed(body: str, heading: str = "", title: str = TITLE) -> PrintedDocument:
    """A document of one plan, its body one paragraph a line, under a heading if one is given."""
    text = f"{title}\n{OWN}\n{body}"
    source = Source("a.txt", text, "0")
    root = Section("document", "", Text.at(title, 0))
    plan = Text.at(OWN, len(title) + 1)
    section = Section("plan", "", plan, root)
    if heading:
        section = Section("一、", "一、", Text(heading, [0] * len(heading)), section)
    blocks, start = [], len(title) + len(OWN) + 2
    for line in body.split("\n"):
        text_ = Text.at(line, start).squeezed()
        blocks.append(Paragraph(text_, (text_,), section))
        start += len(line) + 1
    return PrintedDocument(source, "临政办〔2022〕7号", root.title, tuple(blocks), root, attached=(Attached(plan),))


def citations(body: str, heading: str = "", title: str = TITLE) -> list[Citation]:
    return list(find(printed(body, heading, title), Context()))


def marked(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    expected = [(relation, words) for relation, words in MARK.findall(sentence)]
    return MARK.sub(r"\2", sentence), sorted(expected)


SENTENCES = [
    # --- basis: the governing word stands before one title or a list
    "根据{basis|《中华人民共和国水法》}，制定本方案。",
    "根据{basis|《水法》}、{basis|《临川市节约用水条例》}和{basis|《省用水定额》}等有关规定，结合实际，制定本方案。",
    "依据{basis|《民法典》}{basis|《不动产登记条例》}等法律法规，以及{basis|《自然资源部关于登记的通知》（自然资发〔2021〕1号）}和{basis|《指导意见》（明自然资发〔2021〕54号）}精神，制定本意见。",
    "按照{basis|《明江省水功能区划》（明政函〔2016〕258号）}要求，完成划定工作。",
    "遵照国务院{basis|《河道管理条例》}，开展整治。",
    "按{basis|《取水许可管理办法》}执行。",
    "为贯彻落实{basis|《国务院办公厅关于推进河湖长制的意见》（国办发〔2021〕22号）}精神，结合我市实际，制定本方案。",
    "为切实加强水质管理，落实{basis|《明江省人民政府关于水质的决定》（明政发〔2018〕14号）}要求，决定建立联席会议制度。",
    "结合{basis|《临川市“十四五”水安全规划》}，特制定本办法。",
    "根据{basis|《市长质量奖管理办法（2021年修订）》（临政规〔2021〕2号）}有关规定，经审议，印发{mentions|《获奖企业名录》}。",
    "根据省政府印发的{basis|《防汛预案》}，做好值守。",
    # --- mentions: carried out, met or named in passing
    "认真贯彻落实{mentions|《公务员培训规定》}，加强学习。",
    "深入实施{mentions|《“健康临川2030”规划》}，推动共建共享。",
    "市人民政府出台了{mentions|《临川市养老服务试点方案》}、{mentions|《临川市老年教育实施方案》}等政策文件。",
    "达到{mentions|《国民体质测定标准》}合格以上的人数比例提高。",
    "{mentions|《土地管理法》}施行前已建成的，按规定办理。",
    "推动本方案与{mentions|《临川市国土空间总体规划》}有效衔接。",
    "制定{mentions|《临川市企业名录》}，定期更新。",
    "本方案与{mentions|《临川市河湖管理若干规定》}不一致的，以本方案为准。",
    # --- repeals
    "2016年8月5日印发的{repeals|《临川市河湖保护实施方案》（临政办〔2016〕84号）}同时废止。",
    "{repeals|《A办法》（临政发〔2001〕3号）}、{repeals|《B办法》（临政发〔2002〕5号）}自本办法施行之日起停止执行。",
    "根据{basis|《规章制定程序条例》}，决定废止{repeals|《临川市暂住人口管理办法》（临川市人民政府令第12号）}。",
    "原{repeals|《临川市客运规定》}即行失效。",
    "2009年8月1日{repeals|市人民政府令第21号公布的《临川市绿化管理规定》}同时废止。",
    "根据{basis|《明江省规范性文件管理规定》}，市人民政府决定对部分文件予以废止。",
    # --- amends
    "三、修订{amends|《临川市公积金缴存实施办法》}",
    "{amends|《临川市公积金缴存实施办法》}第十六条修改为：建立积分机制。",
    "根据{basis|《中华人民共和国立法法》}，对{amends|《临川市犬只管理规定》（临政令〔2010〕第3号）}作如下修改：",
    # --- numbers: every form of bracket, alone, before a title, in series
    "根据{basis|国办发〔2021〕22号}文件精神，探索利用集体土地。",
    "按照{basis|明政办发[2021]127号}和{basis|国发（2004）28 号}文件要求执行。",
    "2021年8月10日{mentions|明自然资发【2021】54号《指导意见》}印发后新形成的问题不适用。",
    "依照{basis|《化学品条例》（国务院令第591号）}和{basis|中华人民共和国主席令第三十一号}公布的法律，加强管理。",
    "按照{basis|《水质标准》（GB 3838—2002）}、{basis|《监测规范》(HJ/T 91-2002)}开展监测。",
    "根据{basis|国务院办公厅关于加快发展租赁住房的意见（国办发〔2021〕22号）}，增加供给。",
    "依据{basis|《统计办法》（2019年修正）（临政令〔2009〕15号}，以下简称《办法》），《办法》另有规定的从其规定。",
    "根据{basis|《考核办法（试行）》（临政办〔2021〕 第 9 号）}开展考核；见{mentions|临政办〔2020〕8号}。",
    # --- nested and broken titles
    "印发了{mentions|《中共临川市委员会、临川市人民政府印发〈关于推进健康临川建设的决定〉及〈“健康临川2030”规划〉的通知》（临发〔2018〕2号）}。",
    "根据{basis|《明江省财政厅关于印发《专项资金管理办法》的通知》（明财规〔2020〕6号）}，安排资金。",
    "根据{basis|《明江省财政厅关于印发《专项资金管理办法》的通知（明财规〔2020〕6号）}，安排资金。",
    "根据{basis|《关于印发专项资金管理办法》的通知》（明财规〔2020〕6号）}，安排资金。",
    # --- the same document once
    "根据{basis|《中华人民共和国消防法》}制定。违反《消防法》第六十条的，予以处罚。",
    "根据{basis|《关于加强防汛的通知》（临政发〔2021〕3号}，以下简称《通知》），落实《通知》任务。",
    "实施《临川市水厂建设三年行动计划（2021—2023年）》。按照{basis|《临川市水厂建设三年行动计划》（临政办〔2021〕19号）}推进。",
    # --- no citations: what the document issues itself, short names, forms, books
    "现将《临川市河湖保护实施方案》印发给你们，请认真组织实施。",
    "《临川市河湖保护的实施方案》（以下简称《方案》）已经审议通过，各县区要落实《方案》要求。",
    "持有《取水许可证》，填写《取水申请表》，提交《商品房买卖合同（预售）》和《环境影响报告书》。",
    "出版《临川年鉴（2017）》和《红色故事》，编辑《决策要参》。",
    "临政办〔2022〕7号文件附件中的名单同时调整。",
    "京（2021）海淀区不动产权第0001号，第十六号楼，第3号桥。",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(sentence: str) -> None:
    plain, expected = marked(sentence)
    found = sorted((citation.relation, citation.evidence[0].quote) for citation in citations(plain))
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "title", "number"),
    [
        ("根据《“健康 2030”\n规划》。", None, None),
        ("根据《河湖 保护办法》（临政发〔2021〕19号）。", "河湖保护办法", "临政发〔2021〕19号"),
        ("根据《办法汇总规定》(临政发［2021］第 19 号)。", "办法汇总规定", "临政发〔2021〕19号"),
        ("根据国办发[2021]22号文件。", None, "国办发〔2021〕22号"),
        ("根据市委意见和桂政办发〔2021〕127号文件。", None, "桂政办发〔2021〕127号"),
        ("根据《矿山条例》（国务院令第 449 号）。", "矿山条例", "国务院令第449号"),
        ("根据《矿山条例》（2019年国务院令第711号公布）。", "矿山条例", "国务院令第711号"),
        ("根据国务院第588号令。", None, "国务院第588号令"),
        ("根据《森林城市评价指标》(GB/T 37342-2019)。", "森林城市评价指标", "GB/T 37342-2019"),
        ("根据省政府关于水质的意见（明政发〔2020〕4号）。", "省政府关于水质的意见", "明政发〔2020〕4号"),
    ],
)  # fmt: skip
def test_title_and_number(sentence: str, title: str | None, number: str | None) -> None:
    found = citations(sentence)
    assert [(citation.cited_title, citation.cited_number) for citation in found] == (
        [(title, number)] if title or number else []
    )


@pytest.mark.parametrize(
    ("opening", "relation"),
    [("决定废止下列文件：", "repeals"), ("决定对下列规章予以修改：", "amends"), ("下列文件继续有效：", "mentions")],
)
def test_a_list_goes_on_over_the_paragraphs_that_are_its_items(opening: str, relation: str) -> None:
    found = citations(
        f"{opening}\n1.《甲办法》（临政发〔2001〕1号）\n删去第二条。\n（二）《乙办法》；\n参见《丙办法》。"
    )
    assert [citation.relation for citation in found] == [relation, relation, "mentions"]


def test_a_list_ends_where_another_begins() -> None:
    found = citations("下列文件废止：\n1.《甲办法》\n下列文件继续有效：\n1.《乙办法》")
    assert [citation.relation for citation in found] == ["repeals", "mentions"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("编制依据", "basis"),
        ("目的和依据", "basis"),
        ("附件1 决定废止的规范性文件目录", "repeals"),
        ("宣布失效的文件", "repeals"),
        ("予以修改的规章", "amends"),
        ("继续有效的规范性文件目录", "mentions"),
        ("修改的和废止的文件", "mentions"),
        ("总体要求", "mentions"),
    ],
)
def test_a_heading_says_how_the_documents_below_are_cited(heading: str, expected: str) -> None:
    found = citations("1.《甲办法》；\n2.临川市人民政府关于禁渔的通告（临政通〔2001〕5号）", heading)
    assert [(citation.cited_title, citation.relation) for citation in found] == [
        ("甲办法", expected),
        ("临川市人民政府关于禁渔的通告", expected),
    ]


def test_a_bracket_with_two_numbers_cites_two_documents() -> None:
    found = citations("落实《关于禁渔的意见》（临发〔2020〕1号、临政发〔2020〕2号）和临政办〔2019〕3、4号文件。")
    assert [citation.cited_number for citation in found] == [
        "临发〔2020〕1号", "临政发〔2020〕2号", "临政办〔2019〕3号", "临政办〔2019〕4号",
    ]  # fmt: skip


def test_a_table_of_documents_needs_no_marks() -> None:
    lines = ["附件 废止的文件目录", "序号", "文件名称", "发文字号", "1", "关于 甲事项的通知", "临政发〔2001〕3号"]
    text, root = "\n".join(lines), Section("document", "", Text.at("附件 废止的文件目录", 0))
    cells = [Cell(Text.at(line, text.index(line))) for line in lines[1:]]
    table = Table(tuple(lines[1:4]), (Row(tuple(cells[3:])),), root)
    document = PrintedDocument(Source("a.txt", text, "0"), "临政发〔2022〕1号", root.title, (table,), root)
    (found,) = find(document, Context())
    assert (found.cited_title, found.cited_number, found.relation) == (
        "关于甲事项的通知",
        "临政发〔2001〕3号",
        "repeals",
    )
    assert [evidence.quote for evidence in found.evidence] == ["关于 甲事项的通知", "临政发〔2001〕3号"]


def test_the_title_of_an_amending_document_cites() -> None:
    found = citations("现予公布。", title="临川市人民政府关于修改《临川市公园条例实施细则》的决定")
    assert [(citation.cited_title, citation.relation) for citation in found] == [("临川市公园条例实施细则", "amends")]


def test_a_document_does_not_cite_itself() -> None:
    title = "临川市人民政府关于废止部分规章的决定"
    found = citations(f"《{title}》已经审议通过，现予公布。决定废止《临川市渡口管理办法》。", title=title)
    assert [(citation.cited_title, citation.relation) for citation in found] == [("临川市渡口管理办法", "repeals")]


def test_the_strongest_relation_holds_and_all_places_are_kept() -> None:
    found = citations("实施《临川市水厂规划》。\n根据《临川市水厂规划》，制定本方案。")
    assert [citation.relation for citation in found] == ["basis"]
    assert [evidence.quote for evidence in found[0].evidence] == ["《临川市水厂规划》", "根据", "《临川市水厂规划》"]
    assert found[0].evidence[0].start > found[0].evidence[2].start


def test_plans_of_two_periods_are_two_documents() -> None:
    found = citations("对照《临川市志事业规划（2016—2020年）》和《临川市志事业规划（2021—2025年）》。")
    assert len(found) == 2


def test_titles_in_table_cells_are_cited_and_merged_cells_counted_once() -> None:
    document = printed("正文。")
    text = document.source.text + "\n符合《划拨用地目录》的，见附表"
    source = Source("a.txt", text, "0")
    cell = Cell(Text.at("符合《划拨用地目录》的", len(document.source.text) + 1))
    table = Table((), (Row((cell, Cell(cell.text, inferred=True))),), document.root)
    whole = PrintedDocument(source, document.number, document.title, (table,), document.root)
    found = list(find(whole, Context()))
    assert [(citation.cited_title, len(citation.evidence)) for citation in found] == [("划拨用地目录", 1)]


def test_evidence_is_the_source_over_a_page_break() -> None:
    text = (
        "临川市人民政府关于加强防汛工作的通知\n\n临政发〔2022〕3号\n\n各县区人民政府：\n\n"
        "根据《明江省防汛条例》（明政发〔20\n\n21〕5号）要求，现通知如下。\n\n2022年3月1日\n"
    )
    document = read_text(text, "a.txt").documents[0]
    found = list(find(document, Context()))
    assert [(citation.cited_number, citation.relation) for citation in found] == [("明政发〔2021〕5号", "basis")]
    for evidence in found[0].evidence:
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("临川市客运管理办法（试行）", True), ("民法典", True), ("“健康临川2030”规划", True),
        ("临川教育现代化2035", True), ("明江省水功能区划图集", True), ("政府工作报告", True),
        ("关于编制临川市规划的建议", True), ("临川市实施<河道条例>办法", True), ("临川防指<预案编制大纲>", True),
        ("取水许可证", False), ("行政处罚决定书", False), ("竣工验收合格证", False), ("商品房买卖合同", False),
        ("决策要参", False), ("临川年鉴（2017）", False), ("红色故事", False), ("可行性研究报告书", False),
    ],
)  # fmt: skip
def test_what_stands_in_title_marks_is_a_document_or_not(title: str, expected: bool) -> None:
    assert is_document(title) is expected
