"""Fee classes with the partnership's published amounts."""

from datetime import date
from decimal import Decimal

import pytest

from lode.enterprise import Reason, SizeFinding
from lode.membership import FeeRule, Grace, GraceRule, fee_for, grace_from

D = Decimal
START, LATER = date(2016, 1, 1), date(2027, 1, 1)


def rule(pillar, fee_class, condition, amount, order, valid_from=START):
    return FeeRule(pillar, fee_class, condition, None if amount is None else D(amount), "EUR", valid_from, order)


RULES = [
    rule("supply_chain", "strategic", "chosen", 30_000, 1),
    rule("supply_chain", "basic", "sme", 500, 2),
    rule("supply_chain", "basic", "association", 500, 3),
    rule("supply_chain", "normal", "otherwise", 10_000, 4),
    rule("civil_society", "capacity", "otherwise", None, 1),
    rule("government", "agreed", "otherwise", None, 1),
    rule("supply_chain", "normal", "otherwise", 12_000, 4, valid_from=LATER),
]
SME = SizeFinding("medium", (Reason("staff_within"),))
LARGE = SizeFinding("large", (Reason("staff_over"),))
UNKNOWN = SizeFinding("unknown", (Reason("missing"),))


@pytest.mark.parametrize(
    ("told", "fee_class", "amount", "codes"),
    [
        ({"size": SME}, "basic", 500, ["size_medium", "staff_within"]),
        ({"size": LARGE}, "normal", 10_000, ["size_large", "staff_over"]),
        ({"size": UNKNOWN}, "normal", 10_000, ["size_unknown", "missing"]),
        ({"size": LARGE, "is_association": True}, "basic", 500, ["association"]),
        ({"size": SME, "chosen": "strategic"}, "strategic", 30_000, ["chosen"]),
        ({"size": LARGE, "chosen": "basic"}, "normal", 10_000, ["size_large", "staff_over"]),
    ],
)
def test_fee_of_a_supply_chain_actor(told, fee_class, amount, codes):
    found = fee_for("supply_chain", date(2026, 5, 1), RULES, **told)

    assert (found.rule.fee_class, found.rule.amount) == (fee_class, amount)
    assert [reason.code for reason in found.because] == codes


@pytest.mark.parametrize(("pillar", "fee_class"), [("civil_society", "capacity"), ("government", "agreed")])
def test_fee_of_the_other_pillars_is_no_amount(pillar, fee_class):
    found = fee_for(pillar, date(2026, 5, 1), RULES)

    assert (found.rule.fee_class, found.rule.amount, found.because) == (fee_class, None, (Reason("pillar"),))


@pytest.mark.parametrize(("on", "amount"), [(date(2026, 12, 31), 10_000), (LATER, 12_000)])
def test_fee_is_judged_by_the_rule_of_its_day(on, amount):
    assert fee_for("supply_chain", on, RULES, size=LARGE).rule.amount == amount


def test_fee_before_the_first_rule_is_none():
    assert fee_for("supply_chain", date(2015, 12, 31), RULES, size=SME) is None


def test_grace_names_its_two_days():
    assert grace_from(date(2026, 1, 1), GraceRule(90, 180)) == Grace(date(2026, 4, 1), date(2026, 6, 30))
