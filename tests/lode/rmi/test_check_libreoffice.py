"""Our open items against the template's own Checker sheet, recalculated by LibreOffice on answers drawn at random."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from tests.workbooks import BLANK

from lode.rmi.check import open_items
from lode.rmi.declaration import Declaration
from lode.rmi.layout import layout_for
from lode.rmi.read import read

pytestmark = [
    pytest.mark.skipif(not BLANK.is_dir(), reason="shared/cases is not beside the project"),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
TEXTS = {
    "name": ["Solder & Sons Ltd."],
    "scope": ["A. Company", "B. Product (or List of Products)", "C. User defined [Specify in 'Description of scope']"],
    "scope_description": ["Solder pastes"],
    "contact_name": ["Ada Example"],
    "contact_email": ["ada@solder.example", "n/a"],
    "contact_phone": ["+00 1"],
    "authorizer_name": ["Ben Example"],
    "authorizer_email": ["ben@solder.example", "none"],
}


def filled(declaration: Declaration, path: Path, chance: random.Random, target: Path) -> None:
    """The blank workbook with answers, rows and products drawn at random."""
    book = openpyxl.load_workbook(path)
    layout = layout_for(declaration.template, declaration.revision)[0]
    sheet, smelters = book[layout.sheet], book[layout.smelters.sheet]
    density = chance.choice([0.3, 0.7, 0.95])
    for field, texts in TEXTS.items():
        sheet[layout.fields[field]] = chance.choice(texts) if chance.random() < density else None
    for question, mineral, cell in answer_cells(declaration):
        options = layout.options[question]
        weighted = [*["Yes"] * 4, *options] if question in "12" and mineral else options
        sheet[cell] = chance.choice(weighted) if chance.random() < density else None
        if mineral is None:
            sheet[cell.replace(layout.answer_column, layout.comment_column)] = chance.choice(
                [None, "-", "www.x.example"]
            )
    if chance.random() < 0.5:
        book["Product List"][f"B{chance.choice([6, 7])}"] = "P-1"
    for row in range(5, 5 + chance.randint(0, 6)):
        line = chance.choice([line for line in declaration.lookup if line.cid])
        kind = chance.choice(["chosen", "number", "not listed", "unknown", "blank"])
        if kind == "number":
            smelters[f"A{row}"] = line.cid
            continue
        smelters[f"B{row}"] = line.metal
        chosen = {"chosen": line.lookup, "not listed": "Smelter not listed", "unknown": "Smelter not yet identified"}
        smelters[f"C{row}"] = chosen.get(kind)
        if kind == "not listed":
            smelters[f"D{row}"] = chance.choice([None, "Fundición Ejemplo"])
            smelters[f"E{row}"] = chance.choice([None, "PERU"])
    book.save(target)


def answer_cells(declaration: Declaration) -> list[tuple[str, str | None, str]]:
    return [(answer.question, answer.mineral, answer.cell.rpartition("!")[2]) for answer in declaration.answers]


def recalculated(path: Path, folder: Path) -> Path:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS)
    out = folder / "out"
    where = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", where, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name


def test_our_open_items_are_those_of_the_recalculated_checker(tmp_path: Path) -> None:
    name, seed = "RMI_CMRT_6.5.xlsx", 20251122
    blank = read((BLANK / name).read_bytes(), filename=name).declaration
    assert blank is not None
    path = tmp_path / name
    filled(blank, BLANK / name, random.Random(seed), path)

    counted = CalamineWorkbook.from_path(str(recalculated(path, tmp_path))).get_sheet_by_name("Checker").to_python()
    declaration = read(path.read_bytes(), filename=name).declaration

    assert declaration is not None
    assert len(open_items(declaration)) == float(counted[1][3] or 0)
