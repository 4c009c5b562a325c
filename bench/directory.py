"""The directory at 10, 1,000 and 100,000 organisations: its pages, its search with and without slips."""

from __future__ import annotations

import json
import random
import time
from dataclasses import asdict
from itertools import product
from typing import Any

from bench.measure import exponent, load, table
from bench.pages import MOST_KB, MOST_MS, MOST_QUERIES, Page
from bench.site import site

SIZES = (10, 1_000, 100_000)
ASKED, MOST_SEARCH_MS = 200, 30
SYLLABLES = ("ka", "ru", "mo", "ta", "ni", "ve", "lo", "shi", "ba", "du", "ge", "po", "wa", "li", "zu", "fe")
TRADES = "mining metals minerals cooperative trading resources solder alloys gold tin".split()
TRADES += ["tantalum", "wolfram", "export", "group"]
PLACES = "Goma Bukavu Kigali Enschede Eindhoven Liberec Heidenheim Leoben Butterworth Condoto Kakamega Quibdó".split()
PAGES = {"list": "", "page 1000": "page=1000", "tin in CD": "mineral=tin&country=CD", "searched": "q=karumota+mining"}


def main() -> None:
    by_size, searches = {}, {}
    for size in SIZES:
        said = json.loads(site(f"directory{size}").run("bench.directory", "at_size", str(size)).splitlines()[-1])
        by_size[size] = {name: Page(**page) for name, page in said["pages"].items()}
        searches[size] = said["searches"]
    rows = []
    for name in by_size[SIZES[0]]:
        pages = [by_size[size][name] for size in SIZES]
        last = pages[-1]
        over = [
            word
            for word, is_over in (
                ("queries", last.queries > MOST_QUERIES),
                ("ms", last.ms > MOST_MS),
                ("kB", last.html_kb > MOST_KB),
            )
            if is_over
        ]
        growth = round(exponent(SIZES, [page.ms for page in pages]), 2)
        times = [round(page.ms, 1) for page in pages]
        rows.append([name, *times, round(last.database_ms, 1), growth, last.queries, last.html_kb, " ".join(over)])
    sizes = [f"{size:,}" for size in SIZES]
    table(
        f"Directory before {', '.join(sizes)} organisations, three circles: CPU ms ({load()})",
        ["page", *sizes, "of it SQL", "grows ^", "queries", "kB HTML", "over"],
        rows,
        f"Bar: {MOST_QUERIES} queries, {MOST_MS} ms, {MOST_KB} kB. SQL, queries and kB are those of the largest size.",
    )
    table(
        f"Search, {ASKED} different names, first 50 found: wall ms",
        ["size", "as typed p50", "p95", "one letter wrong p50", "p95", "found with the slip", ""],
        [
            [f"{size:,}", *told.values(), "over" if told["p95"] > MOST_SEARCH_MS else ""]
            for size, told in searches.items()
        ],
        f"Bar: p95 {MOST_SEARCH_MS} ms.",
    )


def _over(p95: float) -> str:
    return "over" if p95 > MOST_SEARCH_MS else ""


# What follows runs in a process of the site.


def at_size(size: str) -> dict[str, Any]:
    from django.test import Client
    from django.urls import reverse

    from bench.pages import measure_page

    office, one = fill(int(size))
    visitor, secretariat = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    secretariat.force_login(office, "django.contrib.auth.backends.ModelBackend")
    address, pages = reverse("people:directory_list"), {}
    for name, query in PAGES.items():
        pages[name] = asdict(measure_page(visitor, f"{address}?{query}"))
    pages["list, as members see it"] = asdict(measure_page(secretariat, address))
    pages["map"] = asdict(measure_page(visitor, reverse("people:directory_map")))
    pages["one organisation"] = asdict(measure_page(visitor, reverse("people:directory_detail", args=[one])))
    pages["all, for the secretariat"] = asdict(measure_page(secretariat, reverse("people:organisation_list")))
    return {"pages": pages, "searches": _search(int(size))}


def fill(size: int) -> tuple[Any, int]:
    """So many organisations, all listed, each with its row for every circle; answers a person of the secretariat."""
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from eprm.base.identity import acting_as
    from eprm.people.actions import found_secretariat, open_account
    from eprm.people.models import Organisation

    office = open_account(email="office@bench.example", name="Office", password=make_password(None))
    with acting_as(office.pk):
        found_secretariat(name="Secretariat", country="NL", place="", by=office)
    names = ["".join(parts) for parts in product(SYLLABLES, repeat=4)]
    with acting_as(office.pk, secretariat=True), connection.cursor() as cursor:
        # A prime step through all names, so that neighbours differ and few names repeat.
        cursor.execute(
            """
            INSERT INTO people_organisation (name, normalised, country, place, tier, pillar, created_at)
            SELECT named, lower(named), (%(countries)s::text[])[1 + n %% 8], (%(places)s::text[])[1 + n %% 12],
              (%(tiers)s::text[])[1 + n %% 5], (%(pillars)s::text[])[1 + n %% 3], now()
            FROM generate_series(1, %(size)s) n, LATERAL (SELECT initcap((%(names)s::text[])[1 + (n * 7919) %% 65536]
              || ' ' || (%(trades)s::text[])[1 + n %% 14]) AS named) x""",
            {
                "size": size,
                "names": names,
                "trades": TRADES,
                "places": PLACES,
                "countries": "CD RW NL DE CO KE MY CZ".split(),
                "tiers": ["mine", "cooperative", "trader", "smelter", "brand"],
                "pillars": ["supply_chain", "government", "civil_society"],
            },
        )
        cursor.execute("""
            INSERT INTO people_directoryentry (organisation_id, circle, name, sort_name, country, place, tier, pillar,
              staff, minerals, regions, seeks, offers, names, identifiers, about, among_members, website,
              contact, words)
            SELECT id, circle, name, lower(name), country, place, tier, pillar, id % 900,
              CASE id % 3 WHEN 0 THEN '{tin}'::text[] WHEN 1 THEN '{tin,tantalum}' ELSE '{gold}' END, '{CD}',
              CASE circle WHEN 0 THEN '{}'::text[] ELSE '{buyers}' END, '{training}', '{}', '{}',
              'Minerals from ' || place || ', with a chain that can be followed.', '', '', '',
              array_append(string_to_array(lower(name), ' '), lower(place))
            FROM people_organisation, generate_series(0, 2) circle WHERE tier <> 'secretariat'""")
        one = Organisation.objects.exclude(tier="secretariat").first().pk
    _vacuum()
    return office, one


def _vacuum() -> None:
    """As the owner, what the server does by itself within minutes of so many rows."""
    import os

    import psycopg

    from eprm.base.postgres import APP, OWNER

    url = os.environ["DATABASE_URL"].replace(f"//{APP}@", f"//{OWNER}@")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _search(size: int) -> dict[str, float]:
    from eprm.base.identity import acting_as
    from eprm.people.models import Circle, DirectoryEntry
    from eprm.people.queries.directory import entries_found

    chance = random.Random(1)
    with acting_as(None):
        names = list(DirectoryEntry.objects.filter(circle=0).values_list("name", flat=True).order_by("pk")[:20_000])
        asked = [chance.choice(names) for _ in range(ASKED)]
        told: dict[str, float] = {}
        for kind, queries in (("", asked), ("slip ", [_slip(name, chance) for name in asked])):
            times, found = [], 0
            for name, query in zip(asked, queries, strict=True):
                began = time.perf_counter()
                rows = list(entries_found(Circle.PUBLIC, {"q": query})[:50])
                times.append((time.perf_counter() - began) * 1000)
                found += any(row.name == name for row in rows)
            times.sort()
            told[f"{kind}p50"], told[f"{kind}p95"] = times[len(times) // 2], times[int(len(times) * 0.95)]
        told["found"] = found / ASKED
    return told


def _slip(name: str, chance: random.Random) -> str:
    """The name with one letter of its first word wrong."""
    at = chance.randrange(1, len(name.split()[0]))
    return name[:at] + chance.choice("aeioursk") + name[at + 1 :]


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
