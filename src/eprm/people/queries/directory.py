"""The directory as one circle sees it: every search, filter, count and file starts from that circle's entries alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, F, Func, QuerySet
from django.db.models.expressions import RawSQL

from eprm.people.models import Circle, DirectoryEntry, Organisation, Partner, Topic
from eprm.people.queries.facts import topics
from eprm.ui.languages import second_language
from lode.smelters.names import words_of

MOST_WORDS, MOST_FOUND = 8, 1000
# Counts over more entries than this are kept for five minutes; over fewer they cost nothing.
COUNTED_AT_ONCE, KEPT_FOR = 5_000, 300
SINGLE, MANY = ("tier", "pillar", "country"), ("minerals", "seeks", "offers")
CHOICES = {"tier": "tier", "pillar": "pillar", "country": "country"}
HOLDS = {"mineral": "minerals", "seeks": "seeks", "offers": "offers"}
HEAVY = ("words", "about", "among_members", "identifiers", "contact", "website", "names")


@dataclass(frozen=True, slots=True)
class Facet:
    """For one field: each value found and how many entries have it, the most frequent first."""

    field: str
    counts: tuple[tuple[str, int], ...]


def circle_of_viewer() -> Circle:
    """The circle of whoever acts, as the database knows it: it decides by memberships and partners in force today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT eprm_circle()")
        return Circle(cursor.fetchone()[0])


def entries_for(circle: Circle) -> QuerySet[DirectoryEntry]:
    """Every entry as this circle sees it, by name. The database shows no wider one than the viewer's own."""
    return DirectoryEntry.objects.filter(circle=circle).order_by("sort_name", "pk")


def entries_found(circle: Circle, chosen: Mapping[str, Any]) -> QuerySet[DirectoryEntry]:
    """The entries that fit: `q` words, `tier`, `pillar`, `country`, `mineral`, `seeks`, `offers`, `members` (a flag).

    With words the entries whose name is most like them come first, and at most a thousand are found.
    """
    found = entries_for(circle)
    for name, field in CHOICES.items():
        if chosen.get(name):
            found = found.filter(**{field: chosen[name]})
    for name, field in HOLDS.items():
        if chosen.get(name):
            found = found.filter(**{f"{field}__contains": [chosen[name]]})
    if chosen.get("members"):
        found = found.filter(organisation__in=members_on(date.today()))  # noqa: DTZ011 - as the database's current_date
    if (asked := chosen.get("q", "").strip()) and (words := words_of(asked)):
        fitting = RawSQL("SELECT entry FROM people_directory_search(%s, %s)", [list(words[:MOST_WORDS]), MOST_FOUND])
        likeness = TrigramSimilarity("sort_name", " ".join(words))
        found = found.filter(pk__in=fitting).annotate(likeness=likeness).order_by("-likeness", "sort_name", "pk")
    elif asked:
        found = found.none()
    return found


def members_on(day: date) -> list[int]:
    """The organisations that are members on a day. That is public; the app of members answers by its own function."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id FROM eprm_members_on(%s)", [day])
        return [pk for (pk,) in cursor.fetchall()]


def overview(circle: Circle) -> tuple[int, dict[str, Facet]]:
    """How many entries this circle sees in all, and how many of them have which value."""
    key = f"directory-{int(circle)}"
    kept = cache.get(key)
    if kept is None:
        entries = entries_for(circle)
        kept = entries.count(), _facets(entries)
        if kept[0] > COUNTED_AT_ONCE:
            cache.set(key, kept, KEPT_FOR)
    return kept


def facets(entries: QuerySet[DirectoryEntry], count: int, *, key: str) -> dict[str, Facet]:
    """How many of these `count` entries have which value; `key` says which entries they are, for keeping the answer."""
    if count <= COUNTED_AT_ONCE:
        return _facets(entries)
    kept = cache.get(key)
    if kept is None:
        cache.set(key, kept := _facets(entries), KEPT_FOR)
    return kept


def _facets(entries: QuerySet[DirectoryEntry]) -> dict[str, Facet]:
    """Two queries: one over all single values at once, one over all lists."""
    bare = entries.order_by().values(*SINGLE, *MANY)
    sql, parameters = bare.query.sql_with_params()
    by_field: dict[str, list[tuple[str, int]]] = {field: [] for field in (*SINGLE, *MANY)}
    one_list = "SELECT '{0}', value, count(*) FROM found, unnest({0}) AS value GROUP BY value"
    lists = " UNION ALL ".join(one_list.format(field) for field in MANY)
    sets = ", ".join(f"({field})" for field in SINGLE)
    values = ", ".join(SINGLE)
    which = " ".join(f"WHEN grouping({field}) = 0 THEN '{field}'" for field in SINGLE)
    single = f"SELECT CASE {which} END, coalesce({values}), count(*) FROM found GROUP BY GROUPING SETS ({sets})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"WITH found AS MATERIALIZED ({sql}) {single} UNION ALL {lists}", parameters)
        for field, value, number in cursor.fetchall():
            if value:
                by_field[field].append((value, number))
    return {
        field: Facet(field, tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0]))))
        for field, counts in by_field.items()
    }


def entry_of(organisation_id: int, circle: Circle) -> DirectoryEntry | None:
    """The organisation as this circle sees it; None where it does not."""
    return entries_for(circle).filter(organisation=organisation_id).first()


def successor_of(organisation_id: int) -> int | None:
    """The organisation that this one was merged into."""
    found = Organisation.objects.filter(pk=organisation_id).values_list("merged_into", flat=True)
    return found.first()


def topic_words() -> dict[str, str]:
    """The vocabulary's words in the reader's language, by key."""
    return dict(topics().values_list("key", second_language()))


def topics_asked() -> QuerySet[Topic]:
    """The words that can be chosen now."""
    return topics().filter(until=None)


def partner_of(organisation: Organisation) -> Partner | None:
    """The partnering in force, as far as whoever acts may see it."""
    return Partner.objects.filter(organisation=organisation, until=None).first()


def countries_counted(circle: Circle) -> tuple[tuple[str, int], ...]:
    """How many entries each country has, the most first."""
    return overview(circle)[1]["country"].counts


def work_counted(circle: Circle) -> list[tuple[str, int]]:
    """How many entries work in each country, beside where they are registered."""
    key = f"directory-{int(circle)}-work"
    kept = cache.get(key)
    if kept is None:
        entries = entries_for(circle).order_by()
        each = entries.annotate(work=Func(F("regions"), function="unnest")).values_list("work")
        kept = list(each.annotate(number=Count("pk")).order_by("-number", "work"))
        if overview(circle)[0] > COUNTED_AT_ONCE:
            cache.set(key, kept, KEPT_FOR)
    return kept
