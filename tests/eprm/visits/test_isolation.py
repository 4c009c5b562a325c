"""A visit's rows are shown to its circle alone by the database itself, whatever the code above it forgets."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.visits.actions import stories
from eprm.visits.models import Observation, SafetyNote, Story, Visit
from tests.eprm.visits.rows import no_delay

EDITIONS = {"visits_theme", "visits_themeevent", "visits_delay", "visits_delayevent"}
TABLES = sorted({m._meta.db_table for m in apps.get_app_config("visits").get_models()} - EDITIONS)
# What a published story opens to everybody.
PUBLIC = {"visits_story", "visits_voice", "visits_photo", "visits_photobytes"}


def filled(of=TABLES):
    with connection.cursor() as cursor:
        found = set()
        for table in of:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            found |= {table} if cursor.fetchone() else set()
        return found


@pytest.fixture
def whole(trip, cast):
    """Something in every table."""
    from datetime import date  # noqa: PLC0415
    from decimal import Decimal  # noqa: PLC0415

    from eprm.visits.actions import visits  # noqa: PLC0415

    no_delay(cast.femke)
    trip.safety()
    trip.do("femke", visits.add_line, day=trip.visit.starts_on, what="The office")
    seen = trip.observe(position=(Decimal("-1.5"), Decimal("30.2")))
    photo = trip.photo(seen, faces="none", keep_position=True)
    trip.photo(seen)
    actor = trip.hear(agreed="She said so.")
    trip.follow(trip.conclude(sources=[seen]), owner=cast.hugo)
    trip.do("femke", stories.write_report, text="Two scales.", version=0)
    trip.story(photos=[photo.pk], actors=[actor.pk])
    assert date.today() >= trip.visit.ends_on
    return trip


def test_isolation_every_table_of_visits_has_it(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relname LIKE 'visits_%'")
        isolated = {name for (name,) in cursor.fetchall()}

    assert set(TABLES) - isolated == set()


def test_isolation_the_circle_sees_every_table(whole):
    with whole.acting("noor"):
        assert set(TABLES) - filled() == set()


def test_isolation_strangers_and_visitors_see_nothing(whole):
    with whole.acting("petra"):
        stranger = filled()
    with acting_as(None):
        visitor = filled()

    assert (stranger, visitor) == (set(), set())


def test_isolation_whoever_is_invited_and_the_secretariat_see_all_but_safety_notes(whole):
    for who in ("olivier", "idris"):
        with whole.acting(who):
            assert set(TABLES) - filled() == {"visits_safetynote"}


def test_isolation_whoever_follows_up_sees_that_row_alone(whole):
    with whole.acting("hugo"):
        assert filled() == {"visits_followup"}


def test_isolation_a_published_story_opens_what_it_shows_alone(whole):
    whole.release()

    with acting_as(None), connection.cursor() as cursor:
        seen = filled()
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE in_story) FROM visits_photo")
        shown = cursor.fetchone()
    assert (seen, shown) == (PUBLIC, (1, 1))


def test_isolation_a_shared_report_opens_report_and_findings_alone(whole):
    whole.do("femke", stories.share_report, shared=True)

    with whole.acting("petra"):
        assert filled() == {"visits_report", "visits_visitfinding"}


def test_isolation_no_office_opens_safety_notes(whole):
    with acting_as(
        whole.cast.idris.pk, whole.cast.idris.organisation_ids(), secretariat=True, board=True, job="visits"
    ):
        assert filled(["visits_safetynote"]) == set()


def test_isolation_nobody_outside_writes(whole):
    with whole.acting("petra"):
        changed = [model.objects.update(**{name: "forged"}) for model, name in (
            (Visit, "title"), (Observation, "text"), (SafetyNote, "text"), (Story, "text"),
        )]  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            SafetyNote.objects.create(
                visit_id=whole.visit.pk + 1, text="x", written_by=whole.cast.petra, written_at=timezone.now()
            )

    assert changed == [0, 0, 0, 0]


def test_isolation_the_secretariat_cannot_write_safety_notes_of_others(whole):
    with whole.acting("idris"):
        assert (SafetyNote.objects.update(text="forged"), SafetyNote.objects.all().delete()[0]) == (0, 0)


def test_isolation_a_delegate_writes_neither_plan_nor_story(whole):
    whole.release()
    with whole.acting("noor"):
        assert (Visit.objects.update(title="forged"), Story.objects.update(text="forged")) == (0, 0)


def test_isolation_no_visit_is_deleted(whole):
    with whole.acting("femke"):
        with pytest.raises(Exception), transaction.atomic():  # noqa: B017, PT011 - whichever wall stands first
            Visit.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM visits_visit")
            assert cursor.rowcount == 0
