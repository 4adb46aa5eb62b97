"""Texts with foreign place names: every name is replaced, the rest stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.masked import mask_folder, masked


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("广西壮族自治区财政厅", "浙江省财政厅"),
        ("钦州市灵山县、浦北县人民政府", "衢州市龙游县、常山县人民政府"),
        ("钦政办〔2031〕5号", "衢政办〔2031〕5号"),
        ("桂政发〔2031〕5号", "浙政发〔2031〕5号"),
        ("自治区党委、自治区人民政府", "省委、省人民政府"),
        ("自治区级、市级", "省级、市级"),
        ("各省、自治区、直辖市人民政府", "各省、自治区、直辖市人民政府"),
        ("内蒙古自治区、宁夏回族自治区", "内蒙古自治区、宁夏回族自治区"),
        ("桂林米粉", "宁波米粉"),
        ("云江市财政局", "云江市财政局"),
    ],
)
def test_names_are_replaced(printed: str, expected: str) -> None:
    assert masked(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("钦 州市", "衢州 市"),
        ("广西壮\n\n族自治区财政厅", "浙江省\n\n财政厅"),
        ("市财政局\r\n钦南区", "市财政局\r\n柯城区"),
    ],
)
def test_white_space_within_a_name_is_kept_behind_it(printed: str, expected: str) -> None:
    assert masked(printed) == expected


def test_texts_and_keys_are_replaced_alike(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "keys").mkdir(parents=True)
    (source / "1.txt").write_bytes("\ufeff钦州市财政局\r\n".encode())
    row = {"surface": "钦州市财政局", "level": "自治区"}
    (source / "keys" / "agencies.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (source / "keys" / "notes.md").write_text("钦州", encoding="utf-8")

    mask_folder(source, target)

    assert (target / "1.txt").read_bytes() == "衢州市财政局\r\n".encode()
    copied = json.loads((target / "keys" / "agencies.jsonl").read_text(encoding="utf-8"))
    assert copied == {"surface": "衢州市财政局", "level": "省"}
    assert not (target / "keys" / "notes.md").exists()
