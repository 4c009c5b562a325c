"""Whether an enterprise is micro, small or medium-sized, and why.

Source: Commission Recommendation 2003/361/EC of 6 May 2003, Annex, Articles 2 to 6. The numbers come in as `Ceilings`
and `Shares`, so that a dated table can hold them. Money is in EUR, staff in annual work units (Article 5: part-time in
parts, apprentices not counted). What is not known stays unknown: it is never taken for small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Size = Literal["micro", "small", "medium", "large", "unknown"]
Value = str | int | Decimal
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a finding, as a code and the values its sentence needs."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Below so many staff, and at most this turnover or at most this balance sheet total (Article 2)."""

    size: Size
    staff_below: Decimal
    turnover_up_to: Decimal
    balance_sheet_up_to: Decimal


@dataclass(frozen=True, slots=True)
class Shares:
    """Which holdings count (Article 3), in per cent of capital or votes, whichever is higher; and the two-year rule."""

    partner_from: Decimal = Decimal(25)
    linked_above: Decimal = Decimal(50)
    public_from: Decimal = Decimal(25)
    years_in_a_row: int = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """What an enterprise says of one year; None where it does not know."""

    staff: Decimal | None
    turnover: Decimal | None
    balance_sheet: Decimal | None


@dataclass(frozen=True, slots=True)
class Holding:
    """An enterprise that holds, or is held, by `percent`, with its own figures."""

    name: str
    percent: Decimal
    figures: Figures


@dataclass(frozen=True, slots=True)
class Year:
    """An accounting year. A new enterprise gives an honest estimate (Article 4(3))."""

    year: int
    own: Figures
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class SizeFinding:
    """`is_sme` is None where the figures do not decide it."""

    size: Size
    because: tuple[Reason, ...]

    @property
    def is_sme(self) -> bool | None:
        return None if self.size == "unknown" else self.size != "large"


def size_of(
    years: Sequence[Year],
    ceilings: Sequence[Ceilings],
    shares: Shares | None = None,
    *,
    public_percent: Decimal = NOTHING,
) -> SizeFinding:
    """The size by these years' figures. `public_percent` is what public bodies hold, alone or together (Article 3(4)).

    Each ceiling is judged by itself over the years, the oldest first: an enterprise changes sides only when it stood on
    the other side for two years running (Article 4(2)). Of a single year that year decides.
    """
    rules = shares or Shares()
    if public_percent >= rules.public_from:
        told = {"percent": public_percent, "limit": rules.public_from}
        return SizeFinding("large", (Reason("public_body", told),))
    known = sorted(years, key=lambda year: year.year)
    if not known:
        return SizeFinding("unknown", (Reason("no_figures"),))
    totals = [(year.year, total(year, rules)) for year in known]
    added = _added(known[-1], rules)
    smallest_first = sorted(ceilings, key=lambda one: one.staff_below)
    undecided = False
    for one in smallest_first:
        within, kept = _over_years([_is_within(figures, one) for _year, figures in totals], rules.years_in_a_row)
        if within:
            newest, figures = totals[-1]
            steps = (_kept(one, newest),) if kept else _within(newest, figures, one)
            return SizeFinding(one.size, (*added, *steps))
        undecided = undecided or within is None
    largest, (newest, figures) = smallest_first[-1], totals[-1]
    if undecided:
        return SizeFinding("unknown", (*added, Reason("missing", {"year": newest, "missing": _missing(figures)})))
    over = _is_within(figures, largest) is False
    steps = _over(newest, figures, largest) if over else (Reason("two_years_not_yet", {"year": newest}),)
    return SizeFinding("large", (*added, *steps))


def total(year: Year, shares: Shares) -> Figures:
    """The enterprise with its partners in proportion and its linked enterprises in full (Article 6)."""
    sums = [year.own.staff, year.own.turnover, year.own.balance_sheet]
    for holding in year.holdings:
        part = _part(holding, shares)
        if not part:
            continue
        theirs = (holding.figures.staff, holding.figures.turnover, holding.figures.balance_sheet)
        sums = [None if a is None or b is None else a + b * part for a, b in zip(sums, theirs, strict=True)]
    return Figures(*sums)


def _part(holding: Holding, shares: Shares) -> Decimal:
    if holding.percent > shares.linked_above:
        return Decimal(1)
    return holding.percent / 100 if holding.percent >= shares.partner_from else NOTHING


def _added(year: Year, shares: Shares) -> tuple[Reason, ...]:
    reasons = []
    for holding in year.holdings:
        if part := _part(holding, shares):
            code = "linked" if holding.percent > shares.linked_above else "partner"
            reasons.append(Reason(code, {"name": holding.name, "percent": holding.percent, "part": part * 100}))
    return tuple(reasons)


def _is_within(figures: Figures, ceilings: Ceilings) -> bool | None:
    staff = None if figures.staff is None else figures.staff < ceilings.staff_below
    turnover = None if figures.turnover is None else figures.turnover <= ceilings.turnover_up_to
    sheet = None if figures.balance_sheet is None else figures.balance_sheet <= ceilings.balance_sheet_up_to
    money = True if turnover or sheet else (None if turnover is None or sheet is None else False)
    if staff is False or money is False:
        return False
    return True if staff and money else None


def _over_years(within: Sequence[bool | None], in_a_row: int) -> tuple[bool | None, bool]:
    """On which side it stands after these years, and whether the newest year alone would have said otherwise."""
    status: bool | None = None
    against = 0
    for side in within:
        if side is None:
            against = 0
        elif status is None:
            status = side
        elif side == status:
            against = 0
        else:
            against += 1
            if against >= in_a_row:
                status, against = side, 0
    if within and within[-1] is None:
        return None, False
    return status, status is not None and within[-1] != status


def _kept(ceilings: Ceilings, year: int) -> Reason:
    return Reason("two_years_still", {"year": year, "size": ceilings.size})


def _within(year: int, figures: Figures, ceilings: Ceilings) -> tuple[Reason, ...]:
    staff: dict[str, Value] = {"year": year, "staff": figures.staff or NOTHING, "limit": ceilings.staff_below}
    if figures.turnover is not None and figures.turnover <= ceilings.turnover_up_to:
        money = Reason("turnover_within", {"amount": figures.turnover, "limit": ceilings.turnover_up_to})
    else:
        amount = figures.balance_sheet or NOTHING
        money = Reason("balance_sheet_within", {"amount": amount, "limit": ceilings.balance_sheet_up_to})
    return Reason("staff_within", staff), money


def _over(year: int, figures: Figures, ceilings: Ceilings) -> tuple[Reason, ...]:
    if figures.staff is not None and figures.staff >= ceilings.staff_below:
        return (Reason("staff_over", {"year": year, "staff": figures.staff, "limit": ceilings.staff_below}),)
    told: dict[str, Value] = {
        "year": year,
        "turnover": figures.turnover or NOTHING,
        "turnover_limit": ceilings.turnover_up_to,
        "balance_sheet": figures.balance_sheet or NOTHING,
        "balance_sheet_limit": ceilings.balance_sheet_up_to,
    }
    return (Reason("money_over", told),)


def _missing(figures: Figures) -> str:
    """Which figure is missing, the one that would help first: "staff", "turnover" or "balance_sheet"."""
    if figures.staff is None:
        return "staff"
    return "turnover" if figures.turnover is None else "balance_sheet"
