"""200 signed-in people at once, before the demo's partnership and the web server as `make demo` starts it.

Each opens a page, reads it for some seconds, and opens the next: `PAUSE` seconds in the mean, by an exponential law, as
people who do not wait for each other. Errors, latency, CPU and memory of the server's processes are those of the run.
`BENCH_SECONDS` sets its length; an hour tells whether memory stays flat.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.measure import load, table
from bench.site import Site, site

PEOPLE, PAUSE, SECONDS = 200, 10.0, int(os.environ.get("BENCH_SECONDS", "60"))
WARM_UP = 15
MOST_MS = 500
ROUTES = """
portal:start diligence:company diligence:upload_list diligence:supplier_list diligence:decision_list groups:group_list
members:start knowledge:hub knowledge:resource_list reference:start people:directory_list people:directory_map
people:organisation_detail people:change_list events:event_list authorities:authority_list search:results returns:start
""".split()
WEB = ["gunicorn", "eprm.config.wsgi:application", "--preload", "--workers", "2"]
WEB += ["--worker-class", "gthread", "--threads", "4"]
WEB += ["--log-level", "error", "--timeout", "60", "--no-control-socket"]


@dataclass
class Told:
    """What the people met: milliseconds a page, and what went wrong."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    made = site("crowd")
    made.run("eprm.manage", "demo", "--password", "for-the-bench-only")
    visits = json.loads(made.run("bench.crowd", "visits").splitlines()[-1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", *WEB, "--bind", f"127.0.0.1:{port}"], env=made.env, start_new_session=True
    )
    try:
        _wait(port, visits[0])
        _report(made, server.pid, *_run(made, server.pid, port, visits))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=15)


def _run(made: Site, pid: int, port: int, visits: list[list[Any]]) -> tuple[Told, dict[str, float]]:
    _crowd(port, visits, WARM_UP)
    cpu, memory, database = _cpu(pid), _memory(pid), made.server_cpu()
    told = _crowd(port, visits, SECONDS)
    spent = {"cpu": _cpu(pid) - cpu, "database": made.server_cpu() - database}
    return told, spent | {"memory": memory, "memory_after": _memory(pid)}


def _report(made: Site, pid: int, told: Told, spent: dict[str, float]) -> None:
    times = sorted(told.times)
    pages = max(len(times), 1)
    p50, p95 = (times[int(len(times) * part)] for part in (0.5, 0.95))
    rows = [
        ["pages a second", len(times) / SECONDS, ""],
        ["ms p50", p50, ""],
        ["ms p95", p95, f"<= {MOST_MS}"],
        ["ms at most", times[-1], ""],
        ["errors", len(told.wrong), "0"],
        ["CPU ms a page, web server", spent["cpu"] / pages * 1000, ""],
        ["CPU ms a page, PostgreSQL", spent["database"] / pages * 1000, ""],
        ["MB of the web server before", spent["memory"], ""],
        ["MB of the web server after", spent["memory_after"], "flat"],
    ]
    table(
        f"{PEOPLE} signed-in people for {SECONDS} s, a page each {PAUSE:.0f} s, 2 processes of 4 threads ({load()})",
        ["what", "measured", "bar"],
        rows,
        *[f"wrong: {each}" for each in dict.fromkeys(told.wrong[:20])],
    )


def _crowd(port: int, visits: list[list[Any]], seconds: int) -> Told:
    told, until = Told(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_person, args=(port, cookie, pages, until, told, seed))
        for seed, (cookie, pages) in enumerate(visits)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _person(port: int, cookie: str, pages: list[str], until: float, told: Told, seed: int) -> None:
    chance = random.Random(seed)
    pause = chance.random() * PAUSE  # they do not all come at once
    while time.monotonic() + pause < until:
        time.sleep(pause)
        address, began = chance.choice(pages), time.perf_counter()
        try:
            status = _open(port, address, cookie)
        except OSError as problem:
            told.wrong.append(f"{address}: {problem}")
        else:
            told.times.append((time.perf_counter() - began) * 1000)
            if status != 200:
                told.wrong.append(f"{address}: {status}")
        pause = chance.expovariate(1 / PAUSE)


def _open(port: int, address: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _wait(port: int, visit: list[Any]) -> None:
    for _ in range(300):
        try:
            _open(port, visit[1][0], visit[0])
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _processes(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _cpu(pid: int) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in _processes(pid))


def _memory(pid: int) -> float:
    # What several share counts once, divided among them.
    return sum(process.memory_full_info().pss for process in _processes(pid)) / 1e6


# What follows runs in a process of the site.


def visits() -> list[list[Any]]:
    """For so many sessions, spread over the demo's people: the cookie, and the pages that person can open."""
    from django.conf import settings
    from django.test import Client
    from django.urls import NoReverseMatch, reverse

    from eprm.people.models import Person

    addresses = []
    for name in ROUTES:
        try:
            addresses.append(reverse(name) + ("?q=tin" if name == "search:results" else ""))
        except NoReverseMatch:
            continue
    people, found = list(Person.objects.filter(memberships__until=None).distinct().order_by("pk")), []
    opened: dict[int, list[str]] = {}
    for number in range(PEOPLE):
        person, client = people[number % len(people)], Client(SERVER_NAME="localhost")
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        if person.pk not in opened:
            opened[person.pk] = [each for each in addresses if client.get(each).status_code == 200]
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append([f"{settings.SESSION_COOKIE_NAME}={cookie}", opened[person.pk]])
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]]()))
