"""Cells are changed in place: what is written is there, and every other byte of the sheet is as it was."""

import pytest
from lxml import etree

from lode.rmi.container.package import Refused
from lode.rmi.patch import SheetPatch, legacy_drawing

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><cols/>'
TAIL = '<sheetProtection sheet="1"/><mergeCells count=\'1\'><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
ROWS = (
    '<row r="1" ht="20" spans="1:3"><c r="A1" s="7" t="s"><v>0</v></c><c r="C1"><f>A1&amp;"x"</f><v>5</v></c></row>'
    '<row r="3"><c r="B3" s="2"/></row>'
)


def patched(rows: str = ROWS) -> SheetPatch:
    return SheetPatch(f"{HEAD}<sheetData>{rows}</sheetData>{TAIL}".encode(), "Sheet")


def rows_of(patch: SheetPatch) -> str:
    text = patch.xml().decode()
    assert text.startswith(f"{HEAD}<sheetData>")
    assert text.endswith(f"</sheetData>{TAIL}")
    return text[len(HEAD) + 11 : -len(TAIL) - 12]


def text_cell(reference: str, text: str, style: str = "") -> str:
    return f'<c r="{reference}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def test_patch_without_changes_gives_the_same_bytes():
    patch = patched()

    assert (patch.formula("C1"), patch.formula("A1"), patch.formula("Z9")) == ('A1&"x"', None, None)
    assert rows_of(patch) == ROWS


def test_put_keeps_the_style_and_leaves_other_rows_alone():
    patch = patched()

    patch.put("B3", "=1 & 2")

    assert rows_of(patch) == ROWS.replace('<c r="B3" s="2"/>', text_cell("B3", "=1 &amp; 2", ' s="2"'))


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, '<c r="B3" s="2"/>'),
        (7, '<c r="B3" s="2"><v>7</v></c>'),
        (0.5, '<c r="B3" s="2"><v>0.5</v></c>'),
        (True, '<c r="B3" s="2" t="b"><v>1</v></c>'),
        ("a\x01b", text_cell("B3", "a_x0001_b", ' s="2"')),
        ("_x0041_", text_cell("B3", "_x005F_x0041_", ' s="2"')),
        ("\ud800", text_cell("B3", "\ufffd", ' s="2"')),
    ],
    ids=["blank", "number", "fraction", "truth", "control", "escape", "half a pair"],
)
def test_put_stores_each_type(value, stored):
    patch = patched()

    patch.put("B3", value)

    assert f'<row r="3">{stored}</row>' in rows_of(patch)


def test_put_makes_rows_and_cells_in_their_order():
    patch = patched()

    for cell in ("AA2", "B2", "A9", "A3", "B1"):
        patch.put(cell, 1)

    assert rows_of(patch) == (
        '<row r="1" ht="20"><c r="A1" s="7" t="s"><v>0</v></c><c r="B1"><v>1</v></c>'
        '<c r="C1"><f>A1&amp;"x"</f><v>5</v></c></row>'
        '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>1</v></c><c r="B3" s="2"/></row>'
        '<row r="9"><c r="A9"><v>1</v></c></row>'
    )


def test_cache_keeps_the_formula():
    patch = patched()

    patch.cache("C1", "tin")

    assert '<c r="C1" t="str"><f>A1&amp;"x"</f><v>tin</v></c>' in rows_of(patch)


def test_forget_drops_what_formulas_gave_but_for_volatile_ones():
    volatile = '<row r="5"><c r="A5"><f>OFFSET(A1,1,0)</f><v>3</v></c><c r="B5"><v>4</v></c></row>'
    patch = patched(ROWS + volatile)

    patch.forget()

    assert rows_of(patch) == ROWS.replace("</f><v>5</v>", "</f>") + volatile


def test_put_over_a_shared_formula_leaves_the_others_theirs():
    patch = patched(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c></row>'
    )

    patch.put("A1", "typed")

    assert rows_of(patch) == (
        f'<row r="1">{text_cell("A1", "typed")}</row>'
        '<row r="2"><c r="A2"><f>B2*2</f><v>4</v></c></row><row r="3"><c r="A3"><f>B3*2</f><v>6</v></c></row>'
    )


def test_put_finds_cells_that_do_not_say_where_they_are():
    patch = patched("<row><c/><c><v>1</v></c></row><row><c><v>2</v></c></row>")

    patch.put("B1", 8)
    patch.put("A2", 9)

    assert rows_of(patch) == '<row r="1"><c/><c><v>8</v></c></row><row r="2"><c><v>9</v></c></row>'


def test_put_speaks_the_prefix_of_the_sheet():
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
    patch = SheetPatch(xml.encode(), "Sheet")

    patch.put("A1", 3)
    patch.put("A2", 4)

    cells = etree.fromstring(patch.xml()).findall(f".//{{{MAIN}}}c")
    assert [(cell.get("r"), cell[0].text) for cell in cells] == [("A1", "3"), ("A2", "4")]


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1"])
def test_put_reads_a_sheet_in_any_encoding(encoding):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{sheet}'
    patch = SheetPatch(xml.encode(encoding), "Sheet")

    patch.put("B3", "é")

    assert "é" in patch.xml().decode("utf-8")


def test_put_is_not_misled_by_a_comment():
    patch = patched('<!-- <row r="1"><c r="A1"/></row> -->' + ROWS)

    patch.put("A1", 1)

    assert patch.xml().count(b'r="A1"') == 1


def test_put_fills_a_sheet_without_cells():
    patch = SheetPatch(f"{HEAD}<sheetData/>{TAIL}".encode(), "Sheet")

    patch.put("B2", 1)

    assert rows_of(patch) == '<row r="2"><c r="B2"><v>1</v></c></row>'


@pytest.mark.parametrize("xml", [b"", b"<worksheet>", b"no xml at all", f"{HEAD}<sheetData><row r='1'>".encode()])
def test_patch_refuses_what_is_no_sheet(xml):
    with pytest.raises(Refused):
        SheetPatch(xml, "Sheet")


def test_legacy_drawing_stands_where_the_standard_wants_it():
    inside = '<sheetData/><autoFilter ref="A1"><extLst/></autoFilter><drawing/><tableParts/>'
    xml = f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'

    sheet = etree.fromstring(legacy_drawing(xml.encode(), "rId7", "Sheet"))

    names = [etree.QName(child).localname for child in sheet]
    assert names == ["sheetData", "autoFilter", "drawing", "legacyDrawing", "tableParts"]
    assert list(sheet[3].attrib.values()) == ["rId7"]
