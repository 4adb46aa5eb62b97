"""The words of the pages in Chinese and English, from one catalogue: ``messages.tsv`` beside this file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request

LANGUAGES = {"zh": "中文", "en": "English"}
COOKIE = "language"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All messages: key → language → words."""
    with (Path(__file__).parent / "messages.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}


@cache
def _of_language(language: str) -> Mapping[str, str]:
    return {key: words[language] for key, words in catalogue().items()}


def language_of(request: Request) -> str:
    """The language of a page: asked for in the address, chosen before, liked by the browser, else Chinese."""
    for choice in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    liked = request.headers.get("accept-language", "").lower()
    return "en" if liked.startswith("en") else "zh"


class Words:
    """The messages of one language; templates call it as ``t``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = _of_language(language)

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key, with values put in.  KeyError if the catalogue lacks it."""
        words = self._messages[key]
        return words.format(**values) if values else words

    def code(self, group: str, value: object) -> str:
        """The words for a code of the facts (``lead``, ``basis`` …); what is no code stays as it is."""
        return self._messages.get(f"{group}.{value}") or str(value)
