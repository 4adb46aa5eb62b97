"""Mentions, as a specification: everything that a fact could be made of is marked {kind|words} in the text.

All names and numbers are invented.
"""

import re
from itertools import pairwise

import pytest

from kg.extract.mentions import KINDS, mentions
from kg.facts import Place
from kg.read.model import Cell, Paragraph, PrintedDocument, Row, Section, Source, Table
from kg.read.text import Text

MARK = re.compile(rf"\{{({'|'.join(KINDS)})\|([^{{}}]*)\}}")
PLACE = Place(province="云泽省", city="澜州市")
TITLE = "通知"


def printed(*lines: str, table: tuple[str, str] | None = None) -> PrintedDocument:
    """A document of these paragraphs; a table is a label and the cell below it."""
    text = "\n".join((TITLE, *lines, *(table or ())))
    root = Section("document", "", Text.at(TITLE, 0))
    blocks: list[Paragraph | Table] = []
    start = len(TITLE) + 1
    for line in lines:
        whole = Text.at(line, start)
        blocks.append(Paragraph(whole.squeezed(), (whole,), root))
        start += len(line) + 1
    if table:
        header, cell = Cell(Text.at(table[0], start)), Cell(Text.at(table[1], start + len(table[0]) + 1))
        blocks.append(Table((header.string,), (Row((cell,)),), root))
    return PrintedDocument(Source("a.txt", text, "0"), "澜政办〔2030〕5号", root.title, tuple(blocks), root)


SENTENCES = [
    "经{agency|市人民政府}同意，由{agency|市水利局}会同{agency|市财政局}实施。",
    "{year|到2035年}，绿化率达到{quantity|85.5%}，新增绿道{quantity|1,200公里}。",
    "{year|“十四五”期间}，新增床位{quantity|不少于300张}，总投资{quantity|5亿元}。",
    "工程分三期，打造一批示范点，实现一站式服务。",
    "组长：{person|吴 亮}  副市长；副组长：{person|周小明}  {agency|市水利局}局长",
    "{person|何 健}  {agency|市财政局}局长",
    "由{person|周小明}同志负责日常工作。",
    "请各有关负责同志和全体同志出席。",
    "安全 生产工作方案",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(sentence: str) -> None:
    expected = [(kind, re.sub(r"\s", "", words)) for kind, words in MARK.findall(sentence)]
    document = printed(MARK.sub(r"\2", sentence))
    found = mentions(document, PLACE)
    assert sorted((mention.kind, mention.words) for mention in found) == sorted(expected)
    for mention in found:
        words = document.source.text[mention.start : mention.end]
        assert re.sub(r"\s", "", words) == mention.words


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("2025年目标值", "85.5", [("quantity", "85.5")]),
        ("2025年", "≥90", [("quantity", "≥90")]),
        ("总投资", "3,000", [("quantity", "3,000")]),
        ("序号", "12", []),
        ("建设年限", "2022", []),
        ("责任领导", "周 明、吴大亮", [("person", "周明"), ("person", "吴大亮")]),
        ("指标", "周 明", []),
    ],
)
def test_cells_are_read_by_the_label_of_their_column(label: str, cell: str, expected: list[tuple[str, str]]) -> None:
    found = mentions(printed(table=(label, cell)), PLACE)
    assert [(mention.kind, mention.words) for mention in found if mention.kind != "year"] == expected


def test_a_person_told_by_a_list_is_found_in_running_text_too() -> None:
    found = mentions(printed("吴大亮  副市长", "会议由吴大亮主持。"), PLACE)
    assert [(mention.kind, mention.words) for mention in found] == [("person", "吴大亮")] * 2


def test_mentions_of_one_kind_do_not_overlap_and_are_in_order() -> None:
    found = mentions(printed("组长：吴大亮  副市长", "由吴大亮同志和市水利局在2030年底前完成100公里。"), PLACE)
    assert [mention.start for mention in found] == sorted(mention.start for mention in found)
    for kind in KINDS:
        spans = [(mention.start, mention.end) for mention in found if mention.kind == kind]
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
