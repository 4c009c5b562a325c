"""Values, sources and tables as people read them, for the page and the PDF alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from eprm.ui import words
from lode.sheets import Column, Table, Value

# What a reader takes in while reading; the rest stands on the table's own page, in the PDF and in the workbook.
ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the page's table: `label` repeats the heading where rows become records."""

    text: str
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with the values of its first rows worded; `count` is how many it has, `number` leads to all of them."""

    title: str
    columns: list[Column]
    rows: list[list[Cell]]
    note: str
    count: int
    number: int


def shown_tables(tables: tuple[Table, ...], first: int) -> Iterator[ShownTable]:
    """The tables as the page shows them; `first` is the number of the first."""
    for number, table in enumerate(tables, first):
        labels = [(f"{column.label}, {column.unit}" if column.unit else column.label) for column in table.columns]
        numbers = [bool(column.unit) for column in table.columns]
        rows = [
            [Cell(shown(value), label, number) for value, label, number in zip(row, labels, numbers, strict=True)]
            for row in table.rows[:ROWS_SHOWN]
        ]
        noted = note(table.note.source, table.note.on)
        yield ShownTable(table.title, list(table.columns), rows, noted, len(table.rows), number)


def shown(value: Value) -> str:
    """A value as people read it, in the language in force."""
    if value is None:
        return ""
    if isinstance(value, date):
        return words.day(value)
    return value if isinstance(value, str) else words.number(value)


def note(source: object, on: date | None) -> str:
    """What stands under a table or chart."""
    if on is None:
        return _("Source: %(source)s.") % {"source": source}
    return _("Source: %(source)s. As of %(day)s.") % {"source": source, "day": words.day(on)}
