"""Things found, each with the place where the words stand: at its beginning, or deep in a long text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from eprm.search.configurations import BEGINNING
from eprm.search.kinds import known
from eprm.search.queries.asking import Asked, own_query

MARKS = "StartSel=\x01, StopSel=\x02, MaxWords=34, MinWords=12"
BEFORE, AFTER = 300, 600
# Letters with a mark, as the letter alone: one for one, so that places stay what they are.
PLAIN = {code: plain for code in range(0xC0, 0x250) if (plain := normalize("NFKD", chr(code))[0]).isascii()}
LEXEME = re.compile(r"'((?:[^']|'')+)'")
QUOTE = """SELECT id, kind, key, language, title, url, "on", facets,
    ts_headline(configuration::regconfig, left(text, %(beginning)s), coalesce({query}, ''::tsquery), %(marks)s),
    beginning IS NOT NULL
    FROM search_entry WHERE id = ANY(%(ids)s)"""
QUOTE_PLACE = """SELECT id, ts_headline(configuration::regconfig, place, coalesce({query}, ''::tsquery), %(marks)s)
    FROM search_entry JOIN unnest(%(ids)s, %(places)s::text[]) AS at (id, place) USING (id)"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; the words searched for are marked in `snippet`."""

    kind: str
    key: str
    language: str
    title: str
    url: str
    on: date | None
    facets: list[str]
    snippet: SafeString

    @property
    def label(self) -> str:
        told = known().get(self.kind)
        return str(told.label) if told else self.kind


def quoted(ids: Sequence[int], asked: Asked) -> list[Hit]:
    """These entries in this order, with the place where the words stand."""
    if not ids:
        return []
    values: dict[str, Any] = {"ids": list(ids), "marks": MARKS, "beginning": BEGINNING}
    statement = QUOTE.format(query=own_query(asked, values))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = {row[0]: row for row in cursor.fetchall()}
    quotes = {pk: row[8] for pk, row in rows.items()}
    if deep := [pk for pk, row in rows.items() if row[9] and "\x01" not in row[8]]:
        quotes |= _deep_quotes(deep, asked)
    return [Hit(*rows[pk][1:8], snippet=_marked(quotes[pk])) for pk in ids if pk in rows]


def _deep_quotes(ids: Sequence[int], asked: Asked) -> dict[int, str]:
    """For long texts that do not hold the words at their beginning: the first place where they do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM search_entry WHERE id = ANY(%s)", [list(ids)])
        places = {
            pk: text[max(0, at - BEFORE) : at + AFTER]
            for pk, text in cursor.fetchall()
            if (at := place_of(text, asked))
        }
        values: dict[str, Any] = {"ids": list(places), "places": list(places.values()), "marks": MARKS}
        cursor.execute(QUOTE_PLACE.format(query=own_query(asked, values)), values)
        return dict(cursor.fetchall())


def place_of(text: str, asked: Asked) -> int:
    """Where in a text the first word begins that begins like one of the stems searched for; 0 where none does."""
    queries = asked.by_configuration.values()
    stems = {lexeme.replace("''", "'") for query in queries for lexeme in LEXEME.findall(query)}
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, stems))})", text.lower().translate(PLAIN)) if stems else None
    return found.start() if found else 0


def _marked(text: str) -> SafeString:
    """The words found stand in `<mark>`; all else is escaped."""
    return mark_safe(str(escape(text)).replace("\x01", "<mark>").replace("\x02", "</mark>"))  # noqa: S308
