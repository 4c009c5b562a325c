"""Words as they were typed, made into what the index is asked for: terms by what they mean, other words by stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from eprm.search.configurations import ALL
from eprm.search.models import Word
from lode import thesaurus

IN_TITLE = "^"
MOST_NEAR = 20

# Starting workers takes longer than what they would share of a search; the setting ends with the transaction.
ALONE = "set_config('max_parallel_workers_per_gather', '0', true)"
MEANINGS = """SELECT s.folded, m.term, m.configuration, m.query::text FROM search_synonym s
    JOIN search_meaning m ON m.term = s.term WHERE s.folded = ANY(%s) ORDER BY m.term"""
NEAR = """SELECT asked.word, near.word FROM unnest(%s::text[]) AS asked (word) CROSS JOIN LATERAL (
    SELECT word FROM search_word WHERE word %% asked.word ORDER BY similarity(word, asked.word) DESC, word LIMIT %s
    ) AS near"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the index understands it.

    Every one of `terms` must be meant, each by one of its alternatives; `words` must be held, as PostgreSQL's own
    query over the stems of all languages, except in the `excused` configurations, which skip all of them as too common.
    `by_configuration` is the whole search in one language: entries are ranked and quoted by their own.
    """

    terms: list[list[str]] = field(default_factory=list)
    words: str = ""
    excused: list[str] = field(default_factory=list)
    by_configuration: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.terms or self.words)


def asked_for(words: Sequence[str]) -> Asked:
    """What these folded words ask for: a phrase that has synonyms by its meaning, in whatever language it stands."""
    meanings = _meanings(words)
    phrases = [part[0] for part in thesaurus.spread(words, dict.fromkeys(meanings, ()))]
    others = [phrase for phrase in phrases if phrase not in meanings]
    stems = _stems(others)
    said = {
        configuration: [
            _any_of(by.get(configuration, "") for by in meanings[phrase].values())
            if phrase in meanings
            else stems[configuration, phrase]
            for phrase in phrases
        ]
        for configuration in ALL
    }
    held = {configuration: _all_of(stems[configuration, phrase] for phrase in others) for configuration in ALL}
    return Asked(
        terms=[list(meanings[phrase]) for phrase in phrases if phrase in meanings],
        words=_any_of(held.values()),
        excused=[configuration for configuration, query in held.items() if not query] if others else [],
        by_configuration={configuration: query for configuration in ALL if (query := _all_of(said[configuration]))},
    )


def own_query(asked: Asked, values: dict[str, Any]) -> str:
    """The search in the entry's own language."""
    cases = []
    for configuration, query in asked.by_configuration.items():
        values[f"query_{configuration}"] = query
        cases.append(f"WHEN '{configuration}' THEN %(query_{configuration})s::tsquery")
    return f"CASE configuration {' '.join(cases)} END"


def _meanings(words: Sequence[str]) -> dict[str, dict[str, dict[str, str]]]:
    """For each phrase that has synonyms its terms, and for each term its query by configuration."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(MEANINGS, [thesaurus.phrases(words)])
        for phrase, term, configuration, query in cursor.fetchall():
            found.setdefault(phrase, {}).setdefault(term, {})[configuration] = query
    return found


def _stems(words: Sequence[str]) -> dict[tuple[str, str], str]:
    """Each word in each configuration; "" where it is too common there to be looked for."""
    asked = [(configuration, word) for configuration in ALL for word in words]
    each = ["phraseto_tsquery(%s, %s)::text"] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([ALONE, *each])}", [value for pair in asked for value in pair])
        return dict(zip(asked, cursor.fetchone()[1:], strict=True))


def _all_of(queries: Iterable[str]) -> str:
    return " & ".join(f"({each})" for each in queries if each)


def _any_of(queries: Iterable[str]) -> str:
    """Any of these, each once: what several languages stem alike would otherwise be looked up again and again."""
    return " | ".join(f"({each})" for each in dict.fromkeys(queries) if each)


def mended(words: Sequence[str]) -> list[str]:
    """The words, each mistyped one replaced by the public word it most likely means."""
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    unknown = [word for word in words if word not in known]
    near: dict[str, list[str]] = {word: [] for word in unknown}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [unknown, MOST_NEAR])
        for word, other in cursor.fetchall():
            near[word].append(other)
    return [thesaurus.nearest(word, near[word]) or word if word in near else word for word in words]
