"""Tables for people's own spreadsheets: an .xlsx or a CSV in which nothing a stranger typed is ever live.

A text that begins with = + - @ is a formula to the program that opens it, and so can fetch, send or run things. In an
.xlsx such a text is a text cell that stays one when edited; in a CSV an apostrophe stands before it.
Source: OWASP, "CSV Injection" (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lode.xlsx import (
    HEADING,
    NOTE,
    TITLE,
    WRAPPED,
    Cell,
    Sheet,
    Value,
    column_letters,
    sheet_name,
    workbook,
)

# At the start of a cell; and after a semicolon, tab or line break, since a program set to another separator splits
# there. Full-width signs count too: East Asian editions of Excel take them for the plain ones.
_LIVE = re.compile("(^|[;\\t\\r\\n])([\"']*)(?=[=+\\-@#\\t\\r＝＋－＠])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TITLE_ROW, _NOTE_ROW, _HEADING_ROW = 1, 2, 4
_NARROWEST, _WIDEST = 8, 60
_LONG = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A column's label, and the unit of its numbers where they have one."""

    label: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """The label with its unit: "Mass (kg)"."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where a table is from: the data's source, the day it stands for, and who made the file."""

    source: str
    on: date | None = None
    made_by: str = ""

    def __str__(self) -> str:
        day = self.on.isoformat() if self.on else ""
        parts = (("Source", self.source), ("Date", day), ("Made by", self.made_by))
        return " · ".join(f"{label}: {text}" for label, text in parts if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as a page shows it. Each row has a value a column: numbers and dates as such, not as texts."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: Note

    def lines(self) -> Iterator[Sequence[Value]]:
        """The headings, then the rows: what a CSV holds."""
        yield [column.heading for column in self.columns]
        yield from self.rows


def write_xlsx(tables: Iterable[Table]) -> bytes:
    """An .xlsx with a sheet for each table: title, note, then the table with its headings in sight and a filter."""
    sheets: list[Sheet] = []
    maker = ""
    for table in tables:
        maker = maker or table.note.made_by
        last = f"{column_letters(max(len(table.columns), 1))}{_HEADING_ROW + len(table.rows)}"
        sheets.append(
            Sheet(
                name=sheet_name(table.title, taken=[sheet.name for sheet in sheets]),
                rows=_rows(table),
                widths=_widths(table),
                frozen=_HEADING_ROW,
                filtered=f"A{_HEADING_ROW}:{last}" if table.rows else "",
            )
        )
    return workbook(sheets, creator=maker)


def write_csv(rows: Iterable[Sequence[Value]]) -> str:
    """Rows (a table's `lines()`) as CSV text: commas, ISO dates, a point in numbers.

    Encode it as "utf-8-sig", so that Excel reads accents.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_csv_text(value) for value in row] for row in rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet program would begin to read a formula, no control characters."""
    return _LIVE.sub(r"\1\2'", _UNPRINTABLE.sub("", text))


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return harmless(value) if isinstance(value, str) else str(value)


def _rows(table: Table) -> Iterator[tuple[int, Mapping[str, Value | Cell]]]:
    yield _TITLE_ROW, {"A": Cell(table.title, TITLE)}
    yield _NOTE_ROW, {"A": Cell(str(table.note), NOTE)}
    letters = [column_letters(number) for number in range(1, len(table.columns) + 1)]
    headings = (Cell(column.heading, HEADING) for column in table.columns)
    yield _HEADING_ROW, dict(zip(letters, headings, strict=True))
    for number, row in enumerate(table.rows, _HEADING_ROW + 1):
        yield number, {at: _wrapped(value) for at, value in zip(letters, row, strict=True)}


def _wrapped(value: Value) -> Value | Cell:
    return Cell(value, WRAPPED) if isinstance(value, str) and (len(value) > _LONG or "\n" in value) else value


def _widths(table: Table) -> dict[str, float]:
    """Each column as wide as its heading and the first hundred values need, within bounds."""
    return {
        column_letters(number + 1): min(
            max(_NARROWEST, len(column.heading), *(_length(row[number]) for row in table.rows[:100])) + 2, _WIDEST
        )
        for number, column in enumerate(table.columns)
    }


def _length(value: Value) -> int:
    return 0 if value is None else len(str(value))
