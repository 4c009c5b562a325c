"""Differences between two editions of a list."""

from datetime import date

from eprm.reference.comparing import Difference, differences
from eprm.reference.models import Area, RegisterLine, SmelterStatus


def row(metal, lookup, cid, standard=None):
    return RegisterLine(metal=metal, lookup=lookup, cid=cid, standard=standard or lookup)


def area(name, **fields):
    return Area(**{"iso2": "ET", "name": name, "valid_from": date(2024, 9, 30), "source": "x", **fields})


def test_differences_of_registers_tell_smelters_names_and_meanings():
    old = [row("Tin", "A", "CID1"), row("Tin", "Alpha", "CID1", "A"), row("Tin", "B", "CID2"), row("Tin", "X", "CID3")]
    new = [
        row("Tin", "A", "CID1", "A Ltd"),
        row("Tin", "Alpha", "CID4"),
        row("Tin", "X", "CID3"),
        row("Tin", "Y", "CID3", "X"),
    ]

    found = differences("register", old, new)

    assert found == [
        Difference(change="renamed", what="Tin CID1", before="A", after="A Ltd"),
        Difference(change="removed", what="Tin CID2", before="B"),
        Difference(change="added", what="Tin CID4", after="Alpha"),
        Difference(change="moved", what="Tin “Alpha”", detail="lookup", before="CID1", after="CID4"),
        Difference(change="added", what="Tin “Y”", detail="lookup", after="CID3"),
    ]


def test_differences_of_areas_tell_ends_and_new_rows():
    old = [area("Tigray"), area("Somali")]
    new = [area("Tigray", valid_to=date(2025, 3, 30)), area("Āfar", valid_from=date(2025, 3, 31))]

    found = differences("cahra", old, new)

    assert found == [
        Difference(change="removed", what="ET Somali"),
        Difference(change="changed", what="ET Tigray", detail="valid_to", after="2025-03-30"),
        Difference(change="added", what="ET Āfar"),
    ]


def test_differences_of_the_same_rows_are_none():
    rows = [SmelterStatus(cid="CID1", metal="Tin", scheme="RMAP", status="Active", since=date(2025, 1, 1), source="x")]

    assert differences("status", rows, rows) == []
