"""What a person finds: only entries of which they hold a key, in results, in counts and in snippets alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import get_language

from eprm.people.audiences import keys_of
from eprm.people.models import DirectoryEntry, Person
from eprm.people.queries import directory
from eprm.search.kinds import known
from eprm.search.models import Entry
from eprm.search.queries.asking import IN_TITLE, Asked, asked_for, mended, own_query
from eprm.search.queries.quoting import Hit, quoted
from lode import thesaurus

HITS_A_PAGE = 20
# So many are counted, and ranked. Of a search that finds more, these are ranked instead: whose title holds the words,
# what has no date and so does not age, and the newest among the last written (docs/decisions/0047).
MOST_COUNTED = 1000
MOST_BY_TITLE, MOST_UNDATED, MOST_NEWEST, LAST_WRITTEN = 250, 150, 150, 2000
# Above this many keys the index of audiences costs more than asking each entry that holds the words.
MOST_KEYS_LOOKED_UP = 40
OWN_LANGUAGE_WEIGHS = 2
MOST_ORGANISATIONS = 5

# What is MATERIALIZED without a limit is planned for all its rows and then read only as far as its reader asks; a limit
# inside would let PostgreSQL hope to come across enough rows in the bare table.
FIND = """
WITH held AS MATERIALIZED (SELECT id, kind, language, thing, "on" FROM search_entry WHERE {text} AND {seen}),
counted AS MATERIALIZED (SELECT * FROM held LIMIT %(counted)s),
wanted_all AS MATERIALIZED (SELECT id, thing, "on" FROM search_entry WHERE {text} AND {seen} AND {chosen}),
wanted AS MATERIALIZED (SELECT id, thing FROM {wanted} LIMIT %(counted)s),
common AS MATERIALIZED (SELECT count(*) >= %(counted)s AS so FROM wanted),
titled AS MATERIALIZED (
  SELECT id, "on" FROM search_entry WHERE (SELECT so FROM common) AND {title} AND {seen} AND {chosen}),
undated AS MATERIALIZED (
  SELECT id FROM search_entry WHERE (SELECT so FROM common) AND "on" IS NULL AND {text} AND {asked} AND {chosen}),
last_written AS NOT MATERIALIZED (
  SELECT * FROM search_entry WHERE "on" IS NOT NULL ORDER BY "on" DESC, id DESC LIMIT %(last_written)s),
likely AS (
  SELECT id FROM wanted WHERE NOT (SELECT so FROM common)
  UNION (SELECT id FROM (SELECT * FROM titled LIMIT %(counted)s) AS some_titled
    ORDER BY "on" DESC NULLS FIRST, id DESC LIMIT %(by_title)s)
  UNION (SELECT id FROM undated LIMIT %(undated)s)
  UNION (SELECT id FROM last_written
    WHERE (SELECT so FROM common) AND {text} AND {asked} AND {chosen} LIMIT %(newest)s))
SELECT id, kind, language, thing, 1 AS n, coalesce(ts_rank(coalesce(beginning, vector), {query}, 1), 0)
  * CASE WHEN language = %(own)s THEN %(weighs)s ELSE 1 END AS weight
FROM likely JOIN search_entry USING (id)
UNION ALL SELECT NULL, kind, language, NULL, count(*), NULL FROM counted GROUP BY kind, language
UNION ALL SELECT NULL, kind, NULL, NULL, count(DISTINCT thing), NULL FROM counted GROUP BY kind
UNION ALL SELECT NULL, NULL, NULL, NULL,
  CASE WHEN count(*) >= %(counted)s THEN count(*) ELSE count(DISTINCT thing) END, NULL FROM wanted
ORDER BY weight DESC, id
"""


def organisations_found(words: str) -> list[DirectoryEntry]:
    """The organisations whose entry fits best, as the directory shows them to whoever acts: it finds slips too."""
    if not words.strip():
        return []
    return list(directory.entries_found(directory.circle_of_viewer(), {"q": words})[:MOST_ORGANISATIONS])


@dataclass(frozen=True, slots=True)
class Found:
    """`count` things, or `more` than that, of which the `listed` likeliest can be paged through.

    With `more` the numbers of kinds and languages are of those counted. `mended` is the search as corrected.
    """

    words: str
    mended: str = ""
    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    more: bool = False
    listed: int = 0
    kinds: list[tuple[str, str, int]] = field(default_factory=list)
    languages: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the search is narrowed to. Counts are those before the choice of `kinds` and `languages`."""

    kinds: Sequence[str] = ()
    languages: Sequence[str] = ()
    facets: Sequence[str] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The likeliest entries, best first; how many there are of each kind and language, and how many of the chosen.

    A thing found in several languages stands here once, in the reader's; `kinds` counts things, `counts` entries.
    """

    ids: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    count: int = 0


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
    choice = Choice(kinds, languages, facets)
    used, asked, found = _searched(typed, keys_of(person), choice, exactly=exactly)
    labels = {kind: str(told.label) for kind, told in known().items()}
    of_kind: Counter[str] = Counter()
    of_language: Counter[str] = Counter()
    for (kind, language), n in found.counts.items():
        of_kind[kind] += n if language in languages else 0
        of_language[language] += n if not kinds or kind in kinds else 0
    of_kind = of_kind if languages else found.kinds
    return Found(
        words=words,
        mended=" ".join(used) if used != typed else "",
        hits=quoted(found.ids[(page - 1) * HITS_A_PAGE : page * HITS_A_PAGE], asked),
        count=found.count,
        more=found.count >= MOST_COUNTED,
        listed=len(found.ids),
        kinds=[(kind, labels.get(kind, kind), n) for kind, n in of_kind.most_common() if n],
        languages=[(language, n) for language, n in of_language.most_common() if n],
    )


def keys_found_by(person: Person | AnonymousUser, words: str, kind: str) -> list[int]:
    """The keys of what the person finds of one kind, best first: for a list of that kind with filters of its own."""
    typed = thesaurus.words_of(words)
    if not typed:
        return []
    _used, _asked, found = _searched(typed, keys_of(person), Choice(kind=kind))
    numbers = dict(Entry.objects.filter(pk__in=found.ids).values_list("pk", "key"))
    return [int(numbers[pk]) for pk in found.ids if pk in numbers]


def _searched(
    typed: list[str], keys: Sequence[str], choice: Choice, *, exactly: bool = False
) -> tuple[list[str], Asked, Candidates]:
    """The words searched for in the end, what they ask for, and what was found."""
    asked = asked_for(typed)
    found = _candidates(asked, keys, choice)
    if found.counts or exactly or (used := mended(typed)) == typed:
        return typed, asked, found
    better = asked_for(used)
    if not (other := _candidates(better, keys, choice)).counts:
        return typed, asked, found
    return used, better, other


def _candidates(asked: Asked, keys: Sequence[str], choice: Choice) -> Candidates:
    """What holds the words and the person may see."""
    if not asked:
        return Candidates()
    values: dict[str, Any] = {
        "keys": list(keys),
        "own": (get_language() or "en")[:2],
        "weighs": OWN_LANGUAGE_WEIGHS,
        "counted": MOST_COUNTED,
        "by_title": MOST_BY_TITLE,
        "undated": MOST_UNDATED,
        "newest": MOST_NEWEST,
        "last_written": LAST_WRITTEN,
    }
    narrowed = _narrowed(values, facets=choice.facets, kind=choice.kind)
    chosen = _narrowed(values, kinds=choice.kinds, languages=choice.languages)
    asks_each = f"(audience && %(keys)s::varchar[]) IS TRUE AND {narrowed}"
    looks_up = f"audience && %(keys)s::varchar[] AND {narrowed}"
    statement = FIND.format(
        text=_holding(asked, "vector", "", values),
        title=_holding(asked, "title_vector", IN_TITLE, values),
        seen=looks_up if len(keys) <= MOST_KEYS_LOOKED_UP else asks_each,
        asked=asks_each,
        chosen=chosen,
        wanted="wanted_all" if choice.kinds or choice.languages else "held",
        query=own_query(asked, values),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return Candidates(
        ids=_once([(pk, language, thing) for pk, _kind, language, thing, *_rest in rows if pk is not None]),
        kinds=Counter({kind: n for pk, kind, language, _thing, n, _weight in rows if not pk and kind and not language}),
        counts=Counter({(kind, language): n for pk, kind, language, _thing, n, _w in rows if not pk and language}),
        count=next(n for pk, kind, _language, _thing, n, _weight in rows if pk is None and kind is None),
    )


def _once(entries: Sequence[tuple[int, str, str]]) -> list[int]:
    """The entries (id, language, thing) with each thing where its best stands, in the reader's language if it is."""
    own = (get_language() or "en")[:2]
    chosen: dict[str, tuple[int, str]] = {}
    for pk, language, thing in entries:
        if thing not in chosen or (language == own and chosen[thing][1] != own):
            chosen[thing] = (pk, language)
    return [pk for pk, _language in chosen.values()]


def _narrowed(values: dict[str, Any], **wished: Sequence[str] | str) -> str:
    """The condition that each of these columns has what is wished, where anything is."""
    conditions = {
        "facets": "facets @> %(facets)s::varchar[]",
        "kind": "kind = %(kind)s",
        "kinds": "kind = ANY(%(kinds)s)",
        "languages": "language = ANY(%(languages)s)",
    }
    named = {name: wish if isinstance(wish, str) else list(wish) for name, wish in wished.items() if wish}
    values |= named
    return " AND ".join(["true", *(conditions[name] for name in named)])


def _holding(asked: Asked, column: str, mark: str, values: dict[str, Any]) -> str:
    """The condition under which a text, or with the mark a title, holds all that is asked for."""
    parts = []
    for at, alternatives in enumerate(asked.terms):
        name = f"{column}{at}"
        values[name] = [f"{mark}{term}" for term in alternatives]
        parts.append(f"meanings && %({name})s::varchar[]")
    if asked.words:
        values["words"] = asked.words
        held = f"{column} @@ %(words)s::tsquery"
        if asked.terms and asked.excused:
            values["excused"] = asked.excused
            held = f"(configuration = ANY(%(excused)s) OR {held})"
        parts.append(held)
    return " AND ".join(parts)
