"""A declaration into the publisher's own blank templates, which stay what they are and find nothing open."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.workbooks import BLANK, COMPANY, FILLED, SHARED, answers, complete, product

from lode.rmi.container.editable import EditablePackage
from lode.rmi.declaration import Answer, Declaration, MineLine, SmelterLine
from lode.rmi.document import from_document, to_document
from lode.rmi.layout import layout_for
from lode.rmi.patch import SheetPatch
from lode.rmi.read import read
from lode.rmi.write import write

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real workbooks of ../shared are not here")

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""


def blank(name: str) -> tuple[bytes, Declaration]:
    data = (BLANK / name).read_bytes()
    declaration = read(data).declaration
    assert declaration is not None
    return data, declaration


def lines(there: Declaration, per_metal: int) -> tuple[SmelterLine, ...]:
    """Smelters of the book's own look-up, some of each metal, as its formulas show them; then one it does not list."""
    found: list[SmelterLine] = []
    first = layout_for(there.template, there.revision)[0].smelters.first_row
    for metal in dict.fromkeys(line.metal for line in there.lookup):
        for line in [line for line in there.lookup if line.metal == metal and line.cid][:per_metal]:
            shown = {name: value for name, value in asdict(line).items() if name not in ("standard", "source")}
            found.append(SmelterLine(row=first + len(found), cid_source=line.source, recycled="No", **shown))
    metal = found[0].metal if found else "Tin (Sn)"
    row = first + len(found)
    lookup = "Smelter not listed" if found else None
    unlisted = SmelterLine(row=row, metal=metal, lookup=lookup, name="Foo & Sons", street="Road 1")
    return (*found, replace(unlisted, country="PERU", city="Lima") if found else unlisted)


def declared(there: Declaration) -> Declaration:
    """Something in every place the template has."""
    layout = layout_for(there.template, there.revision)[0]
    about = {"EMRT 2.0": ("cobalt", "mica", "nickel"), "AMRT 1.3": ("cobalt", "copper", "zinc")}
    named = about.get(f"{there.template} {there.revision}", layout.minerals)
    options = {question: layout.options[question][0] for question, _, _ in layout.answer_rows(named)}
    if there.revision == "1.00":  # a plain "Yes" to I came later; this template's own list has four kinds of it
        options["I"] = "No"
    return Declaration(
        template=there.template,
        revision=there.revision,
        company=COMPANY if "authority" in layout.fields else replace(COMPANY, authority=None),
        scope="B" if "scope" in layout.fields else None,
        effective_date=date(2019, 9, 30),
        minerals=named,
        answers=tuple(
            Answer(question=question, mineral=mineral, value=options[question], comment=f"on {row}")
            for question, mineral, row in layout.answer_rows(named)
        ),
        smelters=tuple(
            replace(line, country=line.country or ("PERU" if line.lookup else None)) for line in lines(there, 3)
        ),
        products=(product(6, "P-1", "Wire"), product(7, "P-2")) if layout.products else (),
        mines=(MineLine(row=5, metal="Cobalt", smelter="X", name="Y", country="PERU"),) if layout.mines else (),
    )


@pytest.mark.parametrize("name", sorted(path.name for path in BLANK.glob("*.xlsx")))
def test_read_gives_back_what_was_written_in_a_real_template(name):
    data, there = blank(name)
    declaration = declared(there)

    written = write(declaration, data)

    again = read(written.data)
    assert (written.findings, again.findings) == ((), ())
    assert to_document(again.declaration) == to_document(declaration)


@pytest.mark.parametrize("name", sorted(path.name for path in BLANK.glob("*.xlsx")))
def test_write_leaves_the_rest_of_a_real_template_as_it_was(name):
    data, there = blank(name)

    written = write(declared(there), data)

    before, after = parts(data), parts(written.data)
    gone = {part for part in before if part not in after}
    changed = {part for part in before if part in after and before[part] != after[part]}
    sheets = [part for part in changed if part.startswith("xl/worksheets/sheet")]
    assert gone <= {"xl/calcChain.xml"}
    assert changed - set(sheets) <= {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert len(sheets) <= 5
    for part in sheets:
        head, _, _ = before[part].partition(b"<sheetData>")
        _, _, tail = before[part].partition(b"</sheetData>")
        assert after[part].startswith(head)
        assert after[part].endswith(tail)


def smelter_list(data: bytes) -> SheetPatch:
    package = EditablePackage(data, "")
    return SheetPatch(package.read(package.sheets()["Smelter List"]), "Smelter List")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def test_write_keeps_the_formulas_of_a_row_whose_smelter_is_listed():
    data, there = blank("RMI_CMRT_6.5.xlsx")
    listed = next(line for line in there.lookup if line.metal == "Tin" and line.cid)

    written = write(complete(smelters=(SmelterLine(row=5, cid=listed.cid),)), data).data

    formulas = [smelter_list(written).formula(f"{column}5") for column in "ABCDEFGHIJ"]
    assert formulas == [smelter_list(data).formula(f"{column}5") for column in "ABCDEFGHIJ"]
    assert read(written).declaration.smelters[0].cid_input == listed.cid


def test_write_types_what_a_listed_smelters_row_says_otherwise():
    data, there = blank("RMI_CMRT_6.5.xlsx")
    listed = next(line for line in lines(there, 1) if line.metal == "Tin")
    typed = replace(listed, row=5, country="ELSEWHERE")

    written = write(complete(smelters=(typed,)), data).data

    assert [bool(smelter_list(written).formula(f"{column}5")) for column in "BCEF"] == [False, False, False, True]
    assert read(written).declaration.smelters == (typed,)


def test_write_words_100_percent_as_the_template_does():
    kinds = {}
    for name in ("RMI_CMRT_6.22.xlsx", "RMI_CMRT_6.5.xlsx"):
        data, there = blank(name)
        filled = write(complete(revision=there.revision, smelters=()), data).data
        kinds[name] = CalamineWorkbook.from_filelike(io.BytesIO(filled)).get_sheet_by_name("Declaration")
    values = {name: sheet.to_python(skip_empty_area=False)[55][3] for name, sheet in kinds.items()}

    assert values == {"RMI_CMRT_6.22.xlsx": 1.0, "RMI_CMRT_6.5.xlsx": "100%"}


@pytest.mark.parametrize("path", sorted(FILLED.glob("supplier-*.xlsx")), ids=lambda path: path.stem)
def test_write_carries_a_real_declaration_into_the_next_revision(path):
    data, _ = blank("RMI_CMRT_6.5.xlsx")
    declaration = from_document(to_document(read(path.read_bytes()).declaration))

    written = write(declaration, data)

    again = read(written.data).declaration
    assert {found.code for found in written.findings} <= {"WRITE-09"}
    renamed = {found.where for found in written.findings}
    for line, other in zip(declaration.smelters, again.smelters, strict=True):
        stated = {name: value for name, value in asdict(line).items() if value is not None}
        if f"Smelter List!C{line.row}" in renamed:
            del stated["lookup"]
        assert stated.items() <= asdict(other).items()
    same = replace(again, revision=declaration.revision, smelters=declaration.smelters)
    assert to_document(same) == to_document(declaration)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("recalculated", [True, False], ids=["all calculated anew", "as LibreOffice opens it"])
def test_write_leaves_nothing_open_in_the_templates_own_checker(tmp_path, recalculated):
    data, there = blank("RMI_CMRT_6.5.xlsx")
    declaration = complete(smelters=lines(there, 100), answers=answers(), lookup=())
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(write(replace(declaration, smelters=declaration.smelters[:-1]), data).data)

    checker = CalamineWorkbook.from_path(converted(filled, recalculated)).get_sheet_by_name("Checker")

    assert str(checker.to_python(skip_empty_area=False)[1][3]) in ("0", "0.0")


def converted(path: Path, recalculated: bool) -> Path:
    """The workbook as LibreOffice saves it, in a profile of its own."""
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    if recalculated:
        (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    options = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", path.parent / "out"]
    command = ["soffice", f"-env:UserInstallation=file://{profile}", *options, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.parent / "out" / path.name
