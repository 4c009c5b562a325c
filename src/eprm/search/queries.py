"""What a person finds: only entries of which they hold a key, in results, in counts and in snippets alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from eprm.people.audiences import keys_of
from eprm.people.models import DirectoryEntry, Person
from eprm.people.queries import directory
from eprm.search.configurations import ALL, configuration_of
from eprm.search.kinds import known
from eprm.search.models import Entry, Synonym, Word
from lode import thesaurus

HITS_A_PAGE = 20
# Only so many candidates are ranked: whose title holds the words first, then whose text does (docs/decisions/0032).
MOST_BY_TITLE, MOST_BY_TEXT = 300, 500
OWN_LANGUAGE_WEIGHS = 2
MOST_ORGANISATIONS = 5

Row = tuple[int, str, str, float]


def organisations_found(words: str) -> list[DirectoryEntry]:
    """The organisations whose entry fits best, as the directory shows them to whoever acts: it finds slips too."""
    if not words.strip():
        return []
    return list(directory.entries_found(directory.circle_of_viewer(), {"q": words})[:MOST_ORGANISATIONS])


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


@dataclass(frozen=True, slots=True)
class Found:
    """`count` things; with `more`, there are further ones beyond those ranked. `mended` is the search as corrected."""

    words: str
    mended: str = ""
    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    more: bool = False
    kinds: list[tuple[str, str, int]] = field(default_factory=list)
    languages: list[tuple[str, int]] = field(default_factory=list)


def found_by(
    person: Person | AnonymousUser,
    words: str,
    *,
    kinds: Sequence[str] = (),
    languages: Sequence[str] = (),
    facets: Sequence[str] = (),
    page: int = 1,
    exactly: bool = False,
) -> Found:
    """What the person finds by these words, best first; mistyped words are mended unless `exactly` is wished.

    A search is mended only when it finds nothing as typed. Counts of kinds and languages are those before the choice of
    a kind or a language.
    """
    typed = thesaurus.words_of(words)
    if not typed:
        return Found(words)
    keys = keys_of(person)
    used, query = typed, tsquery_of(typed)
    rows = _candidates(query, keys, facets)
    if not rows and not exactly and (mended := _mended(typed)) != typed:
        used, query = mended, tsquery_of(mended)
        rows = _candidates(query, keys, facets)
    chosen = [row for row in rows if (not kinds or row[1] in kinds) and (not languages or row[2] in languages)]
    shown = [row[0] for row in chosen[(page - 1) * HITS_A_PAGE : page * HITS_A_PAGE]]
    labels = {kind: str(told.label) for kind, told in known().items()}
    of_kind = Counter(row[1] for row in rows if not languages or row[2] in languages)
    of_language = Counter(row[2] for row in rows if not kinds or row[1] in kinds)
    return Found(
        words=words,
        mended=" ".join(used) if used != typed else "",
        hits=_hits(shown, query),
        count=len(chosen),
        more=len(rows) >= MOST_BY_TEXT,
        kinds=[(kind, labels.get(kind, kind), n) for kind, n in of_kind.most_common()],
        languages=of_language.most_common(),
    )


def tsquery_of(words: Sequence[str]) -> str:
    """The search as PostgreSQL's own text: every part found by any word that means it, in any language.

    It is computed once and passed as a value: as a function in the main query it would run for every row.
    """
    parts = thesaurus.spread(words, _meanings(words))
    asked = [(configuration, each) for configuration in ALL for alternatives in parts for each in alternatives]
    with connection.cursor() as cursor:
        statement = f"SELECT {', '.join(['phraseto_tsquery(%s, %s)::text'] * len(asked))}"
        cursor.execute(statement, [value for pair in asked for value in pair])
        said = {pair: _whole(pair[1], query) for pair, query in zip(asked, cursor.fetchone(), strict=True)}
    in_one = [[[said[configuration, each] for each in alternatives] for alternatives in parts] for configuration in ALL]
    if len(parts) == 1:
        in_one = [[[each for (alternatives,) in in_one for each in alternatives]]]
    return _any_of(_all_of(wanted) for wanted in in_one)


def _whole(phrase: str, query: str) -> str:
    """The query, or "" where a language has only one word of a phrase left: it would find far more than is meant.

    "Ta ore" in French would be any ore, as "ta" (your) is too common there to be looked for.
    """
    return query if " " not in phrase or "<" in query else ""


def _all_of(wanted: Iterable[Iterable[str]]) -> str:
    """Every part, each by any of its words; a part that is only words too common to be looked for asks for nothing."""
    return " & ".join(f"({part})" for part in map(_any_of, wanted) if part)


def _any_of(queries: Iterable[str]) -> str:
    """Any of these, each once: what several languages stem alike would otherwise be looked up again and again."""
    return " | ".join(f"({each})" for each in dict.fromkeys(queries) if each)


def _meanings(words: Sequence[str]) -> dict[str, list[str]]:
    """What each phrase of the search means besides itself."""
    phrases = thesaurus.phrases(words)
    terms = dict(Synonym.objects.filter(folded__in=phrases).values_list("folded", "term"))
    groups: dict[str, list[str]] = {}
    for term, same in Synonym.objects.filter(term__in=set(terms.values())).values_list("term", "words"):
        groups.setdefault(term, [])
        if same not in groups[term]:
            groups[term].append(same)
    return {phrase: groups[term] for phrase, term in terms.items()}


def _mended(words: Sequence[str]) -> list[str]:
    """The words, each mistyped one replaced by the public word it most likely means."""
    known_words = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    return [word if word in known_words else thesaurus.nearest(word, _near(word)) or word for word in words]


def _near(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT 20",
            [word, word],
        )
        return [row[0] for row in cursor.fetchall()]


def _candidates(query: str, keys: Sequence[str], facets: Sequence[str], kind: str = "") -> list[Row]:
    """Key, kind, language and weight of what holds the words and the person may see, heaviest first."""
    if not query:
        return []
    values = {
        "query": query,
        "keys": list(keys),
        "facets": list(facets),
        "kind": kind,
        "own": (get_language() or "en")[:2],
        "by_title": MOST_BY_TITLE,
        "by_text": MOST_BY_TEXT,
        "weighs": OWN_LANGUAGE_WEIGHS,
    }
    narrowed = "AND facets @> %(facets)s::varchar[]" if facets else ""
    narrowed += " AND kind = %(kind)s" if kind else ""
    one = f"""SELECT id, kind, language, vector FROM search_entry
        WHERE {{}} @@ %(query)s::tsquery AND audience && %(keys)s::varchar[] {narrowed} LIMIT {{}}"""  # noqa: S608
    statement = f"""
        WITH by_title AS MATERIALIZED ({one.format("title_vector", "%(by_title)s")}),
             by_text AS MATERIALIZED ({one.format("vector", "%(by_text)s")})
        SELECT id, kind, language, max(ts_rank(vector, %(query)s::tsquery, 1)
          * CASE WHEN language = %(own)s THEN %(weighs)s ELSE 1 END) AS weight
        FROM (SELECT * FROM by_title UNION ALL SELECT * FROM by_text) AS both_ways
        GROUP BY id, kind, language ORDER BY weight DESC, id"""  # noqa: S608 - holes only
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _hits(ids: Sequence[int], query: str) -> list[Hit]:
    """These entries in this order, with the place where the words stand."""
    if not ids:
        return []
    marks = "StartSel=\x01, StopSel=\x02, MaxWords=34, MinWords=12"
    case = "CASE language " + " ".join("WHEN %s THEN %s::regconfig" for _ in ("en", "fr", "es", "pt"))
    ways = [value for language in ("en", "fr", "es", "pt") for value in (language, configuration_of(language))]
    statement = f"""SELECT id, kind, key, language, title, url, "on", facets,
        ts_headline({case} ELSE 'eprm_words'::regconfig END, left(text, 6000), %s::tsquery, %s)
        FROM search_entry WHERE id = ANY(%s)"""  # noqa: S608 - holes only
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ways, query, marks, list(ids)])
        rows = {row[0]: row for row in cursor.fetchall()}
    return [Hit(*rows[pk][1:8], snippet=_marked(rows[pk][8])) for pk in ids if pk in rows]


def _marked(text: str) -> SafeString:
    """The words found stand in `<mark>`; all else is escaped."""
    return mark_safe(str(escape(text)).replace("\x01", "<mark>").replace("\x02", "</mark>"))  # noqa: S308


def keys_found_by(person: Person | AnonymousUser, words: str, kind: str) -> list[int]:
    """The keys of what the person finds of one kind, best first: for a list of that kind with filters of its own."""
    typed = thesaurus.words_of(words)
    if not typed:
        return []
    rows = _candidates(tsquery_of(typed), keys_of(person), (), kind)
    if not rows and (mended := _mended(typed)) != typed:
        rows = _candidates(tsquery_of(mended), keys_of(person), (), kind)
    numbers = dict(Entry.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "key"))
    return [int(numbers[row[0]]) for row in rows if row[0] in numbers]
