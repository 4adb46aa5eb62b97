"""HTML pages of government sites: main text, head table, merged cells, encodings."""

from __future__ import annotations

import pytest

from kg.read.errors import ReadError
from kg.read.formats import webpage
from kg.read.issue import read_issue
from kg.read.source import from_bytes

SENTENCE = "各县、区人民政府要在年底前完成港口岸电改造，推动绿色航运发展，并将进展情况报市交通运输局汇总。"
SITE = f"""<html><head><meta charset="utf-8"><title>关于改造岸电的通知_栖澜市人民政府</title>
<meta name="ArticleTitle" content="栖澜市人民政府办公室关于改造岸电的通知"><style>p {{}}</style></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<table><tr><td>索 引 号：</td><td>QL-2031-7</td><td>主题分类：</td><td>交通</td></tr>
<tr><td>发文字号：</td><td>栖政办〔2031〕7号</td><td>成文日期：</td><td>2031年3月5日</td></tr></table>
<div id="text"><p>各县、区人民政府：</p><p>　　经市人民政府同意，现通知如下。</p><p>一、改造岸电</p>
<p>{SENTENCE * 3}</p>
<table><tr><th rowspan="2">任务</th><th colspan="2">单位</th></tr><tr><th>牵头</th><th>配合</th></tr>
<tr><td>改造</td><td rowspan="2">市交通运输局</td><td>市财政局</td></tr><tr><td>验收</td><td>市海洋局</td></tr></table>
<p>【打印】【关闭】</p></div><script>var a = "{SENTENCE}";</script>
<div style="display: none">{SENTENCE}</div><footer>版权所有 栖澜市人民政府</footer></body></html>"""


def lines(html: str, encoding: str = "utf-8") -> list[str]:
    return [line for line in webpage.read(html.encode(encoding), "a.html").text.splitlines() if line]


def test_a_page_gives_head_table_title_and_main_text() -> None:
    assert lines(SITE) == [
        "索引号：QL-2031-7",
        "主题分类：交通",
        "发文字号：栖政办〔2031〕7号",
        "成文日期：2031年3月5日",
        "栖澜市人民政府办公室关于改造岸电的通知",
        "各县、区人民政府：",
        "经市人民政府同意，现通知如下。",
        "一、改造岸电",
        SENTENCE * 3,
        "任务\t单位\t",
        "\t牵头\t配合",
        "改造\t市交通运输局\t市财政局",
        "验收\t市交通运输局\t市海洋局",
    ]


def test_the_document_of_a_page_has_the_number_of_its_head_table() -> None:
    (document,) = read_issue(from_bytes(SITE.encode(), "a.html")).documents
    assert (document.number, document.title.string) == ("栖政办〔2031〕7号", "栖澜市人民政府办公室关于改造岸电的通知")


@pytest.mark.parametrize("tag", ["dl", "ul"])
def test_a_head_table_may_be_a_list(tag: str) -> None:
    items = {"dl": "<dt>发文字号</dt><dd>栖政办〔2031〕7号</dd>", "ul": "<li>发文字号：栖政办〔2031〕7号</li>"}[tag]
    page = f"<html><body><{tag}>{items}</{tag}><div><p>{SENTENCE * 9}</p><p>{SENTENCE}</p></div></body></html>"
    assert lines(page)[0] == "发文字号：栖政办〔2031〕7号"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8-sig"), ("nonsense", "utf-8")],
)
def test_the_encoding_that_a_page_names_is_used(charset: str, encoding: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>{SENTENCE}'
    assert lines(page, encoding) == [SENTENCE]


def test_a_page_with_a_broken_byte_is_read_and_one_of_nothing_else_is_named() -> None:
    page = f"<html><head><meta charset=utf-8></head><body>{SENTENCE * 9}</body></html>".encode()
    assert SENTENCE in webpage.read(page.replace("汇".encode(), b"\xff", 1), "a.html").text
    with pytest.raises(ReadError, match=r"^a\.html: this HTML page is not in the encoding that it names"):
        webpage.read(b"<html><body>" + b"\xff" * 500, "a.html")


def test_a_page_laid_out_with_tables_is_read_as_text() -> None:
    inner = f"<table><tr><td>{SENTENCE * 2}</td></tr></table>"
    page = f"<html><body><table><tr><td><a>首页</a></td><td>{inner}</td></tr></table>"
    assert lines(page) == [SENTENCE * 2]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>第一行<br>第二行</p>", ["第一行", "第二行"]),
        ("<p>组&nbsp;长：顾　遥</p>", ["组 长：顾　遥"]),
        ("<p>市<b>水利</b>局\n  负责</p>", ["市水利局 负责"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<table><caption>分工表</caption><tr><td>甲</td><td>乙<p>丙</p></td></tr></table>", ["分工表", "甲\t乙 丙"]),
        ("<p>不小于&lt;5&gt;</p>", ["不小于<5>"]),
    ],
)
def test_markup_becomes_lines(html: str, expected: list[str]) -> None:
    assert lines(f"<html><body>{html}</body></html>") == expected


def test_html_is_known_by_its_content() -> None:
    assert from_bytes(SITE.encode(), "公报.txt").encoding == "html"
    assert from_bytes(f"<div>{SENTENCE}</div>".encode(), "a.htm").encoding == "html"
    assert from_bytes(f"文中有 <html> 字样：{SENTENCE}".encode(), "a.txt").encoding == "utf-8"


@pytest.mark.parametrize("spans", ["rowspan=99999 colspan=99999", "rowspan=-1 colspan=0", 'rowspan="x"'])
def test_absurd_spans_are_bounded(spans: str) -> None:
    page = f"<html><body><p>{SENTENCE}</p><table><tr><td {spans}>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    assert len(webpage.read(page.encode(), "a.html").text) < 2_000


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<ul><li>"])
def test_deep_nesting_ends_in_a_sentence(unit: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.html: this HTML page (?:is nested too deeply|holds no text)"):
        webpage.read(f"<html><body>{unit * 5000}{SENTENCE}".encode(), "a.html")


@pytest.mark.parametrize("data", [b"<html>", b"<html><body></body></html>", b"<!doctype html>"])
def test_a_page_without_text_is_named(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.html: "):
        from_bytes(data, "a.html")


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("<p><a>网站首页</a> | <a>政务公开</a></p>", []),
        ("<p>您当前的位置： <a>首页</a> &gt; <a>政府文件</a></p>", []),
        (
            "<p>发布时间：2031-03-08 10:22 来源：市政府办公室 浏览次数：<i>12</i> 【字体：大 小】 <a>打印</a></p>",
            [],
        ),
        ("<p>分享到：<a>微信</a><a>微博</a></p>", []),
        ("<h3>相关文档</h3><ul><li><a>港口规划解读</a></li><li><a>图解</a></li></ul>", []),
        ("<p>上一篇：<a>关于供水的通知</a> 下一篇：<a>关于防汛的通知</a></p>", []),
        ("<p>主办：市政府办公室　承办：市大数据局</p><p>联系电话：0777-0000000</p>", []),
        ("<p>版权所有 栖澜市人民政府　ICP备00000001号</p><p>电话：0777</p>", []),
        # What looks like it, and is the document's own
        ("<p>附件：<a>任务分工表.doc</a></p>", ["附件：任务分工表.doc"]),
        ("<p><a>1.任务分工表.xlsx</a></p>", ["1.任务分工表.xlsx"]),
        ("<p><a>市水利局</a>负责供水。</p>", ["市水利局负责供水。"]),
        ("<p>时间：2031年3月8日</p>", ["时间：2031年3月8日"]),
        ("<p>大中小学校都要安装岸电。</p>", ["大中小学校都要安装岸电。"]),
    ],
)
def test_what_a_site_puts_around_a_document_is_left_out(around: str, left: list[str]) -> None:
    # A document so short that the page around it holds a good part of the words
    page = f"<html><body><div><p>{SENTENCE}</p>{around}</div></body></html>"
    assert lines(page) == [SENTENCE, *left]


def test_words_of_a_foot_in_the_middle_of_a_document_do_not_end_it() -> None:
    page = f"<html><body><p>网站要公布ICP备案号和版权所有者。</p>{f'<p>{SENTENCE}</p>' * 20}</body></html>"
    assert len(lines(page)) == 21
