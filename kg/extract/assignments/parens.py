"""Lists that close a task: “……（责任单位：A、B；配合单位：C）”, or lines of their own below it (“责任单位：A”).

Brackets may be of any shape, closed by one of another, hold others, or not be closed at all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.assignments import deadlines, labels, roles
from kg.extract.assignments.outline import Outline
from kg.extract.assignments.rules import Rules, states_rule
from kg.extract.assignments.sharing import Share, Sharing
from kg.extract.assignments.tasks import Task, beneath, first_sentence, heading, made
from kg.extract.bodies import is_body, kind_of
from kg.facts import Assignment, Place
from kg.read.model import Paragraph, PrintedDocument, Section
from kg.read.text import Text

_OPEN, _CLOSE = "（(〔[【", "）)〕]】"
_BRACKET = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
_COMMAS = "，,、"
_SENTENCE_END = "。；;！？!?"
#: How sure each way of saying it is.
_CONFIDENCE = {"paren": 0.98, "line": 0.95, "bare": 0.85, "standing": 0.9}
_STOP = re.compile(r"[。]")
_COLON = re.compile(r"[:：]")
#: What names units and then their duties belongs to a list of duties.
_DUTIES = re.compile(r"职责(?:任务)?[：:]")
#: Where an office sits: “（办公室设在市民政局）”.
_SEATED = re.compile(r"(?:下设)?办公室设[在于]|设[在于]")
_LINE = re.compile(r"^\s*(?:[◆●■▲★·\-*]+\s*)?")


@dataclass(frozen=True, slots=True)
class Closing:
    """A list of bodies that closes a task, from ``start`` to ``end`` of its paragraph's text.

    ``alone`` is true where nothing but lists stands in the paragraph; ``lines`` paragraphs, this one the last, make it.
    """

    paragraph: Paragraph
    start: int
    end: int
    text: Text
    sharing: Sharing
    style: str
    alone: bool
    lines: int = 1


def closings(document: PrintedDocument, place: Place) -> list[Closing]:
    """All closing lists of a document, in reading order; lines below each other are one list."""
    found = [closing for paragraph in document.paragraphs for closing in _in_paragraph(paragraph, place)]
    lines_of = {id(paragraph): index for index, paragraph in enumerate(document.blocks)}
    return [closing for closing in _merged(found, lines_of, place) if _is_said(closing)]


def _in_paragraph(paragraph: Paragraph, place: Place) -> Iterator[Closing]:
    text = paragraph.text
    if not (labels.speaks_of_roles(text.string) or _ends_with_bracket(text.string)):
        return
    spans = list(_brackets(text.string))
    rest = "".join(_outside(text.string, spans)).strip(" 。；;，,、\u3000")
    for start, end in spans:
        inner = text[start + 1 : end].strip()
        sharing = _closing_list(text.string, start, end, inner, place)
        if sharing:
            style = "paren" if sharing.said else "bare"
            yield Closing(paragraph, start, min(end + 1, len(text)), inner, sharing, style, not rest)
    yield from _trailing_line(paragraph, spans, place)


def _ends_with_bracket(string: str) -> bool:
    return string.rstrip("。；; ")[-1:] in tuple(_CLOSE)


def _brackets(string: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets, of any shape; one that is never closed ends with the paragraph if it holds a label."""
    stack: list[int] = []
    for bracket in _BRACKET.finditer(string):
        if bracket[0] in _OPEN:
            stack.append(bracket.start())
        elif stack:
            start = stack.pop()
            if not stack:
                yield start, bracket.start()
    if stack:
        label = labels.label_pattern().match(string, stack[0] + 1)
        if label:
            yield stack[0], len(string)
        else:
            offset = stack[0] + 1
            yield from ((start + offset, end + offset) for start, end in _brackets(string[offset:]))


def _outside(string: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in spans:
        yield string[last:start]
        last = end + 1
    yield string[last:]


def _closing_list(string: str, start: int, end: int, inner: Text, place: Place) -> Sharing:
    """What a bracket says if it is a list of bodies that closes what stands before it."""
    if len(inner) < 3 or len(inner) > 1500 or _SEATED.match(inner.string):
        return Sharing()
    labelled = bool(labels.label_pattern().search(inner.string))
    before, behind = string[:start].rstrip()[-1:], string[end + 1 :].lstrip()[:1]
    closes = not before or before in _SENTENCE_END or not behind or behind in _SENTENCE_END
    closes = closes or (behind in _COMMAS and roles.ends_list(inner))
    if not labelled and not (closes and _may_be_list(inner, before)):
        return Sharing()
    sharing = roles.read_sharing(inner, place)
    if labelled:
        return sharing if any(share.body or share.leader for share in sharing.shares) or sharing.deadline else Sharing()
    plausible = list(map(_is_plausible, sharing.shares))
    enough = sharing.said and sum(plausible) * 2 > len(plausible)
    return sharing if plausible and plausible[0] and (enough or all(plausible)) else Sharing()


def _may_be_list(text: Text, before: str) -> bool:
    """An unlabelled bracket is a list if a verb closes it, or if it follows a full stop and begins with a body."""
    if roles.ends_list(text) or "不再" in text.string:
        return True
    first = re.split(r"[、，,；;]", text.string, maxsplit=1)[0]
    collective = kind_of(first) == "collective"
    return before in ("。", "；") and (collective or is_body(first) or is_body(re.sub(r"[（(].*", "", first)))


def _is_plausible(share: Share) -> bool:
    """Whether an item of an unlabelled list reads as a body's name."""
    if share.body is None:
        return share.leader is not None
    whole = share.body.intended or share.body.surface
    return share.body.kind == "collective" or is_body(whole) or is_body(re.sub(r"[（(][^）)]*[）)]$", "", whole))


def _trailing_line(paragraph: Paragraph, spans: list[tuple[int, int]], place: Place) -> Iterator[Closing]:
    """A labelled list without brackets that a paragraph consists of or ends with."""
    text = paragraph.text
    if not _COLON.search(text.string) or _DUTIES.search(text.string):
        return
    for match in labels.label_pattern().finditer(text.string):
        if match[0][-1] not in ":：" or any(start < match.start() <= end for start, end in spans):
            continue
        opening = _LINE.match(text.string)
        at_start = match.start() == (opening.end() if opening else 0) or match.start() == _body_start(paragraph)
        if not at_start and text.string[match.start() - 1] not in _SENTENCE_END + " \u3000\n）)—":
            continue
        kind = labels.kind_of(match["label"])
        if kind in (None, "other") or (kind == "shares" and not roles.ends_list(text[match.end() :].strip("。 "))):
            continue
        inner = text[match.start() :].strip("。 ")
        sharing = roles.read_sharing(inner, place)
        if sharing.shares or sharing.deadline:
            yield Closing(paragraph, match.start(), len(text), inner, sharing, "line", at_start)
        return


def _body_start(paragraph: Paragraph) -> int:
    return len(paragraph.section.marker) if paragraph.opens else 0


def _merged(found: list[Closing], index: dict[int, int], place: Place) -> Iterator[Closing]:
    """Lists in lines of their own that follow each other, as one list."""
    last: Closing | None = None
    for closing in found:
        follows = (
            last is not None
            and closing.alone
            and last.alone
            and closing.style == last.style == "line"
            and index[id(closing.paragraph)] == index[id(last.paragraph)] + 1
        )
        if follows and last is not None:
            text = Text.join((last.text, closing.text), "；")
            sharing = roles.read_sharing(text, place)  # a line may name the person of the body in the line above
            last = replace(closing, text=text, sharing=sharing, lines=last.lines + 1)
            continue
        if last is not None:
            yield last
        last = closing
    if last is not None:
        yield last


def _is_said(closing: Closing) -> bool:
    """A line that names leaders or a date only is no list of bodies: membership lists look like that."""
    if closing.style != "line":
        return True
    return any(share.body for share in closing.sharing.shares) or (
        closing.sharing.deadline is not None and bool(closing.sharing.shares)
    )


def find(
    document: PrintedDocument, found: list[Closing], outline: Outline, rules: Rules, place: Place
) -> Iterator[Assignment]:
    """The facts of closing lists, in reading order, under the rules that hold at each place."""
    in_section = Counter((closing.paragraph.section, closing.alone) for closing in found)
    lists: dict[int, list[Closing]] = defaultdict(list)
    for closing in found:
        lists[id(closing.paragraph)].append(closing)
    paragraphs = list(document.paragraphs)
    for index, paragraph in enumerate(paragraphs):
        last = 0
        for closing in lists[id(paragraph)]:
            several = in_section[paragraph.section, closing.alone] > 1
            above = paragraphs[index - closing.lines] if index >= closing.lines else None
            task = _task(closing, last, outline, several=several, above=above)
            last = closing.end
            standing = rules.added(closing.sharing)
            shares = rules.applied(closing.sharing).shares
            yield from _made(document, task, closing, shares, closing.style)
            yield from _made(document, task, closing, standing, "standing")
        if not last and states_rule(paragraph.text.string):
            for sentence in filter(lambda text: states_rule(text.string), paragraph.text.split(_STOP)):
                rules.learn(roles.read_sharing(sentence.strip(), place))


def _made(
    document: PrintedDocument, task: Task, closing: Closing, shares: Iterable[Share], rule: str
) -> Iterator[Assignment]:
    source = "text" if closing.style == "line" else "paren"
    confidence = _CONFIDENCE[rule]
    yield from made(document, task, shares, source=source, rule=rule, confidence=confidence, around=closing.text)


def _task(closing: Closing, last: int, outline: Outline, *, several: bool, above: Paragraph | None) -> Task:
    """The task that a list closes: the section's heading, with the sentence where the section has several lists.

    ``above`` is the paragraph above the list.
    """
    paragraph = closing.paragraph
    listed = closing.alone and several and closing.style == "line"
    if listed and above and above.section is paragraph.section and not above.opens:
        section, sentences = paragraph.section, above.text
    elif closing.alone:
        section = _named_section(closing) or _closed_section(closing, outline)
        sentences = None
    else:
        section = paragraph.section
        sentences = paragraph.text[max(last, _heading_end(paragraph)) : closing.start].strip("。；; ，,\u3000")
    outline.close(section)
    title = heading(section)
    deadline = closing.sharing.deadline
    if deadline is None and sentences is not None and not closing.alone:
        begin = last or (len(section.marker) if paragraph.opens else 0)
        deadline = deadlines.in_running_text(paragraph.text[begin : closing.start])
    sentence = first_sentence(sentences) if sentences and (title is None or several) else None
    if sentence:
        return Task(beneath(section, sentence), section, sentence, deadline.string if deadline else None)
    name = title or section.title
    return Task(name.string, section, name or None, deadline.string if deadline else None)


def _closed_section(closing: Closing, outline: Outline) -> Section:
    """The section that a list in a paragraph of its own closes; for a numbered line (“2.牵头单位：”) the one above."""
    section = closing.paragraph.section
    if not closing.paragraph.opens:
        return outline.closed_by_lone_list(section)
    numbered_line = closing.style == "line" and section.parent is not None and labels.kind_of(section.title.string[:8])
    return section.parent if numbered_line and section.parent else section


def _named_section(closing: Closing) -> Section | None:
    """The section that a list says it is for: “第二节责任单位：…”, “本章牵头单位：…”."""
    scope = roles.SCOPE.match(closing.text.string)
    if not scope or not (scope["numbered"] or scope["this"]):
        return None
    if scope["numbered"]:
        above = reversed(closing.paragraph.section.ancestors)
        return next((section for section in above if section.marker == scope[0].rstrip("的 ")), None)
    style = {"章": "chapter", "节": "part", "条": "article"}.get(scope["this"])
    return closing.paragraph.section.within(style) if style else None


def _heading_end(paragraph: Paragraph) -> int:
    """Where the text after a paragraph's heading begins; its marker's end where the heading is all it has."""
    if not paragraph.opens:
        return 0
    body = paragraph.body
    return paragraph.text.string.rfind(body.string) if body else len(paragraph.section.marker)
