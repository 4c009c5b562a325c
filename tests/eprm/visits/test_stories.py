"""The report and the story: who reads them, and what never stands in them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.search.models import Entry
from eprm.visits.actions import delegation, field, photos, showing, stories, visits
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.models import Report, Story, Visit
from eprm.visits.queries import stories as queries
from tests import factories
from tests.eprm.visits.rows import NAME, SECRET, no_delay, today


@pytest.fixture
def shown(trip, cast):
    """A published story with a photo and two voices, of a visit that has secrets as well."""
    no_delay(cast.femke)
    trip.safety()
    seen, hidden = trip.observe(), trip.observe(text="The owner pays the soldiers.")
    trip.picture = trip.photo(seen, faces="none", keep_position=True)
    trip.unstated = trip.photo(hidden, caption="Two boys carry a bag")
    trip.actor = trip.hear()
    trip.crowd = trip.hear(kind="women", name="", people_count=12)
    trip.shown = trip.story(photos=[trip.picture.pk, trip.unstated.pk], actors=[trip.actor.pk, trip.crowd.pk])
    trip.release()
    return trip


def public(client, trip):
    return client.get(reverse("visits:story_detail", args=[trip.shown.pk]))


def test_story_before_its_first_day_is_refused(trip):
    with pytest.raises(NotAllowed, match="at the earliest, so that nobody can be found by it"):
        trip.story()


def test_story_waits_for_its_day(trip, cast, client):
    trip.shown = trip.story(publish_on=today() + timedelta(days=100))
    trip.release()

    assert public(client, trip).status_code == 404
    with acting_as(None):
        assert Story.objects.count() == 0


def test_story_not_released_is_read_by_nobody_outside(trip, cast, client):
    no_delay(cast.femke)
    trip.shown = trip.story()

    assert public(client, trip).status_code == 404


def test_story_is_read_by_a_stranger_without_names_notes_or_positions(shown, client):
    page = public(client, shown).content.decode()

    assert "What a scale is worth" in page
    assert "a women’s group" in page
    assert f"/photos/{shown.picture.pk}-large.jpg" in page
    secrets = [NAME, "Rehema", SECRET, "Rutongo", "-1.559", "30.25", "soldiers", "Two boys", "Noor", "Femke", "Olivier"]
    assert [word for word in secrets if word in page] == []


def test_story_shows_no_photo_whose_faces_nobody_stated(shown, client):
    addresses = [
        reverse("visits:story_photo", args=[shown.shown.pk, p.pk, "large"]) for p in (shown.picture, shown.unstated)
    ]

    got = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in got] == [200, 404]
    assert (got[0]["Content-Type"], got[0].content[:2], b"Exif" in got[0].content) == ("image/jpeg", b"\xff\xd8", False)


def test_withdrawn_photo_leaves_the_story_at_once(shown, cast, client):
    with shown.acting("noor"):
        photos.withdraw_photo(photo=shown.picture, by=cast.noor)

    address = reverse("visits:story_photo", args=[shown.shown.pk, shown.picture.pk, "small"])
    assert (client.get(address).status_code, "<img" in public(client, shown).content.decode()) == (404, False)


def test_story_that_names_who_has_not_agreed_is_refused(trip, cast):
    no_delay(cast.femke)
    trip.hear()
    for told in (
        {"text": "Rehema showed us her book."},
        {"title": "REHEMA BAHATI weighs"},
        {"region": "near Bahati’s"},
    ):
        with pytest.raises(stories.NamesSomebody) as refused:
            trip.story(**told)

        assert [found.values for found in refused.value.findings] == [{"name": NAME}]
    with trip.acting("femke"):
        assert Story.objects.count() == 0


def test_story_that_names_the_interpreter_is_refused(trip, cast):
    no_delay(cast.femke)
    trip.do("femke", delegation.add_guest, name="Claudine Uwera", role="interpreter")

    with pytest.raises(stories.NamesSomebody) as refused:
        trip.story(text="Claudine told us what she said.")

    assert [found.values for found in refused.value.findings] == [{"name": "Claudine Uwera"}]


def test_caption_that_names_who_has_not_agreed_is_refused(trip, cast):
    no_delay(cast.femke)
    trip.hear()
    photo = trip.photo(trip.observe(), faces="none", caption="Rehema at the scale")

    with pytest.raises(stories.NamesSomebody):
        trip.story(photos=[photo.pk])


def test_name_appears_by_consent_and_goes_with_it(shown, cast, client):
    with shown.acting("noor"):
        field.note_name(actor=shown.actor, words="She told Noor.", by=cast.noor)
    named = public(client, shown).content.decode()
    with shown.acting("noor"):
        withheld = field.take_name_back(actor=shown.actor, by=cast.noor)
    after = public(client, shown).content.decode()

    assert (NAME in named, withheld, NAME in after, "What a scale is worth" in after) == (True, False, False, True)


def test_name_taken_back_withholds_a_story_whose_words_tell_it(shown, cast, client):
    with shown.acting("noor"):
        field.note_name(actor=shown.actor, words="She told Noor.", by=cast.noor)
    shown.story(version=1, text="Rehema Bahati weighs twice.", actors=[shown.actor.pk])
    before = public(client, shown).status_code
    with shown.acting("noor"):
        withheld = field.take_name_back(actor=shown.actor, by=cast.noor)

    assert (before, withheld, public(client, shown).status_code) == (200, True, 404)
    assert Entry.objects.filter(kind="visit_story").count() == 0
    with pytest.raises(stories.NamesSomebody):
        shown.release()


def test_withheld_story_leaves_page_list_feed_and_search(shown, client):
    def found():
        pages = [client.get(reverse(f"visits:{name}")).content.decode() for name in ("story_list", "story_feed")]
        return [
            public(client, shown).status_code,
            *("What a scale is worth" in page for page in pages),
            Entry.objects.filter(kind="visit_story").count(),
        ]

    before = found()
    shown.do("femke", stories.withhold_story, reason="The colonel asked who talked.")

    assert (before, found()) == ([200, True, True, 1], [404, False, False, 0])


def test_search_finds_the_story_without_what_it_may_not_tell(shown):
    entry = Entry.objects.get(kind="visit_story")

    assert (entry.title, list(entry.audience), "Rehema" in entry.text, "convent" in entry.text) == (
        "What a scale is worth", ["public"], False, False,
    )  # fmt: skip


def test_show_due_finds_the_stories_whose_day_has_come(shown):
    Entry.objects.all().delete()

    assert (showing.show_due(), Entry.objects.filter(kind="visit_story").count()) == (1, 1)


def test_story_saved_by_two_loses_nobodys_words(shown):
    with pytest.raises(SavedMeanwhile) as clash:
        shown.story("idris", version=0, text="Other words.")

    assert clash.value.text == "A woman who sorts ore showed us her **book**."


def test_story_shows_no_voice_or_photo_of_another_visit(cast, shown):
    from tests.eprm.visits.rows import Trip  # noqa: PLC0415

    other = Trip(cast, title="Another")
    foreign = other.photo(other.observe(), faces="none")
    story = shown.story(version=1, photos=[foreign.pk], actors=[other.hear(name="").pk])

    with shown.acting("femke"):
        assert (queries.photos_of_story(story).count(), queries.voices_of(story).count()) == (0, 0)


def test_report_is_for_members_once_shared(trip, cast, client):
    trip.conclude()
    with trip.acting("femke"):
        factories.partner(cast.petra.current_memberships[0].organisation)
    report = trip.do("femke", stories.write_report, text="# We saw\n\nTwo scales.", version=0)
    address = reverse("visits:report_detail", args=[report.pk])

    def statuses():
        got = {}
        for who in ("petra", "hugo", "noor"):
            client.force_login(getattr(cast, who))
            got[who] = client.get(address).status_code
        return got

    before = statuses()
    trip.do("femke", stories.share_report, shared=True)
    client.force_login(cast.petra)
    page = client.get(address).content.decode()

    assert (before, statuses()) == ({"petra": 404, "hugo": 404, "noor": 200}, {"petra": 200, "hugo": 404, "noor": 200})
    assert ("Two scales" in page, "Weights are not kept" in page, "Noor" in page, "Rutongo" in page) == (
        True, True, False, False,
    )  # fmt: skip
    trip.do("femke", stories.share_report, shared=False)
    assert statuses()["petra"] == 404


def test_report_before_the_visit_began_is_refused(cast):
    from eprm.people.identity import acting_for  # noqa: PLC0415
    from tests.eprm.visits.rows import plan  # noqa: PLC0415

    visit = plan(cast.femke)

    with acting_for(cast.femke, path="test"), pytest.raises(NotAllowed, match="nothing to report"):
        stories.write_report(visit=visit, text="x", version=0, by=cast.femke)


def test_report_and_story_are_not_written_by_a_delegate(trip):
    with pytest.raises(NotAllowed, match="Femke leads"):
        trip.do("noor", stories.write_report, text="x", version=0)
    with pytest.raises(NotAllowed, match="Femke leads"):
        trip.story("noor")
    with trip.acting("noor"):
        assert Report.objects.count() == 0


def test_api_gives_stories_as_everybody_reads_them(shown, cast, client):
    from eprm.people import actions as people_actions  # noqa: PLC0415 - of this test

    _token, key = people_actions.create_token(
        cast.petra.current_memberships[0].organisation, label="t", scopes=["visits:read"],
        expires_at=timezone.now() + timedelta(days=1), by=cast.petra,
    )  # fmt: skip

    def get(path):
        return client.get(f"/api/visits/{path}", headers={"Authorization": f"Bearer {key}"})

    story = get(f"stories/{shown.shown.pk}").json()
    listed = get("stories").json()

    assert (listed["count"], story["voices"][0], [photo["url"] for photo in story["photos"]]) == (
        1,
        {"kind": "women", "name": "", "people_count": 12},
        [reverse("visits:story_photo", args=[shown.shown.pk, shown.picture.pk, "large"])],
    )
    assert (NAME in str(story), get("stories/999999").status_code) == (False, 404)


def test_name_written_down_after_the_story_withholds_it(shown, client):
    shown.story(version=1, text="Furaha weighs twice.")
    before = public(client, shown).status_code
    shown.hear(name="Furaha Neema")

    assert (before, public(client, shown).status_code) == (200, 404)


def test_report_is_found_by_members_while_it_is_shared(trip):
    trip.do("femke", stories.write_report, text="Two scales.", version=0)

    def found():
        return [list(entry.audience) for entry in Entry.objects.filter(kind="visit_report")]

    before = found()
    trip.do("femke", stories.share_report, shared=True)
    shared, again = found(), [item.title for item in showing.all_reports()]
    trip.do("femke", stories.share_report, shared=False)

    assert (before, shared, again, found()) == ([], [["members"]], ["Tin of the high lakes"], [])


def test_story_list_is_filtered_by_country_and_mineral(shown, client):
    def told(**asked):
        return "What a scale is worth" in client.get(reverse("visits:story_list"), asked).content.decode()

    assert [told(country="RW"), told(country="CD"), told(mineral="tin"), told(mineral="gold")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_story_waits_anew_where_the_visit_turns_out_to_end_later(shown, cast, client):
    with shown.acting("femke"):
        visits.change_visit(
            visit=shown.visit, version=Visit.objects.get().version, starts_on=today() - timedelta(days=2),
            ends_on=today() + timedelta(days=4), by=cast.femke,
        )  # fmt: skip
        story = Story.objects.get()

    assert (story.publish_on, story.month) == (
        today() + timedelta(days=4), (today() - timedelta(days=2)).replace(day=1)
    )  # fmt: skip
    assert client.get(reverse("visits:story_detail", args=[story.pk])).status_code == 404


def test_report_tells_the_days_of_the_visit_as_they_are_now(trip, cast):
    trip.visit = trip.do("femke", visits.move_visit, to="reporting")
    trip.do("femke", stories.write_report, text="What we saw.", version=0)

    with trip.acting("femke"):
        visits.change_visit(
            visit=trip.visit, version=Visit.objects.get().version, ends_on=today() - timedelta(days=1), by=cast.femke
        )

        assert Report.objects.get().ends_on == today() - timedelta(days=1)
