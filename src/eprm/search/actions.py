"""Every write to the index. Apps call `index` and `forget` in the transaction that changes the thing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from eprm.people.audiences import PUBLIC
from eprm.search.configurations import ALL, BEGINNING, MARK, MEAN, WHOLE_WORDS, configuration_of
from eprm.search.kinds import Item, known
from eprm.search.models import Entry, FileWords, Synonym
from eprm.search.reading import Read
from lode.thesaurus import fold

# PostgreSQL holds 1 MB of words a row; a longer document is found by its beginning.
MOST_CHARACTERS = 100_000
ROWS_AT_ONCE = 500
# PostgreSQL takes no NUL, and \x01 and \x02 mark what was found.
CONTROLS = dict.fromkeys((0, 1, 2), " ")

UPSERT = """
INSERT INTO search_entry (kind, key, language, configuration, title, text, url, audience, facets, "on", thing,
  indexed_at, title_vector, vector, beginning, meanings)
SELECT %(kind)s, %(key)s, %(language)s, %(how)s, %(title)s, %(text)s, %(url)s, %(audience)s, %(facets)s, %(on)s,
  %(thing)s, %(now)s, titled, worded, CASE WHEN length(%(text)s) > %(beginning)s THEN setweight(titled, 'A')
    || setweight(to_tsvector(%(how)s::regconfig, left(%(text)s, %(beginning)s)), 'C') END,
  search_meant(%(how)s, titled, worded)
FROM to_tsvector(%(how)s::regconfig, %(title)s) AS titled,
  LATERAL (SELECT setweight(titled, 'A') || setweight(to_tsvector(%(how)s::regconfig, %(text)s), 'C')) AS both_ways
    (worded)
ON CONFLICT (kind, key, language) DO UPDATE SET configuration = excluded.configuration, title = excluded.title,
  text = excluded.text, url = excluded.url, audience = excluded.audience, facets = excluded.facets,
  "on" = excluded."on", thing = excluded.thing, indexed_at = excluded.indexed_at, title_vector = excluded.title_vector,
  vector = excluded.vector, beginning = excluded.beginning, meanings = excluded.meanings
"""
WORDS = f"""
INSERT INTO search_word (word)
SELECT DISTINCT lexeme FROM search_entry, unnest(to_tsvector('{WHOLE_WORDS}', title || ' ' || text))
WHERE %(public)s = ANY (audience) AND indexed_at >= %(since)s AND length(lexeme) BETWEEN 4 AND 40 AND lexeme !~ '[0-9]'
ORDER BY lexeme ON CONFLICT DO NOTHING
"""  # noqa: S608 - the configuration's name is ours


def index(
    kind: str,
    key: str | int,
    *,
    language: str,
    title: str,
    text: str,
    url: str,
    audience: Sequence[str],
    facets: Sequence[str] = (),
    on: date | None = None,
    thing: str = "",
) -> None:
    """Let a thing be found in one language, in place of what the index held of it. See `Item` for the parts."""
    item = Item(
        kind=kind,
        key=key,
        language=language,
        title=title,
        text=text,
        url=url,
        audience=audience,
        facets=facets,
        on=on,
        thing=thing,
    )
    index_items([item])


def index_items(items: Iterable[Item]) -> int:
    """The same for many; answers how many."""
    count, rest = 0, iter(items)
    while some := [_row(item) for item in islice(rest, ROWS_AT_ONCE)]:
        with connection.cursor() as cursor:
            # The driver's own cursor: pghistory puts its settings before each statement of Django's, and mixes its
            # numbered values with our named ones. The index has no history.
            cursor.cursor.executemany(UPSERT, some)
        count += len(some)
    return count


def forget(kind: str, *keys: str | int, but: Sequence[str] = ()) -> None:
    """Let these things be found no more, except in the languages `but`. Without these, their files' words go too."""
    named = list(map(str, keys))
    Entry.objects.filter(kind=kind, key__in=named).exclude(language__in=but).delete()
    if not but:
        FileWords.objects.filter(kind=kind, key__in=named).delete()


def keep_words(kind: str, key: str | int, edition: str, read: Read) -> None:
    """Keep what was read of a thing's file, in place of what was read of the file before it."""
    FileWords.objects.update_or_create(
        kind=kind,
        key=str(key),
        defaults={"edition": edition, "outcome": read.outcome, "words": _clean(read.words)},
    )


def readdress(facet: str, audience: Sequence[str]) -> None:
    """Whatever has this facet is found by this audience from now on, and by nobody else."""
    Entry.objects.filter(facets__contains=[facet]).update(audience=list(audience))


def rebuild(*kinds: str) -> dict[str, int]:
    """Index these kinds anew, all of them by default; answers how many of each."""
    counts = {}
    for kind, told in known().items():
        if kinds and kind not in kinds:
            continue
        with transaction.atomic():
            before = timezone.now()
            counts[kind] = index_items(told.items())
            Entry.objects.filter(kind=kind, indexed_at__lt=before).delete()
            living = Entry.objects.filter(kind=kind).values("key")
            FileWords.objects.filter(kind=kind).exclude(key__in=living).delete()
    return counts


def gather_words(minutes: int | None = None) -> None:
    """Add the words of what became public in the last minutes; without a number, learn all words anew.

    Only public words are kept: a mended word must not tell that a closed group uses it.
    """
    since = timezone.now() - timedelta(minutes=minutes) if minutes else timezone.now() - timedelta(days=365 * 100)
    with transaction.atomic(), connection.cursor() as cursor:
        if minutes is None:
            cursor.execute("DELETE FROM search_word")
        cursor.execute(WORDS, {"public": PUBLIC, "since": since})


def load_synonyms(rows: Iterable[tuple[str, str, str]]) -> int:
    """Add synonyms given as (term, language, words); what is there already stays. Answers how many are new.

    Where any is new, every entry is read once more for what it means.
    """
    given = [Synonym(term=term, language=language, words=words, folded=fold(words)) for term, language, words in rows]
    with transaction.atomic():
        before = Synonym.objects.count()
        Synonym.objects.bulk_create(given, ignore_conflicts=True)
        new = Synonym.objects.count() - before
        if new:
            with connection.cursor() as cursor:
                cursor.execute(MEAN, [list(ALL)])
                cursor.execute(MARK)
    return new


def _row(item: Item) -> dict[str, object]:
    return {
        "kind": item.kind,
        "key": str(item.key),
        "language": item.language,
        "how": configuration_of(item.language),
        "beginning": BEGINNING,
        "title": _clean(item.title)[:300],
        "text": _clean(item.text)[:MOST_CHARACTERS],
        "url": item.url,
        "audience": list(item.audience),
        "facets": list(item.facets),
        "on": item.on,
        "thing": item.thing or f"{item.kind}:{item.key}",
        "now": timezone.now(),
    }


def _clean(text: str) -> str:
    return text.translate(CONTROLS)
