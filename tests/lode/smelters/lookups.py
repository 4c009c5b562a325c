"""Look-up sheets for tests: invented ones, and the publisher's own where they lie beside the checkout."""

import csv
from datetime import date
from pathlib import Path

import pytest

from lode.rmi.declaration import LookupLine
from lode.smelters.register import Release

SHARED = Path(__file__).resolve().parents[4] / "shared"
REVISIONS = {"6.01": 2020, "6.1": 2021, "6.22": 2022, "6.31": 2023, "6.4": 2024, "6.5": 2025}


def release(revision, day=None, template="CMRT"):
    return Release(template=template, revision=revision, date=day, sha256="0" * 64)


def line(metal, lookup, cid, *, standard=None, country="INDONESIA", **place):
    return LookupLine(metal=metal, lookup=lookup, standard=standard or lookup, country=country, cid=cid, **place)


def shared_book(revision):
    """A real look-up sheet as (release, lines)."""
    path = SHARED / f"data/smelters/RMI_CMRT_{revision}_smelter_lookup.csv"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    lines = []
    for row in list(csv.reader(path.open(encoding="utf-8")))[1:]:
        metal, lookup, standard, country, cid, source, street, city, state = (cell.strip() or None for cell in row[:9])
        lines.append(
            LookupLine(
                metal=metal,
                lookup=lookup,
                standard=standard or lookup,
                country=country,
                cid=cid if cid and cid.startswith("CID") else None,
                source=source,
                street=street,
                city=city,
                state=state,
            )
        )
    return release(revision, date(REVISIONS[revision], 4, 25)), tuple(lines)


def shared_books():
    return [shared_book(revision) for revision in REVISIONS]
