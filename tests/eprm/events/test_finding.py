"""Events in the search, in the API, on their group's page and in its calendar: each for those it is for."""

from datetime import timedelta

import icalendar
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.identity import acting_as
from eprm.events.actions import events, finding
from eprm.groups.actions import groups, joining, work
from eprm.groups.addresses import feed_token
from eprm.people import actions as people_actions
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.search.actions import rebuild
from eprm.search.models import FileWords
from eprm.search.queries import found_by
from tests.documents import pdf
from tests.eprm.events.rows import announced, mails


@pytest.fixture
def group(cast):
    with acting_for(cast.femke, path="test"):
        organisation = cast.femke.current_memberships[0].organisation
        found = groups.found_group(name="Tin", aims="x", access="open", by=cast.femke, organisation=organisation)
    with acting_for(cast.noor, path="test"):
        joining.join_group(found, organisation=cast.noor.current_memberships[0].organisation, by=cast.noor)
    return found


def found(person, words="Wolframite"):
    if not person.is_authenticated:
        return [hit.title for hit in found_by(person, words).hits]
    person = Person.objects.get(pk=person.pk)
    with acting_for(person, path="test"):
        return [hit.title for hit in found_by(person, words).hits]


def test_search_finds_an_event_for_whom_it_is(cast, group):
    announced(cast.femke, title="Wolframite for all")
    announced(cast.femke, title="Wolframite for accounts", audience="signed_in")
    announced(cast.femke, title="Wolframite for the group", audience="group", group=group)

    seen = {name: len(found(getattr(cast, name))) for name in ("femke", "noor", "hugo")}

    assert (len(found(AnonymousUser())), seen) == (1, {"femke": 3, "noor": 3, "hugo": 2})


def test_search_follows_changes_and_forgets_what_is_cancelled(cast):
    event = announced(cast.femke, title="Wolframite")
    told = {
        "kind": "webinar", "text": "x", "starts_at": event.starts_at, "ends_at": event.ends_at, "zone": event.zone,
        "place": "Kigali", "capacity": None, "seen": 0, "by": cast.femke, "title": "Columbite",
    }  # fmt: skip
    with acting_for(cast.femke, path="test"):
        event = events.change_event(event=event, **told)
    changed = found(cast.noor), found(cast.noor, "Columbite")
    with acting_for(cast.femke, path="test"):
        events.cancel_event(event=event, reason="x", by=cast.femke)

    assert (changed, found(cast.noor, "Columbite")) == (([], ["Columbite"]), [])


def test_search_built_anew_finds_the_same(cast):
    announced(cast.femke, title="Wolframite")

    rebuild()

    assert found(AnonymousUser()) == ["Wolframite"]


def get(client, person, path):
    with acting_for(person, path="test"):
        organisation = person.current_memberships[0].organisation
        expires_at = timezone.now() + timedelta(days=1)
        _token, key = people_actions.create_token(
            organisation, label="t", scopes=["events:read"], expires_at=expires_at, by=person
        )
    return client.get(f"/api/events{path}", headers={"Authorization": f"Bearer {key}"})


def test_api_reads_what_the_person_may_see(client, cast, group):
    public = announced(cast.femke, title="Open")
    own = announced(cast.femke, title="Group", audience="group", group=group)

    lists = {name: get(client, getattr(cast, name), "").json() for name in ("noor", "hugo")}
    one = get(client, cast.noor, f"/{own.pk}")
    away = get(client, cast.hugo, f"/{own.pk}")

    assert {name: [each["title"] for each in body["items"]] for name, body in lists.items()} == {
        "noor": ["Open", "Group"], "hugo": ["Open"],
    }  # fmt: skip
    assert (one.json()["group"], one.json()["uid"], away.status_code) == ("tin", str(own.uid), 404)
    assert get(client, cast.noor, "?past=true").json()["items"] == []
    assert (public.pk, client.get("/api/events").status_code) == (lists["hugo"]["items"][0]["id"], 401)


def test_group_page_shows_its_events_and_calendar_to_members_alone(client, cast, group):
    announced(cast.femke, title="Winter call", audience="group", group=group)
    address = reverse("groups:group_detail", args=[group.slug])
    told = {}
    for name in ("noor", "hugo"):
        client.force_login(getattr(cast, name))
        text = client.get(address).content.decode()
        told[name] = ("Winter call" in text, f"/events/groups/{group.slug}/" in text)
    client.logout()
    visitor = client.get(address).content.decode()

    assert (told, "Winter call" in visitor) == ({"noor": (True, True), "hugo": (False, False)}, False)


def test_group_calendar_holds_events_and_dates_while_one_belongs_to_it(client, cast, group):
    announced(cast.femke, title="Everybody's")
    announced(cast.femke, title="Winter call", audience="group", group=group)
    with acting_for(cast.noor, path="test"):
        work.add_date(group, title="Price sheet", starts_at=timezone.now() + timedelta(days=3), by=cast.noor)
    tokens = {}
    for name in ("noor", "hugo"):
        with acting_for(getattr(cast, name), path="test"):
            tokens[name] = feed_token(getattr(cast, name))

    served = client.get(reverse("events:group_feed", args=[group.slug, tokens["noor"]]))
    titles = [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(served.content).walk("VEVENT")]
    away = client.get(reverse("events:group_feed", args=[group.slug, tokens["hugo"]])).status_code
    with acting_for(cast.noor, path="test"):
        joining.leave_group(group, by=cast.noor)
    left = client.get(reverse("events:group_feed", args=[group.slug, tokens["noor"]])).status_code

    assert (titles, away, left) == (["Winter call", "Price sheet"], 404, 404)
    assert mails(cast.hugo.email) == []


REPORT = pdf("The price of zyxwolframite at the pit.")


def read_all():
    """What the jobs of the queue do."""
    waiting = ProcrastinateJob.objects.filter(task_name=finding.READ_FILE)
    with acting_as(None, job="events"):
        for material_id in [job.args["material_id"] for job in waiting]:
            finding.read_file(material_id)


def with_file(cast, content=REPORT, **fields):
    event = announced(cast.femke, **fields)
    with acting_for(cast.femke, path="test"):
        material = events.add_material(event=event, title="Slides", content=content, name="slides.pdf", by=cast.femke)
    read_all()
    return event, material


def test_the_words_of_an_events_file_are_found_by_whom_the_event_is_for(cast, group):
    with_file(cast, audience="group", group=group)

    seen = {name: found(getattr(cast, name), "zyxwolframite") for name in ("femke", "noor", "hugo")}

    assert (found(AnonymousUser(), "zyxwolframite"), seen) == (
        [],
        {"femke": ["Slides"], "noor": ["Slides"], "hugo": []},
    )


def test_the_words_of_an_events_file_go_with_the_file_and_with_the_event(cast):
    event, material = with_file(cast)
    other, _kept = with_file(cast)
    before = found(AnonymousUser(), "zyxwolframite")
    with acting_for(cast.femke, path="test"):
        events.remove_material(material=material, event=event, by=cast.femke)
        between = found(AnonymousUser(), "zyxwolframite")
        events.cancel_event(event=other, reason="x", by=cast.femke)
    read_all()

    assert (before, between, found(AnonymousUser(), "zyxwolframite")) == (["Slides", "Slides"], ["Slides"], [])
    assert not FileWords.objects.exists()


def test_the_organiser_is_told_of_a_file_without_words(cast):
    event, _material = with_file(cast, content=pdf(""))
    said = []
    for person in (cast.femke, cast.noor):
        client = Client()
        client.force_login(person)
        page = client.get(reverse("events:event_detail", args=[event.pk])).content.decode()
        said.append("No words could be read from this file" in page)

    assert said == [True, False]
