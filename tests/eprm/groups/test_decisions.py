"""Proposals, positions, quorum by pillar."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.groups.actions import decisions, joining
from eprm.groups.models import Proposal, Stance
from eprm.groups.queries.decisions import counts_of
from tests import factories


@pytest.fixture
def proposal(cast):
    thread = cast.thread()
    cast.enrol("jonas")
    with cast.acting("femke"):
        return decisions.propose(
            thread,
            title="Adopt the receipt, version 2",
            text="Date, unit, **amount**, reason.",
            closes_at=timezone.now() + timedelta(days=7),
            by=cast.femke,
        )


def speak(cast, proposal, **positions):
    for name, position in positions.items():
        with cast.acting(name):
            decisions.take_position(proposal, position=position, reason="Because.", by=cast.people[name])


def due(proposal):
    with acting_as(None, job="groups"):
        closed = decisions.close_due(proposal.closes_at + timedelta(seconds=1))
        proposal.refresh_from_db()
    return closed, proposal.result, proposal.against


def test_counts_by_pillar(cast, proposal):
    speak(cast, proposal, noor="agree", olivier="abstain")
    cast.group.refresh_from_db()

    with cast.acting("hugo"):
        counts = counts_of(proposal, cast.group)

    assert [(c.pillar, c.entitled, c.given, c.needed, c.rule.quorum) for c in counts] == [
        ("supply_chain", 2, 1, 1, Fraction(1, 2)),
        ("government", 1, 0, 1, Fraction(1, 2)),
        ("civil_society", 1, 1, 1, Fraction(1, 2)),
    ]


def test_closes_by_itself_once(cast, proposal):
    speak(cast, proposal, noor="agree", hugo="agree", olivier="agree", jonas="disagree")

    # Half of the supply chain agrees: not more than half.
    assert (due(proposal), due(proposal)[0]) == ((1, "rejected", ["supply_chain"]), 0)


def test_missing_quorum_names_the_pillar(cast, proposal):
    speak(cast, proposal, noor="agree", olivier="agree")

    assert due(proposal) == (1, "no_quorum", ["government"])


def test_block_with_reason_stops_it(cast, proposal):
    speak(cast, proposal, noor="agree", jonas="agree", hugo="agree", olivier="block")

    assert due(proposal) == (1, "blocked", ["civil_society"])


def test_block_without_reason_is_refused(cast, proposal):
    with cast.acting("noor"), pytest.raises(NotAllowed, match="Say why"):
        decisions.take_position(proposal, position="block", reason=" ", by=cast.noor)


def test_an_organisation_has_one_voice(cast, proposal):
    cast.people["rita"] = factories.member("officer", cast.organisation("noor"), "Rita")
    cast.enrol("rita")
    speak(cast, proposal, noor="agree", rita="disagree")

    with cast.acting("noor"):
        assert [(s.organisation.name, s.position, s.person.name) for s in Stance.objects.all()] == [
            ("Halden", "disagree", "Rita")
        ]


def test_the_secretariat_has_no_voice(cast, proposal):
    with pytest.raises(NotAllowed, match="belongs to no pillar"):
        speak(cast, proposal, femke="agree")


def test_a_position_after_closing_is_refused(cast, proposal):
    due(proposal)

    with pytest.raises(NotAllowed, match="no longer taken"):
        speak(cast, proposal, noor="agree")


def test_early_closing_needs_every_voice(cast, proposal):
    speak(cast, proposal, noor="agree", hugo="agree", olivier="agree")
    with cast.acting("femke"), pytest.raises(NotAllowed, match="Not every organisation"):
        decisions.close_proposal(proposal, by=cast.femke)
    speak(cast, proposal, jonas="agree")

    with cast.acting("femke"):
        closed = decisions.close_proposal(proposal, by=cast.femke)
        decisions.state_outcome(closed, outcome="Used from 1 January.", by=cast.femke)
    assert (closed.result, closed.outcome) == ("adopted", "Used from 1 January.")


def test_what_was_counted_stays_when_people_leave(cast, proposal):
    speak(cast, proposal, noor="agree", hugo="agree", olivier="agree", jonas="agree")
    due(proposal)
    with cast.acting("hugo"):
        joining.leave_group(cast.group, by=cast.hugo)
    cast.group.refresh_from_db()

    with cast.acting("noor"):
        counts = counts_of(Proposal.objects.get(), cast.group)
    assert [(c.pillar, c.entitled, c.agree) for c in counts] == [
        ("supply_chain", 2, 2), ("government", 1, 1), ("civil_society", 1, 1),
    ]  # fmt: skip


def test_whoever_leaves_takes_their_organisations_voice_along(cast, proposal):
    speak(cast, proposal, noor="agree", hugo="agree", olivier="agree")
    with cast.acting("hugo"):
        joining.leave_group(cast.group, by=cast.hugo)
    cast.group.refresh_from_db()

    with cast.acting("noor"):
        counts = counts_of(proposal, cast.group)
    assert [(c.pillar, c.entitled, c.given) for c in counts][1] == ("government", 0, 0)
    assert due(proposal) == (1, "adopted", [])


def test_a_proposal_needs_an_hour(cast):
    thread = cast.thread()

    with cast.acting("noor"), pytest.raises(NotAllowed, match="an hour at least"):
        decisions.propose(thread, title="Now", text="x", closes_at=timezone.now(), by=cast.noor)
