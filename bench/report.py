"""A year's report as a tagged PDF, beside a peer that sets the same words and table from HTML."""

from __future__ import annotations

import html
import io
import os
import re
import sys
from collections.abc import Callable
from datetime import date

from bench.measure import exponent, load, measure, table

SIZES = (100, 400, 1600)  # smelters in its longest table
HEADINGS = ("Smelter", "Metal", "Number", "Country", "Assurance")
SAID = "A paragraph says what was done in the year, by whom, and what is still open. " * 6


def _rows(count: int) -> list[list[str]]:
    return [[f"Smelter {n} of the valley", "Tin", f"CID9{n:05d}", "Peru", "unknown"] for n in range(count)]


def ours(size: str) -> Callable[[], object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eprm.config.settings")
    os.environ.setdefault("SECRET_KEY", "for-the-bench-only-and-long-enough-to-be-quiet")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")
    import django

    django.setup()
    from eprm.diligence.reports.document import Document, Section
    from eprm.diligence.reports.pdf import write_pdf
    from lode.sheets import Column, Note, Table

    smelters = Table(
        title="Smelters named",
        columns=tuple(Column(heading) for heading in HEADINGS),
        rows=_rows(int(size)),
        note=Note(source="Invented", on=date(2026, 11, 1)),
    )
    report = Document(
        title="Report",
        organisation="Bench",
        year=2026,
        kind="public",
        kind_words="public",
        language="en",
        on=date(2026, 11, 1),
        sections=tuple(
            Section(key=f"s{n}", title=f"Section {n}", words=(SAID,) * 12, tables=(smelters,) if n == 3 else ())
            for n in range(5)
        ),
    )

    return lambda: _pages(write_pdf(report))


def weasyprint_sets(size: str) -> Callable[[], object]:
    try:
        import weasyprint
    except OSError:  # it is there, but the libraries of the system that it draws with are not
        sys.exit(3)
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(int(size))
    )
    sections = "".join(
        f"<h2>Section {n}</h2>" + f"<p>{SAID}</p>" * 12 + (f"<table><tr>{head}</tr>{body}</table>" if n == 3 else "")
        for n in range(5)
    )
    page = f"<html lang='en'><title>Report</title><h1>Report</h1>{sections}</html>"

    def work() -> object:
        out = io.BytesIO()
        weasyprint.HTML(string=page).write_pdf(out, pdf_variant="pdf/ua-1")
        return _pages(out.getvalue())

    return work


def _pages(pdf: bytes) -> int:
    """The most pages any of its page trees counts."""
    return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf)), default=0)


def main() -> None:
    rows, cpu = [], []
    for size in SIZES:
        own = measure("bench.report:ours", str(size))
        cpu.append(own.cpu)
        rows.append([f"{size} smelters", "ours, typst", own.answer, own.cpu, own.wall, own.peak, 1.0])
        peer = measure("bench.report:weasyprint_sets", str(size), times=1)
        told = [peer.answer, peer.cpu, peer.wall, peer.peak, own.cpu / peer.cpu] if peer else [None]
        rows.append(["", "WeasyPrint", *told, *[""] * (5 - len(told))])
    table(
        f"A report as tagged PDF, typst started cold; bar 1.5 s and 150 MB for 20 pages ({load()})",
        ["table of", "who", "pages", "CPU s", "wall s", "peak MB", "ours / theirs"],
        rows,
    )
    print(f"  grows with the table to the power {exponent(SIZES, cpu):.2f}")
