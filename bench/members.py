"""The secretariat's lists before 10, 1,000 and 100,000 members, each with duties and an invoice."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from bench.measure import exponent, load, table
from bench.site import site

SIZES = (10, 1_000, 100_000)
RUNS = 7
PAGES = {
    "members": "/members/all/",
    "members, red": "/members/all/?light=red",
    "members by name": "/members/all/?q=9",
    "what is owed": "/members/owed/",
    "invoices": "/members/invoices/",
    "invoices, owed": "/members/invoices/?owed=on",
    "one member": "/members/{member}/",
}
MOST_QUERIES, MOST_MS, MOST_KB = 25, 60, 60

ROWS = """
INSERT INTO people_organisation (name, country, place, tier, pillar, created_at, {extra})
  SELECT 'Organisation ' || n, 'NL', '', 'brand', 'supply_chain', now(), {values} FROM generate_series(1, %(size)s) n;
INSERT INTO members_member (organisation_id, pillar, fee_class, since, state)
  SELECT id, 'supply_chain', 'normal', current_date - 400, 'active' FROM people_organisation
  WHERE name LIKE 'Organisation %%';
INSERT INTO members_duty (organisation_id, member_id, rule_id, key, period, opened_on, due_on, red_on, met_on)
  SELECT organisation_id, id, (SELECT id FROM members_dutyrule WHERE key = 'return' LIMIT 1), 'return', 2026,
    current_date - 200, current_date - 100, current_date - 70,
    CASE WHEN id %% 50 = 0 THEN NULL ELSE current_date - 120 END
  FROM members_member;
INSERT INTO members_duty (organisation_id, member_id, rule_id, key, period, opened_on, due_on, red_on)
  SELECT organisation_id, id, (SELECT id FROM members_dutyrule WHERE key = 'contact' LIMIT 1), 'contact', 2027,
    current_date - 10, current_date + 50, current_date + 140 FROM members_member;
INSERT INTO members_invoice (organisation_id, member_id, kind, year, number, for_year, issued_on, due_on, amount,
    currency, what, billed_to, language, is_fee, paid, credited, earmarked, sha256, issued_by_id)
  SELECT organisation_id, id, 'invoice', 2026, row_number() OVER (ORDER BY id), 2026, current_date - 300,
    current_date - 240, 10000, 'EUR', 'Contribution', 'Organisation', 'en', true,
    CASE WHEN id %% 20 = 0 THEN 0 ELSE 10000 END, 0, 0, '', %(person)s FROM members_member;
ANALYZE;
"""


def main() -> None:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in PAGES}
    for size in SIZES:
        said = json.loads(site(f"members{size}").run("bench.members", str(size)).splitlines()[-1])
        for name, page in said.items():
            found[name].append(page)
    rows = []
    for name, pages in found.items():
        last = pages[-1]
        over = [
            word
            for word, is_over in (
                ("queries", last["queries"] > MOST_QUERIES),
                ("ms", last["ms"] > MOST_MS),
                ("kB", last["kb"] > MOST_KB),
            )
            if is_over
        ]
        growth = exponent(SIZES, [page["ms"] for page in pages])
        times = [f"{page['ms']:.0f}" for page in pages]
        rows.append(
            [
                name,
                *times,
                f"{growth:.2f}",
                last["queries"],
                f"{last['kb']:.0f}",
                "over: " + ", ".join(over) if over else "",
            ]
        )
    columns = ["page", *(f"{size:,}" for size in SIZES), "grows ^", "queries", "kB", ""]
    note = f"Bar: {MOST_QUERIES} queries, {MOST_MS} ms CPU, {MOST_KB} kB at any size."
    table(f"The secretariat's lists of members: CPU ms, Python and PostgreSQL ({load()})", columns, rows, note)


def at_size(size: int) -> None:
    """Fill this site, open each page some times, and print the least of each figure as JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from eprm.base.identity import acting_everywhere
    from eprm.people import actions

    person = actions.open_account(email="femke@bench.example", name="Femke", password="!")
    actions.found_secretariat(name="Secretariat", country="NL", place="", by=person)
    with acting_everywhere("members"), connection.cursor() as cursor:
        cursor.execute(_rows(cursor), {"size": size, "person": person.pk})
        cursor.execute("SELECT max(id) FROM members_member")
        (member,) = cursor.fetchone()
    client, said = Client(SERVER_NAME="localhost"), {}
    client.force_login(person)
    for name, address in PAGES.items():
        best = []
        for _ in range(RUNS):
            with CaptureQueriesContext(connection) as queries:
                start = time.process_time()
                response = client.get(address.format(member=member))
                python = (time.process_time() - start) * 1000
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")
            database = sum(float(query["time"]) for query in queries.captured_queries) * 1000
            best.append((python + database, len(queries), len(response.content) / 1000))
        least = min(best)
        said[name] = {"ms": least[0], "queries": least[1], "kb": least[2]}
    print(json.dumps(said))


def _rows(cursor: Any) -> str:
    """The statements, with a value for each further column of an organisation that asks for one."""
    known = {"name", "country", "place", "tier", "pillar", "created_at", "id"}
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'people_organisation' "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'"
    )
    further = [(name, kind) for name, kind in cursor.fetchall() if name not in known]
    blank = {"boolean": "false", "integer": "0", "smallint": "0", "bigint": "0", "uuid": "gen_random_uuid()"}
    extra = "".join(f", {name}" for name, _kind in further)
    values = "".join(f", {blank.get(kind, repr(''))}" for _name, kind in further)
    return ROWS.replace(", {extra}", extra).replace(", {values}", values)


if __name__ == "__main__":
    at_size(int(sys.argv[1]))
