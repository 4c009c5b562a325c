"""Rules, texts and forms have editions: a new one holds from its day, a published one is never edited."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members.actions import editions as actions
from eprm.members.queries import dated
from lode.membership import fee_for

TOLD = {"pillar": "supply_chain", "fee_class": "normal", "condition": "otherwise", "currency": "EUR", "order": 4}


def add_fee(by, amount, day):
    return actions.add_rule("fees", by=by, amount=Decimal(amount), valid_from=day, source="board", **TOLD)


def test_new_fee_holds_from_its_day(shipped, as_femke):
    add_fee(as_femke, 12_000, date(2027, 1, 1))

    amounts = [
        fee_for("supply_chain", day, dated.fee_rules()).rule.amount for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert amounts == [10_000, 12_000]


def test_two_rows_from_one_day_are_refused(shipped, as_femke):
    add_fee(as_femke, 12_000, date(2027, 1, 1))

    with pytest.raises(Overtaken, match="Choose another day"):
        add_fee(as_femke, 13_000, date(2027, 1, 1))


def test_quorum_that_is_no_share_is_refused(shipped, as_femke):
    told = {"kind": "ordinary", "pillar_quorum": "1/3", "majority": "1/2", "valid_from": date(2027, 1, 1)}

    with pytest.raises(ValidationError, match="is no share"):
        actions.add_rule("board", quorum="5/3", source="s", by=as_femke, **told)


def test_rule_by_somebody_else_is_refused(shipped, as_noor):
    with pytest.raises(NotAllowed, match="secretariat keeps"):
        add_fee(as_noor, 1, date(2027, 1, 1))


def test_next_edition_is_a_copy_and_the_published_one_stays(shipped, as_femke):
    first = dated.form_on(date(2026, 6, 1))
    second = actions.start_edition(first, title="2027.1", valid_from=date(2027, 1, 1), by=as_femke)
    question = dated.questions_of(second)[0]
    actions.save_question(question, label={"en": "Changed"}, by=as_femke)
    with pytest.raises(NotAllowed, match="not edited any more"):
        actions.save_question(dated.questions_of(first)[0], label={"en": "Changed"}, by=as_femke)

    assert len(dated.questions_of(first)) == len(dated.questions_of(second))
    assert dated.form_on(date(2027, 2, 1)) == first
    actions.publish_edition(second, by=as_femke)
    assert (dated.form_on(date(2026, 12, 31)), dated.form_on(date(2027, 1, 1))) == (first, second)


def test_key_twice_in_an_edition_is_refused(shipped, as_femke):
    edition = actions.start_edition(
        dated.form_on(date(2026, 6, 1)), title="n", valid_from=date(2027, 1, 1), by=as_femke
    )
    one, other = dated.questions_of(edition)[:2]

    with pytest.raises(NotAllowed, match="has the key"):
        actions.save_question(one, key=other.key, by=as_femke)
