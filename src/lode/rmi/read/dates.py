"""Dates as people write them in a cell, read only where they can mean one day.

Source: the templates ask for DD-MMM-YYYY; the serial numbers are ECMA-376 Part 1, 18.17.4.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from lode.rmi.container.grid import Value

_MONTHS = (
    "jan ene gen oca janv 1월",
    "feb fev fév febr şub",
    "mar mär mrz mars març",
    "apr avr abr nis avril",
    "may mai mag mayı maj",
    "jun juin giu haz",
    "jul juil lug tem",
    "aug août aou ago ağu",
    "sep set eyl sept",
    "oct out okt ott eki",
    "nov kas",
    "dec dez déc dic ara",
)
_YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d)\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*((?:19|20)\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°)?[\s./-]*(?:de\s+)?([^\W\d_]{3,})[\s.,/-]*(?:de\s+)?((?:19|20)\d\d)"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s.,]+((?:19|20)\d\d)")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(32874, 73051)  # 1 January 1990 to 31 December 2099


def date_of(value: Value) -> date | None:
    """The day a cell holds: a date, a serial number, or a text that can mean one day only."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _EPOCH + timedelta(days=int(value)) if int(value) in _SERIALS else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text.isdigit() and len(text) == 5:
        return date_of(int(text))
    return date_in(text)


def date_in(text: str) -> date | None:
    """The day named in a text. "04/05/2024" may be April or May and gives None; "13/05/2024" gives 13 May."""
    if found := _YEAR_FIRST.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.search(text):
        first, separator, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        if separator == "." or first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    if (found := _DAY_MONTH.search(text)) and (month := _month(found[2])):
        return _day(int(found[3]), month, int(found[1]))
    if (found := _MONTH_DAY.search(text)) and (month := _month(found[1])):
        return _day(int(found[3]), month, int(found[2]))
    return None


def _month(word: str) -> int | None:
    word = word.casefold()
    for number, starts in enumerate(_MONTHS, 1):
        if any(word.startswith(start) for start in starts.split()):
            return number
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
