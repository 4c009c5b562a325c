"""What a member gives a year, and why; how long a member in grace keeps its rights.

The amounts and conditions are dated rows that come in; nothing here knows a figure.
Source: the partnership's application and membership pages: Strategic, Normal and Basic for supply-chain actors, working
capacity instead of a fee for civil society, a contribution by agreement for governments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from lode.enterprise import Reason, SizeFinding

# Whoever chooses it; small and medium-sized enterprises; not-for-profit associations; everybody else of the pillar.
Condition = Literal["chosen", "sme", "association", "otherwise"]


@dataclass(frozen=True, slots=True)
class FeeRule:
    """From `valid_from`, members of this pillar that meet the condition are in this class. Tried in `order`.

    `amount` is a year's, in `currency`; None where it is agreed with the member, or where work is given instead.
    """

    pillar: str
    fee_class: str
    condition: Condition
    amount: Decimal | None
    currency: str
    valid_from: date
    order: int


@dataclass(frozen=True, slots=True)
class Fee:
    """The class found by a rule, with the reasons that led there."""

    rule: FeeRule
    because: tuple[Reason, ...]


def rules_on(on: date, rules: Iterable[FeeRule]) -> list[FeeRule]:
    """Of each pillar, class and condition the rule in force on a day, in the order they are tried."""
    newest: dict[tuple[str, str, str], FeeRule] = {}
    for rule in sorted(rules, key=lambda one: one.valid_from):
        if rule.valid_from <= on:
            newest[rule.pillar, rule.fee_class, rule.condition] = rule
    return sorted(newest.values(), key=lambda one: one.order)


def fee_for(
    pillar: str,
    on: date,
    rules: Iterable[FeeRule],
    *,
    size: SizeFinding | None = None,
    is_association: bool = False,
    chosen: str = "",
) -> Fee | None:
    """The first rule of the pillar, in force on the day, that applies; None where none does.

    `chosen` is the class the applicant asks for. A size that its figures do not decide is no SME: then the reasons say
    which figure is missing.
    """
    for rule in rules_on(on, rules):
        if rule.pillar == pillar and _applies(rule, size, is_association, chosen):
            return Fee(rule, _because(rule, size))
    return None


def _applies(rule: FeeRule, size: SizeFinding | None, is_association: bool, chosen: str) -> bool:
    if rule.condition == "chosen":
        return chosen == rule.fee_class
    if rule.condition == "sme":
        return size is not None and size.is_sme is True
    return is_association if rule.condition == "association" else True


def _because(rule: FeeRule, size: SizeFinding | None) -> tuple[Reason, ...]:
    if rule.condition == "chosen":
        return (Reason("chosen"),)
    if rule.condition == "association":
        return (Reason("association"),)
    if size is None:
        return (Reason("pillar"),)
    return (Reason(f"size_{size.size}"), *size.because)


@dataclass(frozen=True, slots=True)
class GraceRule:
    """How many days a member in grace keeps its rights, and after how many the membership lapses."""

    rights_days: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class Grace:
    """The days on which things change for a member in grace."""

    rights_until: date
    lapses_on: date


def grace_from(since: date, rule: GraceRule) -> Grace:
    return Grace(since + timedelta(days=rule.rights_days), since + timedelta(days=rule.lapse_days))
