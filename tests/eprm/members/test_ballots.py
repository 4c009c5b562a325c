"""The board's ballots: one vote a seat, changed until closed, counted by the rule, and nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.members.actions import ballots as actions
from eprm.members.models import BallotSeat
from eprm.members.queries import ballots as queries
from eprm.people.identity import acting_for

PILLARS = ("supply_chain", "government", "civil_society")


def vote(ballot, person, choice="yes"):
    with acting_for(person, path="test"):
        return actions.cast_vote(ballot, choice=choice, by=person)


def close(ballot, femke, days=30):
    with acting_for(femke, path="test"):
        on = timezone.localdate() + timedelta(days=days)
        return actions.close_ballot(ballot, reason="Because.", minutes="Met.", by=femke, on=on)


def test_open_ballot_has_a_row_a_seat_and_ten_working_days(ballot, as_femke):
    assert queries.seats_of(ballot).count() == 9
    assert ballot.closes_on == actions.working_days_after(timezone.localdate(), 10)
    assert ballot.closes_on.weekday() < 5


def test_vote_changed_the_last_word_counts(ballot, board):
    person = board["government"][0]
    vote(ballot, person, "yes")

    seat = vote(ballot, person, "no")

    with acting_for(person, path="test"):
        assert list(BallotSeat.objects.filter(seat__person=person).values_list("choice")) == [("no",)]
    assert seat.choice == "no"


def test_vote_by_secretariat_and_applicant_is_refused(ballot, femke, noor):
    for person in (femke, noor):
        with acting_for(person, path="test"), pytest.raises((NotAllowed, actions.Ballot.DoesNotExist)):
            actions.cast_vote(ballot, choice="yes", by=person)


def test_vote_by_raw_sql_for_another_seat_changes_nothing(ballot, board):
    person, other = board["government"][0], board["government"][1]
    with acting_for(person, path="test"):
        changed = BallotSeat.objects.filter(ballot=ballot, seat__person=other).update(choice="yes")

    assert changed == 0


def test_vote_after_closing_is_refused(ballot, board, femke):
    close(ballot, femke)

    with pytest.raises(NotAllowed, match="was closed on"):
        vote(ballot, board["government"][0])


def test_own_organisations_seat_stands_aside(complete, board, femke, noor, halden):
    from eprm.people.models import BoardSeat, Person  # noqa: PLC0415

    BoardSeat.objects.create(person=noor, organisation=halden, pillar="supply_chain", since="2026-01-01")
    with acting_for(femke, path="test"):
        ballot = actions.open_ballot(complete, by=femke)
    noor = Person.objects.get(pk=noor.pk)
    with pytest.raises(NotAllowed, match="your own organisation"):
        vote(ballot, noor)
    with acting_for(femke, path="test"):
        assert queries.tally_of(ballot).pillars["supply_chain"].conflicts == 1


def test_conflict_takes_a_given_vote_out(ballot, board, femke):
    person = board["civil_society"][0]
    vote(ballot, person)
    with acting_for(person, path="test"):
        actions.declare_conflict(ballot, reason="Our donor", by=person)
    with acting_for(femke, path="test"):
        counted = queries.tally_of(ballot).pillars["civil_society"]
    with pytest.raises(NotAllowed, match="declared a conflict"):
        vote(ballot, person)

    assert (counted.yes, counted.conflicts, counted.seats) == (0, 1, 2)


def test_closing_before_the_last_day_with_silent_seats_is_refused(ballot, board, femke):
    vote(ballot, board["government"][0])

    with pytest.raises(NotAllowed, match="8 seats have not voted"):
        close(ballot, femke, days=0)


def test_no_quorum_leads_to_another_call(ballot, board, femke):
    for pillar in PILLARS[:2]:
        for person in board[pillar]:
            vote(ballot, person)
    closed = close(ballot, femke)
    with acting_for(femke, path="test"):
        ballot.application.refresh_from_db()
        again = actions.open_ballot(ballot.application, by=femke)

    assert (closed.outcome, again.call) == ("no_quorum", 2)


def test_refused_application_is_told_with_its_reason_and_held(ballot, board, femke, mails):
    for person in [person for people in board.values() for person in people]:
        vote(ballot, person, "no")
    close(ballot, femke)

    mail = mails()[-1]
    assert (mail.kind, mail.held, "Because." in mail.text, len(mail.attachments.all())) == (
        "member_decision",
        True,
        True,
        1,
    )


def test_applicant_sees_no_ballot(ballot, as_noor):
    assert not queries.ballots_visible_to(as_noor).exists()
    assert not BallotSeat.objects.exists()


def test_another_board_member_cannot_write_the_ballot_itself(ballot, board):
    with acting_for(board["government"][0], path="test"):
        assert actions.Ballot.objects.filter(pk=ballot.pk).update(outcome="carried", closed_at=timezone.now()) == 0
