"""Groups: the list before thousands of groups, a thread of thousands of posts, the digest for ten thousand members."""

from __future__ import annotations

import json
import resource
import time
from datetime import timedelta
from itertools import islice
from uuid import uuid4

from bench.measure import exponent, load, table
from bench.site import site

GROUPS, POSTS, MEMBERS = (30, 300, 3000), (20, 200, 2000), (100, 1000, 10_000)
RUNS = 7
MOST_QUERIES, MOST_MS, MOST_KB = 25, 60, 60
MOST_SECONDS, MOST_MB = 60, 200
POSTS_IN_A_DAY = 12


def main() -> None:
    _pages("The list of groups by their number", "group_list", GROUPS)
    _pages("A thread's page by its number of posts", "thread", POSTS)
    rows = []
    for size in MEMBERS:
        place = site(f"digest{size}")
        place.run("bench.groups", "news", str(size))
        said = json.loads(place.run("bench.groups", "digest", str(size)).splitlines()[-1])
        rows.append([f"{size:,}", said["sent"], said["seconds"], said["mb"]])
    growth = exponent(MEMBERS, [row[2] for row in rows])
    table(
        f"The daily digest of {POSTS_IN_A_DAY} posts, one mail a member, through the outbox ({load()})",
        ["members", "mails", "s", "MB at most"],
        rows,
        f"grows with the members to the power {growth:.2f}",
        f"Bar: {MOST_SECONDS} s and {MOST_MB} MB for 10,000.",
    )


def _pages(title: str, what: str, sizes: tuple[int, ...]) -> None:
    rows = []
    for size in sizes:
        said = json.loads(site(f"{what}{size}").run("bench.groups", what, str(size)).splitlines()[-1])
        rows.append([f"{size:,}", said["ms"], said["queries"], said["kb"]])
    growth = exponent(sizes, [row[1] for row in rows])
    table(
        f"{title}: CPU ms in Python ({load()})",
        ["size", "CPU ms", "queries", "kB HTML"],
        rows,
        f"grows to the power {growth:.2f}",
        f"Bar: {MOST_QUERIES} queries, {MOST_MS} ms, {MOST_KB} kB at any size.",
    )


# What follows runs in a process of the site.


def people(count: int) -> list:
    """So many persons, each with an organisation of their own."""
    from eprm.people.models import Membership, Organisation, Person

    persons = Person.objects.bulk_create(
        Person(email=f"p{n}@bench.example", name=f"Person {n}", password="!") for n in range(count)
    )
    tiers = ("brand", "government", "civil_society")
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {n}", country="NL", tier=tiers[n % 3]) for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(person=p, organisation=o, role="manager", since="2026-01-01")
        for p, o in zip(persons, organisations, strict=True)
    )
    return persons


def group_of(persons: list, access: str = "closed", number: int = 0):
    """A group whose members are these persons, the first its facilitator."""
    from django.utils import timezone

    from eprm.base.identity import acting_as
    from eprm.groups.actions.standing import recount
    from eprm.groups.models import Group, GroupMember
    from eprm.groups.rules import pillar_of

    with acting_as(persons[0].pk, secretariat=True):
        group = Group.objects.create(
            name=f"Group {number}", slug=f"group-{number}", aims="Roads and receipts.", access=access,
            minerals=["tin"], founded_by=persons[0],
        )  # fmt: skip
    with acting_as(None, job="groups"):
        GroupMember.objects.bulk_create(
            GroupMember(
                group=group, person=p, organisation=m.organisation, pillar=pillar_of(m.organisation), state="member",
                role="member" if at else "facilitator", handle=f"p{p.pk}", since=timezone.now(),
            )
            for at, p in enumerate(persons)
            for m in islice(p.current_memberships, 1)
        )  # fmt: skip
        recount(group)
    return Group.objects.get(pk=group.pk) if access == "open" else group


def write(group, person, count: int):
    from eprm.groups.actions import threads
    from eprm.people.identity import acting_for

    words = "The officers say the office that stamps receipts closes at **five**. See https://eprm.example/a. " * 4
    with acting_for(person, path="bench"):
        thread = threads.start_thread(group, title="The road", text=words, nonce=uuid4(), by=person)
        for _ in range(count - 1):
            threads.write_post(thread, text=words, nonce=uuid4(), by=person)
    return thread


def measured(person, address: str) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
        queries = len(asked)
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        client.get(address)
        times.append(1000 * (time.process_time() - start))
    assert response.status_code == 200, response.status_code
    return {
        "ms": round(sorted(times)[RUNS // 2], 1),
        "queries": queries,
        "kb": round(len(response.content) / 1000, 1),
    }


def group_list(size: str) -> dict[str, float]:
    persons = people(3)
    for number in range(int(size)):
        group_of(persons, ("open", "request", "closed")[number % 3], number)
    return measured(persons[1], "/groups/")


def thread(size: str) -> dict[str, float]:
    persons = people(25)
    found = write(group_of(persons), persons[0], int(size))
    return measured(persons[1], f"/groups/group-0/threads/{found.pk}?page=2")


def news(size: str) -> dict[str, float]:
    """What the digest tells of, made by a process of its own: its memory is not the digest's."""
    persons = people(int(size))
    write(group_of(persons), persons[0], POSTS_IN_A_DAY)
    return {}


def digest(size: str) -> dict[str, float]:
    from django.utils import timezone

    from eprm.base.identity import acting_as
    from eprm.groups.actions import delivery
    from eprm.people.models import Person

    until, sent, start = timezone.now() + timedelta(seconds=1), 0, time.perf_counter()
    ids = list(Person.objects.order_by("pk").values_list("pk", flat=True)[: int(size)])
    for at in range(0, len(ids), delivery.PEOPLE_A_JOB):
        with acting_as(None, job="groups"):
            sent += delivery.send_digests("daily", until, ids[at : at + delivery.PEOPLE_A_JOB])
    seconds = time.perf_counter() - start
    return {
        "sent": sent,
        "seconds": round(seconds, 1),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](sys.argv[2])))
