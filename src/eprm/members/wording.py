"""The reasons of the field's rules as sentences, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from eprm.members.models import Duty, FeeClass
from eprm.ui.words import number
from lode.enterprise import Reason
from lode.membership import Fee


def _money(value: object) -> str:
    return number(value, "EUR")


def _sizes() -> dict[str, str]:
    return {
        "micro": _("a micro enterprise"),
        "small": _("a small enterprise"),
        "medium": _("a medium-sized enterprise"),
    }


def in_words(reason: Reason) -> str:
    """One reason as a sentence."""
    is_money = "amount" in reason.values
    values = {
        key: _money(value) if key == "limit" and is_money else _said(key, value) for key, value in reason.values.items()
    }
    return _sentences()[reason.code] % values


def _said(key: str, value: object) -> str:
    if key in ("amount", "turnover", "balance_sheet", "turnover_limit", "balance_sheet_limit"):
        return _money(value)
    if key == "size":
        return _sizes()[str(value)]
    if key == "missing":
        words = {"staff": _("the staff"), "turnover": _("the turnover"), "balance_sheet": _("the balance sheet total")}
        return words[str(value)]
    return str(value) if key in ("year", "name") else number(value)


def _sentences() -> dict[str, str]:
    return {
        "chosen": _("You chose this class."),
        "association": _("You are a not-for-profit association."),
        "pillar": _("Everybody in your pillar is in this class."),
        "size_micro": _("You are a micro enterprise by Recommendation 2003/361/EC."),
        "size_small": _("You are a small enterprise by Recommendation 2003/361/EC."),
        "size_medium": _("You are a medium-sized enterprise by Recommendation 2003/361/EC."),
        "size_large": _("You are no small or medium-sized enterprise by Recommendation 2003/361/EC."),
        "size_unknown": _("Your figures do not decide yet whether you are a small or medium-sized enterprise."),
        "no_figures": _("No figures are given yet."),
        "missing": _("%(missing)s of %(year)s would decide it."),
        "staff_within": _("%(staff)s staff in %(year)s are fewer than %(limit)s."),
        "turnover_within": _("A turnover of %(amount)s is at most %(limit)s."),
        "balance_sheet_within": _("A balance sheet total of %(amount)s is at most %(limit)s."),
        "staff_over": _("%(staff)s staff in %(year)s are not fewer than %(limit)s."),
        "money_over": _(
            "In %(year)s the turnover of %(turnover)s is above %(turnover_limit)s, and the balance sheet total of "
            "%(balance_sheet)s above %(balance_sheet_limit)s."
        ),
        "partner": _("%(name)s holds or is held by %(percent)s %%, so %(part)s %% of its figures are added."),
        "linked": _("%(name)s is linked by %(percent)s %%, so its figures are added in full."),
        "public_body": _(
            "Public bodies hold %(percent)s %%; from %(limit)s %% on an enterprise is none of these sizes."
        ),
        "two_years_still": _("%(year)s alone is above, but the size changes only after two years running: %(size)s."),
        "two_years_not_yet": _("%(year)s alone is below, but the size changes only after two years running."),
    }


def reasons_of(fee: Fee) -> list[str]:
    """Why the class is the one it is, a sentence each."""
    said = [in_words(reason) for reason in fee.because]
    return [sentence[:1].upper() + sentence[1:] for sentence in said]


def class_in_words(fee: Fee) -> str:
    """The class with what it costs: "Basic, 500 EUR a year"."""
    label = str(FeeClass(fee.rule.fee_class).label)
    if fee.rule.amount is None:
        return label
    return _("%(fee_class)s, %(amount)s a year") % {
        "fee_class": label,
        "amount": number(fee.rule.amount, fee.rule.currency),
    }


def fee_in_words(fee: Fee) -> str:
    """The class and its reasons as one paragraph."""
    return " ".join([f"{class_in_words(fee)}.", *reasons_of(fee)])


def light_words(light: str) -> str:
    """What a light says of a duty, or of a member's gravest."""
    return {
        "green": _("nothing owed"),
        "blue": _("open"),
        "yellow": _("overdue"),
        "red": _("overdue for long"),
    }[light]


def period_words(duty: Duty) -> str:
    """The year a duty is of; for what is no year, nothing."""
    return "" if duty.key == "mou" else str(duty.period)


def rule_words(kind: str, row: Any) -> str:
    """What a dated row says, in one line."""
    return _RULES[kind](row)


def _fee_row(row: Any) -> str:
    pillar = row.get_pillar_display()
    if row.amount is not None:
        return _("%(pillar)s: %(amount)s a year") % {"pillar": pillar, "amount": number(row.amount, row.currency)}
    if row.days is not None:
        return _("%(pillar)s: %(days)s working days a year") % {"pillar": pillar, "days": number(row.days)}
    return _("%(pillar)s: as agreed in writing") % {"pillar": pillar}


def _size_row(row: Any) -> str:
    return _("fewer than %(staff)s staff, and turnover up to %(turnover)s or balance sheet up to %(sheet)s") % {
        "staff": number(row.staff_below),
        "turnover": _money(row.turnover_up_to),
        "sheet": _money(row.balance_sheet_up_to),
    }


def _board_row(row: Any) -> str:
    told = {
        "quorum": row.quorum,
        "pillar": row.pillar_quorum,
        "majority": row.majority,
        "pillars": row.pillars,
        "days": row.days_open,
    }
    return (
        _(
            "quorum %(quorum)s of all seats and %(pillar)s of each pillar; more than %(majority)s of the weight, in "
            "%(pillars)s pillars; open %(days)s working days"
        )
        % told
    )


def _duty_row(row: Any) -> str:
    if row.month and row.day:
        due = _("due on %(day)s.%(month)s. of each year") % {"day": row.day, "month": row.month}
    else:
        due = _("due after %(days)s days") % {"days": row.after_days}
    late = _("red %(red)s days later; reminders %(days)s days from the due day") % {
        "red": row.red_days,
        "days": ", ".join(str(offset) for offset in row.reminders),
    }
    return f"{due}; {late}"


def _terms_row(row: Any) -> str:
    return _("rights for %(rights)s days of grace, lapse after %(lapse)s; invoices due after %(invoice)s days") % {
        "rights": row.rights_days,
        "lapse": row.lapse_days,
        "invoice": row.invoice_days,
    }


_RULES = {"fees": _fee_row, "sizes": _size_row, "board": _board_row, "duties": _duty_row, "terms": _terms_row}
