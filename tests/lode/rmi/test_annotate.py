"""The sender's own file comes back with a note on each cell that has a finding, and with all it held before."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbooks import BLANK, FILLED, SHARED, book, complete

from lode.findings import Finding, finding
from lode.rmi.annotate import annotate
from lode.rmi.container.editable import EditablePackage
from lode.rmi.read import read


def found(where: str) -> Finding:
    return finding("WRITE-12", where, found="Perhaps", options="“Yes”, “No”")


def loaded(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def notes(data: bytes) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in loaded(data)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def stored_notes(data: bytes) -> dict[str, str]:
    """As `notes`, from the XML itself: openpyxl takes seconds for a real book."""
    package = EditablePackage(data, "")
    texts = {}
    for sheet, part in package.sheets().items():
        comments = package.related(part, "comments")
        for comment in package.root(comments[1]).iter("{*}comment") if comments else ():
            texts[f"{sheet}!{comment.get('ref')}"] = "".join(comment.itertext())
    return texts


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def test_annotate_puts_a_note_on_each_cell_of_a_finding():
    one = found("Declaration!D20, Smelter List!B6:B7")

    texts = notes(annotate(book(), [one]))

    assert texts == dict.fromkeys(
        ("Declaration!D20", "Smelter List!B6", "Smelter List!B7"), f"Warning WRITE-12\n{one.message}\n{one.fix}"
    )


def test_annotate_puts_two_findings_of_a_cell_in_one_note():
    texts = notes(annotate(book(), [found("Declaration!D8"), found("Declaration!D8")]))

    assert list(texts) == ["Declaration!D8"]
    assert texts["Declaration!D8"].count("Warning WRITE-12") == 2


def test_annotate_lists_all_findings_on_a_sheet_of_their_own():
    one, other = found("Smelter List!B6"), found("supplier.xlsx")

    sheet = loaded(annotate(book(), [one, other]))["Findings"]

    assert list(sheet.iter_rows(min_row=4, values_only=True)) == [
        ("Level", "Where", "What was found", "What to do", "Code"),
        ("Warning", "Smelter List!B6", one.message, one.fix, "WRITE-12"),
        ("Warning", "supplier.xlsx", other.message, other.fix, "WRITE-12"),
    ]
    assert (sheet["B5"].hyperlink.location, sheet["B6"].hyperlink) == ("'Smelter List'!B6", None)


@pytest.mark.parametrize(
    ("language", "sheet", "level"), [("fr", "Constats", "Avertissement"), ("es", "Hallazgos", "Advertencia")]
)
def test_annotate_speaks_the_readers_language(language, sheet, level):
    data = annotate(book(), [found("Declaration!D8")], language=language)

    assert notes(data)["Declaration!D8"].startswith(f"{level} WRITE-12\n")
    assert sheet in loaded(data).sheetnames


def test_annotate_says_so_when_nothing_was_found():
    assert loaded(annotate(book(), []))["Findings"]["A2"].value == "Nothing was found."


def test_annotate_changes_no_answer():
    data = book(complete(company=replace(complete().company, name='=HYPERLINK("x")')))

    before, after = read(data).declaration, read(annotate(data, [found("Declaration!D8")])).declaration

    assert after == before


def test_annotate_keeps_every_other_part_as_it_was():
    data = book()

    before, after = parts(data), parts(annotate(data, [found("Declaration!D8")]))

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet2.xml",
    }


def test_annotate_names_its_sheet_after_none_that_is_there():
    twice = annotate(annotate(book(), [found("Declaration!D8")]), [found("Declaration!D8")])

    assert loaded(twice).sheetnames[-2:] == ["Findings", "Findings 2"]
    assert notes(twice)["Declaration!D8"].count("Warning WRITE-12") == 2


def test_annotate_keeps_the_senders_own_notes():
    sender = loaded(book())
    sender["Declaration"]["D8"].comment = openpyxl.comments.Comment("Is this the legal name?", "Ada")
    sender["Declaration"]["D9"].comment = openpyxl.comments.Comment("Whole company", "Ada")
    data = io.BytesIO()
    sender.save(data)

    texts = notes(annotate(data.getvalue(), [found("Declaration!D8"), found("Declaration!D10")]))

    assert texts["Declaration!D8"].startswith("Is this the legal name?\n\nWarning WRITE-12\n")
    assert texts["Declaration!D9"] == "Whole company"
    assert texts["Declaration!D10"].startswith("Warning WRITE-12\n")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.7", book()[:3000]],
    ids=["nothing", "xls", "pdf", "cut off"],
)
def test_annotate_gives_a_list_where_the_file_cannot_be_changed(data):
    one = found("Declaration!D8")

    sheet = loaded(annotate(data, [one]))["Findings"]

    assert sheet["A2"].value == "The file itself could not be given notes; this list stands for them."
    assert [cell.value for cell in sheet[5]] == ["Warning", "Declaration!D8", one.message, one.fix, "WRITE-12"]


def test_annotate_gives_a_list_where_a_part_declares_entities():
    hostile = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><comments>&a;</comments>'
    sender = loaded(book())
    sender["Declaration"]["D8"].comment = openpyxl.comments.Comment("x", "Ada")
    data = io.BytesIO()
    sender.save(data)
    evil = io.BytesIO()
    with zipfile.ZipFile(evil, "w") as package:
        for name, content in parts(data.getvalue()).items():
            package.writestr(name, hostile if "comments/comment" in name else content)

    sheet = loaded(annotate(evil.getvalue(), [found("Declaration!D8")]))["Findings"]

    assert sheet["A2"].value.startswith("The file itself could not be given notes")


@given(st.text(), st.text())
def test_annotate_holds_any_text(name, told):
    one = replace(found("Declaration!D8"), values={"found": name, "options": told})

    assert list(notes(annotate(book(smelters=(), lookup=()), [one]))) == ["Declaration!D8"]


@pytest.mark.skipif(not SHARED.exists(), reason="the real workbooks of ../shared are not here")
@pytest.mark.parametrize("path", sorted([*BLANK.glob("*.xlsx"), *FILLED.glob("*.xlsx")]), ids=lambda path: path.stem)
def test_annotate_keeps_what_a_real_book_holds(path):
    data = path.read_bytes()
    sheet = "Smelter and Mine List" if path.stem == "cmrt-1.00" else "Smelter List"
    noted = {"Declaration!D8", "Declaration!D20", f"{sheet}!B7"}

    annotated = annotate(data, [found("Declaration!D8, D20"), found(f"{sheet}!B7")])

    before, after, old, new = parts(data), parts(annotated), stored_notes(data), stored_notes(annotated)
    assert set(new) == set(old) | noted
    assert {cell: new[cell][: len(text)] for cell, text in old.items()} == old
    changed = {name for name in before if before[name] != after[name]}
    assert {name.strip("0123456789") for name in changed if "comments" not in name and ".vml" not in name} <= {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        *(name for name in before if name.startswith("xl/worksheets/")),
    }
    assert read(annotated).declaration == read(data).declaration
    formula = re.compile(rb"<f[ >].*?</f>|<f [^>]*/>")
    sheets = [name for name in before if name.startswith("xl/worksheets/sheet")]
    assert [formula.findall(after[name]) for name in sheets] == [formula.findall(before[name]) for name in sheets]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_annotate_makes_a_file_libreoffice_opens(tmp_path):
    data = annotate(book(), [found("Declaration!D8"), found("Smelter List!B6:B7")])
    (tmp_path / "noted.xlsx").write_bytes(data)

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        tmp_path / "out",
    ]
    subprocess.run([*convert, tmp_path / "noted.xlsx"], check=True, capture_output=True, timeout=120)

    again = (tmp_path / "out" / "noted.xlsx").read_bytes()
    assert set(notes(again)) == {"Declaration!D8", "Smelter List!B6", "Smelter List!B7"}
    assert "Findings" in loaded(again).sheetnames
