"""Document numbers (发文字号), dates and Chinese numerals as they are printed in heads and feet of documents."""

from __future__ import annotations

import re

_SPACE = r"[ \t\u3000\xa0]*"
_OPEN, _CLOSE = r"[〔﹝［\[【（(〈]", r"[〕﹞］\]】）)〉]"
#: Number words of 国令第…号 and the like, which carry no year bracket.
_ORDER = rf"[\u4e00-\u9fff]{{2,20}}(?:令|公告|通告){_SPACE}(?:\d{{4}}{_SPACE}年{_SPACE})?第{_SPACE}\d{{1,4}}{_SPACE}号"
_CODE = rf"[\u4e00-\u9fffA-Za-z]{{1,12}}{_SPACE}{_OPEN}{_SPACE}(?:19|20){_SPACE}\d{_SPACE}\d{_SPACE}{_CLOSE}"
_SERIAL = rf"{_SPACE}第?{_SPACE}\d[\d \t]{{0,5}}(?:{_SPACE}[、,，]{_SPACE}\d{{1,5}})*{_SPACE}号"
#: One document number, or several of one series (钦政干〔2022〕12、13号).
NUMBER = rf"(?:{_CODE}{_SERIAL}|{_ORDER})"
#: Zeros among Chinese digits, as printers set them: 二〇, 二○, 二O, 二0.
_ZERO = "零〇○ΟOoＯ0０"
DATE = (
    rf"(?:(?:19|20)\d{{2}}|[一二三四五六七八九十{_ZERO}]{{4}}){_SPACE}年{_SPACE}"
    rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}){_SPACE}月{_SPACE}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}){_SPACE}日"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys(_ZERO, 0)
_PARTS = re.compile(rf"(.+?){_SPACE}{_OPEN}\s*([\d ]+?)\s*{_CLOSE}{_SPACE}第?{_SPACE}(.+?){_SPACE}号$")


def normal_numbers(printed: str) -> tuple[str, ...]:
    """The document numbers in a printed one: ``甲政干[2022]1、2 号`` → ``甲政干〔2022〕1号``, ``甲政干〔2022〕2号``."""
    compact = re.sub(r"\s", "", printed)
    match = _PARTS.match(compact)
    if not match:
        return (compact,)
    code, year, serials = match.groups()
    return tuple(f"{code}〔{year}〕{serial}号" for serial in re.split("[、,，]", serials))


def chinese_number(words: str) -> int | None:
    """The value of a Chinese numeral below ten thousand (``一百零五``) or of digits; None for anything else."""
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            return None
    return total + digit


def iso_date(printed: str) -> str | None:
    """``2022年3月9日`` or ``二〇二二年三月九日`` as ISO 8601 (``2022-03-09``); None where it is no date."""
    match = re.fullmatch(r"(.{4})年(.{1,3})月(.{1,3})日", re.sub(r"\s", "", printed))
    if not match:
        return None
    year = "".join(str(_DIGITS.get(char, char)) for char in match.group(1))
    month, day = chinese_number(match.group(2)), chinese_number(match.group(3))
    if not year.isdecimal() or not month or not day or month > 12 or day > 31:
        return None
    return f"{year}-{month:02}-{day:02}"
