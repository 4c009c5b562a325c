"""Seats, the waiting list, visitors' links, reminders, changes; who sees what in the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.identity import acting_as
from eprm.events import letters, own, queries
from eprm.events.actions import events, registrations, reminders
from eprm.events.models import Event, Registration, Room
from eprm.groups.actions import groups, joining
from eprm.people.identity import acting_for
from eprm.people.models import Person
from tests.eprm.events.rows import LINK, announced, mails, standing, texts


def join(event, person, **facts):
    with acting_for(person, path="test"):
        return registrations.register(event=event, by=person, **facts)


def leave(event, person):
    with acting_for(person, path="test"):
        registrations.cancel(registration=queries.my_registration(person, event), by=person)


def signed_of(email):
    with acting_as(None, job="events"):
        link = letters.own_address(Registration.objects.get(email=email))
    return link.rstrip("/").rpartition("/")[2]


def visit(event, email="ana@else.example", name="Ana"):
    registrations.register_visitor(event=event, name=name, email=email)


def change(event, by, **facts):
    names = "kind title text starts_at ends_at zone place capacity".split()
    told = {name: getattr(event, name) for name in names} | {"link": LINK, "seen": event.sequence, **facts}
    with acting_for(by, path="test"):
        return events.change_event(event=event, **told, by=by)


def test_waiting_list_moves_up_in_order_and_tells(cast):
    event = announced(cast.femke, capacity=1)
    for person in (cast.noor, cast.olivier, cast.hugo):
        join(event, person)

    leave(event, cast.noor)

    assert standing(event) == {"Noor": "cancelled", "Olivier": "seat", "Hugo": "waiting"}
    assert mails(cast.olivier.email) == ["Waiting list: Receipts", "A seat became free: Receipts"]
    assert [LINK in text for text in texts(cast.olivier.email)] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_last_seat_by_two_at_once_goes_to_one_and_the_other_waits_first(cast):
    event = announced(cast.femke, capacity=1)

    def click(person):
        try:
            return join(event, Person.objects.get(pk=person.pk)).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        got = sorted(people.map(click, [cast.noor, cast.olivier]))
    late = join(event, cast.hugo)

    assert (got, late.state) == (["seat", "waiting"], "waiting")
    with acting_as(None, job="events"):
        line = Registration.objects.filter(state="waiting").order_by("in_line_since").values_list("name", flat=True)
        assert (list(line)[-1], Event.objects.get(pk=event.pk).seats_taken) == ("Hugo", 1)


@pytest.mark.django_db(transaction=True)
def test_last_seat_by_a_link_clicked_thrice_and_a_person_at_once_goes_to_one(cast):
    event = announced(cast.femke, capacity=1)
    visit(event)
    signed = signed_of("ana@else.example")

    def click(number):
        try:
            if number == 3:
                join(event, Person.objects.get(pk=cast.noor.pk))
            else:
                registrations.confirm(signed=signed)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))

    with acting_as(None, job="events"):
        counts = Event.objects.filter(pk=event.pk).values_list("seats_taken", "waiting_count").get()
    assert (sorted(standing(event).values()), counts) == (["seat", "waiting"], (1, 1))
    assert len(mails("ana@else.example")) == 2  # the one to confirm, and one answer


def test_database_takes_no_more_seats_than_there_are(cast):
    event = announced(cast.femke, capacity=1)

    with acting_as(None, job="events"), pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(seats_taken=2)


def test_visitor_holds_no_seat_until_confirmed_and_cancels_by_link(cast):
    event = announced(cast.femke, capacity=1)

    visit(event)
    before = standing(event)
    signed = signed_of("ana@else.example")
    registrations.confirm(signed=signed)
    registrations.confirm(signed=signed)
    seated = standing(event)
    registrations.cancel_by_link(signed=signed)

    assert (before, seated, standing(event)) == ({"Ana": "asked"}, {"Ana": "seat"}, {"Ana": "cancelled"})
    assert mails("ana@else.example") == [
        "Please confirm: Receipts", "You have a seat: Receipts", "You do not come: Receipts",
    ]  # fmt: skip


def test_visitor_who_types_an_address_again_at_once_sends_one_mail(cast):
    event = announced(cast.femke)

    visit(event)
    visit(event, email="ANA@else.example", name="Somebody else")

    assert (mails("ana@else.example"), standing(event)) == (["Please confirm: Receipts"], {"Ana": "asked"})


@pytest.mark.parametrize("signed", ["", "made:up", "WzEsMl0:1x:y"])
def test_link_we_did_not_make_opens_nothing(db, signed):
    assert (registrations.confirm(signed=signed), queries.place_of_link(signed)) == (None, None)


def test_register_twice_and_after_the_end_is_refused_with_the_reason(cast):
    event = announced(cast.femke)
    join(event, cast.noor)
    over = announced(cast.femke, starts_at=timezone.now() - timedelta(days=1))

    for one, said in ((event, "You are registered for “Receipts” already."), (over, "“Receipts” ended on")):
        with pytest.raises(NotAllowed, match=said):
            join(one, cast.noor)


def test_capacity_below_what_is_taken_is_refused_and_above_moves_up(cast):
    event = announced(cast.femke, capacity=2)
    for person in (cast.noor, cast.olivier, cast.hugo):
        join(event, person)

    with pytest.raises(NotAllowed, match="2 seats are taken, so there cannot be only 1"):
        change(event, cast.femke, capacity=1)
    changed = change(event, cast.femke, capacity=3)

    assert (standing(event)["Hugo"], changed.sequence) == ("seat", 1)
    assert mails(cast.hugo.email)[-1] == "A seat became free: Receipts"


def test_change_tells_those_who_come_only_of_what_matters(cast):
    event = announced(cast.femke)
    join(event, cast.noor)

    changed = change(event, cast.femke, text="Another text.")
    change(changed, cast.femke, place="Kigali")

    assert mails(cast.noor.email) == ["You have a seat: Receipts", "Changed: Receipts"]


def test_change_by_an_old_form_is_refused(cast):
    event = announced(cast.femke)
    change(event, cast.femke, title="First")

    with pytest.raises(Overtaken):
        change(event, cast.femke, title="Second", seen=0)


def test_cancelling_tells_everybody_why(cast):
    event = announced(cast.femke, capacity=1)
    join(event, cast.noor)
    join(event, cast.olivier)

    with acting_for(cast.femke, path="test"):
        events.cancel_event(event=event, reason="The speaker is ill.", by=cast.femke)

    assert [mails(person.email)[-1] for person in (cast.noor, cast.olivier)] == ["Cancelled: Receipts"] * 2
    assert "because: The speaker is ill." in texts(cast.olivier.email)[-1]


def test_reminders_go_once_each_to_those_with_a_seat(cast):
    now = timezone.now()
    event = announced(cast.femke, starts_at=now + timedelta(hours=20), capacity=1)
    join(event, cast.noor)
    join(event, cast.olivier)

    day = [reminders.remind(now), reminders.remind(now)]
    hour = [reminders.remind(now + timedelta(hours=19, minutes=30)) for _each in range(2)]

    assert (day, hour) == ([1, 0], [1, 0])
    assert mails(cast.noor.email)[1:] == ["Tomorrow: Receipts", "Soon: Receipts"]


def test_attendance_is_noted_by_the_organiser_alone_and_counted(cast):
    event = announced(cast.femke, starts_at=timezone.now() + timedelta(hours=1))
    rows = [join(event, cast.noor, gender="woman"), join(event, cast.olivier), join(event, cast.hugo, gender="man")]
    with acting_as(None, job="events"):
        Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
        event = Event.objects.select_related("organiser").get(pk=event.pk)

    with acting_for(cast.idris, path="test"), pytest.raises(NotAllowed, match="Femke organises"):
        registrations.note_attendance(event=event, came=set(), by=cast.idris)
    with acting_for(cast.femke, path="test"):
        registrations.note_attendance(event=event, came={rows[0].pk, rows[1].pk}, by=cast.femke)
        counted = queries.attendance_of(event)

    assert (counted.registered, counted.came) == (3, 2)
    assert [(str(line.label), line.count) for line in counted.by_gender] == [("woman", 1), ("not said", 1)]
    assert [line.count for line in counted.by_pillar] == [1, 1]


def test_group_event_is_its_members_alone_in_the_database_too(cast):
    with acting_for(cast.femke, path="test"):
        group = groups.found_group(
            name="Tin", aims="x", access="closed", by=cast.femke,
            organisation=cast.femke.current_memberships[0].organisation,
        )  # fmt: skip
        invitation = joining.invite(group, email=cast.noor.email, message="", by=cast.femke)
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    EmailAddress.objects.create(user=cast.noor, email=cast.noor.email, verified=True)
    with acting_for(cast.noor, path="test"):
        joining.accept_invitation(invitation, organisation=cast.noor.current_memberships[0].organisation, by=cast.noor)
    announced(cast.femke, audience="group", group=group)

    seen = {}
    for name in ("femke", "idris", "noor", "olivier"):
        person = Person.objects.get(pk=getattr(cast, name).pk)
        with acting_for(person, path="test"):
            seen[name] = (Event.objects.count(), queries.events_visible_to(person).count())

    assert seen == {"femke": (1, 1), "idris": (0, 0), "noor": (1, 1), "olivier": (0, 0)}


def test_registrations_and_link_are_the_organisers_and_ones_own_in_the_database(cast):
    event = announced(cast.femke, capacity=1)
    join(event, cast.noor)
    join(event, cast.olivier)

    seen = {}
    for name in ("femke", "idris", "noor", "olivier", "hugo"):
        with acting_for(getattr(cast, name), path="test"):
            seen[name] = (Registration.objects.count(), Room.objects.count())

    assert seen == {"femke": (2, 1), "idris": (0, 0), "noor": (1, 1), "olivier": (1, 0), "hugo": (0, 0)}


def test_another_of_the_secretariat_takes_over(cast):
    event = announced(cast.femke)
    join(event, cast.noor)

    with acting_for(cast.noor, path="test"), pytest.raises(NotAllowed):
        events.take_over(event=event, by=cast.noor)
    with acting_for(cast.idris, path="test"):
        events.take_over(event=event, by=cast.idris)
        mine = Registration.objects.count()
    with acting_for(cast.femke, path="test"):
        left = Registration.objects.count()

    assert (mine, left) == (1, 0)


def test_names_go_a_year_after_the_event_and_numbers_stay(cast):
    event = announced(cast.femke)
    join(event, cast.noor)
    visit(event)

    count = own.remove_names(timezone.now() + timedelta(days=20))

    assert (count, own.remove_unconfirmed(timezone.now() + timedelta(days=1))) == (2, 1)
    assert standing(event) == {"": "seat"}


def test_erasing_a_person_gives_the_seat_to_who_waits(cast):
    event = announced(cast.femke, capacity=1)
    join(event, cast.noor)
    join(event, cast.olivier)

    with acting_for(cast.noor, path="test"):
        copy = own.export_events(cast.noor.pk)
    own.erase_events(cast.noor.pk)

    assert (copy[0]["email"], standing(event)) == (cast.noor.email, {"": "cancelled", "Olivier": "seat"})
