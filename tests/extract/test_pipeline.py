"""The extractors are components of a spaCy pipeline, usable in anyone's; their facts are spans of the Doc too."""

import subprocess
import sys

import pytest
import spacy

from kg.extract import extract
from kg.extract.confidence import PRIOR_WEIGHT, confidence
from kg.extract.pipeline import COMPONENTS, load
from kg.facts import Assignment
from kg.read import read_text

TEXT = """甲州市人民政府办公室关于印发甲州市托育服务实施方案的通知

甲政办〔2031〕5号

各县、区人民政府：

现将《甲州市托育服务实施方案》印发给你们。

甲州市托育服务实施方案

一、重点任务

（一）增加普惠托位。到2033年，每千人口拥有托位数达到4.5个。（牵头单位：市卫生健康委；配合单位：市教育局）
"""


def test_tokens_are_characters():
    doc = load().make_doc("市教 育局\n")
    assert [token.text for token in doc] == list("市教 育局\n")
    assert doc.text == "市教 育局\n"


def test_all_kinds_run_in_one_pipeline():
    assert load().pipe_names == [f"kg_{kind}" for kind in COMPONENTS]


def test_the_facts_of_a_document_are_found_with_their_places():
    (document,) = read_text(TEXT).documents
    assignments = [fact for fact in extract(document) if isinstance(fact, Assignment)]
    assert [(fact.agency, fact.role, fact.task) for fact in assignments] == [
        ("市卫生健康委", "lead", "增加普惠托位"),
        ("市教育局", "cooperating", "增加普惠托位"),
    ]
    for fact in assignments:
        for evidence in fact.evidence:
            assert TEXT[evidence.start : evidence.end] == evidence.quote


def test_a_component_works_in_anyones_pipeline():
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_assignments")
    doc = nlp(TEXT)
    assert [fact.agency for fact in doc._.facts] == ["市卫生健康委", "市教育局"]
    assert [span.text for span in doc.spans["assignments"]][-1].endswith("市教育局")


def test_spacy_knows_the_components_without_an_import_of_ours():
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('kg_targets'); print(nlp.pipe_names)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['kg_targets']"


@pytest.mark.parametrize(
    ("counted", "given"),
    [
        ((0, 0), 0.9),
        ((90, 0), (90 + 0.9 * PRIOR_WEIGHT) / (90 + PRIOR_WEIGHT)),
        ((50, 50), (50 + 0.9 * PRIOR_WEIGHT) / (100 + PRIOR_WEIGHT)),
    ],
)
def test_confidence_is_what_was_counted(counted, given):
    assert confidence("targets.table", 0.9, {("targets.table", 0.9): counted}) == pytest.approx(given, abs=5e-4)


def test_no_rule_is_certain():
    assert confidence("targets.table", 1.0, {}) < 1.0
