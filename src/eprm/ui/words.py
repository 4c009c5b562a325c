"""Numbers, dates, sizes and countries as people read them, in the language of the page.

Thousands are set apart by a narrow no-break space in every language; a unit and the per cent sign by a no-break space.
Source: the look's "Words"; BIPM SI Brochure 5.4.4 for the thousands; CLDR (Babel) for months and country names.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, pgettext

NARROW = "\u202f"
NO_BREAK = "\u00a0"
# The names people in the field use, where the language's first choice is longer or older.
SHORT_NAMES = {
    ("en", "CD"): "DR Congo",
    ("fr", "CD"): "RD Congo",
    ("es", "CD"): "RD Congo",
    ("sw", "CD"): "DR Kongo",
    ("pt", "CD"): "RD Congo",
}

Number = int | float | Decimal


def locale() -> Locale:
    """The reader's language, as Babel knows it."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"), resolve_likely_subtags=True)


class Counted:
    """A unit that agrees with its number: `Counted(ngettext_lazy("person", "people", "n"))`; by itself the plural."""

    def __init__(self, forms: Any) -> None:
        self.forms = forms

    def __str__(self) -> str:
        return self.of(Decimal(2))

    def of(self, value: Decimal) -> str:
        """The word beside this number; a number with a fraction takes the plural."""
        return str(self.forms % {"n": int(abs(value)) if value == value.to_integral() else 2})


class Short(Counted):
    """A unit that is written out by itself and short beside a number: `Short(_("tonnes of contained metal"), "t")`."""

    def __init__(self, full: object, short: object) -> None:
        self.full, self.short = full, short

    def __str__(self) -> str:
        return str(self.full)

    def of(self, value: Decimal) -> str:
        return str(self.short)


def number(value: Number | None, unit: object = "", places: int | None = None) -> str:
    """91400 with "kg" as "91 400 kg"; None as "". `places` rounds; without it the value keeps the digits it has."""
    if value is None:
        return ""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral():
        exact = exact.quantize(Decimal(1))
    digits = f"{abs(exact):,f}".replace(",", NARROW).replace(".", locale().number_symbols["latn"]["decimal"])
    text = f"−{digits}" if exact < 0 else digits
    if isinstance(unit, Counted):
        unit = unit.of(exact)
    return f"{text}{NO_BREAK}{unit}" if unit else text


def percent(fraction: Number | None, places: int | None = None) -> str:
    """0.258 as "25.8 %", with at most one decimal place unless `places` says otherwise."""
    if fraction is None:
        return ""
    hundredfold = (Decimal(str(fraction)) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return number(hundredfold, "%", places)


def day(on: date | datetime | None) -> str:
    """18 Nov 2026. A moment is told by its day in the reader's time zone. French counts its firsts: 1er janv. 2026."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    first = "er" if on.day == 1 and locale().language == "fr" else ""
    return format_date(on, f"d'{first}' MMM y" if first else "d MMM y", locale()).replace(" ", NO_BREAK)


def moment(at: datetime | None) -> str:
    """18 Nov 2026, 16:42 UTC: the day, the clock and whose clock it is."""
    if at is None:
        return ""
    local = timezone.localtime(at) if timezone.is_aware(at) else at.replace(tzinfo=UTC)
    return f"{day(local)}, {local:%H:%M}{NO_BREAK}{clock_name(local)}"


def clock_name(at: datetime) -> str:
    """Whose clock it is: "CET", or "UTC−05" for a zone without a name of its own."""
    name = f"{at:%Z}"
    return f"UTC{name}".replace("-", "−") if name[:1] in ("+", "-") else name


def size(count: int | None) -> str:
    """A number of bytes as 412 kB or 1.4 MB (thousands, as files are sold and shown)."""
    if count is None:
        return ""
    if count < 1000:
        return number(count, pgettext("bytes", "B"))
    if count < 1_000_000:
        return number(count / 1000, pgettext("bytes", "kB"), 0)
    return number(count / 1_000_000, pgettext("bytes", "MB"), 1)


def country(code: str | None) -> str:
    """The country's name from its ISO 3166-1 alpha-2 code; the code itself where it names none."""
    if not code:
        return ""
    here = locale()
    return SHORT_NAMES.get((here.language, code), here.territories.get(code, code))


def language_name(code: str) -> str:
    """The name of a language in the reader's language, from its ISO 639 code; the code itself where it names none."""
    return locale().languages.get(code.replace("-", "_"), code)
