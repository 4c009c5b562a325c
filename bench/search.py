"""The search before 100,000 posts and 20,000 resources, of which a person may see a part; and public pages' rate."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from typing import Any

import psutil

from bench.measure import load, table
from bench.site import site

POSTS, RESOURCES = 100_000, 20_000
THINGS = POSTS + RESOURCES
GROUPS = 200
OPEN_GROUPS = 20
SEARCHES = 40
BAR_MS, BAR_RATE = 30, 1500
SECONDS, CLIENTS = 5, 4
# Words of a post, and of a file: one thing in so many is a file.
SHORT, LONG, EACH_LONG = 60, 6000, 400
MINERALS = ("tin", "tantalum", "tungsten", "gold")
CONSONANTS, VOWELS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "x", "z"), "aeiou"


def main() -> None:
    made = site("search")
    said = json.loads(made.run("bench.search", "measured").splitlines()[-1])
    rows = [
        [who, kind, *(round(ms, 1) for ms in times), "over" if times[1] > BAR_MS else ""]
        for who, kinds in said["times"].items()
        for kind, times in kinds.items()
    ]
    title = f"Search among {POSTS:,} posts and {RESOURCES:,} resources with permissions, {SEARCHES} searches a kind, "
    title += f"whole of `found_by` ({load()})"
    note = f"Wall ms. Bar: {BAR_MS} ms at p95. A visitor sees the resources and {OPEN_GROUPS} of {GROUPS} groups, "
    note += "a member 5 more, the last a reader of all. CPU: mean of the processor's ms, PostgreSQL's with ours. "
    note += f"One thing in {EACH_LONG} is a file of {LONG:,} words."
    table(
        title,
        ["who", "search for", "p50", "p95", "most", "CPU", ""],
        rows,
        note,
        f"Indexing: {said['index_us']:.0f} us a thing.",
    )
    _rate(made)


def _rate(made: Any) -> None:
    """Requests a second of the hub's front, as a visitor, over the network of this machine."""
    made.run("eprm.manage", "load_knowledge")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "eprm.config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "5"]
    server = subprocess.Popen([*command, "--log-level", "error"], env=made.env, start_new_session=True)
    try:
        _wait(port)
        rates = [["hub", "/learn/"], ["resources", "/learn/resources/"], ["a brief", _brief(made)]]
        rows = []
        for name, path in rates:
            count, size = _asked(port, path)
            rows.append(
                [name, round(count / SECONDS), round(size / 1e3, 1), "" if count / SECONDS >= BAR_RATE else "under"]
            )
        note = f"2 workers and {CLIENTS} clients share {os.cpu_count()} cores. Bar: {BAR_RATE} a second."
        table("A public page from memory: requests a second", ["page", "a second", "kB gz", ""], rows, note)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=15)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/learn/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _brief(made: Any) -> str:
    return made.run("bench.search", "brief").splitlines()[-1].strip('"')


def _asked(port: int, path: str) -> tuple[int, int]:
    """How many answers within the time, from clients in processes of their own, and an answer's size."""
    command = [sys.executable, "-m", "bench.search", "client", str(port), path]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)]
    said = [json.loads(client.communicate()[0].splitlines()[-1]) for client in clients]
    return sum(count for count, _size in said), said[0][1]


def client(port: str, path: str) -> list[int]:
    """One client on one connection, as bare as can be: it shares the machine with what it measures."""
    asking = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = size = 0
    with socket.create_connection(("127.0.0.1", int(port))) as link:
        link.settimeout(30)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            link.sendall(asking)
            got = link.recv(65536)
            head, _blank, body = got.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += link.recv(65536)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode())
            count, size = count + 1, length
            if b"connection: close" in head.lower():
                link.close()
                return [count + _again(port, path, until), size]
    return [count, size]


def _again(port: str, path: str, until: float) -> int:
    return client(port, path)[0] if time.monotonic() < until else 0


# What follows runs in a process of the site.


def brief() -> str:
    from eprm.knowledge.models import BriefPage

    return BriefPage.objects.order_by("pk").first().get_absolute_url()


def measured() -> dict[str, Any]:
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection

    from eprm.base.identity import acting_as
    from eprm.knowledge import content
    from eprm.people.models import Person
    from eprm.search import actions, queries

    actions.load_synonyms(content.synonyms())
    started = time.perf_counter()
    actions.index_items(_things())
    spent = time.perf_counter() - started
    actions.gather_words()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")
        cursor.execute("ANALYZE search_word")
    people: dict[str, Any] = {"visitor": AnonymousUser()}
    for name, groups in (("member", range(50, 55)), ("of all groups", range(GROUPS))):
        people[name] = Person(pk=1, email="m@load.example")
        people[name].__dict__["_audience_keys"] = ["public", "signed_in", *(f"group:{n}" for n in groups)]
    times = {}
    with acting_as(None):  # as every request does
        for who, person in people.items():
            times[who] = {kind: _timed(queries.found_by, person, words) for kind, words in _kinds().items()}
    return {"times": times, "index_us": spent / THINGS * 1e6}


def _timed(found_by: Any, person: Any, words: list[str]) -> tuple[float, float, float, float]:
    """Wall ms: median, 95th percentile and most; and the mean of the processor's, PostgreSQL's with ours."""
    from django.db import connection

    server = psutil.Process(connection.connection.info.backend_pid)

    def cpu() -> float:
        spent = server.cpu_times()
        return spent.user + spent.system + time.process_time()

    runs = []
    found_by(person, words[0])
    before = cpu()
    for each in words:
        started = time.perf_counter()
        found_by(person, each)
        runs.append((time.perf_counter() - started) * 1e3)
    mean = (cpu() - before) * 1e3 / len(words)
    return statistics.median(runs), sorted(runs)[int(len(runs) * 0.95)], max(runs), mean


def word(number: int) -> str:
    """A word of three syllables, as no two numbers under 343,000 have it alike."""
    syllables = [number * 7919 % 343_000 // 4900, number * 7919 % 4900 // 70, number * 7919 % 70]
    return "".join(CONSONANTS[each // 5] + VOWELS[each % 5] for each in syllables) + "k"


def _kinds() -> dict[str, list[str]]:
    def rare(first: int) -> list[str]:
        return [word(n) for n in range(first, first + SEARCHES)]

    return {
        "a rare word": rare(3000),
        "two words": [f"smelter {each}" for each in rare(200)],
        "a synonym": ["coltan", "tin ore", "3TG", "minerai d'étain", "wolfram"] * (SEARCHES // 5),
        "a word in every tenth thing": ["cassiterite", "smelter", "roadblock", "audit"] * (SEARCHES // 4),
        "an everyday word, no synonym": rare(20),
        "two common words": ["cassiterite smelter", "roadblock audit", "tin ore audit", "audit 3TG"] * (SEARCHES // 4),
        "mistyped": ["casiterite", "smetler", "roadblok", "wolframit"] * (SEARCHES // 4),
        "mistyped beside a word": [f"casiterite {each}" for each in rare(100)],
        "a rare word mistyped": [each[:2] + each[3:] for each in rare(3000)],
        "nothing like it": [f"qqzx{n}" for n in range(SEARCHES)],
    }


def _things() -> Any:
    """Words by Zipf's law, as in real text; a tenth of the things hold each of the field's own words."""
    from eprm.search.kinds import Item

    chance = random.Random(7)
    vocabulary = [word(n) for n in range(20_000)]
    weights = [1 / (n + 8) for n in range(len(vocabulary))]
    field = ("cassiterite", "smelter", "roadblock", "audit", "tantalite", "wolframite", "conflict minerals", "tin ore")
    for number in range(THINGS):
        words = chance.choices(vocabulary, weights, k=LONG if number % EACH_LONG == 3 else SHORT)
        words += [word for word in field if chance.random() < 0.1]
        chance.shuffle(words)
        resource, group = number % 6 == 0, number // 6 % GROUPS
        public = resource or group < OPEN_GROUPS
        yield Item(
            kind="resource" if resource else "post",
            key=number,
            language=chance.choice(("en", "en", "fr", "es")),
            title=" ".join(words[:6]),
            text=" ".join(words),
            url=f"/{number}/",
            audience=["public"] if public else [f"group:{group}"],
            facets=[f"mineral:{MINERALS[number % 4]}"],
            on=None if resource else date(2022, 1, 1) + timedelta(days=number * 1400 // THINGS),
        )


if __name__ == "__main__":
    if sys.argv[1] == "client":
        print(json.dumps(client(*sys.argv[2:])))
    else:
        import django

        django.setup()
        print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
