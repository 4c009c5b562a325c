"""The book made from nothing holds what it was given, in the cells of the real one."""

from io import BytesIO

import openpyxl
from tests.workbooks import LOOKUP, book, complete, smelter, smelters


def sheet(data: bytes, name: str) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(BytesIO(data))[name]


def test_generate_puts_the_answers_where_the_real_book_has_them():
    declaration = sheet(book(), "Declaration")

    found = {cell: declaration[cell].value for cell in ("D3", "J3", "D8", "D9", "D16", "D26", "D56", "D89", "G77")}

    assert found == {
        "D3": "English",
        "J3": "Revision 6.5\nApril 25, 2025",
        "D8": "Solder & Sons Ltd.",
        "D9": "A. Company",
        "D16": "ada@solder.example",
        "D26": "Yes",
        "D56": "100%",
        "D89": "No",
        "G77": "https://solder.example/responsible-minerals",
    }


def test_generate_lists_smelters_from_row_5():
    line = smelter(5, "Tin", "Straits Tin", comment="tagged")

    rows = list(sheet(book(smelters=(line,)), "Smelter List").iter_rows(min_row=5, values_only=True))

    assert rows[0][:10] == (
        None,
        "Tin",
        "Straits Tin",
        "Straits Tin Refining",
        "MALAYSIA",
        "CID900301",
        "RMI",
        None,
        "Butterworth",
        "Pulau Pinang",
    )
    assert rows[0][16] == "tagged"


def test_generate_lists_the_lookup_it_is_given():
    rows = list(sheet(book(), "Smelter Look-up").iter_rows(min_row=5, max_col=5, values_only=True))

    assert rows == [(line.metal, line.lookup, line.standard, line.country, line.cid) for line in LOOKUP]


def test_generate_never_writes_a_live_formula():
    name = '=HYPERLINK("https://elsewhere.example","open")'
    company = complete().company.__class__(name=name)

    cell = sheet(book(company=company), "Declaration")["D8"]

    assert (cell.value, cell.data_type) == (name, "s")


def test_generate_gives_the_same_bytes_for_the_same_declaration():
    assert book(smelters=smelters(400)) == book(smelters=smelters(400))
