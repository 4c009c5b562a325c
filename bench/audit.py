"""The audit trail: sealing and verifying 20,000 history rows, and the page of a record with 10,000 changes."""

from __future__ import annotations

import json
import time
from typing import Any

from bench.measure import load, table
from bench.site import site

EVENTS = 20_000
CHANGES = (10, 10_000)
RUNS = 7
MOST_QUERIES, MOST_MS = 25, 60


def main() -> None:
    said = json.loads(site("audit").run("bench.audit", "measured").splitlines()[-1])
    sealing = [[what, round(seconds, 2), round(seconds / EVENTS * 1e6)] for what, seconds in said["seals"].items()]
    table(f"Seals over {EVENTS:,} history rows ({load()})", ["", "s", "us a row"], sealing)
    rows = [
        [f"{changes} changes", page["queries"], round(page["ms"], 1), "over" if page["ms"] > MOST_MS else ""]
        for changes, page in said["pages"].items()
    ]
    note = f"Bar: {MOST_QUERIES} queries and {MOST_MS} ms of processor time at any size."
    table(
        "The page of a record's history: queries and CPU ms, Python and PostgreSQL",
        ["", "queries", "ms", ""],
        rows,
        note,
    )


def measured() -> None:
    """In the site: makes the rows, then prints the figures as JSON."""
    import django

    django.setup()
    from eprm.people.actions import open_account, register_organisation
    from eprm.people.identity import acting_for

    person = open_account(email="noor@halden.example", name="Noor", password="!")
    with acting_for(person, path="bench"):
        organisation = register_organisation(name="Halden", country="NL", tier="brand", by=person)
    person.__dict__.pop("current_memberships", None)
    pages = {changes: _page(person, organisation, changes) for changes in CHANGES}
    print(json.dumps({"seals": _seals(person, organisation), "pages": pages}))


def _page(person: Any, organisation: Any, changes: int) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from eprm.diligence.models import Supplier
    from eprm.people.identity import acting_for

    with acting_for(person, path="bench"):
        supplier = Supplier.objects.create(organisation=organisation, name=f"Solder {changes}")
        for number in range(changes):
            Supplier.objects.filter(pk=supplier.pk).update(number=str(number))
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    url = reverse("people:record_history", args=["diligence.supplier", supplier.pk])
    client.get(url)
    took = []
    for _run in range(RUNS):
        started = time.process_time()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        # The database's own time is told by the wall time of its queries: nothing else runs on this server.
        took.append(time.process_time() - started + sum(float(query["time"]) for query in captured))
    return {"queries": len(captured), "ms": min(took) * 1000}


def _seals(person: Any, organisation: Any) -> dict[str, float]:
    import os

    import psycopg
    from django.db import connection

    from eprm.base import postgres, seals
    from eprm.diligence.models import Supplier
    from eprm.people.identity import acting_for

    while seals.seal() is not None:
        """What was written until now is sealed."""
    with acting_for(person, path="bench"):
        Supplier.objects.bulk_create(
            [Supplier(organisation=organisation, name=f"S{number}") for number in range(EVENTS)], batch_size=5000
        )
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT eprm_seal()")
    sealed = time.perf_counter() - started
    owner = os.environ["DATABASE_URL"].replace(f"{postgres.APP}@", f"{postgres.OWNER}@")
    with psycopg.connect(owner) as as_owner, as_owner.cursor() as cursor:
        started = time.perf_counter()
        assert list(seals.problems(cursor)) == []
        verified = time.perf_counter() - started
    return {"sealing them": sealed, "verifying all rows of this bench": verified}


if __name__ == "__main__":
    measured()
