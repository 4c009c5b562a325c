"""Reading, checking, matching, screening and judging one declaration, beside what peers need for reading it alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.measure import exponent, load, measure, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
REAL = SHARED / "cases" / "filled" / "supplier-a-cmrt-6.4-scope-b.xlsx"
SANCTIONS = SHARED / "data" / "sanctions"
ON = date(2025, 6, 1)
SIZES = (50, 400, 2500)


def book(size: str) -> bytes:
    """A CMRT-shaped book with so many smelter rows; "real" is a supplier's own, where it is there."""
    from bench.books import declaration
    from lode.rmi.generate import generate

    return REAL.read_bytes() if size == "real" else generate(declaration(int(size)))


def ours(size: str) -> Callable[[], object]:
    from lode.area_list import read_areas, shipped
    from lode.risk import JudgedRow, Lists, risks
    from lode.rmi.check import check
    from lode.rmi.check.book import Book
    from lode.rmi.read import read
    from lode.smelters.match import Matcher
    from lode.smelters.register import Release, build

    data = book(size)
    listed = read(REAL.read_bytes() if size == "real" else book("400")).declaration
    release = Release(template=listed.template, revision=listed.revision, date=listed.revision_date, sha256="")
    register = build([(release, listed.lookup)])
    matcher = Matcher(register)
    matcher.match("Tin", "the process has matched before", "Peru")
    screen = _screen()
    lists = Lists(cahra=read_areas(shipped("eu"))[0], covered=read_areas(shipped("1502"))[0], screen=screen)

    def work() -> object:
        declaration = read(data).declaration
        findings = check(declaration, on=ON, register=register, cahra=lists.cahra, covered=lists.covered)
        told = Book(declaration)
        matches = matcher.match_all([(row.metal, row.name or row.lookup, row.country, row.cid) for row in told.rows])
        rows = [
            JudgedRow(row=row, smelter=match.candidates[0].smelter if match.decision == "accepted" else None)
            for row, match in zip(told.rows, matches, strict=True)
        ]
        reasons = sum(len(candidate.reasons) for match in matches for candidate in match.candidates)
        found = risks(told, rows, findings, lists=lists, on=ON)
        return [len(declaration.smelters), len(findings), len(matches), reasons, len(found)]

    return work


def _screen():
    """The public sanctions lists where they lie beside the checkout; none where they do not."""
    from lode.sanctions_list import read_ofac, read_un
    from lode.screening import Screen, ScreenedList

    if not SANCTIONS.exists():
        return None
    un = read_un((SANCTIONS / "UN_consolidated.xml").read_bytes())
    ofac = read_ofac(
        (SANCTIONS / "ofac_sdn_2021_head.csv").read_bytes(), (SANCTIONS / "ofac_alt_2021.csv").read_bytes()
    )
    named = [("UN", un), ("OFAC", ofac)]
    return Screen([ScreenedList(title=t, edition="", published_on=None, parties=found.parties) for t, found in named])


def openpyxl_reads(size: str) -> Callable[[], object]:
    import openpyxl

    data = book(size)

    def work() -> object:
        sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return sum(1 for sheet in sheets for row in sheet.iter_rows(values_only=True) if any(row))

    return work


def calamine_reads(size: str) -> Callable[[], object]:
    import python_calamine

    data = book(size)

    def work() -> object:
        sheets = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return sum(len(sheets.get_sheet_by_name(name).to_python()) for name in sheets.sheet_names)

    return work


def main() -> None:
    sizes = ([] if not REAL.exists() else ["real"]) + [str(size) for size in SIZES]
    rows, ours_by_size = [], []
    for size in sizes:
        own = measure("bench.intake:ours", size)
        ours_by_size += [own.cpu] if size != "real" else []
        rows.append([f"{size} smelters", "ours: read, check, match, screen, risks", own.cpu, own.peak, 1.0])
        for name in ("openpyxl_reads", "calamine_reads"):
            peer = measure(f"bench.intake:{name}", size)
            if peer is not None:
                rows.append(["", f"{name.replace('_', ' ')} it", peer.cpu, peer.peak, own.cpu / peer.cpu])
    table(
        f"One declaration, from bytes to findings, matches and risks; bar 0.30 CPU s, 150 MB ({load()})",
        ["size", "who", "CPU s", "peak MB", "ours / theirs"],
        rows,
    )
    print(f"  grows with the number of smelters to the power {exponent(SIZES, ours_by_size):.2f}")
