"""What visits know of a person: the copy, the erasure, and how long things are kept."""

import re
from datetime import timedelta

from django.utils import timezone

from eprm.base.identity import acting_everywhere
from eprm.visits import own
from eprm.visits.models import Delegate, Observation, Photo, SafetyNote


def test_export_of_a_person_holds_no_safety_notes(trip, cast):
    trip.safety("noor")
    trip.photo(trip.observe(), faces="none", keep_position=True)
    with trip.acting("noor"):
        rows = own.export_visits(cast.noor.pk)

    assert [row["what"] for row in rows] == ["delegation", "observation", "photo", "position", "consent noted"]
    assert not re.search("convent", str(rows))


def test_erase_takes_photos_and_positions_and_keeps_the_count_and_others_safety(trip, cast):
    trip.safety("noor")
    trip.photo(trip.observe(), faces="none", keep_position=True)
    with acting_everywhere("erasure", cast.noor.pk):
        own.erase_visits(cast.noor.pk)

    with trip.acting("femke"):
        gone = Photo.objects.get()
        assert (gone.withdrawn_at is not None, SafetyNote.objects.count(), Observation.objects.count()) == (True, 1, 1)
        assert list(Delegate.objects.filter(pillar="supply_chain").values_list("name", "state")) == [("", "accepted")]


def test_retention_removes_what_is_past_its_period(trip, cast):
    trip.safety()
    trip.hear()
    trip.photo(trip.observe(), keep_position=True)
    early, late = timezone.now() - timedelta(days=30), timezone.now()

    def removed(before):
        with acting_everywhere("retention"):
            return [own.remove_safety(before), own.remove_names(before), own.remove_photos(before)]

    assert (removed(early), removed(late), removed(late)) == ([0, 0, 0], [1, 2, 1], [0, 0, 0])
