"""The real workbooks of shared/cases: the open items of their own Checker, and what a careful reader says."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.lode.rmi.declarations import codes
from tests.workbooks import SHARED

from lode.rmi.check import check, open_items
from lode.rmi.declaration import Declaration
from lode.rmi.read import read

CASES = SHARED / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="shared/cases is not beside the project")
COUNTED = [
    "blank/RMI_CMRT_6.01.xlsx",
    "blank/RMI_CMRT_6.22.xlsx",
    "blank/RMI_CMRT_6.5.xlsx",
    "blank/RMI_EMRT_1.3.xlsx",
    "blank/RMI_EMRT_2.0.xlsx",
    "blank/RMI_CRT_2.21.xlsx",
    "blank/RMI_AMRT_1.3.xlsx",
    "filled/cmrt-2.03-green.xlsx",
    "filled/cmrt-3.01-high-risk.xlsx",
    "filled/supplier-a-cmrt-6.4-scope-b.xlsx",
    "filled/supplier-b-cmrt-6.4-smelters-only.xlsx",
    "filled/supplier-c-cmrt-6.4-scope-a.xlsx",
]
# Column H of the Checker holds 1 for each open item, and the row's own cell tells which.
OPEN_COLUMN = 7


@cache
def declared(path: Path) -> Declaration:
    declaration = read(path.read_bytes(), filename=path.name).declaration
    assert declaration is not None
    return declaration


@pytest.mark.parametrize("name", COUNTED)
def test_as_many_open_items_as_the_books_own_checker(name: str) -> None:
    rows = CalamineWorkbook.from_path(str(CASES / name)).get_sheet_by_name("Checker").to_python()

    assert len(open_items(declared(CASES / name))) == float(rows[1][3] or 0)


def test_the_same_open_items_as_the_books_own_checker() -> None:
    path = CASES / "filled/supplier-b-cmrt-6.4-smelters-only.xlsx"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Checker").to_python()
    marked = [number for number, row in enumerate(rows, 1) if number < 70 and row[OPEN_COLUMN] == 1]

    assert marked == [4, 5, 7, 8, 9, 10, 11, 12]
    assert [(each.code, each.where) for each in open_items(declared(path))] == [
        ("CMRT-001", "Declaration!D8"),
        ("CMRT-002", "Declaration!D9"),
        ("CMRT-004", "Declaration!D15"),
        ("CMRT-005", "Declaration!D16"),
        ("CMRT-006", "Declaration!D17"),
        ("CMRT-007", "Declaration!D18"),
        ("CMRT-008", "Declaration!D20"),
        ("CMRT-009", "Declaration!D22"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("blank/RMI_CMRT_6.5.xlsx", ["CMRT-063"]),
        ("blank/RMI_CMRT_6.01.xlsx", ["CMRT-063", "CMRT-P36"]),
        ("blank/cmrt-1.00.xlsx", ["CMRT-063", "CMRT-P36"]),
        ("blank/RMI_EMRT_2.0.xlsx", ["CMRT-063"]),
        ("blank/RMI_CRT_2.21.xlsx", ["CMRT-063", "CMRT-P36"]),
        ("blank/RMI_AMRT_1.3.xlsx", ["CMRT-063"]),
        (
            "filled/supplier-a-cmrt-6.4-scope-b.xlsx",
            ["CMRT-W22", "CMRT-W23", "CMRT-W33", "CMRT-P53", "CMRT-P30", "CMRT-W21"],
        ),
        ("filled/supplier-c-cmrt-6.4-scope-a.xlsx", ["CMRT-W26", "CMRT-P52", "CMRT-W21"]),
        (
            "filled/cmrt-2.00-validation-needed.xlsx",
            ["CMRT-001", "CMRT-010", "CMRT-012", "CMRT-W03", "CMRT-P36", "CMRT-P15", "CMRT-P06"],
        ),
    ],
)
def test_what_a_careful_reader_says(name: str, expected: list[str]) -> None:
    declaration = declared(CASES / name)

    assert codes(check(declaration, on=declaration.effective_date or date(2026, 3, 1))) == expected


def test_supplier_b_names_a_covered_country_that_its_answer_rules_out() -> None:
    findings = check(declared(CASES / "filled/supplier-b-cmrt-6.4-smelters-only.xlsx"), on=date(2024, 6, 1))

    found = {each.code: each for each in findings}
    assert (found["CMRT-P03"].where, found["CMRT-P03"].values["found"]) == (
        "Declaration!D40, Smelter List!O70",
        "Tanzania",
    )
    assert found["CMRT-P15"].values["found"] == "In all subcon's website"
    assert [each.where for each in findings if each.code == "CMRT-P30"] == ["Smelter List!O9", "Smelter List!O61"]


def test_the_repeated_smelters_of_supplier_a_are_named_with_their_rows() -> None:
    findings = check(declared(CASES / "filled/supplier-a-cmrt-6.4-scope-b.xlsx"), on=date(2024, 6, 1))

    repeated = next(each for each in findings if each.code == "CMRT-W22")
    assert repeated.where == "Smelter List!C9:C10, C22:C27, C31"
    assert "Xiamen Tungsten Co., Ltd. (22, 23, 24, 25, 26)" in repeated.message
