"""Invoices without a gap, payments booked once, sums that the database holds; days pledged and worked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.files import bytes_of
from eprm.members.actions import contributions as actions
from eprm.members.actions import membership
from eprm.members.models import Invoice, Payment
from eprm.members.queries import contributions as queries
from eprm.people.identity import acting_for

TODAY = timezone.localdate()


@pytest.fixture
def member(halden, femke, noor, shipped):
    with acting_for(femke, path="test"):
        return membership.admit(halden, pillar="supply_chain", fee_class="basic", reason="r", by=femke)


@pytest.fixture
def invoice(member, femke):
    with acting_for(femke, path="test"):
        return actions.issue_fee(member, year=TODAY.year, by=femke)


def pay(invoice, amount, by, reference="B1", **told):
    return actions.book_payment(invoice, amount=Decimal(amount), on=TODAY, reference=reference, by=by, **told)


def balance(invoice):
    return Invoice.objects.get(pk=invoice.pk).balance


def test_invoice_has_its_paper_and_its_duty(invoice, member, as_femke):
    assert (invoice.label, invoice.amount, (invoice.due_on - TODAY).days) == (f"EPRM-{TODAY.year}-0001", 500, 60)
    assert bytes_of(invoice.sha256).startswith(b"%PDF")
    assert list(member.duties.values_list("key", "due_on", "met_on")) == [("contribution", invoice.due_on, None)]


def test_second_fee_of_a_year_is_refused(invoice, member, as_femke):
    with pytest.raises(NotAllowed, match="stands for this year already"):
        actions.issue_fee(member, year=TODAY.year, by=as_femke)


def test_numbers_have_no_gap_also_after_a_failure(invoice, member, as_femke):
    undone = transaction.savepoint()
    actions.issue_agreed(member, amount=Decimal(10), what="x", due_on=TODAY, by=as_femke)
    transaction.savepoint_rollback(undone)

    after = actions.issue_agreed(member, amount=Decimal(10), what="x", due_on=TODAY, by=as_femke)

    assert after.number == 2


def test_payment_in_parts_meets_the_duty_with_the_last(invoice, member, as_femke):
    pay(invoice, 200, as_femke)
    first = member.duties.get(key="contribution").met_on
    pay(invoice, 300, as_femke, "B2")

    assert (first, member.duties.get(key="contribution").met_on, balance(invoice)) == (None, TODAY, 0)


def test_payment_booked_twice_is_told_and_changes_nothing(invoice, as_femke):
    pay(invoice, 500, as_femke)

    with pytest.raises(Overtaken, match="“B1” was booked on"):
        pay(invoice, 500, as_femke, " B1 ")

    assert balance(invoice) == 0


def test_overpaid_stands_below_nothing_and_goes_back(invoice, as_femke):
    pay(invoice, 600, as_femke)
    over = balance(invoice)
    pay(invoice, 100, as_femke, "B2", kind="refund")

    assert (over, balance(invoice)) == (-100, 0)


def test_refund_of_more_than_was_paid_is_refused_by_rule_and_database(invoice, as_femke):
    pay(invoice, 100, as_femke)

    with pytest.raises(NotAllowed, match="More would go back"):
        pay(invoice, 101, as_femke, "B2", kind="refund")
    with pytest.raises(IntegrityError, match="invoice_refund_was_paid"), transaction.atomic():
        Payment.objects.create(
            organisation_id=invoice.organisation_id,
            invoice=invoice,
            kind="refund",
            on=TODAY,
            amount=101,
            currency="EUR",
            reference="B3",
            booked_by=as_femke,
        )


def test_refund_makes_the_duty_owed_again(invoice, member, as_femke):
    pay(invoice, 500, as_femke)
    pay(invoice, 50, as_femke, "B2", kind="refund")

    assert member.duties.get(key="contribution").met_on is None


def test_credit_note_takes_the_next_number_and_frees_the_year(invoice, member, as_femke):
    note = actions.credit(invoice, amount=Decimal(500), reason="wrong class", by=as_femke)
    again = actions.issue_fee(member, year=TODAY.year, by=as_femke)

    assert (note.number, note.kind, note.credits_id, balance(invoice), again.number) == (2, "credit", invoice.pk, 0, 3)


def test_credit_above_the_amount_is_refused(invoice, as_femke):
    with pytest.raises(NotAllowed, match="at most 500"):
        actions.credit(invoice, amount=Decimal(501), reason="x", by=as_femke)


def test_earmarks_are_at_most_the_invoice(invoice, as_femke):
    actions.earmark(invoice, amount=Decimal(300), purpose="Great Lakes", by=as_femke)

    with pytest.raises(NotAllowed, match="at most 200"):
        actions.earmark(invoice, amount=Decimal(201), purpose="more", by=as_femke)


@pytest.mark.parametrize("change", [{"amount": 1}, {"number": 9}, {"billed_to": "Eve"}])
def test_sent_invoice_cannot_be_changed_even_by_sql(invoice, as_femke, change):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(**change)


def test_payment_cannot_be_changed_or_deleted(invoice, as_femke):
    pay(invoice, 10, as_femke)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Payment.objects.update(amount=1)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Payment.objects.all().delete()


def test_yearly_invoices_skip_who_has_one(invoice, member, as_femke):
    assert list(queries.to_invoice(TODAY.year, TODAY)) == []
    assert [one.number for one in actions.issue_yearly(year=TODAY.year + 1, by=as_femke)] == [2]
    assert actions.issue_yearly(year=TODAY.year + 1, by=as_femke) == []


def test_members_see_their_own_money_only(invoice, noor, jonas):
    seen = {}
    for person in (noor, jonas):
        with acting_for(person, path="test"):
            seen[person.name] = (queries.invoices_visible_to(person).count(), Invoice.objects.count())

    assert seen == {"Noor": (1, 1), "Jonas": (0, 0)}


def test_member_cannot_book_its_own_payment(invoice, as_noor):
    with pytest.raises(NotAllowed, match="secretariat keeps"):
        pay(invoice, 500, as_noor)


def test_days_logged_up_to_the_pledge_meet_the_next_years_duty(halden, noor, femke, shipped):
    from eprm.members.actions.duties import open_yearly  # noqa: PLC0415

    with acting_for(femke, path="test"):
        member = membership.admit(halden, pillar="civil_society", fee_class="capacity", reason="r", by=femke)
        pledge = actions.pledge_days(member, year=TODAY.year, days="3", by=femke)
        open_yearly([member], TODAY, at_once=True)
    with acting_for(noor, path="test"):
        actions.log_days(pledge, on=TODAY, days=Decimal("1.5"), who="Noor", what="Group", by=noor)
        half = member.duties.get(key="days", period=TODAY.year + 1).met_on
        actions.log_days(pledge, on=TODAY, days=Decimal("1.5"), who="Noor", what="Visit", by=noor)
        with pytest.raises(NotAllowed, match="lies in another year"):
            actions.log_days(pledge, on=date(TODAY.year - 1, 5, 1), days=Decimal(1), who="N", what="x", by=noor)
        assert (half, member.duties.get(key="days", period=TODAY.year + 1).met_on is not None) == (None, True)
