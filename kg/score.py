"""Precision, recall and F1 of fact tables against answer keys that people made by reading.

Keys are folders with one ``<table>.jsonl`` for each kind of fact and a ``coverage.json`` that says for which documents
each table is complete; only these are scored.  Rows are paired one to one within a document, the most similar first:

- documents, plans: every value of title, issuers, date, kind, attached titles, type and period counts by itself;
- targets: value and year equal, indicator alike (``strict_f1``: comparator and unit equal too);
- assignments: agency and role equal, task alike (``pair_f1``: whatever the role);
- memberships: person and role equal, group alike;
- appointments: person, action, organisation with post equal;
- portfolios: person equal, relation and object alike;
- citations: number equal, or the title where the key has no number;
- agencies: surface form equal (``canonical``: share of these with the right full name);
- projects: name alike.

A fact printed twice may be one row or two on either side.  Rows that the key marks optional, doubtful or realigned
are neither required nor punished.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.alike import ITEMS, RULES, Row, Similarity, canonical_key, document_key, right_value
from kg.facts import TABLES

#: Rows by table
Tables = Mapping[str, Sequence[Row]]

#: The key's marks for rows about which careful readers would differ
LENIENT = ("optional", "doubtful", "realigned")
#: From this similarity on, two rows of one side say the same thing
SAME = 0.9


class AnswerKeyError(ValueError):
    """Keys or tables that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A row of the key that was not found (``missed``), or a row that is not in the key (``wrong``)."""

    table: str
    doc: str
    what: str
    row: object


@dataclass(slots=True)
class TableScore:
    """The counts of one table over all its scored documents, and the figures that follow from them."""

    documents: int
    right: int = 0
    key: int = 0
    found: int = 0
    #: rows right by another rule, by the name of its figure
    other: Counter[str] = field(default_factory=Counter)
    #: (values right, values in the key) by field, over paired rows
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the rows found that are right."""
        return self.right / self.found if self.found else float(self.key == 0)

    @property
    def recall(self) -> float:
        """The share of the key's rows that were found."""
        return self.right / self.key if self.key else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return self._f1(self.right)

    def _f1(self, right: int) -> float:
        precision = right / self.found if self.found else float(self.key == 0)
        recall = right / self.key if self.key else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def count(self, name: str, right: bool) -> None:
        """Count one more compared value of a field."""
        done, total = self.fields.get(name, (0, 0))
        self.fields[name] = done + right, total + 1

    def figures(self) -> dict[str, Any]:
        """All figures, rounded to three places, under the names in which they are printed."""
        shares = {name: round(right / total, 3) for name, (right, total) in sorted(self.fields.items())}
        canonical = {"canonical": shares.pop("canonical")} if "canonical" in shares else {}
        return {
            "documents": self.documents,
            "key": self.key,
            "found": self.found,
            "precision": round(self.precision, 3),
            "recall": round(self.recall, 3),
            "f1": round(self.f1, 3),
            **{name: round(self._f1(right), 3) for name, right in self.other.items()},
            **canonical,
            **({"fields": shares} if shares else {}),
        }


def _pairs(keys: Sequence[Row], rows: Sequence[Row], similarity: Similarity) -> list[tuple[int, int]]:
    """One-to-one pairs of positions, the most similar first, and among equals the nearest in order."""
    candidates = [
        (value, -abs(i - j), i, j)
        for i, key in enumerate(keys)
        for j, row in enumerate(rows)
        if (value := similarity(key, row))
    ]
    free_keys, free_rows = set(range(len(keys))), set(range(len(rows)))
    pairs = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if i in free_keys and j in free_rows:
            free_keys.remove(i)
            free_rows.remove(j)
            pairs.append((i, j))
    return pairs


def _repeats(
    rows: Sequence[Row],
    others: Sequence[Row],
    unpaired: Iterable[int],
    pairs: Iterable[tuple[int, int]],
    similarity: Similarity,
) -> set[int]:
    """The unpaired rows that say again what a paired row of their own side says: at most one for each paired row."""
    open_pairs, found = list(pairs), set()
    for index in unpaired:
        row = rows[index]
        for pair in open_pairs:
            mine, theirs = pair
            if similarity(row, others[theirs]) >= SAME and similarity(row, rows[mine]) >= SAME:
                open_pairs.remove(pair)
                found.add(index)
                break
    return found


def _score_items(total: TableScore, table: str, doc: str, keys: Sequence[Row], rows: Sequence[Row]) -> None:
    """Add a document whose values count one by one."""
    wanted = Counter(item for key in keys for item in ITEMS[table](key))
    printed = Counter(item for row in rows for item in ITEMS[table](row))
    total.right += (wanted & printed).total()
    total.key += wanted.total()
    total.found += printed.total()
    total.misses += [Miss(table, doc, "missed", item) for item in wanted - printed]
    total.misses += [Miss(table, doc, "wrong", item) for item in printed - wanted]


def _score_rows(total: TableScore, table: str, doc: str, keys: Sequence[Row], rows: Sequence[Row]) -> None:
    """Add a document whose rows pair."""
    rule = RULES[table]
    required = [not any(key.get(mark) for mark in LENIENT) for key in keys]
    pairs = _pairs(keys, rows, rule.similarity)
    done, used = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [i for i in range(len(keys)) if i not in done and required[i]]
    extra = [j for j in range(len(rows)) if j not in used]
    again = _repeats(keys, rows, missed, pairs, rule.similarity)
    printed_again = _repeats(rows, keys, extra, [(j, i) for i, j in pairs], rule.similarity)

    right = sum(required[i] for i, _ in pairs)
    total.right += right
    total.key += sum(required) - len(again)
    total.found += len(rows) - (len(pairs) - right) - len(printed_again)
    for name, similarity in rule.other_rules.items():
        total.other[name] += sum(required[i] for i, _ in _pairs(keys, rows, similarity))
    for i, j in pairs:
        key, row = keys[i], rows[j]
        for name in rule.fields:
            if required[i] and key.get(name) not in (None, ""):
                total.count(name, right_value(name, key[name], row.get(name)))
        if table == "agencies" and key.get("canonical") and not key.get("canonical_uncertain"):
            total.count("canonical", canonical_key(key["canonical"]) == canonical_key(row.get("canonical")))
    total.misses += [Miss(table, doc, "missed", keys[i]) for i in missed if i not in again]
    total.misses += [Miss(table, doc, "wrong", rows[j]) for j in extra if j not in printed_again]


def score(keys: Tables, coverage: Mapping[str, Collection[str]], found: Tables) -> dict[str, TableScore]:
    """Score found rows against the key's rows.

    Args:
        keys: the answer key's rows by table.
        coverage: for each table the numbers of the documents for which the key is complete.
        found: the program's rows by table; rows of other documents are left aside.

    Returns:
        The score of each table that the key covers, in the order of the fact tables.
    """
    scores = {}
    for table in TABLES:
        docs = sorted({document_key(doc) for doc in coverage.get(table, ())})
        if not docs:
            continue
        total = TableScore(documents=len(docs))
        by_key, by_row = _by_document(keys.get(table, ())), _by_document(found.get(table, ()))
        add = _score_items if table in ITEMS else _score_rows
        for doc in docs:
            add(total, table, doc, by_key[doc], by_row[doc])
        scores[table] = total
    return scores


def _by_document(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[document_key(row.get("doc"))].append(row)
    return grouped


def read_tables(folder: Path) -> dict[str, list[Row]]:
    """The rows of every ``<table>.jsonl`` under a folder, one sub-folder for each gazette or not.

    Raises:
        AnswerKeyError: a line is not a JSON object.
    """
    return {table: [row for path in sorted(folder.rglob(f"{table}.jsonl")) for row in _lines(path)] for table in TABLES}


def read_coverage(folder: Path) -> dict[str, set[str]]:
    """From every ``coverage.json`` under a folder, the complete documents by table.

    Raises:
        AnswerKeyError: there is none, or one is not an object of lists.
    """
    coverage: defaultdict[str, set[str]] = defaultdict(set)
    paths = sorted(folder.rglob("coverage.json"))
    if not paths:
        raise AnswerKeyError(f"{folder} holds no answer key: there is no coverage.json in it")
    for path in paths:
        try:
            tables = json.loads(path.read_text(encoding="utf-8"))
            for table, docs in tables.items():
                coverage[table] |= set(docs)
        except (ValueError, AttributeError, TypeError) as error:
            raise AnswerKeyError(f"{path} does not list document numbers by table: {error}") from error
    return dict(coverage)


def _lines(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise AnswerKeyError(f"{path}, line {number} is not JSON in UTF-8: {error}") from error
        if not isinstance(row, dict):
            raise AnswerKeyError(f"{path}, line {number} is not a JSON object")
        yield row
