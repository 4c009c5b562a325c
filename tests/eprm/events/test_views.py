"""The pages of events, their calendars, and what a visitor may do."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from eprm.events.actions import events, registrations
from eprm.events.models import Event
from eprm.groups.addresses import feed_token
from eprm.people.identity import acting_for
from eprm.ui.clocks import moment_of, span_in
from tests.eprm.events.rows import LINK, announced, mails, standing, texts

TOLD = {
    "kind": "training", "title": "Weighing", "text": "Bring your scale.", "audience": "public", "zone": "Africa/Kigali",
    "starts_at": "2027-03-01T10:00", "ends_at": "2027-03-01T12:00", "place": "Kigali", "capacity": "12",
}  # fmt: skip


def page_of(client, event):
    return client.get(reverse("events:event_detail", args=[event.pk])).content.decode()


def test_event_new_reads_times_by_the_events_own_clock(client, cast):
    client.force_login(cast.femke)

    answer = client.post(reverse("events:event_new"), TOLD)

    with acting_for(cast.femke, path="test"):
        event = Event.objects.get()
    assert (answer.status_code, event.starts_at) == (302, datetime(2027, 3, 1, 8, tzinfo=UTC))
    assert "10:00–12:00" in page_of(client, event)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_at": "2027-03-01T09:00"}, "It ends before it begins."),
        ({"place": ""}, "Say where"),
        ({"zone": "Europe/Paris", "starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T05:00"}, "the clocks leave"),
        ({"audience": "group:1"}, "is not one of the choices"),
        ({"capacity": "0"}, "at least 1"),
        ({"zone": "Mars/Olympus"}, "is not one of the choices"),
    ],
)
def test_event_new_says_what_is_wrong(client, cast, changes, said):
    client.force_login(cast.femke)

    answer = client.post(reverse("events:event_new"), {**TOLD, **changes})

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_event_page_shows_the_readers_clock_once_chosen(client, cast):
    event = announced(cast.femke, starts_at=datetime(2027, 3, 1, 8, tzinfo=UTC))
    own = reverse("events:event_detail", args=[event.pk])

    answer = client.post(reverse("ui:clock"), {"zone": "America/Lima", "next": own})
    away = client.post(reverse("ui:clock"), {"zone": "America/Lima", "next": "https://evil.example/"})
    unknown = client.post(reverse("ui:clock"), {"zone": "x", "next": own})

    assert (answer.url, away.url, unknown.status_code) == (own, reverse("ui:clock"), 422)
    assert "By your clock: 1\xa0Mar\xa02027, 03:00–05:00" in page_of(client, event)


def test_event_text_does_no_harm_and_the_link_is_for_seats_alone(client, cast):
    event = announced(cast.femke, text="<script>alert(1)</script> **bold**")

    before = page_of(client, event)
    client.force_login(cast.noor)
    client.post(reverse("events:event_register", args=[event.pk]), {"sent": "1", "gender": ""})
    after = page_of(client, event)

    assert ("<script>alert" in before, "<strong>bold</strong>" in before) == (False, True)
    assert (LINK in before, LINK in after) == (False, True)


def test_visitor_registers_confirms_and_cancels_by_the_link_in_the_mail(client, cast):
    event = announced(cast.femke, capacity=1)
    told = {
        "sent": "1",
        "name": "Ana",
        "email": "ana@else.example",
        "gender": "woman",
        "pillar": "civil_society",
        "country": "CD",
    }

    sent = client.post(reverse("events:event_register", args=[event.pk]), told).content.decode()
    path = texts("ana@else.example")[0].partition("/events/registrations/")[2].split()[0]
    own = f"/events/registrations/{path}"
    opened, untouched = client.get(own), standing(event)
    confirmed = client.post(own, {"confirm": "1"}, follow=True).content.decode()
    entry = client.get(f"{own}event.ics").content.decode()
    client.post(own, {"cancel": "1"})

    assert ("ana@else.example" in sent, opened.status_code, untouched) == (True, 200, {"Ana": "asked"})
    assert (LINK in confirmed, LINK in entry, standing(event)) == (True, True, {"Ana": "cancelled"})


@pytest.mark.parametrize(
    "changes", [{"email": "nonsense"}, {"name": ""}, {"gender": "x"}, {"pillar": "x"}, {"country": "XX"}]
)
def test_visitor_with_wrong_input_is_told(client, cast, changes):
    event = announced(cast.femke)
    told = {"sent": "1", "name": "Ana", "email": "ana@else.example", **changes}

    answer = client.post(reverse("events:event_register", args=[event.pk]), told)

    assert (answer.status_code, mails()) == (422, [])


def test_calendar_is_read_back_with_the_same_uid_and_a_higher_sequence(client, cast):
    event = announced(cast.femke, starts_at=datetime(2027, 3, 1, 8, tzinfo=UTC))

    def entry():
        raw = client.get(reverse("events:event_calendar", args=[event.pk])).content
        calendar = icalendar.Calendar.from_ical(raw)
        (found,) = calendar.walk("VEVENT")
        return str(calendar["METHOD"]), str(found["UID"]), found["SEQUENCE"], found.decoded("DTSTART"), found["STATUS"]

    before = entry()
    with acting_for(cast.femke, path="test"):
        events.cancel_event(event=event, reason="x", by=cast.femke)
    after = entry()

    uid = f"{event.uid}@localhost"
    starts = datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert (before, after) == (("PUBLISH", uid, 0, starts, "CONFIRMED"), ("PUBLISH", uid, 1, starts, "CANCELLED"))


def test_feeds_hold_what_each_reader_may_see(client, cast):
    announced(cast.femke, title="Open to all")
    hidden = announced(cast.femke, title="For accounts", audience="signed_in")
    with acting_for(cast.noor, path="test"):
        registrations.register(event=hidden, by=cast.noor)
        token = feed_token(cast.noor)

    public = client.get(reverse("events:calendar")).content.decode()
    own = client.get(reverse("events:feed", args=[token])).content.decode()

    assert ("Open to all" in public, "For accounts" in public, LINK in public) == (True, False, False)
    assert ("Open to all" in own, "For accounts" in own, own.count(f"URL:{LINK}")) == (True, True, 1)


def test_event_edit_changes_cancel_cancels_and_another_is_refused(client, cast):
    event = announced(cast.femke)
    changed = {**TOLD, "title": "Weighing again", "seen": "0"}
    edit, cancel = (reverse(f"events:event_{name}", args=[event.pk]) for name in ("edit", "cancel"))
    client.force_login(cast.idris)
    refused = [client.post(edit, changed).status_code, client.post(cancel, {"reason": "x"}).status_code]

    client.force_login(cast.femke)
    answers = [client.post(edit, changed).status_code, client.post(edit, changed).status_code]
    client.post(cancel, {"reason": "The hall is closed."})

    assert (refused, answers) == ([403, 403], [302, 403])
    assert "The hall is closed." in page_of(client, event)


def test_organiser_notes_who_was_there_and_takes_the_list_away(client, cast):
    event = announced(cast.femke, starts_at=timezone.now() + timedelta(hours=1))
    with acting_for(cast.noor, path="test"):
        registration = registrations.register(event=event, by=cast.noor)
    with acting_for(cast.femke, path="test"):
        Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    client.force_login(cast.femke)

    client.post(reverse("events:attendance_edit", args=[event.pk]), {"came": [registration.pk], "sent": "1"})
    listed = client.get(reverse("events:registration_list", args=[event.pk]), {"format": "csv"}).content.decode()

    assert (cast.noor.email in listed, "1</dd>" in page_of(client, event)) == (True, True)


def test_material_is_a_download_for_those_who_see_the_event(client, cast):
    event = announced(cast.femke, audience="signed_in")
    client.force_login(cast.femke)
    new = reverse("events:material_new", args=[event.pk])

    both = client.post(new, {"title": "S", "url": "https://a.example", "files": SimpleUploadedFile("a.html", b"<b>")})
    client.post(new, {"title": "Slides", "url": "", "files": SimpleUploadedFile("a.html", b"<b>x</b>")})
    with acting_for(cast.femke, path="test"):
        (material,) = event.materials.all()
    served = client.get(reverse("events:material_download", args=[material.pk]))
    client.logout()
    away = client.get(reverse("events:material_download", args=[material.pk]))

    assert (both.status_code, served.content, away.status_code) == (422, b"<b>x</b>", 404)
    assert served["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("count", [1, 3])
def test_event_list_asks_the_same_number_of_questions(client, cast, django_assert_num_queries, count):
    for number in range(count):
        announced(cast.femke, title=f"Event {number}")
    address = reverse("events:event_list")
    client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address).content.decode()

    assert page.count("Event ") >= count


LIST_QUERIES = 8


def test_span_names_the_second_day_only_where_it_is_another():
    starts = datetime(2027, 3, 1, 22, tzinfo=UTC)

    same = span_in(starts, starts + timedelta(hours=1), "UTC")
    other = span_in(starts, starts + timedelta(hours=3), "UTC")

    assert (same.count("Mar"), other.count("Mar")) == (1, 2)


def test_moment_that_the_clocks_leave_out_is_none():
    assert moment_of(datetime(2027, 3, 28, 2, 30), "Europe/Paris") is None


def test_list_of_who_registered_fits_and_its_file_has_a_column_for_each_fact(client, cast):
    event = announced(cast.femke)
    registrations.register_visitor(event=event, name="Ana", email="ana@else.example")
    client.force_login(cast.femke)
    address = reverse("events:registration_list", args=[event.pk])

    page, file = client.get(address).text, client.get(address, {"format": "csv"}).text

    assert page.count('<th scope="col"') == 5
    assert "ana@else.example" in page
    heading = file.removeprefix("\ufeff").splitlines()
    assert any(line.startswith("Name,E-mail,Organisation,Pillar,Country") for line in heading)


def test_coming_event_will_take_place_and_a_past_one_took_place(client, cast):
    announced(cast.femke)

    coming = client.get(reverse("events:event_list")).text
    client.cookies["django_language"] = "fr"
    in_french = client.get(reverse("events:event_list")).text

    assert ("will take place" in coming, "aura lieu" in in_french) == (True, True)


def test_registering_by_two_clicks_leads_to_the_events_page_with_one_seat(client, cast):
    event = announced(cast.femke, capacity=5)
    client.force_login(cast.noor)
    address = reverse("events:event_register", args=[event.pk])

    answers = [client.post(address, {"sent": "1", "gender": ""}) for _click in range(2)]
    page = client.get(answers[1].url).text

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ("You are registered for" in page, standing(event)) == (True, {"Noor": "seat"})
