"""Reading, checking, matching and screening one declaration, beside what peers need for reading it alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.measure import exponent, measure, table

REAL = Path(__file__).resolve().parents[2] / "shared" / "cases" / "filled" / "supplier-a-cmrt-6.4-scope-b.xlsx"
ON = date(2025, 6, 1)
SIZES = (50, 400, 2500)


def book(size: str) -> bytes:
    """A CMRT-shaped book with so many smelter rows; "real" is a supplier's own, where it is there."""
    from bench.books import declaration
    from lode.rmi.generate import generate

    return REAL.read_bytes() if size == "real" else generate(declaration(int(size)))


def ours(size: str) -> Callable[[], object]:
    from lode.smelters.build import register_from

    from lode.rmi.check import check
    from lode.rmi.read import read
    from lode.smelters.match import Matcher

    data = book(size)
    register = register_from([read(book("400")).declaration])
    matcher = Matcher(register)

    def work() -> object:
        declaration = read(data).declaration
        findings = check(declaration, on=ON, register=register)
        matches = matcher.match_all([(s.metal, s.name or s.lookup, s.country, s.cid) for s in declaration.smelters])
        return [len(declaration.smelters), len(findings), len(matches)]

    return work


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
        rows.append([f"{size} smelters", "ours: read, check, match", own.cpu, own.peak, 1.0])
        for name in ("openpyxl_reads", "calamine_reads"):
            peer = measure(f"bench.intake:{name}", size)
            rows.append(["", f"{name.replace('_', ' ')} it", peer.cpu, peer.peak, own.cpu / peer.cpu])
    table(
        "One declaration, from bytes to findings and matches",
        ["size", "who", "CPU s", "peak MB", "ours / theirs"],
        rows,
    )
    print(f"  grows with the number of smelters to the power {exponent(SIZES, ours_by_size):.2f}")
