"""The site's pages before 30, 300 and 3,000 declarations, and what a browser fetches to show its first page."""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from bench.measure import exponent, load, table
from bench.site import site

SIZES = (30, 300, 3000)
LINES_A_FILE = (50, 400, 2500)
RUNS = 9
LISTED = "upload_list upload_lines supplier_list supplier_detail decision_list company smelter_list smelter_detail"
LISTED += " risk_list finding_list year_change report change_list start home"
FIRST_PAGES = ("home", "login", "start", "upload_list")
MOST_QUERIES, MOST_MS, MOST_KB, MOST_WIRE_KB = 25, 60, 60, 100


@dataclass(frozen=True)
class Page:
    """One page: processor milliseconds in Python and in PostgreSQL, queries, and its HTML in kB plain and gzipped."""

    python_ms: float
    database_ms: float
    queries: int
    html_kb: float
    gzip_kb: float

    @property
    def ms(self) -> float:
        return self.python_ms + self.database_ms


def main() -> None:
    by_size: dict[int, dict[str, Page]] = {}
    for size in SIZES:
        said = json.loads(site(f"pages{size}").run("bench.pages", "at_size", str(size)).splitlines()[-1])
        by_size[size] = {name: Page(**page) for name, page in said["pages"].items()}
    rows = [_row(name, [pages[name] for pages in by_size.values()]) for name in by_size[SIZES[0]]]
    columns = ["page", *(f"{size:,}" for size in SIZES), "of it SQL", "grows ^", "queries", "kB HTML", "kB gz", ""]
    title = f"Pages before {', '.join(f'{size:,}' for size in SIZES)} declarations of 33 lines: CPU ms ({load()})"
    note = f"Bar: {MOST_QUERIES} queries, {MOST_MS} ms, {MOST_KB} kB at any size. “over” names what is not held."
    table(title, columns, rows, note, "SQL, queries and kB are those of the largest size.")
    _details()
    weights = json.loads(site("weights").run("bench.pages", "first_pages").splitlines()[-1])
    table(
        "A first page over the wire, nothing cached: kB",
        ["page", "HTML gz", "style", "scripts", "pictures", "font", "in all", f"bar {MOST_WIRE_KB}"],
        [
            [name, *parts.values(), sum(parts.values()), _over(sum(parts.values()) > MOST_WIRE_KB, "kB")]
            for name, parts in weights.items()
        ],
    )
    print("  Stated for peers elsewhere, not run here: a grants platform's list 639 ms, 138 queries, 391 kB;")
    print("  its detail page with 3,004 siblings 11.8 s, 4,833 queries, 3.4 MB.")


def _row(name: str, pages: list[Page]) -> list[object]:
    last = pages[-1]
    over = " ".join(
        word
        for word, is_over in (
            ("queries", max(page.queries for page in pages) > MOST_QUERIES),
            ("ms", max(page.ms for page in pages) > MOST_MS),
            ("kB", max(page.html_kb for page in pages) > MOST_KB),
        )
        if is_over
    )
    growth = round(exponent(SIZES, [page.ms for page in pages]), 2)
    times = [round(page.ms, 1) for page in pages]
    return [name, *times, round(last.database_ms, 1), growth, last.queries, last.html_kb, last.gzip_kb, _over(over)]


def _over(what: object, word: str = "") -> str:
    return f"over: {word or what}" if what else ""


def _details() -> None:
    """One declaration's page by the number of its own lines."""
    said = json.loads(site("details").run("bench.pages", "details").splitlines()[-1])
    pages = [Page(**page) for page in said]
    rows = [
        [lines, page.ms, page.database_ms, page.queries, page.html_kb, page.gzip_kb]
        for lines, page in zip(LINES_A_FILE, pages, strict=True)
    ]
    table(
        "One declaration's page by its number of smelter lines",
        ["lines", "CPU ms", "of it SQL", "queries", "kB HTML", "kB gz"],
        rows,
        f"grows with the lines to the power {exponent(LINES_A_FILE, [page.ms for page in pages]):.2f}",
    )


# What follows runs in a process of the site.


def at_size(size: str) -> dict[str, Any]:
    from django.test import Client

    from bench.scale import fill

    person, _organisation = fill(int(size))
    signed_in, visitor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    signed_in.force_login(person, "django.contrib.auth.backends.ModelBackend")
    pages = {}
    for name, address in _addresses(person).items():
        pages[name] = asdict(measure_page(visitor if name == "home" else signed_in, address))
    return {"pages": pages}


def _addresses(person: Any) -> dict[str, str]:
    from django.urls import reverse

    from eprm.diligence.models import SmelterRow, Supplier, Upload
    from eprm.people.identity import acting_for

    with acting_for(person, path="bench"):
        checked = Upload.objects.filter(state="checked").order_by("pk").first() or Upload.objects.first()
        heavy = Supplier.objects.order_by("pk").first()
        line = SmelterRow.objects.filter(upload__state="accepted", outcome="matched").first()
    named = {
        "upload_lines": [checked.pk],
        "supplier_detail": [heavy.pk],
        "smelter_detail": [line.metal, line.cid] if line else None,
    }
    apps = {"start": "portal", "home": "portal", "change_list": "people"}
    addresses = {"upload_detail": reverse("diligence:upload_detail", args=[checked.pk])}
    for name in LISTED.split():
        if (arguments := named.get(name, [])) is not None:
            addresses[name] = reverse(f"{apps.get(name, 'diligence')}:{name}", args=arguments)
    return addresses


def details() -> list[dict[str, Any]]:
    from django.test import Client
    from django.urls import reverse

    from bench.company import found, load_register
    from bench.scale import check

    person, organisation = found("Details")
    load_register(person, organisation)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    pks = check(person, organisation, [(lines, number) for number, lines in enumerate(LINES_A_FILE)])
    return [asdict(measure_page(client, reverse("diligence:upload_detail", args=[pk]))) for pk in pks]


def measure_page(client: Any, address: str) -> Page:
    """The page as a browser asks for it, warm: the quickest of some runs in Python, the mean of them in SQL."""
    import psutil
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get() -> Any:
        response = client.get(address, headers={"accept-encoding": "gzip"})
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    get()
    with CaptureQueriesContext(connection) as captured:
        response = get()
        queries = len(captured)  # the next request empties the record
    backend = psutil.Process(connection.connection.info.backend_pid)
    before = backend.cpu_times()
    runs = []
    for _ in range(RUNS):
        started = time.process_time()
        get()
        runs.append(time.process_time() - started)
    after = backend.cpu_times()
    database = (after.user + after.system - before.user - before.system) / RUNS
    wire = response.content
    html = gzip.decompress(wire) if response.get("Content-Encoding") == "gzip" else wire
    return Page(min(runs) * 1e3, database * 1e3, queries, len(html) / 1e3, len(wire) / 1e3)


def first_pages() -> dict[str, dict[str, float]]:
    from django.test import Client
    from django.urls import reverse

    from bench.scale import fill

    person, _organisation = fill(SIZES[0])
    visitor, signed_in = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    signed_in.force_login(person, "django.contrib.auth.backends.ModelBackend")
    names = {"home": "portal:home", "login": "account_login", "start": "portal:start"}
    names["upload_list"] = "diligence:upload_list"
    return {
        name: _weight(visitor if name in ("home", "login") else signed_in, reverse(names[name])) for name in FIRST_PAGES
    }


def _weight(client: Any, address: str) -> dict[str, float]:
    """kB of everything the page names, as sent: an upper bound, since a browser fetches only what it draws."""
    parts = dict.fromkeys(("html", "style", "scripts", "pictures", "font"), 0.0)
    seen: set[str] = set()

    def fetch(url: str, kind: str) -> str:
        url = url.partition("#")[0]
        if not url.startswith("/") or url in seen:
            return ""
        seen.add(url)
        response = client.get(url, headers={"accept-encoding": "gzip"})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        parts[kind] += len(body) / 1e3
        plain = gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body
        return plain.decode(errors="replace")

    html = fetch(address, "html")
    for tag in re.findall(r"<(?:link|script|img|use)\b[^>]*>", html):
        url = next(iter(re.findall(r'(?:href|src)="([^"]+)"', tag)), "")
        if 'rel="stylesheet"' in tag:
            for inner in re.findall(r'url\("?([^")]+)"?\)', fetch(url, "style")):
                fetch(inner, "font" if "font" in inner else "pictures")
        elif tag.startswith("<script"):
            fetch(url, "scripts")
        elif "preload" in tag and "font" in tag:
            fetch(url, "font")
        elif "icon" in tag or not tag.startswith("<link"):
            fetch(url, "pictures")
    return parts


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
