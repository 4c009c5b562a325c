"""Exports for people's own spreadsheets: typed values, and nothing a stranger typed is live."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.sheets import Column, Note, Table, write_csv, write_xlsx

NOTE = Note(source="RMI look-up 6.5", on=date(2025, 4, 25), made_by="EPRM")
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#REF!", '=HYPERLINK("https://x.example","open")', "＝1+1"]


NAME_AND_MASS = (Column("Name"), Column("Mass", "kg"))


def table(*rows, title="Smelters", columns=NAME_AND_MASS):
    return Table(title=title, columns=columns, rows=rows, note=NOTE)


def loaded(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_write_xlsx_puts_title_note_headings_and_rows():
    book = loaded(write_xlsx([table(("Straits Tin", 12.5), ("Kigali Tin", None))]))

    rows = list(book["Smelters"].iter_rows(values_only=True))

    assert rows == [
        ("Smelters", None),
        ("Source: RMI look-up 6.5 · Date: 2025-04-25 · Made by: EPRM", None),
        (None, None),
        ("Name", "Mass (kg)"),
        ("Straits Tin", 12.5),
        ("Kigali Tin", None),
    ]


def test_write_xlsx_keeps_types():
    row = ("a", 1, 2.5, Decimal("0.1"), True, date(2026, 11, 22), datetime(2026, 11, 22, 9, 30), None)
    book = loaded(write_xlsx([table(row, columns=[Column(str(i)) for i in range(8)])]))

    values = next(book["Smelters"].iter_rows(min_row=5, values_only=True))

    assert values == ("a", 1, 2.5, 0.1, True, datetime(2026, 11, 22), datetime(2026, 11, 22, 9, 30), None)


def test_write_xlsx_keeps_what_a_sheet_cannot_count_as_text():
    row = (12345678901234567890, date(1850, 5, 1), float("nan"))
    book = loaded(write_xlsx([table(row, columns=[Column("n"), Column("d"), Column("f")])]))

    assert next(book["Smelters"].iter_rows(min_row=5, values_only=True)) == (
        "12345678901234567890",
        "1850-05-01",
        "nan",
    )


@pytest.mark.parametrize("text", LIVE)
def test_write_xlsx_stores_a_formula_as_quoted_text(text):
    cell = loaded(write_xlsx([table((text, 1))]))["Smelters"]["A5"]

    assert cell.data_type in ("s", "inlineStr")
    assert cell.quotePrefix or not text.startswith(("=", "+", "-", "@", "\t", "\r", "#"))


@pytest.mark.parametrize("text", LIVE)
def test_write_csv_puts_an_apostrophe_before_a_formula(text):
    assert next(csv.reader(io.StringIO(write_csv([[text]]), newline="")))[0].startswith("'" + text[0])


def test_write_csv_leaves_numbers_and_dates_as_they_are():
    assert write_csv([[-5, -2.5, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), None, "a,b"]]) == (
        '-5,-2.5,2026-01-02,2026-01-02 03:04,,"a,b"\r\n'
    )


def test_write_csv_is_harmless_where_the_separator_is_a_semicolon():
    split = write_csv([["cash;=1+1", "x\n@y"]]).replace("\n", ";").split(";")

    assert split == ["cash", "'=1+1,\"x", "'@y\"\r", ""]


def test_write_csv_of_a_table_begins_with_its_headings():
    assert write_csv(table(("Straits Tin", 1)).lines()) == "Name,Mass (kg)\r\nStraits Tin,1\r\n"


def test_write_xlsx_gives_every_table_a_sheet_name_excel_takes():
    titles = ["Smelters: by metal/country [2026]", "Smelters: by metal/country [2026]", "x" * 40, "''", ""]

    names = loaded(write_xlsx([table(title=title) for title in titles])).sheetnames

    assert names == ["Smelters by metal country 2026", "Smelters by metal country 202 2", "x" * 31, "Sheet", "Sheet 2"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5))
def test_write_xlsx_never_makes_a_formula_or_a_broken_file(texts):
    book = loaded(write_xlsx([table(*((text, 1) for text in texts))]))

    assert {cell.data_type for cell in book["Smelters"]["A"][4:]} <= {"s", "inlineStr", "n"}


@given(st.text())
def test_write_csv_never_begins_a_cell_with_a_formula(text):
    for row in csv.reader(io.StringIO(write_csv([[text]]), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "#")) for cell in row)
