"""Two people at the same moment, each with a connection of their own: nothing is booked, counted or sent twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from eprm.base.identity import acting_everywhere
from eprm.members.actions import ballots, contributions
from eprm.members.models import Ballot, BallotSeat, Invoice, Member, Payment
from eprm.people.identity import acting_for
from tests.together import at_once, refusals


@pytest.fixture(autouse=True)
def committing(transactional_db):
    """What one connection writes, the others see."""


def test_same_line_of_the_bank_statement_is_booked_once(joined, femke):
    with acting_for(femke, path="test"):
        invoice = Invoice.objects.get()

    def book():
        return contributions.book_payment(
            invoice, amount=Decimal(500), on=timezone.localdate(), reference="Statement 12, line 4", by=femke
        )

    results = at_once(*[(femke, book)] * 4)

    with acting_everywhere("test"):
        booked = list(Payment.objects.values_list("amount", flat=True))
    assert (len(refusals(results)), booked) == (3, [Decimal(500)])


def test_yearly_invoices_issued_by_two_are_one_each_and_numbered_without_a_gap(joined, femke):
    year = timezone.localdate().year + 1

    at_once(*[(femke, lambda: contributions.issue_yearly(year=year, by=femke, on=date(year, 1, 5)))] * 3)

    with acting_everywhere("test"):
        numbers = list(Invoice.objects.filter(year=year).order_by("number").values_list("number", flat=True))
        members = Member.objects.filter(state="active").count()
    assert numbers == list(range(1, members + 1))


def test_votes_cast_while_the_ballot_is_closed_are_counted_or_refused(ballot, board, femke):
    people = [person for people in board.values() for person in people]
    on = ballot.closes_on
    for person in people[:-3]:
        with acting_for(person, path="test"):
            ballots.cast_vote(ballot, choice="yes", by=person)

    def close():
        return ballots.close_ballot(
            ballot, reason="Useful.", minutes="Met.", by=femke, on=on + timezone.timedelta(days=1)
        )

    late = [(person, lambda person=person: ballots.cast_vote(ballot, choice="no", by=person)) for person in people[-3:]]
    results = at_once((femke, close), *late)

    with acting_everywhere("test"):
        closed = Ballot.objects.get(pk=ballot.pk)
        noes = BallotSeat.objects.filter(ballot=ballot, choice="no").count()
    assert closed.closed_at is not None
    assert noes == 3 - len(refusals(results[1:]))


def test_ballot_is_closed_by_one_of_two(ballot, board, femke):
    on = ballot.closes_on + timezone.timedelta(days=1)
    for person in [person for people in board.values() for person in people]:
        with acting_for(person, path="test"):
            ballots.cast_vote(ballot, choice="yes", by=person)

    def close():
        return ballots.close_ballot(ballot, reason="Useful.", minutes="Met.", by=femke, on=on)

    results = at_once((femke, close), (femke, close))

    assert len(refusals(results)) == 1
