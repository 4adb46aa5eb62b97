"""Personal names: what is one, how a run of them splits, and where one ends in a printed line.  All are invented."""

import pytest

from kg.extract.names import glued_name, is_name, leading_name, names, trailing_name
from kg.read.text import Text


def at(string: str) -> Text:
    return Text.at(string, 100)


@pytest.mark.parametrize(
    "string",
    [
        "王平",
        "李国民",
        "欧阳明",
        "司马长风",
        "覃小兰",
        "买买提·艾山",
        "阿卜杜拉·热合曼·图尔迪",
        "郑和平",
        "黎培科",
        "马晓镇",
    ],
)
def test_is_a_name(string: str) -> None:
    assert is_name(string)


@pytest.mark.parametrize(
    "string",
    [
        "成员",
        "相关",
        "全市",
        "局长",
        "副主任",
        "常务副",
        "高新区",
        "应急局",
        "于洪街道办",
        "宣传部",
        "王平同志",
        "欧阳",
        "广西",
        "全国妇联",
        "",
    ],
)
def test_is_no_name(string: str) -> None:
    assert not is_name(string)


def test_without_a_known_surname_only_the_loose_test_takes_a_name() -> None:
    assert not is_name("扎西次仁")
    assert is_name("扎西次仁", strict=False)
    assert not is_name("各区", strict=False)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("周明、吴大亮", ["周明", "吴大亮"]),
        ("周 明、吴大亮", ["周明", "吴大亮"]),
        ("周 明 吴大亮", ["周明", "吴大亮"]),
        ("周 明  吴 亮", ["周明", "吴亮"]),
        ("周 吴 明 亮", ["周明", "吴亮"]),  # wrapped in a narrow cell: two names in columns
        ("王 平 李 静", ["王平", "李静"]),
        ("王平，李静；赵敏", ["王平", "李静", "赵敏"]),
        ("王平\n李静", ["王平", "李静"]),
        ("王平和李静", ["王平", "李静"]),
        ("郑和平、和 平", ["郑和平", "和平"]),  # 和 in a name separates nothing
        ("李 大 明", ["李大明"]),
        ("欧阳 明 司马 光", ["欧阳明", "司马光"]),
        ("王平（女）、李静（苗族）", ["王平", "李静"]),
        ("买买提·艾山、王平", ["买买提·艾山", "王平"]),
        ("市财政局", None),
        ("王平、市财政局", None),
        ("　", None),
    ],
)
def test_a_run_of_names(printed: str, expected: list[str] | None) -> None:
    found = names(at(printed))
    assert (found and [name.string for name in found]) == expected


def test_a_name_in_a_run_knows_its_place() -> None:
    found = names(at("王平、李 静"))
    assert found is not None
    assert [name.span() for name in found] == [(100, 102), (103, 106)]


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("何 健 市自然资源局副局长", "何健", "市自然资源局副局长"),
        ("何国健 市自然资源局副局长", "何国健", "市自然资源局副局长"),
        ("  何  健　 市长", "何健", "市长"),
        ("欧阳 明 副市长", "欧阳明", "副市长"),
        ("何 健（女） 市长", "何健", "市长"),
        ("何健（女，壮族） 市长", "何健", "市长"),
        ("何健（市长）", "何健", "（市长）"),
        ("艾合买提·买买提 区长", "艾合买提·买买提", "区长"),
        ("何健", "何健", ""),
    ],
)
def test_a_line_that_begins_with_a_name(line: str, name: str, rest: str) -> None:
    found = leading_name(at(line))
    assert found is not None
    assert (found[0].string, found[1].string) == (name, rest)


@pytest.mark.parametrize("line", ["事务局 协理局长", "局长", "市自然资源局副局长", "成员 市财政局", "和建设局局长"])
def test_a_line_that_begins_with_something_else(line: str) -> None:
    assert leading_name(at(line)) is None


@pytest.mark.parametrize(
    ("text", "before", "name"),
    [("市财政局 王 平", "市财政局", "王平"), ("市长 王平", "市长", "王平"), ("市长 王平（女）", "市长", "王平")],
)
def test_a_text_that_ends_with_a_name(text: str, before: str, name: str) -> None:
    found = trailing_name(at(text))
    assert found is not None
    assert (found[0].string, found[1].string) == (before, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王平市财政局局长", "王平"),
        ("王国平市财政局局长", "王国平"),
        ("马凯国务院副总理", "马凯"),
        ("王保安财政部副部长", "王保安"),
        ("李念修发展改革委副主任", "李念修"),
        ("钱坤市统计局局长", "钱坤"),
        ("马凯副市长", "马凯"),
        ("陈大寅常务副市长", "陈大寅"),
        ("陈爱民市长", "陈爱民"),
    ],
)
def test_a_name_with_nothing_behind_it(text: str, name: str) -> None:
    found = glued_name(at(text))
    assert found is not None
    assert found[0].string == name
    assert found[0].string + found[1].string == text


@pytest.mark.parametrize("text", ["常山县县长", "全国妇联副主席", "市财政局局长"])
def test_a_place_or_body_is_not_split_into_name_and_post(text: str) -> None:
    assert glued_name(at(text)) is None
