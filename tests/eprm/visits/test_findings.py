"""Findings, and who does what about them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from eprm.base.errors import NotAllowed, Overtaken
from eprm.groups.actions import groups as group_actions
from eprm.groups.actions import joining
from eprm.groups.actions.work import change_task, finish_task
from eprm.groups.models import GroupMember, Task
from eprm.people.identity import acting_for
from eprm.visits.actions import delegation, findings
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.models import FollowUp, VisitFinding
from eprm.visits.queries import findings as queries
from eprm.visits.queries import visits as visit_queries
from lode.visits import check_visit
from tests.eprm.visits.rows import Trip, mails, today


@pytest.fixture
def group(cast):
    """A closed group: Femke facilitates it, Noor is a member of it."""
    with acting_for(cast.femke, path="test"):
        made = group_actions.found_group(
            name="Tin, Great Lakes", aims="a", access="open", minerals=["tin"], countries=[], region="", quorum=50,
            organisation=cast.femke.current_memberships[0].organisation, by=cast.femke,
        )  # fmt: skip
    with acting_for(cast.noor, path="test"):
        joining.join_group(made, organisation=cast.noor.current_memberships[0].organisation, by=cast.noor)
    return made


@pytest.mark.parametrize(("kind", "severity"), [("concern", ""), ("good", "high")])
def test_conclude_only_a_concern_is_severe(trip, kind, severity):
    with pytest.raises(NotAllowed, match="how severe"):
        trip.conclude(kind=kind, severity=severity)


def test_conclude_sent_twice_is_one_finding(trip):
    nonce = uuid4()

    assert trip.conclude(nonce=nonce).pk == trip.conclude(nonce=nonce).pk


def test_concern_without_follow_up_is_found(trip, cast):
    finding = trip.conclude()
    with trip.acting("femke"):
        before = [found.code for found in check_visit(visit_queries.facts_of(trip.visit))]
    trip.follow(finding, owner=cast.hugo)
    with trip.acting("femke"):
        after = [found.code for found in check_visit(visit_queries.facts_of(trip.visit))]

    assert ("VISIT-05" in before, "VISIT-05" in after) == (True, False)


def test_follow_up_without_anybody_is_refused(trip):
    with pytest.raises(NotAllowed, match="Say who does it"):
        trip.follow(trip.conclude())


def test_follow_up_is_read_by_whoever_does_it_and_the_visit_is_not(trip, cast):
    trip.follow(trip.conclude(), owner=cast.hugo)

    with trip.acting("hugo"):
        mine = queries.follow_ups_visible_to(cast.hugo)
        assert [(row.title, row.origin) for row in mine] == [
            ("Print a weighing book", f"Rwanda, {trip.visit.starts_on:%Y-%m}")
        ]
        assert visit_queries.visits_visible_to(cast.hugo).count() == 0
    with trip.acting("petra"):
        assert queries.follow_ups_visible_to(cast.petra).count() == 0
    assert mails()[-1][:2] == ("hugo", "Something to do after a field visit")


def test_follow_up_of_an_organisation_is_finished_by_its_people(trip, cast):
    made = trip.follow(trip.conclude(), organisation=cast.petra.current_memberships[0].organisation)

    with trip.acting("petra"):
        findings.finish_follow_up(follow_up=made, done=True, by=cast.petra)
        assert FollowUp.objects.get().done_at is not None


def test_follow_up_is_not_finished_by_somebody_else(trip, cast):
    made = trip.follow(trip.conclude(), owner=cast.hugo)

    with trip.acting("noor"), pytest.raises(NotAllowed, match="Hugo does this"):
        findings.finish_follow_up(follow_up=made, done=True, by=cast.noor)


def test_follow_up_of_a_group_is_its_task_and_both_are_done_at_once(cast, group):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)
    with trip.acting("noor"):
        task = Task.objects.get()
        finish_task(task, done=True, by=cast.noor)
        on_the_group = FollowUp.objects.get().done_at
        findings.finish_follow_up(follow_up=made, done=False, by=cast.noor)

        assert (made.task_id, on_the_group, Task.objects.get().done_at) == (task.pk, task.done_at, None)
        assert FollowUp.objects.get().done_at is None


def test_follow_up_for_somebody_outside_the_group_is_no_task(cast, group):
    trip = Trip(cast, group=group)

    assert trip.follow(trip.conclude(), owner=cast.hugo).task_id is None


def test_follow_up_of_a_group_is_not_finished_past_the_group(cast, group):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)

    with trip.acting("idris"), pytest.raises(NotAllowed, match="task of the visit’s group"):
        findings.finish_follow_up(follow_up=made, done=True, by=cast.idris)


def test_visit_of_a_group_is_planned_by_its_facilitator(cast, group):
    with acting_for(cast.femke, path="test"):
        GroupMember.objects.filter(person=cast.noor).update(role="facilitator")
    trip = Trip.__new__(Trip)
    trip.cast = cast
    from tests.eprm.visits.rows import plan  # noqa: PLC0415

    trip.visit = plan(cast.noor, group=group)
    trip.safety("noor")
    trip.do("noor", delegation.invite, person=cast.femke)
    with pytest.raises(NotAllowed, match="You invite members of the visit’s group"):
        trip.do("noor", delegation.invite, person=cast.hugo)

    with acting_for(cast.noor, path="test"):
        assert visit_queries.visits_visible_to(cast.noor).get().lead == cast.noor
    with acting_for(cast.femke, path="test"):
        GroupMember.objects.filter(person=cast.noor).update(state="left")
    with acting_for(cast.noor, path="test"):
        assert (visit_queries.visits_visible_to(cast.noor).count(), visit_queries.safety_of(trip.visit)) == (0, None)


def test_overdue_counts_what_is_open_after_its_day(trip, cast):
    made = trip.follow(trip.conclude(), owner=cast.hugo, due_on=today() - timedelta(days=1))
    with trip.acting("femke"):
        mine = queries.follow_ups_of(trip.visit)
        before = queries.overdue(mine, today()).count()
        findings.finish_follow_up(follow_up=made, done=True, by=cast.femke)

        assert (before, queries.overdue(mine, today()).count()) == (1, 0)


def test_finding_is_corrected_with_what_it_rests_on(trip, cast):
    first, second = trip.observe(), trip.observe(text="Twice.")
    finding = trip.conclude(sources=[first])
    with trip.acting("noor"):
        told = {"kind": "good", "title": "Weights are kept", "by": cast.noor}
        findings.change_finding(finding=finding, version=1, sources=[second], **told)
        with pytest.raises(SavedMeanwhile):
            findings.change_finding(finding=finding, version=1, **told)

        now = VisitFinding.objects.get()
        assert (now.kind, now.severity, now.title) == ("good", "", "Weights are kept")
        assert [source.observation for source in now.sources.all()] == [second]


def test_follow_up_gets_another_day_and_owner_who_is_told(trip, cast):
    made = trip.follow(trip.conclude(), owner=cast.hugo)
    with trip.acting("femke"):
        made.visit = trip.visit
        told = {"title": "Print two", "due_on": today(), "by": cast.femke}
        findings.change_follow_up(follow_up=made, version=1, owner=cast.petra, **told)
        with pytest.raises(Overtaken, match="“Print two” was changed meanwhile"):
            findings.change_follow_up(follow_up=made, version=1, owner=cast.hugo, **told)

    assert mails()[-1][0] == "petra"
    with trip.acting("hugo"):
        assert FollowUp.objects.count() == 0


def change(follow_up, by, **told):
    facts = {"version": 1, "title": "Print two", "due_on": today(), **told}
    return findings.change_follow_up(follow_up=FollowUp.objects.get(pk=follow_up.pk), by=by, **facts)


def test_follow_up_that_is_done_is_not_changed(trip, cast):
    done = trip.follow(trip.conclude(), owner=cast.hugo)
    with trip.acting("femke"):
        findings.finish_follow_up(follow_up=done, done=True, by=cast.femke)

        with pytest.raises(NotAllowed, match="This is done"):
            change(done, cast.femke, owner=cast.hugo)


def test_follow_up_that_is_a_task_is_changed_with_the_task(cast, group):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)
    with trip.acting("femke"):
        changed = change(made, cast.femke, owner=cast.femke)

        task = Task.objects.get()
        assert (task.title, task.owner, task.due_on) == ("Print two", cast.femke, today())
        assert (changed.title, changed.owner, changed.version) == ("Print two", cast.femke, 2)


@pytest.mark.parametrize(
    ("owner", "said"), [("hugo", "Hugo is not a member of this group"), (None, "say which of its members does it")]
)
def test_task_of_a_group_is_handed_to_its_members_alone(cast, group, owner, said):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)

    with trip.acting("femke"), pytest.raises(NotAllowed, match=said):
        change(
            made,
            cast.femke,
            owner=getattr(cast, owner) if owner else None,
            organisation=cast.noor.current_memberships[0].organisation,
        )


def test_task_that_the_group_changes_changes_the_follow_up(cast, group):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)
    with trip.acting("noor"):
        change_task(Task.objects.get(), title="Print three", owner=cast.femke, due_on=None, by=cast.noor)
        now = FollowUp.objects.get()

    assert (now.title, now.owner, now.due_on) == ("Print three", cast.femke, made.due_on)


def test_follow_up_page_says_why_a_task_cannot_go_outside_the_group(cast, group, client):
    trip = Trip(cast, group=group)
    made = trip.follow(trip.conclude(), owner=cast.noor)
    client.force_login(cast.femke)
    address = reverse("visits:follow_up_edit", args=[made.pk])

    sent = {"version": "1", "title": "x", "due_on": today().isoformat(), "owner": "", "organisation": "Halden"}
    answer = client.post(address, sent)

    assert answer.status_code == 422


def test_group_shows_its_visits_to_those_who_may_know_of_them(cast, group, client):
    Trip(cast, group=group, title="Up the valley")

    def told(who):
        client.force_login(who)
        return "Up the valley" in client.get(reverse("groups:group_detail", args=[group.slug])).content.decode()

    assert [told(who) for who in (cast.femke, cast.noor, cast.hugo)] == [True, True, False]
