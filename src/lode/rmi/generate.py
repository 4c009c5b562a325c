"""A workbook in the shape of a CMRT (or EMRT, CRT, AMRT) from nothing, for tests and the demo.

The cells are those of the real one, by its layout; the labels are the short wordings cells are recognised by, or our
own words. No text of the publisher is in it, and no formula: what a formula column would show is written as its value.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lode import minerals
from lode.rmi.declaration import Declaration, LookupLine, Scope, Template
from lode.rmi.layout import Layout, Table, layout_for, revision_number
from lode.rmi.wording import english_label
from lode.smelters.register import Register
from lode.xlsx import DATE, HEADING, NOTE, TITLE, Cell, Sheet, Value, column_letters, column_number, workbook

Cells = dict[str, Value | Cell]

LANGUAGE_NAMES = {
    "en": "English",
    "zh": "中文 Chinese",
    "ja": "日本語 Japanese",
    "ko": "한국어 Korean",
    "fr": "Français",
    "pt": "Português",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "tr": "Türkçe",
}
SCOPE_WORDS = {"A": "Company", "B": "Product (or List of Products)", "C": "User defined"}
LAST_NUMBER_100 = 6.22  # up to this CMRT the answer "100%" is the number 1

# Source: the revision cell of each workbook.
_REVISION_DATES = {
    ("CMRT", "6.01"): date(2020, 5, 19),
    ("CMRT", "6.22"): date(2022, 5, 11),
    ("CMRT", "6.4"): date(2024, 4, 26),
    ("CMRT", "6.5"): date(2025, 4, 25),
    ("EMRT", "1.3"): date(2024, 4, 26),
    ("EMRT", "2.0"): date(2025, 4, 25),
    ("CRT", "2.2"): date(2020, 10, 28),
    ("AMRT", "1.3"): date(2025, 10, 17),
}


def generate(
    declaration: Declaration,
    *,
    template: Template | None = None,
    revision: str | None = None,
    language: str | None = None,
    register: Register | None = None,
) -> bytes:
    """The .xlsx that reads as `declaration`; template, revision and language are its own where none is given.

    The look-up sheet holds the declaration's own look-up lines, else the register's names, else nothing. Answers are
    written as found (`raw`) where that is given, else in the English wording.
    """
    template, revision = template or declaration.template, revision or declaration.revision
    layout, _ = layout_for(template, revision)
    released = _REVISION_DATES.get((template, revision), declaration.revision_date)
    cells = _heading(layout, template, _revision_text(revision, released), language or declaration.language)
    cells |= _fields(declaration, layout) | _answers(declaration, layout, revision)
    lookup = declaration.lookup or tuple(lookup_lines(register) if register else ())
    about = Cell(f"A book in the shape of a {template}, made by lode", NOTE)
    widths = {layout.label_column: 60, layout.answer_column: 30, layout.comment_column: 40}
    sheets = [
        Sheet(name="Revision", rows=[(1, {"A": about})]),
        Sheet(name=layout.sheet, rows=_rows(cells), widths=widths, frozen=6),
        _listing(layout.smelters, "smelters", ((line.row, line) for line in declaration.smelters)),
        Sheet(name="Checker", rows=[(1, {"A": about})]),
    ]
    if layout.mines:
        sheets.append(_listing(layout.mines, "mines", ((line.row, line) for line in declaration.mines)))
    if layout.products:
        sheets.append(_listing(layout.products, "products", ((line.row, line) for line in declaration.products)))
    if layout.lookup:
        sheets.append(_listing(layout.lookup, "lookup", enumerate(lookup, layout.lookup.first_row)))
    return workbook(sheets, creator="lode")


def lookup_lines(register: Register) -> Iterator[LookupLine]:
    """A register as look-up lines: each name of each smelter, by metal, then "not listed" and "not yet identified"."""
    for metal in sorted({smelter.metal for smelter in register.smelters}):
        lines = [
            LookupLine(
                metal=metal,
                lookup=name.name,
                standard=smelter.name,
                country=smelter.country,
                cid=smelter.cid,
                source="RMI",
                city=smelter.city,
                state=smelter.state,
            )
            for smelter in register.smelters
            if smelter.metal == metal
            for name in smelter.names
            if name.kind != "former"
        ]
        yield from sorted(lines, key=lambda line: line.lookup.lower())
        yield LookupLine(metal=metal, lookup="Smelter not listed", standard="Unknown")
        yield LookupLine(metal=metal, lookup="Smelter not yet identified", standard="Unknown")


def scope_text(layout: Layout, scope: Scope) -> str:
    """A scope as the sheet words it: "B. Product (or List of Products)", with the letter this revision gives it."""
    return f"{layout.scope_letter(scope)}. {SCOPE_WORDS[scope]}"


def _revision_text(revision: str, released: date | None) -> str:
    day = f"\n{calendar.month_name[released.month]} {released.day}, {released.year}" if released else ""
    return f"Revision {revision}{day}"


def _heading(layout: Layout, template: Template, revision_text: str, language: str) -> Cells:
    return {
        "D2": Cell(f"Reporting template ({template})", TITLE),
        "B3": "Language",
        layout.fields["language"]: LANGUAGE_NAMES.get(language, "English"),
        layout.fields["revision"]: revision_text,
    }


def _fields(declaration: Declaration, layout: Layout) -> Cells:
    day = declaration.effective_date
    values: dict[str, Value | Cell] = {
        "scope": declaration.scope_raw or (scope_text(layout, declaration.scope) if declaration.scope else None),
        "scope_description": declaration.scope_description,
        "effective_date": Cell(day or declaration.effective_date_raw, DATE),
        "effective_day": day.day if day else None,
        "effective_month": calendar.month_name[day.month] if day else None,
        "effective_year": day.year if day else None,
    }
    cells: Cells = {}
    for name, cell in layout.fields.items():
        if name not in ("language", "revision"):
            label = "effective_date" if name.startswith("effective") else name
            cells[f"{layout.label_column}{cell.lstrip('ABCDEFGHIJ')}"] = english_label("labels", label)
            cells[cell] = values[name] if name in values else getattr(declaration.company, name)
    if not layout.minerals:
        cells |= zip(layout.scope_minerals, map(minerals.name, declaration.minerals), strict=False)
    return cells


def _answers(declaration: Declaration, layout: Layout, revision: str) -> Cells:
    cells: Cells = {}
    answer_label, comment_label = english_label("words", "answer"), english_label("words", "comments")
    for question, row in {**layout.questions, **layout.company_by_mineral}.items():
        cells[f"{layout.label_column}{row}"] = Cell(f"{question})", HEADING)
        cells[f"{layout.answer_column}{row}"] = answer_label
        cells[f"{layout.comment_column}{row}"] = comment_label
    for question, mineral, row in layout.answer_rows(declaration.minerals):
        cells[f"{layout.label_column}{row}"] = minerals.name(mineral) if mineral else f"{question}."
        answer = declaration.answer(question, mineral)
        if answer:
            value: Value = answer.raw if answer.raw is not None else answer.value
            numbered = declaration.template == "CMRT" and revision_number(revision) <= LAST_NUMBER_100
            cells[f"{layout.answer_column}{row}"] = 1 if value == "100%" and numbered else value
            cells[f"{layout.comment_column}{row}"] = answer.comment
    return cells


def _listing(table: Table, kind: str, lines: Iterable[tuple[int, object]]) -> Sheet:
    columns = sorted(table.columns.items(), key=lambda item: column_number(item[1]))
    rows: dict[int, Mapping[str, Value | Cell]] = {
        table.header_row: {letters: Cell(english_label(kind, name), HEADING) for name, letters in columns}
    }
    for row, line in lines:
        rows[row] = {letters: getattr(line, name, None) for name, letters in columns}
    return Sheet(name=table.sheet, rows=sorted(rows.items()), widths={letters: 22 for _, letters in columns})


def _rows(cells: Cells) -> list[tuple[int, Mapping[str, Value | Cell]]]:
    """Cells by address as rows in order, each with its columns in order."""
    rows: dict[int, dict[int, Value | Cell]] = {}
    for reference, value in cells.items():
        letters = reference.rstrip("0123456789")
        rows.setdefault(int(reference[len(letters) :]), {})[column_number(letters)] = value
    return [(row, {column_letters(column): rows[row][column] for column in sorted(rows[row])}) for row in sorted(rows)]
