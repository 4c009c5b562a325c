"""Which template a book is, of which revision, in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lode.rmi.container import Grid, Workbook
from lode.rmi.container.grid import as_text
from lode.rmi.declaration import Template
from lode.rmi.layout import published
from lode.rmi.read.dates import date_in
from lode.rmi.wording import language_of, names_language
from lode.xlsx import column_letters

# Texts of row 2, in any language: the short name stands in all of them but those of CMRT 1 and 2.
_TITLE = re.compile(r"\b(CMRT|EMRT|CRT|AMRT)\b")
_OLD_TITLE = "conflict minerals reporting template"
_OLD_SHEETS = frozenset({"smelter list", "smelter and mine list", "standard smelter names"})
_REVISION = re.compile(
    r"(?:revision|version|rev\.?|révision|版)\s*:?\s*(\d{1,2}(?:\.\d{1,3})?)(a(?![a-z]))?", re.IGNORECASE
)
_BARE_REVISION = re.compile(r"^(\d{1,2}(?:\.\d{1,3})?)(a?)\.?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Identity:
    """`revision` is empty where the book does not say it; `revision_text` is the cell as found."""

    template: Template
    revision: str
    revision_date: date | None
    revision_text: str
    language: str


def identify(book: Workbook, declaration: Grid) -> Identity | None:
    """What the book is, from its title and revision cells; None for a book that is none of the four templates."""
    template = _template(book, declaration)
    if template is None:
        return None
    revision, text = _revision(declaration)
    if not revision:
        revision, text = _last_revision(book)
    after = text.split(revision, 1)[-1] if revision else ""
    return Identity(
        template=template,
        revision=published(template, revision) if revision else "",
        revision_date=date_in(after),
        revision_text=text,
        language=_language(declaration),
    )


def _top(declaration: Grid) -> list[tuple[str, int, str]]:
    """The texts of the first rows, with their columns and rows."""
    return [
        (column_letters(number), row, text)
        for row in range(1, 9)
        for number, value in enumerate(declaration.rows[row - 1] if row <= len(declaration.rows) else (), 1)
        if number <= 16 and (text := as_text(value))
    ]


def _template(book: Workbook, declaration: Grid) -> Template | None:
    for _, row, text in _top(declaration):
        found = _TITLE.search(text)
        if found and row < 6:
            return found[1]  # type: ignore[return-value]
        if text.casefold() == _OLD_TITLE and row < 6:
            return "CMRT"
    sheets = {sheet.casefold() for sheet in book.sheets}
    return _template_of_texts(book) or ("CMRT" if len(sheets & _OLD_SHEETS) > 1 else None)


def _template_of_texts(book: Workbook) -> Template | None:
    """From the hidden sheet of texts, where formulas were never calculated: its title row is typed."""
    texts = book.grid(book.named("L"))
    if texts is None:
        return None
    for row in range(1, len(texts.rows) + 1):
        if (texts.text("B", row), texts.text("C", row)) == ("Declaration", "D2"):
            found = _TITLE.search(texts.text("D", row) or "")
            return found[1] if found else None  # type: ignore[return-value]
    return None


def _revision(declaration: Grid) -> tuple[str, str]:
    """The revision and the text it stands in; both empty where no cell of the first rows has one."""
    beside = False
    for _, row, text in _top(declaration):
        found = _REVISION.search(text)
        if found and row < 7:
            return found[1] + (found[2] or "").lower(), text
        if beside and (found := _BARE_REVISION.match(text)):
            return found[1] + found[2], text
        beside = text.casefold() == "revision"
    return "", ""


def _last_revision(book: Workbook) -> tuple[str, str]:
    """From the list of revisions, which is typed in every template: the last number, with its date."""
    history = book.grid(book.named("Revision"))
    if history is None:
        return "", ""
    last = ("", "")
    for row in range(1, len(history.rows) + 1):
        number, day = history.text("B", row), history.text("D", row)
        if number and (found := _BARE_REVISION.match(number)):
            last = found[1] + found[2], f"{number} {day or ''}".strip()
    return last


def _language(declaration: Grid) -> str:
    """The language chosen beside "Select Language": a short text of the form's own columns."""
    for column, row, text in _top(declaration):
        if "C" <= column <= "G" and row < 6 and len(text) < 25 and names_language(text):
            return language_of(text)
    return "en"
