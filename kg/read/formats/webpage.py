"""HTML pages of government sites → linear text: head table (索引号、发文字号、成文日期 …), title, main text.

Sites differ in everything but this: the document is the part of the page that holds most of the words that are not
links, and the head table stands above it.  The <meta> names are those of the 政府网站发展指引 (2017).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.read.errors import ReadError
from kg.read.formats.linear import GridCell, Linear, Writer, laid_out, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What a page says of its own encoding; GB 2312 and GBK are parts of GB 18030.
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})|encoding\s*=\s*["']([\w-]{1,40})""", re.I
)
#: Of the characters of a page; what has more is in another encoding.
MAX_BROKEN_SHARE = 0.01
_CHINESE_CHARSETS = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DROPPED = (
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "iframe", "svg",
    "object", "audio", "video", "head",
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
        "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
#: One of these is never the whole of a document: what stands beside it belongs to it.
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: The labels of a head table.
_LABEL = re.compile(
    r"(?:索引号|发文机关|发文字号|发布机构|文号|成文日期|发文日期|发布日期|生成日期|公开日期|标题|名称|主题分类|主题词|"
    r"分类|组配分类|有效性|有效期|体裁|信息来源|公开方式|公文种类|废止日期|效力状态|关键词)"
)
_COLON = re.compile("[:：]")
#: What sites put around a text that is no part of it: a line is left out that consists of these alone.
_FURNITURE = re.compile(
    r"(?>扫一扫.{0,30}|[上下]一[篇条][:：]?.{0,100}|您?(?:当前|现在)的?(?:所在)?位置[:：]?.{0,100}|"
    r"(?:(?:发布|更新|录入)(?:时间|日期)|(?:时间|日期)(?=[:：]\s*\d{4}-))[:：]\s*\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}"
    r"\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?|"
    r"(?:信息|文章)?来源[:：]\s*\S{0,40}|(?:作者|责任编辑|编辑|审核|校对|录入)[:：]\s*\S{0,20}|"
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]?\s*\d*\s*次?|[【\[(（]?\s*字\s*[号体]\s*[:：]?|"
    r"大|中|小|打印|关闭|收藏|纠错|朗读|下载|返回(?:顶部)?|复制链接|本[页文]|此页|窗口|分享(?:到|至)?[:：]?|微信|微博|"
    r"相关(?:文档|文件|链接|阅读|解读|新闻|信息|文章|稿件|附件)|延伸阅读|政策解读|[】\])）\[【|｜·:：\s])++"
)
#: The foot of a site, at which a page's text has ended; and the most characters that a foot has.
_FOOT = re.compile(r"网站标识码|ICP\s*备|公网安备|版权所有|^(?:网站)?主办(?:单位)?[:：].{2,40}承办")
_LONGEST_FOOT = 500
#: A line of links alone is a menu, unless it names attachments.
_ATTACHMENT = re.compile(r"附\s*件|.+\.(?:docx?|pdf|xlsx?|wps|et|zip|rar|ofd)\s*$", re.IGNORECASE)
#: Noncharacters around the words of links, while lines are put together.
_LINK, _END = "\ufdd0", "\ufdd1"
_LINKED = re.compile(f"{_LINK}[^{_END}]*{_END}")
#: The main text is where nearly all words are; a part that lacks more than this share of them lacks a piece of it.
_MAIN_SHARE = 0.9
_DOCUMENT_TITLE = re.compile(r"关于.{2,200}|.{2,100}(?:通知|意见|决定|办法|规定|方案|规划|条例|公告|通告|令)")
#: A head table has a dozen short cells.
_LONGEST_HEAD = 1000
#: A longer cell holds a page's layout, not a table's word.
_LONGEST_CELL = 1500


def read(data: bytes, name: str) -> Linear:
    """The linear text of an HTML page.  ReadError if its encoding or its nesting cannot be made out."""
    from lxml import etree, html

    text = _DECLARATION.sub("", _decoded(data, name))
    try:
        page = html.document_fromstring(
            text, parser=html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        )
        titles = list(_titles(page))
        _without_hidden(page)
        linear = _written(page, titles)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(
            f"{name}: this HTML page holds nothing that can be read; save it again from its site."
        ) from error
    except RecursionError as error:
        raise ReadError(f"{name}: this HTML page is nested too deeply; save its text as a text file.") from error
    if not linear.text.strip():
        raise ReadError(
            f"{name}: this HTML page holds no text (a script fetches it?); save it from the browser as text."
        )
    return linear


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    match = _CHARSET.search(data[:4096])
    declared = next(filter(None, match.groups()), b"").decode("ascii").lower() if match else ""
    encodings = ["gb18030" if declared in _CHINESE_CHARSETS else declared, "utf-8-sig", "gb18030"]
    # A page with a few broken bytes is still a page
    for errors in ("strict", "replace"):
        for encoding in filter(None, encodings):
            try:
                text = data.decode(encoding, errors).removeprefix("\ufeff")
            except (UnicodeDecodeError, LookupError):
                continue
            if text.count("\ufffd") <= MAX_BROKEN_SHARE * len(text):
                return text
    raise ReadError(f"{name}: this HTML page is not in the encoding that it names; save it again as UTF-8.")


def _titles(page: HtmlElement) -> Iterator[str]:
    """What the page says its document is called, the surest first."""
    for meta in page.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            yield plain(meta.get("content") or "")
    for tag in ("h1", "h2", "title"):
        for element in page.iter(tag):
            text = plain(element.text_content())
            yield re.split(r"\s*[_|]|\s+-\s+", text)[0] if tag == "title" else text


def _without_hidden(page: HtmlElement) -> None:
    """Drop what a reader does not see, or what stands on every page of a site."""
    for element in list(page.iter()):
        dropped = element.tag in _DROPPED or element.get("hidden") is not None
        if (dropped or _HIDDEN.search(element.get("style") or "")) and element.getparent() is not None:
            element.drop_tree()


def _written(page: HtmlElement, titles: list[str]) -> Linear:
    head = _taken_head(page)
    blocks = list(_blocks(_main(page)))
    top = _key(
        "".join(
            block if isinstance(block, str) else "".join(cell.text for row in block for cell in row)
            for block in blocks[:12]
        )
    )
    title = next((title for title in titles if _DOCUMENT_TITLE.fullmatch(title)), "")
    writer = Writer()
    for line in head:
        writer.paragraph(line)
    if title and _key(title) not in top:
        writer.paragraph(title)
    left = sum(map(_length, blocks))
    for block in blocks:
        if not isinstance(block, str):
            writer.table(block)
        elif left < _LONGEST_FOOT and _FOOT.search(block):
            break
        elif not _FURNITURE.fullmatch(block):
            writer.paragraph(block)
        left -= _length(block)
    return writer.linear()


def _length(block: str | list[list[GridCell]]) -> int:
    return len(block) if isinstance(block, str) else sum(len(cell.text) for row in block for cell in row)


def _key(text: str) -> str:
    return re.sub(r"\W", "", text)


def _main(page: HtmlElement) -> HtmlElement:
    """The innermost element that holds nearly all words of the page that are not links."""
    counts: dict[HtmlElement, int] = {}
    for element in reversed(list(page.iter())):  # children before parents
        own = 0 if element.tag in ("a", "option") else len((element.text or "").strip())
        inner = sum(counts[child] + len((child.tail or "").strip()) for child in element)
        counts[element] = 0 if element.tag == "a" else own + inner
    main = next(iter(page.iter("body")), page)
    total = counts[main]
    while True:
        best = max(main, key=lambda child: counts[child], default=None)
        if best is None or counts[best] < _MAIN_SHARE * total or best.tag not in _BLOCKS - _PARAGRAPHS:
            return main
        if best.tag == "table" and not _is_layout(best):
            return main
        main = best


def _taken_head(page: HtmlElement) -> list[str]:
    """The lines of the head table as “label：value”; it is taken out of the page."""
    found: list[str] = []
    for table in list(page.iter("table", "dl", "ul")):
        texts = [plain(cell.text_content()) for cell in table.iter("td", "th", "dt", "dd", "li")]
        pairs = list(_pairs(texts))
        # A table of documents names one of the labels in its header; a layout table holds the text too
        if (
            len(pairs) >= (2 if table.tag == "table" else 1)
            and sum(map(len, texts)) < _LONGEST_HEAD
            and table.getparent() is not None
        ):
            found += pairs
            table.drop_tree()
    return found


def _pairs(cells: list[str]) -> Iterator[str]:
    """The labelled values of a head table: the value stands in the cell after its label, or in the same."""
    last = ""
    for cell in cells:
        label, _, value = (part.strip() for part in _COLON.sub("：", cell, count=1).partition("："))
        label = re.sub(r"\s", "", label)
        if _LABEL.fullmatch(label):
            last = "" if value else label
            if value:
                yield f"{label}：{value}"
        elif last:
            yield f"{last}：{cell}"
            last = ""


def _blocks(element: HtmlElement) -> Iterator[str | list[list[GridCell]]]:
    """The paragraphs (strings) and tables (rows of cells) in an element, in order."""
    inline: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "br":
            yield from _lines(inline)
            inline = []
        elif child.tag in _BLOCKS or _holds_block(child):
            yield from _lines(inline)
            inline = []
            yield from _table(child) if child.tag == "table" and not _is_layout(child) else _blocks(child)
        else:
            inline += _inline(child)
        inline.append(child.tail or "")
    yield from _lines(inline)


def _holds_block(element: HtmlElement) -> bool:
    return any(inner.tag in _BLOCKS or inner.tag == "br" for inner in element.iter())


def _inline(element: HtmlElement) -> list[str]:
    """The pieces of text in an element, those of links between marks."""
    if element.tag == "a":
        return [_LINK, *(str(text) for text in element.itertext()), _END]
    pieces = [element.text or ""]
    for child in element:
        pieces += [*_inline(child), child.tail or ""]
    return pieces


def _lines(inline: list[str]) -> Iterator[str]:
    # Full-width spaces are printed: they stand in names of two characters, and before paragraphs
    marked = re.sub(r"[^\S\u3000]+", " ", "".join(inline))
    text = marked.replace(_LINK, "").replace(_END, "").strip()
    is_menu = _LINK in marked and not re.search(r"\w", _LINKED.sub("", marked)) and not _ATTACHMENT.match(text)
    if text and not is_menu:
        yield text


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only places parts of the page: it holds another one, has one column, or whole texts as cells."""
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
    if max(map(len, cells), default=0) < 2 or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(len(cell.text_content()) > _LONGEST_CELL for row in cells for cell in row)


def _table(table: HtmlElement) -> Iterator[str | list[list[GridCell]]]:
    rows = [[_grid_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
    for caption in table.iterchildren("caption"):
        yield from _lines(_inline(caption))
    yield laid_out(rows)


def _grid_cell(cell: HtmlElement) -> GridCell:
    text = " ".join(block for block in _blocks(cell) if isinstance(block, str))
    return GridCell(plain(text), _span(cell, "rowspan"), _span(cell, "colspan"), cell.tag == "th")


def _span(cell: HtmlElement, kind: str) -> int:
    match = re.match(r"\s*(\d{1,4})", cell.get(kind) or "")
    return max(1, int(match.group(1))) if match else 1
