"""What people decide about facts and links, and an own list of agencies: two small CSV files that a build obeys.

Decisions have the columns ``iri, decision, field, value, who, when, why``; other columns, and rows without a decision,
are passed over, so that the list of ``kg resolve --review`` can be filled in and given back::

    iri,decision,field,value,who,when,why
    https://policy-kg.example/fact/…,reject,,,陈晓,2031-02-03,表头误作指标
    https://policy-kg.example/fact/…,correct,target_year,2030,陈晓,2031-02-03,年份印在表题中
    https://policy-kg.example/link/…,accept,,,陈晓,2031-02-03,同一规划

An authority list has the columns ``name, short, code, place``: the official name, its short forms by “、”, a code, and
the area that the short forms hold in (everywhere if empty).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.facts import Agency, Assignment, Document, Fact, Place

ACCEPT, REJECT, CORRECT = "accept", "reject", "correct"
COLUMNS = ("iri", "decision", "field", "value", "who", "when", "why")
_AUTHORITY = ("name", "short", "code", "place")
#: What a correction may not change: where a fact stands and how it was found.
_FIXED = {"doc", "evidence", "rule", "confidence", "place", "entity"}
_YEARS = {"period_start", "period_end", "target_year", "baseline_year"}
_LISTS = {"issuers", "attached", "addressees"}
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+", re.IGNORECASE)
_UNARMED = re.compile(r"^'(?=[=+\-@＝＋－＠])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class DecisionError(Exception):
    """A decision or authority file that cannot be obeyed: one sentence that names file, line and mend."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided about a fact or a link, when (ISO 8601) and why."""

    iri: str
    verdict: str
    field: str
    value: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Authority:
    """An agency of the user's own list: its official name, short forms, code and the area they hold in."""

    name: str
    short: tuple[str, ...] = ()
    code: str = ""
    place: str = ""


@dataclass(frozen=True)
class Rulings:
    """All that people have decided; ``digest`` stands for it, and is empty where nothing was."""

    decisions: tuple[Decision, ...] = ()
    authorities: tuple[Authority, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A hash over all rulings; an empty string where there are none."""
        content = repr((self.decisions, self.authorities))
        return hashlib.sha256(content.encode()).hexdigest()[:12] if self.decisions or self.authorities else ""

    @cached_property
    def by_iri(self) -> dict[str, tuple[Decision, ...]]:
        """The decisions by what they are about, in the order of the file."""
        table: defaultdict[str, tuple[Decision, ...]] = defaultdict(tuple)
        for decision in self.decisions:
            table[decision.iri] += (decision,)
        return dict(table)

    def digest_for(self, documents: Iterable[str]) -> str:
        """A hash over what concerns these documents, by their IRIs; an empty string where nothing does.

        Facts and plans bear the last part of their document's IRI in their own.
        """
        tails = tuple(f"/{document.rsplit('/', 1)[-1]}" for document in documents)
        concerned = tuple(
            decision
            for decision in self.decisions
            if any(decision.iri.endswith(tail) or f"{tail}/" in decision.iri for tail in tails)
        )
        return Rulings(concerned, self.authorities).digest

    def verdict(self, iri: str) -> Decision | None:
        """The last acceptance or rejection of a fact or link."""
        return next((each for each in reversed(self.by_iri.get(iri, ())) if each.verdict != CORRECT), None)

    def decided(self, named: Iterable[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
        """The facts without the rejected ones, the corrected ones as corrected; a fact keeps its IRI.

        Raises DecisionError where a correction does not fit its fact.
        """
        return list(self._decided(named)) if self.decisions else list(named)

    def _decided(self, named: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact]]:
        for iri, fact in named:
            verdict = self.verdict(iri)
            # A document itself is what its facts hang on: it can be corrected, not rejected
            if verdict and verdict.verdict == REJECT and not isinstance(fact, Document):
                continue
            corrections = [each for each in self.by_iri.get(iri, ()) if each.verdict == CORRECT]
            for correction in corrections:
                fact = _corrected(fact, correction)
            yield iri, fact

    def named(self, facts: Sequence[Fact]) -> list[Fact]:
        """One document's facts with the official names of the authority list."""
        if not self.authorities:
            return list(facts)
        place = next((fact.place for fact in facts if isinstance(fact, Document) and fact.place), Place())
        return [self._named(fact, place) for fact in facts]

    def _named(self, fact: Fact, place: Place) -> Fact:
        names: tuple[str | None, ...]
        if isinstance(fact, Agency):
            names = (fact.surface, fact.intended, fact.canonical)
        elif isinstance(fact, Assignment):
            names = (fact.agency, fact.intended, fact.canonical)
        else:
            return fact
        areas = ("", place.province, place.city, place.county)
        found = (by_name for name in names if name for by_name in self._names.get(name, ()) if by_name.place in areas)
        authority = next(found, None)
        return replace(fact, canonical=authority.name) if authority else fact

    @cached_property
    def _names(self) -> dict[str, list[Authority]]:
        table: defaultdict[str, list[Authority]] = defaultdict(list)
        for authority in self.authorities:
            for name in (authority.name, *authority.short):
                table[name].append(authority)
        return dict(table)


def _corrected(fact: Fact, decision: Decision) -> Fact:
    known = {field.name for field in fields(fact)} - _FIXED
    if decision.field not in known:
        kind = type(fact).__name__.lower()
        raise DecisionError(
            f"the decision about {decision.iri} corrects “{decision.field}”; a fact of the kind {kind} has "
            f"{', '.join(sorted(known))}."
        )
    change: dict[str, Any] = {decision.field: _typed(decision), "rule": "decision.correct", "confidence": 1.0}
    return replace(fact, **change)


def _typed(decision: Decision) -> str | int | tuple[str, ...] | None:
    if decision.field in _LISTS:
        return tuple(part for part in decision.value.split("、") if part)
    if not decision.value:
        return None
    if decision.field in _YEARS:
        if not re.fullmatch(r"\d{4}", decision.value):
            raise DecisionError(
                f"the decision about {decision.iri} gives “{decision.value}”; write a year of four digits."
            )
        return int(decision.value)
    return decision.value


def read_rulings(decisions: Path | None = None, authority: Path | None = None) -> Rulings:
    """Read the files that people have decided in.

    Args:
        decisions: the CSV file of decisions, if any.
        authority: the CSV file of the own agency list, if any.

    Raises DecisionError, as one sentence, for a file that cannot be read or a row that cannot be obeyed.
    """
    decided = [_decision(decisions, *row) for row in _rows(decisions, COLUMNS[:2])] if decisions else []
    listed = [_authority(authority, *row) for row in _rows(authority, _AUTHORITY[:1])] if authority else []
    return Rulings(tuple(each for each in decided if each), tuple(listed))


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers."""
    try:
        # Spreadsheets put a byte order mark before UTF-8
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DecisionError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path} is not UTF-8; save it as “CSV UTF-8”.") from error
    reader = csv.DictReader(io.StringIO(text), restval="")
    lacking = [name for name in needed if name not in (reader.fieldnames or ())]
    if lacking:
        raise DecisionError(f"{path} lacks the column {lacking[0]} in its first line.")
    for row in reader:
        # An apostrophe is what our own CSV files put before a text that a spreadsheet would run
        yield (
            reader.line_num,
            {key: _UNARMED.sub("", (value or "").strip()) for key, value in row.items() if isinstance(key, str)},
        )


def _decision(path: Path, line: int, row: dict[str, str]) -> Decision | None:
    if not row["decision"]:
        return None
    if not row["iri"]:
        raise DecisionError(f"{path}, line {line}: the decision names no iri.")
    if not _IRI.fullmatch(row["iri"]):
        raise DecisionError(f"{path}, line {line}: “{row['iri']}” is no IRI; copy it from the graph.")
    if row["decision"] not in (ACCEPT, REJECT, CORRECT):
        raise DecisionError(
            f"{path}, line {line}: “{row['decision']}” is no decision; write accept, reject or correct."
        )
    when = row.get("when", "")
    if when and not _DAY.fullmatch(when):
        raise DecisionError(f"{path}, line {line}: “{when}” is not a day; write it as 2031-02-03.")
    if not row.get("who"):
        raise DecisionError(f"{path}, line {line}: who has decided is missing.")
    return Decision(row["iri"], row["decision"], *(row.get(name, "") for name in COLUMNS[2:]))


def _authority(path: Path, line: int, row: dict[str, str]) -> Authority:
    if not row["name"]:
        raise DecisionError(f"{path}, line {line}: the official name is missing.")
    short = tuple(part for part in re.split(r"[、,，;；]", row.get("short", "")) if part)
    return Authority(row["name"], short, row.get("code", ""), row.get("place", ""))
