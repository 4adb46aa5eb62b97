"""Cited documents (被引公文): which document and which plan a citation means.

A number settles it.  Where only a title is given, the title is looked for among printed documents, their plans, and the
documents that others cite by title and number.  What nobody prints stays a stub with what is known of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import data
from kg.facts import number_key
from kg.resolve.link import Link, difference, one_apart

#: From a citation to the one node of the document it means, and to the plan that is meant or issued with it.
DOCUMENT, PLAN = "gz:resolvedTo", "gz:citedPlan"
#: Shares of right links, estimated by reading those of three gazettes.
_BY_NUMBER, _BY_TITLE, _BY_INNER_TITLE, _STUB, _SAME_TITLE = 0.99, 0.97, 0.95, 0.9, 0.8
_SHORTEST = 6
#: Relations in which a document does not mean itself or the plan it issues.
_NEVER_ITSELF = ("basis", "amends", "repeals")

_UNHEARD = re.compile(r"[\s《》〈〉<>“”\"'‘’「」·•,，、;；:：。.()\[\]【】〔〕_—–\-~～〇]")
# 关于印发《X》的通知, 关于印发X的通知; with two plans: 印发A和B的通知
_ISSUING = re.compile(r"(?:印发|发布|公布|颁布|下发|转发)(?:了)?[《〈]?(.{4,120}?)[》〉]?的(?:通知|决定|公告|通告|函)$")
_QUOTED = re.compile(r"[〈《]([^〈〉《》]{4,120})[〉》]")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百]")


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A printed document: its node, number, title, date (ISO 8601) and the names of the areas it holds in."""

    iri: str
    number: str | None
    title: str
    date: str | None = None
    area: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan that a printed document issues."""

    iri: str
    title: str
    document: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: its node, the document it stands in, the number, title and relation as printed."""

    iri: str
    document: str
    number: str | None
    title: str | None
    relation: str


@dataclass(frozen=True, slots=True)
class CitedPlan:
    """A plan that is cited and not printed: its title and the document that it came with."""

    title: str
    document: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What citations mean: links to documents and plans, and what is known of those that nobody prints."""

    links: tuple[Link, ...]
    titles: dict[str, str]
    numbers: dict[str, str]
    plans: dict[str, CitedPlan]


def title_key(title: str) -> str:
    """A title without the punctuation and spaces in which printed forms vary."""
    return _UNHEARD.sub("", unicodedata.normalize("NFKC", title))


def inner_titles(title: str) -> tuple[str, ...]:
    """The titles of what a notice issues: 关于印发《甲市绿岸规划》的通知 → 甲市绿岸规划."""
    quoted = tuple(_QUOTED.findall(title))
    if quoted:
        return quoted
    match = _ISSUING.search(title)
    return (match[1],) if match else ()


def is_plan_title(title: str) -> bool:
    """Whether a title is that of a plan, not of a notice, a law or a standard."""
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", title)
    return bool(_plan_endings().search(bare)) and not bare.startswith("关于")


@cache
def _plan_endings() -> re.Pattern[str]:
    endings = [row["ending"] for row in data.rows("plan_types.tsv") if row["origin"] in ("PLANNING", "EMERGENCY")]
    return re.compile(rf"(?:{'|'.join(map(re.escape, endings))})$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: str
    plan: str | None
    date: str
    area: tuple[str, ...]
    rule: str
    confidence: float


def resolve_citations(
    citations: Sequence[Cited],
    documents: Sequence[KnownDocument],
    plans: Sequence[KnownPlan],
    name_document: Callable[[str], str],
    name_plan: Callable[[str, str], str],
) -> Resolved:
    """Find the document, and the plan, that each citation means.

    Args:
        citations: the citations of all documents.
        documents: the printed documents.
        plans: the plans that printed documents issue.
        name_document: gives the node of a document by its number or title.
        name_plan: gives the node of a plan by the node of its document and its title.
    """
    return _Resolver(documents, plans, name_document, name_plan).run(citations)


class _Resolver:
    def __init__(
        self,
        documents: Sequence[KnownDocument],
        plans: Sequence[KnownPlan],
        name_document: Callable[[str], str],
        name_plan: Callable[[str, str], str],
    ) -> None:
        self.name_document, self.name_plan = name_document, name_plan
        self.printed = {document.iri: document for document in documents}
        self.by_number = {number_key(each.number): each.iri for each in documents if each.number}
        self.plans: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.by_title: defaultdict[str, list[_Candidate]] = defaultdict(list)
        self.titles: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.cited_plans: dict[str, CitedPlan] = {}
        for document in documents:
            for title in {document.title, _without_issuer(document.title)}:
                self._file(title, document.iri, None, "documents.title", _BY_TITLE)
        for plan in plans:
            self.plans[plan.document].setdefault(title_key(plan.title), plan.iri)
            self._file(plan.title, plan.document, plan.iri, "documents.plan-title", _BY_TITLE)

    def _file(self, title: str, document: str, plan: str | None, rule: str, confidence: float) -> None:
        known = self.printed.get(document)
        date, area = (known.date or "", known.area) if known else ("", ())
        candidate = _Candidate(document, plan, date, area, rule, confidence)
        key = title_key(title)
        if len(key) >= _SHORTEST and candidate not in self.by_title[key]:
            self.by_title[key].append(candidate)

    def run(self, citations: Sequence[Cited]) -> Resolved:
        ordered = sorted(citations, key=lambda cited: cited.iri)
        links = [link for cited in ordered if cited.number for link in self._by_number(cited, cited.number)]
        untold: list[Cited] = []
        for cited in ordered:
            if not cited.number and cited.title:
                found = list(self._by_title(cited, cited.title))
                links += found
                untold += [cited] if found[0].rule == "documents.stub" else []
        links += self._near(untold, [link for link in links if link.predicate == DOCUMENT])
        return Resolved(tuple(links), self.titles, self.numbers, self.cited_plans)

    def _by_number(self, cited: Cited, number: str) -> Iterator[Link]:
        key = number_key(number)
        document = self.by_number.get(key) or self.name_document(key)
        if document not in self.printed:
            self.numbers[document] = key
            if cited.title:
                self._remember(document, cited.title)
                self._file(cited.title, document, None, "documents.cited-title", _BY_TITLE)
                for title in inner_titles(cited.title):
                    plan = self._plan_of(document, title)
                    self._file(title, document, plan, "documents.inner-title", _BY_INNER_TITLE)
        yield Link(cited.iri, DOCUMENT, document, "documents.number", _BY_NUMBER, (cited.iri,))
        for title in _planned(cited.title):
            yield self._plan_link(cited, document, title)

    def _by_title(self, cited: Cited, title: str) -> Iterator[Link]:
        candidates = self._candidates(cited, title)
        documents = sorted({candidate.document for candidate in candidates})
        if not documents:
            document = self.name_document(title)
            self._remember(document, title)
            yield Link(cited.iri, DOCUMENT, document, "documents.stub", _STUB, (cited.iri,))
            for planned in _planned(title):
                yield self._plan_link(cited, document, planned)
            return
        best = candidates[0]
        link = Link(cited.iri, DOCUMENT, best.document, best.rule, best.confidence, (cited.iri,))
        if len(documents) > 1:
            link = replace(link, rule="documents.same-title", confidence=_SAME_TITLE)
            for other in documents:
                if other != best.document:
                    yield replace(link, object=other, doubt=f"“{title}”是多件公文的标题，取引用之前最近的一件。")
        yield link
        if best.plan:
            yield Link(cited.iri, PLAN, best.plan, best.rule, best.confidence, (cited.iri,))

    def _candidates(self, cited: Cited, title: str) -> list[_Candidate]:
        """The documents with this title that a citation can mean, the likeliest first."""
        citing = self.printed.get(cited.document)
        found = [
            candidate
            for candidate in self.by_title.get(title_key(title), ())
            if (citing is None or _compatible(candidate.area, citing.area))
            and not (candidate.document == cited.document and cited.relation in _NEVER_ITSELF)
        ]
        date = (citing.date if citing else None) or "9999"
        past = [candidate for candidate in found if candidate.date <= date]
        # Of several editions a document can only mean one that was there, and means the newest
        return sorted(past or found, key=lambda candidate: (candidate.date, candidate.confidence), reverse=True)

    def _plan_of(self, document: str, title: str) -> str | None:
        """The node of a plan by its document and title, a new one if no document prints it."""
        known = self.plans[document].get(title_key(title))
        if known or document in self.printed or not is_plan_title(title):
            return known
        plan = self.name_plan(document, title)
        self.plans[document][title_key(title)] = plan
        self.cited_plans[plan] = CitedPlan(title, document)
        return plan

    def _plan_link(self, cited: Cited, document: str, title: str) -> Link:
        plan = self._plan_of(document, title)
        if plan is None:
            # A printed document is cited by a title of its plan that it does not print: its only plan is meant
            plan = next(iter(sorted(self.plans[document].values())), None) or self.name_plan(document, title)
            if plan not in self.plans[document].values():
                self.cited_plans[plan] = CitedPlan(title, document)
        return Link(cited.iri, PLAN, plan, "documents.plan", _BY_INNER_TITLE, (cited.iri,))

    def _remember(self, document: str, title: str) -> None:
        """Of the titles that a stub is cited by, the fullest is kept."""
        known = self.titles.get(document, "")
        self.titles[document] = max(known, title, key=lambda text: (len(text), text))

    def _near(self, untold: Iterable[Cited], links: Iterable[Link]) -> Iterator[Link]:
        """Titles that differ from another one by one character: a misprint, or not; a human decides."""
        meant = {link.subject: link.object for link in links if link.doubt is None}
        by_key: defaultdict[str, list[Cited]] = defaultdict(list)
        for cited in untold:
            by_key[title_key(cited.title or "")].append(cited)
        documents = {key: candidates[0].document for key, candidates in self.by_title.items()}
        documents |= {key: meant[group[0].iri] for key, group in by_key.items() if key not in documents}
        for left, right in one_apart(key for key in documents if len(key) > _SHORTEST):
            if any(_NUMERAL.search(part) for part in difference(left, right)):
                continue
            for own, other in ((left, right), (right, left)):
                # of two stubs only the one that sorts first is asked about
                if own in by_key and (other not in by_key or own < other) and documents[own] != documents[other]:
                    facts = tuple(sorted({cited.iri for key in (own, other) for cited in by_key.get(key, ())}))
                    for cited in by_key[own]:
                        doubt = f"标题与“{self._title_of(documents[other], other)}”只差一个字。"
                        yield Link(cited.iri, DOCUMENT, documents[other], "documents.near", 0.5, facts, doubt)

    def _title_of(self, document: str, key: str) -> str:
        known = self.printed.get(document)
        return self.titles.get(document) or (known.title if known else key)


def _planned(title: str | None) -> list[str]:
    """The titles of plans in a cited title: the title itself, or those that the notice issues."""
    if not title:
        return []
    return [part for part in inner_titles(title) or (title,) if is_plan_title(part)]


def _without_issuer(title: str) -> str:
    """甲市人民政府关于印发…的通知 is also cited as 关于印发…的通知."""
    index = title.find("关于")
    return title[index:] if index > 0 else title


def _compatible(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether of two areas, written from the province down, one lies in the other; the State's hold everywhere."""
    return all(a == b for a, b in zip(left, right, strict=False))
