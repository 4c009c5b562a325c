"""A CMRT-shaped workbook from nothing, for tests and the demo: the cells of the real one, our own words for labels.

No text of the publisher is in it but short option wordings; it has no formulas, so what a formula column would show is
written as its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lode import minerals
from lode.rmi.declaration import Declaration, LookupLine, ProductLine, SmelterLine
from lode.smelters.register import Register
from lode.xlsx import DATE, HEADING, NOTE, TITLE, Cell, Sheet, Value, column_letters, column_number, workbook

Cells = dict[str, Value | Cell]

LANGUAGES = {
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
SCOPES = {
    "A": "A. Company",
    "B": "B. Product (or List of Products)",
    "C": "C. User defined [Specify in 'Description of scope']",
}
REVISION_DATES = {"6.5": "April 25, 2025", "6.4": "April 26, 2024", "6.31": "May 26, 2023", "6.22": "May 11, 2022"}
COMPANY = {
    "name": ("D8", "Company Name (*):"),
    "unique_id": ("D12", "Company Unique ID:"),
    "authority": ("D13", "Company Unique ID Authority:"),
    "address": ("D14", "Address:"),
    "contact_name": ("D15", "Contact Name (*):"),
    "contact_email": ("D16", "Email - Contact (*):"),
    "contact_phone": ("D17", "Phone - Contact (*):"),
    "authorizer_name": ("D18", "Authorizer (*):"),
    "authorizer_title": ("D19", "Title - Authorizer:"),
    "authorizer_email": ("D20", "Email - Authorizer (*):"),
    "authorizer_phone": ("D21", "Phone - Authorizer:"),
}
QUESTIONS = {"1": 26, "2": 32, "3": 38, "4": 44, "5": 50, "6": 56, "7": 62, "8": 68}
COMPANY_QUESTIONS = {"A": 75, "B": 77, "C": 79, "D": 81, "E": 83, "F": 85, "G": 87, "H": 89}
SMELTER_COLUMNS = {
    "cid_input": ("A", "Smelter Identification Number Input Column"),
    "metal": ("B", "Metal (*)"),
    "lookup": ("C", "Smelter Look-up (*)"),
    "name": ("D", "Smelter Name (1)"),
    "country": ("E", "Smelter Country (*)"),
    "cid": ("F", "Smelter Identification"),
    "cid_source": ("G", "Source of Smelter Identification Number"),
    "street": ("H", "Smelter Street"),
    "city": ("I", "Smelter City"),
    "state": ("J", "Smelter Facility Location: State / Province"),
    "contact": ("K", "Smelter Contact Name"),
    "email": ("L", "Smelter Contact Email"),
    "next_steps": ("M", "Proposed next steps"),
    "mines": ("N", "Name of Mine(s)"),
    "mine_countries": ("O", "Location (Country) of Mine(s)"),
    "recycled": ("P", "100% recycled or scrap?"),
    "comment": ("Q", "Comments"),
}
PRODUCT_COLUMNS = {"number": ("B", "Product Number (*)"), "name": ("C", "Product Name"), "comment": ("D", "Comments")}
LOOKUP_COLUMNS = {
    "metal": ("A", "Metal"),
    "lookup": ("B", "Smelter Look-up"),
    "standard": ("C", "Standard Smelter Name"),
    "country": ("D", "Smelter Facility Location: Country"),
    "cid": ("E", "Smelter ID"),
    "source": ("F", "Source of ID"),
    "street": ("G", "Street"),
    "city": ("H", "City"),
    "state": ("I", "State / Province"),
}
SMELTER_ROW, PRODUCT_ROW, LOOKUP_ROW = 5, 6, 5


def generate(
    declaration: Declaration,
    *,
    template: str = "CMRT",
    revision: str = "6.5",
    language: str = "en",
    register: Register | None = None,
) -> bytes:
    """The bytes of a workbook that reads as `declaration` would, were it filled in on `template` and `revision`.

    The look-up sheet holds the declaration's own look-up lines, else the register's names, else nothing. Answers are
    written as found (`raw`) where that is given, else in the English wording.
    """
    revision_text = f"Revision {revision}\n{REVISION_DATES.get(revision, '')}".strip()
    lookup = declaration.lookup or tuple(lookup_lines(register)) if register else declaration.lookup
    return workbook(
        [
            Sheet(
                name="Revision",
                rows=[(1, {"A": Cell("A book in the shape of a CMRT, made for tests and demos", NOTE)})],
            ),
            Sheet(
                name="Declaration",
                rows=_rows(_declaration(declaration, revision_text, language)),
                widths={"B": 60, "D": 30, "G": 40},
                frozen=6,
            ),
            _listing("Smelter List", SMELTER_COLUMNS, SMELTER_ROW, _lines(declaration.smelters), {"Q3": revision_text}),
            Sheet(name="Checker", rows=[(1, {"A": Cell("Open items", HEADING)})]),
            _listing("Product List", PRODUCT_COLUMNS, PRODUCT_ROW, _lines(declaration.products)),
            _listing("Smelter Look-up", LOOKUP_COLUMNS, LOOKUP_ROW, enumerate(lookup, LOOKUP_ROW)),
        ],
        creator="lode",
    )


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


def _declaration(declaration: Declaration, revision_text: str, language: str) -> Cells:
    cells: Cells = {"D2": Cell("Conflict Minerals Reporting Template (CMRT)", TITLE)}
    cells |= {"B3": "Language", "D3": LANGUAGES.get(language, "English"), "J3": revision_text}
    for name, (reference, label) in COMPANY.items():
        cells |= {f"B{reference[1:]}": label, reference: getattr(declaration.company, name)}
    scope = declaration.scope_raw or (declaration.scope and SCOPES[declaration.scope])
    cells |= {"B9": "Declaration Scope or Class (*):", "D9": scope}
    cells |= {"B10": "Description of Scope:", "D10": declaration.scope_description}
    day = Cell(declaration.effective_date, DATE) if declaration.effective_date else declaration.effective_date_raw
    cells |= {"B22": "Effective Date (*):", "D22": day}
    for question, first in QUESTIONS.items():
        cells |= {
            f"B{first - 1}": Cell(f"{question})", HEADING),
            f"D{first - 1}": "Answer",
            f"G{first - 1}": "Comments",
        }
        for row, mineral in enumerate(minerals.THREE_TG, first):
            cells |= {f"B{row}": f"{question}) {mineral.name}"} | _answer(declaration, question, mineral.key, row)
    for question, row in COMPANY_QUESTIONS.items():
        cells |= {f"B{row}": f"{question}."} | _answer(declaration, question, None, row)
    return cells


def _answer(declaration: Declaration, question: str, mineral: str | None, row: int) -> Cells:
    answer = declaration.answer(question, mineral)
    if answer is None:
        return {}
    return {f"D{row}": answer.raw if answer.raw is not None else answer.value, f"G{row}": answer.comment}


def _lines(lines: Iterable[SmelterLine] | Iterable[ProductLine]) -> Iterator[tuple[int, object]]:
    return ((line.row, line) for line in lines)


def _listing(
    name: str,
    columns: Mapping[str, tuple[str, str]],
    first: int,
    lines: Iterable[tuple[int, object]],
    more: Cells | None = None,
) -> Sheet:
    cells: Cells = dict(more or {})
    cells |= {f"{letters}{first - 1}": Cell(label, HEADING) for letters, label in columns.values()}
    rows = dict(_rows(cells))
    for row, line in lines:
        rows[row] = {letters: getattr(line, field) for field, (letters, _) in columns.items()}
    return Sheet(name=name, rows=sorted(rows.items()), widths={letters: 22 for letters, _ in columns.values()})


def _rows(cells: Cells) -> list[tuple[int, Cells]]:
    """Cells by address as rows in order, each with its columns in order."""
    rows: dict[int, dict[int, Value | Cell]] = {}
    for reference, value in cells.items():
        letters = reference.rstrip("0123456789")
        rows.setdefault(int(reference[len(letters) :]), {})[column_number(letters)] = value
    return [(row, {column_letters(column): rows[row][column] for column in sorted(rows[row])}) for row in sorted(rows)]
