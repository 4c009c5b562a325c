"""The cells a finding is about, joined into one text and taken apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.findings import Finding
from lode.rmi.cells import cells_of, where


def finding_at(place: str) -> Finding:
    return Finding(code="CMRT-001", level="error", where=place, message="", fix="")


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([], ""),
        (["Declaration!D8"], "Declaration!D8"),
        (["Smelter List!B12", "Smelter List!B15"], "Smelter List!B12, B15"),
        (["Smelter List!B12", "Smelter List!B13", "Smelter List!B14"], "Smelter List!B12:B14"),
        (["Declaration!D38", "Smelter List!O7", "Declaration!D44"], "Declaration!D38, D44, Smelter List!O7"),
        (["Declaration!D8", "Declaration!D8"], "Declaration!D8"),
        (["Declaration"], "Declaration"),
    ],
)
def test_where_joins_cells_by_sheet_and_neighbours(addresses: list[str], expected: str) -> None:
    assert where(addresses) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Declaration!D8", [("Declaration", "D8")]),
        ("Smelter List!B12, B15", [("Smelter List", "B12"), ("Smelter List", "B15")]),
        (
            "Declaration!D38, Smelter List!O7:O8",
            [("Declaration", "D38"), ("Smelter List", "O7"), ("Smelter List", "O8")],
        ),
        ("'Smelter List'!B12", [("Smelter List", "B12")]),
        ("Declaration", []),
        ("supplier.xlsx", []),
        ("Smelter List!B", []),
        ("Smelter List!B9:B7", [("Smelter List", "B9")]),
        ("Smelter List!B5:B99999999", [("Smelter List", "B5")]),
        ("", []),
    ],
)
def test_cells_of_gives_each_cell(place: str, expected: list[tuple[str, str]]) -> None:
    assert cells_of(finding_at(place)) == expected


ADDRESSES = st.builds(
    "{}!{}{}".format,
    st.sampled_from(["Declaration", "Smelter List", "Product List"]),
    st.sampled_from(["A", "B", "AB"]),
    st.integers(1, 30),
)


@given(st.lists(ADDRESSES, unique=True, max_size=20))
def test_cells_of_undoes_where(addresses: list[str]) -> None:
    joined = where(addresses)

    assert sorted(f"{sheet}!{cell}" for sheet, cell in cells_of(finding_at(joined))) == sorted(addresses)


@given(st.text(max_size=60))
def test_cells_of_never_raises(place: str) -> None:
    assert isinstance(cells_of(finding_at(place)), list)
