"""Posts, as a specification: a list as printed, and each post as “organisation/post (remark)”.  Bodies are invented."""

import pytest

from kg.extract.posts import is_post, posts
from kg.read.text import Text

LISTS = {
    "杉州市财政局副局长": ["杉州市财政局/副局长"],
    "杉州市人民政府办公室四级调研员": ["杉州市人民政府办公室/四级调研员"],
    "二级调研员": ["/二级调研员"],
    "杉州市公安局一级高级警长": ["杉州市公安局/一级高级警长"],
    "财政部部长助理": ["财政部/部长助理"],
    "杉州市财政局总会计师": ["杉州市财政局/总会计师"],
    "市工商联第六届执行委员会副主席": ["市工商联第六届执行委员会/副主席"],
    "驻桐国特命全权大使": ["驻桐国/特命全权大使"],
    # --- remarks in brackets behind the post, not within the organisation
    "杉州市粮食局局长（兼）": ["杉州市粮食局/局长 (兼)"],
    "国务院副秘书长（正部长级）": ["国务院/副秘书长 (正部长级)"],
    "杉州市残联副理事长（挂任期二年）": ["杉州市残联/副理事长 (挂任期二年)"],
    "杉州市临港（西湾）经济区管委会主任": ["杉州市临港（西湾）经济区管委会/主任"],
    "桐县人民政府副县长（女）": ["桐县人民政府/副县长"],
    # --- lists: an organisation that is not printed again is the one before
    "杉州市森林公安局局长、督察长（兼）": ["杉州市森林公安局/局长", "杉州市森林公安局/督察长 (兼)"],
    "杉州市公安局局长兼督察长": ["杉州市公安局/局长", "杉州市公安局/督察长"],
    "杉州市林业局党组书记、局长": ["杉州市林业局/党组书记", "杉州市林业局/局长"],
    "杉州大学党委常委、副校长": ["杉州大学/党委常委", "杉州大学/副校长"],
    "杉州市委办副主任、杉州市档案局局长、市史志办主任": ["杉州市委办/副主任", "杉州市档案局/局长", "市史志办/主任"],
    "市财政局局长和市国资委主任": ["市财政局/局长", "市国资委/主任"],
    "市委常委、统战部部长，市政府副市长": ["市委/常委", "统战部/部长", "市政府/副市长"],
    "杉州高新区工委书记、管委主任": ["杉州高新区工委/书记", "管委/主任"],
    "市政府办副主任（兼市信访局局长）": ["市政府办/副主任", "市信访局/局长 (兼)"],
    # --- the head of a county is of the county, not of its committee; a judge is of the court, not of the division
    "桐县县委常委、副县长": ["桐县县委/常委", "桐县/副县长"],
    "杉州市委宣传部部长、副市长": ["杉州市委宣传部/部长", "/副市长"],
    "桐县人民法院刑事审判庭副庭长、审判员": ["桐县人民法院刑事审判庭/副庭长", "桐县人民法院/审判员"],
    # --- what is no post does not end an item
    "市委组织部、宣传部副部长": ["市委组织部、宣传部/副部长"],
    "杉州市发展和改革委员会副主任": ["杉州市发展和改革委员会/副主任"],
    "市财政局": [],
    "": [],
}  # fmt: skip


@pytest.mark.parametrize("printed", LISTS)
def test_posts_of_a_list(printed: str) -> None:
    found = [
        f"{post.organisation or ''}/{post.post}" + (f" ({post.note})" if post.note else "")
        for post in posts(Text.at(printed, 0))
    ]
    assert found == LISTS[printed]


@pytest.mark.parametrize("string", ["市财政局局长", "局长（兼）", "副局长", "市长助理", "主要负责同志", "分管领导"])
def test_ends_with_a_post(string: str) -> None:
    assert is_post(string)


@pytest.mark.parametrize("string", ["市财政局", "经济增长", "自贸区工业与", "人员", "工作", "成长", ""])
def test_does_not_end_with_a_post(string: str) -> None:
    assert not is_post(string)


def test_a_post_knows_its_place() -> None:
    [post] = posts(Text.at("杉州市财政局副局长", 50))
    assert post.organisation is not None
    assert post.organisation.span() == (50, 56)
    assert post.post.span() == (56, 59)
