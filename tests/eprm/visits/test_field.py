"""What is heard, seen and photographed, and what people agree to."""

import io
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from eprm.base.errors import NotAllowed
from eprm.visits.actions import field, photos, visits
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.models import Consent, LocalActor, Observation, Photo, PhotoBytes, Position, Theme
from eprm.visits.pictures import MOST_BYTES, NotAPicture, read_picture
from eprm.visits.queries import field as queries
from tests.eprm.visits.rows import Trip, jpeg, today


def test_observe_is_for_those_who_go(trip):
    for who in ("idris", "olivier"):
        with pytest.raises(NotAllowed, match="Those who go"):
            trip.observe(who)


def test_observe_before_the_visit_and_after_it_is_closed_is_refused(trip):
    trip.do("femke", visits.move_visit, to="reporting")
    trip.do("femke", visits.move_visit, to="closed")

    with pytest.raises(NotAllowed, match="is closed"):
        trip.observe()


@pytest.mark.parametrize(("days", "said"), [(2, "still to come"), (-30, "before the visit began")])
def test_observe_on_a_day_that_cannot_be(trip, days, said):
    with pytest.raises(NotAllowed, match=said):
        trip.observe(seen_on=today() + timedelta(days=days))


def test_observe_sent_twice_is_one_observation(trip):
    nonce = uuid4()
    first, second = trip.observe(nonce=nonce), trip.observe(nonce=nonce, text="sent again")

    assert (first.pk == second.pk, second.text) == (True, "Each bag is weighed twice.")


def test_observe_with_anothers_nonce_gives_nothing_of_theirs(trip):
    nonce = uuid4()
    trip.observe(nonce=nonce)

    with pytest.raises(IntegrityError), transaction.atomic():
        trip.observe("femke", nonce=nonce)


def test_observation_changed_by_two_loses_nobodys_words(trip, cast):
    made = trip.observe()
    told = {"theme": made.theme, "seen_on": made.seen_on}
    with trip.acting("femke"):
        field.change_observation(observation=made, version=1, text="Once.", by=cast.femke, **told)

    with trip.acting("noor"), pytest.raises(SavedMeanwhile) as clash:
        field.change_observation(observation=made, version=1, text="Thrice.", by=cast.noor, **told)

    assert (clash.value.text, clash.value.version) == ("Once.", 2)


def test_position_is_kept_only_where_given(trip):
    trip.observe()
    trip.observe(position=(Decimal("-1.55930"), Decimal("30.25250")))

    with trip.acting("noor"):
        assert [str(position) for position in Position.objects.all()] == ["-1.55930, 30.25250"]


def test_themes_of_a_day_are_those_in_use(trip, cast):
    from eprm.visits.actions import editions  # noqa: PLC0415

    with trip.acting("femke"):
        editions.end_theme(theme=Theme.objects.get(key="gender"), until=today(), by=cast.femke)

        now = set(queries.themes_on(today()).values_list("key", flat=True))
        before = set(queries.themes_on(today() - timedelta(days=1)).values_list("key", flat=True))

    assert before - now == {"gender"}


def test_actor_is_unnamed_until_they_agree_and_again_after(trip, cast):
    actor = trip.hear()
    with trip.acting("noor"):
        field.note_name(actor=actor, words="She told Noor, in Swahili.", by=cast.noor)
        named = LocalActor.objects.get().named
        field.take_name_back(actor=actor, by=cast.noor)

        kept = Consent.objects.get()
        assert (named, LocalActor.objects.get().named) == (True, False)
        assert (kept.said, kept.noted_by, kept.revoked_by) == ("agreed", cast.noor, cast.noor)


def test_actor_without_a_name_cannot_be_named(trip, cast):
    actor = trip.hear(name="")

    with trip.acting("noor"), pytest.raises(NotAllowed, match="no name to show"):
        field.note_name(actor=actor, words="x", by=cast.noor)


def test_actor_name_stands_in_no_history(trip):
    trip.hear()

    with trip.acting("noor"):
        columns = {column.name for column in LocalActor.pgh_event_model._meta.get_fields()}

    assert not columns & {"name", "words"}


def test_photo_is_drawn_anew_without_the_phones_notes(trip):
    content = jpeg()
    photo = trip.photo(trip.observe(), content=content)

    with trip.acting("noor"):
        kept = bytes(PhotoBytes.objects.get().large)
        positions = Position.objects.count()
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif()), image.info.get("comment")) == (
            "JPEG", (640, 480), {}, None,
        )  # fmt: skip
    assert b"Cheap phone 42" in content
    assert (b"Cheap phone 42" in kept, b"Exif" in kept, b"river" in kept, positions) == (False, False, False, 0)
    assert (photo.width, photo.height, photo.faces) == (640, 480, "")


def test_photo_keeps_its_place_only_where_the_observer_says_so(trip):
    trip.photo(trip.observe(), keep_position=True)

    with trip.acting("noor"):
        assert str(Position.objects.get()) == "-1.55930, 30.25250"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>no photo</html>", "“a.jpg” is not a photo we can read"),
        (jpeg()[:400], "is not a photo we can read"),
        (b"", "is not a photo we can read"),
        (b"\xff\xd8" + b"0" * MOST_BYTES, "“a.jpg” has 12.6 MB. A photo may have at most"),
        (jpeg(7200, 7200, colour="white"), "7 200 × 7 200 pixels".replace(" ", "\u202f", 1)),
    ],
    ids=["html", "half", "empty", "heavy", "wide"],
)
def test_read_picture_refuses_what_is_none(content, said):
    with pytest.raises(NotAPicture) as refused:
        read_picture(content, "a.jpg")

    assert said.replace("\u202f", " ") in str(refused.value).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_read_picture_takes_what_phones_make(form):
    picture = read_picture(jpeg(4000, 3000, form=form), "a")

    assert (picture.width, picture.height) == (1600, 1200)
    assert len(picture.small) < len(picture.large) < 400_000


def test_read_picture_turns_it_upright():
    image, made, exif = Image.new("RGB", (400, 200)), io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    image.save(made, "JPEG", exif=exif)

    assert (read_picture(made.getvalue(), "a").width, read_picture(made.getvalue(), "a").height) == (200, 400)


def test_photo_sent_twice_is_one_photo(trip):
    observation, nonce = trip.observe(), uuid4()
    first, second = (trip.photo(observation, nonce=nonce) for _ in range(2))

    with trip.acting("noor"):
        assert (first.pk == second.pk, PhotoBytes.objects.count()) == (True, 1)


def test_faces_that_agreed_need_to_be_said_how(trip, cast):
    photo = trip.photo(trip.observe())
    with trip.acting("noor"), pytest.raises(NotAllowed, match="how those shown agreed"):
        photos.state_faces(photo=photo, faces="agreed", words=" ", by=cast.noor)


def test_faces_are_stated_by_those_who_were_there(trip, cast):
    photo = trip.photo(trip.observe())
    with trip.acting("idris"), pytest.raises(NotAllowed, match="Those who were there"):
        photos.state_faces(photo=photo, faces="none", words="", by=cast.idris)
    with trip.acting("noor"):
        photos.state_faces(photo=photo, faces="none", words="", by=cast.noor)
        photos.state_faces(photo=photo, faces="agreed", words="On paper, in Kinyarwanda.", by=cast.noor)

        in_force = Consent.objects.get(photo=photo, revoked_at=None)
        assert (Photo.objects.get().faces, in_force.words, in_force.noted_by) == (
            "agreed", "On paper, in Kinyarwanda.", cast.noor,
        )  # fmt: skip


def test_withdraw_deletes_picture_and_position_and_keeps_the_row(trip, cast):
    photo = trip.photo(trip.observe(), keep_position=True, faces="none")
    with trip.acting("idris"):
        photos.withdraw_photo(photo=photo, by=cast.idris)

        row = Photo.objects.get()
        assert (PhotoBytes.objects.count(), Position.objects.count(), row.in_story, row.withdrawn_by) == (
            0, 0, False, cast.idris,
        )  # fmt: skip
        assert Consent.objects.filter(revoked_at=None).count() == 0


def test_withdraw_is_not_for_who_is_only_invited(trip, cast):
    photo = trip.photo(trip.observe())

    with trip.acting("olivier"), pytest.raises(NotAllowed, match="Those who were there"):
        photos.withdraw_photo(photo=photo, by=cast.olivier)


def test_database_shows_no_photo_in_a_story_whose_faces_nobody_stated(trip):
    trip.photo(trip.observe())

    with (
        trip.acting("noor"),
        pytest.raises(IntegrityError, match="visit_photo_in_story_by_consent"),
        transaction.atomic(),
    ):
        Photo.objects.update(in_story=True)


def test_observations_of_a_visit_are_none_of_another(trip, cast):
    other = Trip(cast, title="Another")
    mine, theirs = trip.observe(), other.observe("noor")
    with trip.acting("noor"):
        finding = trip.conclude(sources=[mine, theirs])

        assert [source.observation for source in finding.sources.all()] == [mine]
        assert Observation.objects.count() == 2


def test_actor_with_another_name_must_agree_anew(trip, cast):
    actor = trip.hear(agreed="She told Noor.")
    told = {"kind": "women", "people_count": 3, "heard_on": actor.heard_on, "by": cast.noor}
    with trip.acting("noor"):
        field.change_actor(actor=actor, version=1, name=actor.name, **told)
        same = LocalActor.objects.get().named
        field.change_actor(actor=actor, version=2, name="Furaha", **told)

        now = LocalActor.objects.get()
        assert (same, now.named, now.name, now.kind, now.people_count) == (True, False, "Furaha", "women", 3)
        with pytest.raises(SavedMeanwhile):
            field.change_actor(actor=actor, version=1, name="x", **told)


def test_actor_is_changed_by_whoever_wrote_it_down_and_the_lead(trip, cast):
    actor = trip.hear("femke")
    with trip.acting("noor"), pytest.raises(NotAllowed, match="Femke wrote this down"):
        field.change_actor(actor=actor, version=1, kind="other", people_count=1, heard_on=actor.heard_on, by=cast.noor)
