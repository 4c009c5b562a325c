"""Events in the search, in the API, on their group's page and in its calendar: each for those it is for."""

from datetime import timedelta

import icalendar
import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from eprm.events.actions import events
from eprm.groups.actions import groups, joining, work
from eprm.groups.addresses import feed_token
from eprm.people import actions as people_actions
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.search.actions import rebuild
from eprm.search.queries import found_by
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
