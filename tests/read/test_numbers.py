"""Document numbers, dates and Chinese numerals in every form that is printed."""

import re

import pytest

from kg.read.numbers import NUMBER, chinese_number, iso_date, normal_numbers


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("甲政发〔2022〕4号", ("甲政发〔2022〕4号",)),
        ("甲政办〔2022〕26 号", ("甲政办〔2022〕26号",)),
        ("甲政办规[2022]2号", ("甲政办规〔2022〕2号",)),
        ("甲卫规【2022】1号", ("甲卫规〔2022〕1号",)),
        ("国办发（2021）40号", ("国办发〔2021〕40号",)),
        ("甲政干〔2022〕12、13 号", ("甲政干〔2022〕12号", "甲政干〔2022〕13号")),
        ("甲政干〔2023〕1、2、3号", ("甲政干〔2023〕1号", "甲政干〔2023〕2号", "甲政干〔2023〕3号")),
        ("甲州市人民政府令第58号", ("甲州市人民政府令第58号",)),
        ("甲 政 发〔 2022 〕第 4 号", ("甲政发〔2022〕4号",)),
    ],
)
def test_document_numbers(printed, normal):
    assert normal_numbers(printed) == normal


@pytest.mark.parametrize(
    "words", ["根据2022年第4号会议", "〔2022〕", "GB/T 37342-2019", "第4期（总第260期）", "达到100（含）号"]
)
def test_what_is_no_document_number(words):
    assert not re.search(NUMBER, words)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2022年3月9日", "2022-03-09"),
        ("2022 年 7 月 22 日", "2022-07-22"),
        ("二〇二二年三月九日", "2022-03-09"),
        ("二○二二年十二月三十一日", "2022-12-31"),
        ("二OO九年十月一日", "2009-10-01"),
        ("二00四年七月四日", "2004-07-04"),
        ("2022年13月1日", None),
        ("2022年3月", None),
    ],
)
def test_dates(printed, iso):
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    ("words", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十六", 36), ("一百零五", 105), ("17", 17), ("甲", None)],
)
def test_chinese_numerals(words, value):
    assert chinese_number(words) == value
