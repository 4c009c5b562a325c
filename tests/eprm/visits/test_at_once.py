"""Two at once: the same form over a bad link, two who write the same notes, a photo shown and taken back."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from eprm.base.errors import NotAllowed
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.visits.actions import field, photos, stories, visits
from eprm.visits.models import Observation, Photo, PhotoBytes, SafetyNote, Theme
from tests.eprm.visits.rows import Trip, jpeg, no_delay, today

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trip(cast):
    """Another test of this kind may have emptied the tables that a migration fills."""
    if not Theme.objects.exists():
        import_module("eprm.visits.migrations.0003_first_edition").first_edition(apps, None)
    return Trip(cast)


def at_once(*deeds):
    """What each of them, done at the same time by its person, comes to: a row, or the reason against it."""

    def do(deed):
        person, act = deed
        try:
            who = Person.objects.get(pk=person.pk)
            with acting_for(who, path="test"):
                return act(who)
        except NotAllowed as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(do, deeds))


def test_same_observation_sent_twice_at_once_is_one(trip, cast):
    nonce, theme = uuid4(), Theme.objects.first()

    def send(who):
        told = {"theme": theme, "text": "Twice.", "seen_on": today(), "by": who}
        return field.observe(visit=trip.visit, nonce=nonce, **told).pk

    got = at_once((cast.noor, send), (cast.noor, send))

    with trip.acting("noor"):
        assert (got[0] == got[1], Observation.objects.count()) == (True, 1)


def test_same_photo_sent_twice_at_once_is_one(trip, cast):
    seen, nonce, content = trip.observe(), uuid4(), jpeg(2000, 1500)

    def send(who):
        told = {"content": content, "name": "a.jpg", "caption": "A scale", "faces": "none", "by": who}
        return photos.add_photo(observation=seen, nonce=nonce, **told).pk

    got = at_once((cast.noor, send), (cast.noor, send))

    with trip.acting("noor"):
        assert (got[0] == got[1], PhotoBytes.objects.count()) == (True, 1)


def test_first_safety_notes_of_two_at_once_lose_nobodys_words(trip, cast):
    def write(who):
        return visits.write_safety(visit=trip.visit, text=f"by {who}", version=0, by=who).text

    got = sorted(at_once((cast.femke, write), (cast.noor, write)))

    with trip.acting("noor"):
        kept = SafetyNote.objects.get()
    assert (kept.text in got, kept.version, any("saved a newer version" in told for told in got)) == (True, 1, True)


def test_photo_taken_back_while_the_story_takes_it_in_is_not_shown(trip, cast, client):
    no_delay(cast.femke)
    photo = trip.photo(trip.observe(), faces="none")

    def take_in(who):
        return stories.write_story(
            visit=trip.visit, version=0, title="A", summary="b", text="c", language="en", publish_on=today(),
            photos=[photo.pk], actors=[], by=who,
        ).pk  # fmt: skip

    def take_back(who):
        photos.withdraw_photo(photo=photo, by=who)

    story, _nothing = at_once((cast.femke, take_in), (cast.noor, take_back))
    trip.release()

    with trip.acting("femke"):
        row = Photo.objects.get()
    address = reverse("visits:story_photo", args=[story, photo.pk, "small"])
    assert (row.in_story, row.withdrawn_at is None, client.get(address).status_code) == (False, False, 404)
