"""Reading books the tests build: any language, moved cells, other revisions, odd values, missing sheets."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from importlib.resources import files

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests import workbooks

from lode.rmi.declaration import Declaration, Reading, SmelterLine
from lode.rmi.document import to_document
from lode.rmi.layout import layout_for, layouts
from lode.rmi.read import read
from lode.rmi.read.dates import date_of
from lode.rmi.wording import LANGUAGES, english, labels, plain

WORDING = tomllib.loads(files("lode.rmi").joinpath("wording.toml").read_text(encoding="utf-8"))


def edited(change: Callable[[Workbook], object], data: bytes | None = None) -> Reading:
    """What is read after an edit of the complete book."""
    book = openpyxl.load_workbook(io.BytesIO(data or workbooks.book()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), filename="edited.xlsx")


def declared(reading: Reading) -> Declaration:
    assert reading.declaration is not None
    return reading.declaration


def with_cell(sheet: str, address: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return change


def test_complete_book_reads_as_it_was_written() -> None:
    wanted = workbooks.complete()

    reading = read(workbooks.book())

    assert reading.findings == ()
    assert to_document(declared(reading)) == to_document(
        replace(
            wanted,
            smelters=tuple(replace(line, cid=line.cid_input or line.cid) for line in wanted.smelters),
        )
    )
    assert declared(reading).lookup == workbooks.LOOKUP
    assert declared(reading).revision_date == date(2025, 4, 25)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda book: book["Declaration"].insert_rows(5), "Declaration!B9"),
        (lambda book: book["Declaration"].insert_rows(30, 4), "Declaration!B35"),
        (lambda book: book["Declaration"].delete_rows(11), "Declaration!B11"),
        (lambda book: book["Declaration"].insert_cols(1), "Declaration!C8"),
        (lambda book: book["Declaration"].insert_cols(3), "Declaration!E25"),
        (lambda book: book["Declaration"].insert_cols(5), "Declaration!H25"),
        (lambda book: book["Smelter List"].insert_cols(1), "Smelter List!B4"),
        (lambda book: book["Smelter List"].insert_cols(7, 2), "Smelter List!I4"),
    ],
    ids=[
        "row above",
        "rows between",
        "row deleted",
        "column left",
        "column before answers",
        "before comments",
        "list",
        "list 2",
    ],
)
def test_moved_cells_are_found_by_their_labels(change: Callable[[Workbook], object], found: str) -> None:
    before = to_document(declared(read(workbooks.book())))

    reading = edited(change)

    assert to_document(declared(reading)) == before
    assert [(finding.code, finding.where) for finding in reading.findings] == [("FILE-16", found)]
    assert declared(reading).facts["anchored_by_label"] == "yes"


def test_columns_that_changed_places_are_found_by_their_headers() -> None:
    def swap(book: Workbook) -> None:
        sheet = book["Smelter List"]
        for row in range(4, 10):
            sheet.cell(row, 3).value, sheet.cell(row, 5).value = sheet.cell(row, 5).value, sheet.cell(row, 3).value

    declaration = declared(edited(swap))

    assert declaration.smelters == declared(read(workbooks.book())).smelters
    assert (declaration.cells["smelters.lookup"], declaration.cells["smelters.country"]) == (
        "Smelter List!E",
        "Smelter List!C",
    )


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_answers_in_each_language_come_back_in_english(language: str) -> None:
    """Labels and answers in the language's own words, on a sheet with a row too many, so that labels must be found."""
    order = ["en", "zh", "ja", "ko", "fr", "pt", "de", "es", "it", "tr"].index(language)
    shown = next(name for name, code in LANGUAGES.items() if code == language)

    def translate(book: Workbook) -> None:
        sheet = book["Declaration"]
        sheet["D3"] = shown
        for name, cell in layout_for("CMRT", "6.5")[0].fields.items():
            if name in WORDING["labels"]:
                sheet[f"B{cell[1:]}"] = WORDING["labels"][name][min(order, len(WORDING["labels"][name]) - 1)]
        for row in range(26, 90):
            for option in ("Yes", "No"):
                translations = [option, *WORDING["options"][option]]
                if sheet[f"D{row}"].value == option:
                    sheet[f"D{row}"] = translations[order % len(translations)]
        sheet.insert_rows(6)

    reading = edited(translate)

    assert declared(reading).language == language
    assert [answer.value for answer in declared(reading).answers] == [
        answer.value for answer in declared(read(workbooks.book())).answers
    ]
    assert declared(reading).company == workbooks.COMPANY


def test_answer_in_the_books_own_words_is_looked_up_on_its_hidden_sheet() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("L").append(["k", "Declaration", "B96", "Yes", "Ndiyo"])
        book["Declaration"]["D26"] = "ndiyo"

    answer = declared(edited(change)).answer("1", "tantalum")

    assert answer is not None
    assert (answer.value, answer.raw) == ("Yes", "ndiyo")


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (1, "100%"),
        ("100 %", "100%"),
        (" greater than 90% ", "Greater than 90%"),
        ("Größer als 75 %", "Greater than 75%"),
        (0.9, "0.9"),
        ("about half", "about half"),
        (0, None),
        ("#N/A", None),
        ("   ", None),
    ],
)
def test_question_6_is_read_as_the_template_words_it(found: object, value: str | None) -> None:
    answer = declared(edited(with_cell("Declaration", "D56", found))).answer("6", "tantalum")

    assert answer is not None
    assert answer.value == value


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (datetime(2025, 9, 30), date(2025, 9, 30)),
        (45930, date(2025, 9, 30)),
        ("45930", date(2025, 9, 30)),
        ("30-Sep-2025", date(2025, 9, 30)),
        ("September 30th, 2025", date(2025, 9, 30)),
        ("30. September 2025", date(2025, 9, 30)),
        ("30 de septiembre de 2025", date(2025, 9, 30)),
        ("30 août 2025", date(2025, 8, 30)),
        ("2025年9月30日", date(2025, 9, 30)),
        ("2025년 9월 30일", date(2025, 9, 30)),
        ("2025/09/30", date(2025, 9, 30)),
        ("30.09.2025", date(2025, 9, 30)),
        ("09/30/2025", date(2025, 9, 30)),
        ("30/09/2025", date(2025, 9, 30)),
        ("04/05/2025", None),
        ("31-Feb-2025", None),
        ("next Tuesday", None),
        (12, None),
        (True, None),
        (None, None),
    ],
)
def test_date_is_read_where_it_can_mean_one_day_only(found: object, day: date | None) -> None:
    assert date_of(found) == day  # type: ignore[arg-type]


def test_date_nobody_can_be_sure_of_keeps_its_text() -> None:
    declaration = declared(edited(with_cell("Declaration", "D22", "04/05/2025")))

    assert (declaration.effective_date, declaration.effective_date_raw) == (None, "04/05/2025")


@pytest.mark.parametrize(
    ("text", "revision", "codes"),
    [
        ("Revision 6.31\nMay 26, 2023", "6.31", []),
        ("Revision 6.6\nMay 1, 2026", "6.6", ["FILE-15"]),
        ("Revision 7.0", "7.0", ["FILE-15"]),
        ("Revision 5.12", "5.12", ["FILE-25"]),
        ("Revision 4.20", "4.20", ["FILE-25"]),
        ("", "", ["FILE-24"]),
    ],
)
def test_revision_without_its_own_layout_is_read_by_labels(text: str, revision: str, codes: list[str]) -> None:
    reading = edited(with_cell("Declaration", "J3", text))

    assert declared(reading).revision == revision
    assert [finding.code for finding in reading.findings] == codes
    assert to_document(declared(reading)) | {"revision": "6.5"} == to_document(declared(read(workbooks.book())))


def test_cmrt_5_with_seven_questions_is_read_by_labels() -> None:
    """5.x has no question about high-risk areas, so five to eight are four to seven and stand six rows higher."""

    def change(book: Workbook) -> None:
        sheet = book["Declaration"]
        sheet["J3"] = "Revision 5.12\nJuly 15, 2019"
        sheet.delete_rows(43, 6)
        for number, row in enumerate((43, 49, 55, 61), 4):
            sheet[f"B{row}"] = f"{number}) about our smelters"

    declaration = declared(edited(change))

    six = declared(read(workbooks.book()))
    shifted = {"1": "1", "2": "2", "3": "3", "5": "4", "6": "5", "7": "6", "8": "7"} | {
        letter: letter for letter in "ABCDEFGH"
    }
    assert (declaration.revision, declaration.revision_date) == ("5.12", date(2019, 7, 15))
    assert [(answer.question, answer.mineral, answer.value) for answer in declaration.answers] == [
        (shifted[answer.question], answer.mineral, answer.value) for answer in six.answers if answer.question in shifted
    ]


def test_book_without_smelter_list_keeps_the_declaration() -> None:
    reading = edited(lambda book: book.remove(book["Smelter List"]))

    assert [(finding.code, finding.where) for finding in reading.findings] == [("FILE-14", "Smelter List")]
    assert declared(reading).company == workbooks.COMPANY
    assert declared(reading).smelters == ()
    assert declared(reading).facts["missing_sheets"] == "Smelter List"


def test_product_list_is_missed_only_where_the_scope_is_products() -> None:
    data = workbooks.book(scope="B")

    missed = edited(lambda book: book.remove(book["Product List"]), data)
    unmissed = edited(lambda book: book.remove(book["Product List"]))

    assert [finding.where for finding in missed.findings] == ["Product List"]
    assert unmissed.findings == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book.remove(book["Declaration"]), "FILE-13"),
        (lambda book: [book.remove(sheet) for sheet in book.worksheets[:-1]] and None, "FILE-13"),
        (lambda book: [book.remove(book[name]) for name in book.sheetnames if name != "Revision"] and None, "FILE-12"),
        (lambda book: [book.remove(book[name]) for name in book.sheetnames[2:]] and None, "FILE-14"),
    ],
)
def test_book_that_lost_its_sheets_says_which(change: Callable[[Workbook], object], code: str) -> None:
    assert [finding.code for finding in edited(change).findings] == [code]


def test_workbook_of_something_else_is_named_by_its_sheets() -> None:
    def change(book: Workbook) -> None:
        for name in book.sheetnames[1:]:
            book.remove(book[name])
        book.worksheets[0].title = "Prices"

    (finding,) = edited(change).findings

    assert finding.code == "FILE-12"
    assert finding.message == ("The file is a workbook with the sheets “Prices”, but no CMRT, EMRT, CRT or AMRT.")


def test_book_never_calculated_gives_what_was_typed() -> None:
    def change(book: Workbook) -> None:
        for row in (5, 6):
            for column in "BCDEFGHIJ":
                book["Smelter List"][f"{column}{row}"] = f'=IF(A{row}="","",A{row})'
        book["Smelter List"]["A5"], book["Smelter List"]["A6"] = "CID900202", None
        book["Smelter List"].delete_rows(7, 2)

    reading = edited(change)

    assert declared(reading).smelters == (SmelterLine(row=5, cid_input="CID900202", cid="CID900202"),)
    assert declared(reading).facts["cached_values"] == "no"
    assert [finding.code for finding in reading.findings] == ["FILE-17"]


def test_line_is_used_where_anything_was_typed_and_blank_where_formulas_left_zeros() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Smelter List"]
        for row in (20, 21):
            for column in "HKLMNOQ":
                sheet[f"{column}{row}"] = 0
        sheet["Q21"] = "ask again"
        sheet["F22"], sheet["B22"] = "1DEU001", "Gold"
        sheet["F23"], sheet["B23"] = "n/a", "Gold"

    lines = declared(edited(change)).smelters[4:]

    assert lines == (
        SmelterLine(row=21, comment="ask again"),
        SmelterLine(row=22, metal="Gold", cid="1DEU001"),
        SmelterLine(row=23, metal="Gold"),
    )


def test_text_is_trimmed_at_its_ends_and_kept_inside() -> None:
    declaration = declared(edited(with_cell("Declaration", "D14", "  1 Street_x000D_\nTown \n")))

    assert declaration.company.address == "1 Street\nTown"


def test_every_label_is_known_by_its_plain_form() -> None:
    assert labels("labels")[plain("Company Name (*):")] == ("name",)
    assert labels("words")[plain("回答")] == ("answer",)
    assert english("Ja", ["Yes", "No"], {}) == "Yes"
    assert english("Vielleicht", ["Yes", "No"], {}) is None


def test_each_layout_has_options_for_each_question() -> None:
    for layout in layouts():
        asked = {*layout.questions, *layout.company_questions, *layout.company_by_mineral}
        assert asked <= set(layout.options), layout.revisions
