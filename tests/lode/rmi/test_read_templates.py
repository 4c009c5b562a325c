"""Every template and revision, filled cell by cell as its layout says, reads back whole."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest

from lode.rmi.declaration import Company, Declaration, LookupLine, MineLine, ProductLine, SmelterLine
from lode.rmi.layout import Layout, Table, layout_for, layouts
from lode.rmi.read import read
from lode.xlsx import Cell, Sheet, Value, column_number, workbook

WORDING = tomllib.loads(files("lode.rmi").joinpath("wording.toml").read_text(encoding="utf-8"))
CHOSEN = ("cobalt", "lithium", "nickel")
REVISIONS = [(layout.template, revision) for layout in layouts() for revision in layout.revisions]
Cells = dict[str, Value | Cell]


def minerals_of(layout: Layout) -> tuple[str, ...]:
    return layout.minerals or CHOSEN


def asked(layout: Layout) -> list[tuple[str, str | None, int]]:
    """Every question with its mineral and row, in the sheet's order."""
    found: list[tuple[str, str | None, int]] = []
    for question, heading in layout.questions.items():
        of = layout.question_minerals.get(question, minerals_of(layout))
        found += [(question, mineral, heading + number) for number, mineral in enumerate(of, 1)]
    company: list[tuple[str, str | None, int]] = [
        (letter, None, row) for letter, row in layout.company_questions.items()
    ]
    for letter, heading in layout.company_by_mineral.items():
        company += [(letter, mineral, heading + number) for number, mineral in enumerate(minerals_of(layout), 1)]
    return found + sorted(company, key=lambda entry: entry[2])


def declaration_cells(layout: Layout, revision: str) -> Cells:
    title = "Conflict Minerals Reporting Template" if layout.revisions[0] < "3" and layout.template == "CMRT" else ""
    cells: Cells = {"D2": title or f"Some Reporting Template ({layout.template})", "D3": "Français"}
    cells["J3"] = f"Revision {revision}\nMay 2, 2021"
    for name, address in layout.fields.items():
        if name in WORDING["labels"]:
            cells[f"B{address[1:]}"] = WORDING["labels"][name][0]
        if name not in {"language", "revision"} and not name.startswith("effective"):
            cells[address] = f"the {name}"
    cells |= {"D9": "B. Product"} if "scope" in layout.fields else {}
    day = [
        ("effective_date", "30-Sep-2025"),
        ("effective_day", 30),
        ("effective_month", "September"),
        ("effective_year", 2025),
    ]
    cells |= {layout.fields[name]: value for name, value in day if name in layout.fields}
    for question, heading in layout.questions.items():
        cells |= {f"B{heading}": f"{question}) asked", f"D{heading}": "Answer", f"G{heading}": "Comments"}
    for letter, row in (layout.company_questions | layout.company_by_mineral).items():
        cells[f"B{row}"] = f"{letter}. asked"
    for question, mineral, row in asked(layout):
        cells |= {f"D{row}": layout.options[question][0], f"G{row}": f"on {question} {mineral}"}
        if mineral:
            cells[f"B{row}"] = f"{mineral.capitalize()} (*)"
    cells |= {address: mineral.capitalize() for address, mineral in zip(layout.scope_minerals, CHOSEN, strict=False)}
    return cells


def sheet(name: str, cells: Cells) -> Sheet:
    rows: dict[int, dict[str, Value | Cell]] = {}
    for address in sorted(
        cells, key=lambda a: (int(a.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_number(a.rstrip("0123456789")))
    ):
        letters = address.rstrip("0123456789")
        rows.setdefault(int(address[len(letters) :]), {})[letters] = cells[address]
    return Sheet(name=name, rows=sorted(rows.items()))


def list_sheet(table: Table) -> Sheet:
    cells: Cells = {f"{column}{table.first_row}": f"{name} 1" for name, column in table.columns.items()}
    cells |= {f"{column}{table.first_row + 2}": f"{name} 3" for name, column in table.columns.items()}
    return sheet(table.sheet, cells)


def lines(table: Table | None, line: type) -> tuple[object, ...]:
    """What `list_sheet` holds, as lines; a smelter's number is the one typed where there is a column to type it."""
    if table is None:
        return ()
    found = []
    for row, mark in ((table.first_row, 1), (table.first_row + 2, 3)):
        texts = {name: f"{name} {mark}" for name in table.columns}
        if "cid_input" in texts:
            texts["cid"] = texts["cid_input"]
        found.append(line(row=row, **texts))
    return tuple(found)


def filled(layout: Layout, revision: str) -> bytes:
    tables = [table for table in (layout.smelters, layout.products, layout.mines, layout.lookup) if table]
    return workbook([sheet("Declaration", declaration_cells(layout, revision)), *map(list_sheet, tables)])


@pytest.mark.parametrize(("template", "revision"), REVISIONS)
def test_template_filled_by_its_layout_reads_back_whole(template: str, revision: str) -> None:
    layout, known = layout_for(template, revision)  # type: ignore[arg-type]

    reading = read(filled(layout, revision))

    declaration = reading.declaration
    assert known
    assert reading.findings == ()
    assert isinstance(declaration, Declaration)
    assert (declaration.template, declaration.revision, declaration.language) == (template, revision, "fr")
    assert declaration.company == Company(
        **{field.name: f"the {field.name}" for field in fields(Company) if field.name in layout.fields}
    )
    assert str(declaration.effective_date) == "2025-09-30"
    assert declaration.scope == (layout.scopes.get("B", "B") if "scope" in layout.fields else None)
    assert declaration.minerals == minerals_of(layout)
    assert [
        (answer.question, answer.mineral, answer.value, answer.comment, answer.cell) for answer in declaration.answers
    ] == [
        (question, mineral, layout.options[question][0], f"on {question} {mineral}", f"Declaration!D{row}")
        for question, mineral, row in asked(layout)
    ]
    assert declaration.smelters == lines(layout.smelters, SmelterLine)
    assert declaration.products == lines(layout.products, ProductLine)
    assert declaration.mines == lines(layout.mines, MineLine)
    if layout.lookup and "aliases" not in layout.lookup.columns and len(set(layout.lookup.columns.values())) > 5:
        assert declaration.lookup == tuple(
            LookupLine(**{name: f"{name} {mark}" for name in layout.lookup.columns}) for mark in (1, 3)
        )


def test_amrt_minerals_named_in_the_scope_are_found_where_nothing_was_calculated() -> None:
    layout, _ = layout_for("AMRT", "1.3")
    cells = {"D2": "AMRT", "J3": "Revision 1.3", "D12": "Zinc", "E12": "Other [specify below]", "D15": "Boron"}

    reading = read(workbook([sheet("Declaration", dict(cells)), *map(list_sheet, [layout.smelters])]))

    assert reading.declaration is not None
    assert reading.declaration.minerals == ("boron", "zinc")
    assert [(answer.mineral, answer.cell) for answer in reading.declaration.answers] == [
        ("boron", "Declaration!D31"),
        ("zinc", "Declaration!D32"),
        ("boron", "Declaration!D43"),
        ("zinc", "Declaration!D44"),
    ]


@pytest.mark.parametrize(
    ("template", "said", "published"),
    [
        ("CMRT", "2", "2.00"),
        ("CMRT", "1", "1.00"),
        ("CMRT", "2.03a", "2.03a"),
        ("CMRT", "6.6", "6.6"),
        ("CRT", "2.21", "2.21"),
    ],
)
def test_revision_is_given_as_its_publisher_writes_it(template: str, said: str, published: str) -> None:
    layout, _ = layout_for(template, published)  # type: ignore[arg-type]

    declaration = read(filled(layout, said)).declaration

    assert declaration is not None
    assert declaration.revision == published
