"""A sheet's cells as plain texts and dates, addressed as people do: row 1 is the first, column "A" the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lode.xlsx import column_number

Value = str | int | float | bool | date | datetime | time | timedelta | None
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_CARRIAGE_RETURN = re.compile(r"_x000[dD]_|\r")


def split_address(address: str) -> tuple[str, int]:
    """ "D22" is ("D", 22). Raises ValueError for a text that is no address."""
    found = _ADDRESS.match(address)
    if found is None:
        raise ValueError(f"{address!r} is no cell address")
    return found[1], int(found[2])


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of the sheet `name`."""

    name: str
    rows: Sequence[Sequence[Value]]

    def value(self, column: str, row: int) -> Value:
        """The cell as the parser gave it; None outside the used rectangle."""
        index = column_number(column) - 1
        if 1 <= row <= len(self.rows) and index < len(self.rows[row - 1]):
            return self.rows[row - 1][index]
        return None

    def text(self, column: str, row: int) -> str | None:
        """The cell as a person reads it; None where blank, a formula's 0, or an error text."""
        return as_text(self.value(column, row))

    def where(self, column: str, row: int) -> str:
        """The address findings show, such as "Declaration!D20"."""
        return f"{self.name}!{column}{row}"


def as_text(value: Value) -> str | None:
    """A value as text: ends trimmed, whole numbers without a point, dates in ISO form. Blank, 0 and errors are None."""
    if isinstance(value, str):
        text = value.strip()
        if "\r" in text or "_x000" in text:
            text = _CARRIAGE_RETURN.sub("", text).strip()
        return None if not text or (text[0] == "#" and text in ERRORS) else text
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value == 0):
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!"})
