"""The pages of field visits: what is sent from a phone, what is refused, and how many queries a list takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eprm.people.identity import acting_for
from eprm.visits.models import Delegate, FollowUp, LocalActor, Observation, Photo, Theme, Visit
from tests.eprm.visits.rows import NAME, SECRET, Trip, jpeg, no_delay, today


def url(name, *args):
    return reverse(f"visits:{name}", args=args)


def text(answer):
    return answer.content.decode()


def told(**changes):
    return {
        "nonce": str(uuid4()), "title": "Tin of the high lakes", "purpose": "Weighing.", "country": "RW",
        "minerals": ["tin"], "starts_on": f"{today()}", "ends_on": f"{today()}", **changes,
    }  # fmt: skip


def test_visit_new_plans_a_visit(client, cast):
    client.force_login(cast.femke)

    answer = client.post(url("visit_new"), told(), follow=True)

    assert (answer.status_code, "Nobody of civil society comes" in text(answer)) == (200, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": "2020-01-01"}, "The visit ends before it begins."),
        ({"starts_on": "soon"}, "valid date"),
        ({"country": "XX"}, "is not one of the"),
        ({"title": ""}, "required"),
        ({"title": "x" * 300}, "200"),
        ({"nonce": "once"}, "UUID"),
        ({"minerals": ["unobtainium"]}, "is not one of the"),
        ({"group": "1"}, "choice"),
    ],
)
def test_visit_new_says_what_is_wrong(client, cast, changes, said):
    client.force_login(cast.femke)

    answer = client.post(url("visit_new"), told(**changes))

    with acting_for(cast.femke, path="test"):
        assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert said in text(answer) or said == "valid date"


def test_visit_new_is_refused_to_others_with_the_reason(client, cast):
    client.force_login(cast.petra)

    answer = client.post(url("visit_new"), told())

    assert (answer.status_code, "The secretariat plans field visits" in text(answer)) == (403, True)


def test_visit_edit_changed_meanwhile_keeps_what_was_typed(client, trip, cast):
    client.force_login(cast.idris)
    facts = told(version=trip.visit.version, starts_on=trip.visit.starts_on, ends_on=trip.visit.ends_on)
    first = client.post(url("visit_edit", trip.visit.pk), {**facts, "title": "First"})
    second = client.post(url("visit_edit", trip.visit.pk), {**facts, "title": "Second"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert ("changed meanwhile" in text(second), 'value="Second"' in text(second)) == (True, True)


def test_delegate_invite_without_an_account_is_said(client, trip, cast):
    client.force_login(cast.femke)

    unknown = client.post(url("delegate_invite", trip.visit.pk), {"email": "who@else.example"})
    again = client.post(url("delegate_invite", trip.visit.pk), {"email": cast.noor.email.upper()})
    new = client.post(url("delegate_invite", trip.visit.pk), {"email": cast.hugo.email, "role": "adviser"})

    assert ("Nobody you can invite has an account with “who@else.example”" in text(unknown), unknown.status_code) == (
        True,
        422,
    )
    assert ("Noor is in the delegation already" in text(again), new.status_code) == (True, 302)


def test_delegate_answers_on_the_page(client, trip, cast):
    client.force_login(cast.olivier)
    asked = text(client.get(url("visit_detail", trip.visit.pk)))

    unsaid = client.post(url("delegate_answer", trip.visit.pk), {"comes": "perhaps"})
    client.post(url("delegate_answer", trip.visit.pk), {"comes": "yes"})

    with trip.acting("olivier"):
        assert unsaid.status_code == 403
        assert ("Do you come?" in asked, Delegate.objects.get(person=cast.olivier).state) == (True, "accepted")


def test_safety_notes_by_page_and_refused_with_the_reason(client, trip, cast):
    client.force_login(cast.noor)
    client.post(url("safety_notes", trip.visit.pk), {"version": 0, "text": SECRET})
    clash = client.post(url("safety_notes", trip.visit.pk), {"version": 7, "text": "mine"})
    page = text(client.get(url("safety_notes", trip.visit.pk)))
    client.force_login(cast.idris)
    refused = client.get(url("safety_notes", trip.visit.pk))
    detail = text(client.get(url("visit_detail", trip.visit.pk)))

    assert (SECRET in page, clash.status_code, "mine" in text(clash), SECRET in text(clash)) == (True, 409, True, True)
    assert (refused.status_code, "for Femke, who leads it" in text(refused), SECRET in detail) == (403, True, False)


def seen(**changes):
    return {
        "nonce": str(uuid4()), "theme": Theme.objects.get(key="gender").pk, "text": "Women sort, men dig.",
        "seen_on": f"{today() - timedelta(days=4)}", **changes,
    }  # fmt: skip


def test_observation_new_sent_twice_is_one(client, trip, cast):
    client.force_login(cast.noor)
    facts = seen(position="-1.55, 30.25", keep_position="on")

    answers = [client.post(url("observation_new", trip.visit.pk), facts) for _ in range(2)]

    with trip.acting("noor"):
        made = Observation.objects.get()
        assert [answer.url for answer in answers] == [url("observation_detail", trip.visit.pk, made.pk)] * 2
        assert str(made.position) == "-1.55000, 30.25000"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"position": "-1.55, 30.25"}, "Tick this, or leave the position empty."),
        ({"position": "near the church", "keep_position": "on"}, "“near the church” is no position."),
        ({"position": "95, 30", "keep_position": "on"}, "“95, 30” is no position."),
        ({"seen_on": "2199-01-01"}, "still to come"),
        ({"theme": "0"}, "choice"),
        ({"text": ""}, "required"),
    ],
)
def test_observation_new_says_what_is_wrong(client, trip, cast, changes, said):
    client.force_login(cast.noor)

    answer = client.post(url("observation_new", trip.visit.pk), seen(**changes))

    assert (answer.status_code, said in text(answer) or said in ("choice", "required")) == (422, True)


def photo(content=None, name="a.jpg", **changes):
    file = SimpleUploadedFile(name, jpeg() if content is None else content, content_type="image/jpeg")
    return {"nonce": str(uuid4()), "files": file, "caption": "The scale", "faces": "", **changes}


def test_photo_new_shows_it_to_the_delegation_and_the_secretariat_alone(client, trip, cast):
    made = trip.observe()
    client.force_login(cast.noor)
    client.post(url("photo_new", trip.visit.pk, made.pk), photo())
    with trip.acting("noor"):
        address = url("photo_picture", Photo.objects.get().pk, "large")

    got = {}
    for who in ("noor", "idris", "olivier", "petra"):
        client.force_login(getattr(cast, who))
        got[who] = client.get(address).status_code
    client.logout()
    assert got == {"noor": 200, "idris": 200, "olivier": 200, "petra": 404}
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"content": b"%PDF-1.7 no photo"}, "“a.jpg” is not a photo we can read"),
        ({"name": "a.exe"}, "“a.exe” ends in “.exe”"),
        ({"content": b"\xff" * 20_000_000}, "A file may have at most"),
        ({"caption": ""}, "required"),
        ({"faces": "agreed"}, "Write how those shown agreed."),
        ({"faces": "all"}, "choice"),
    ],
    ids=["no photo", "ending", "20 MB", "caption", "faces unsaid", "faces unknown"],
)
def test_photo_new_says_what_is_wrong(client, trip, cast, changes, said):
    made = trip.observe()
    client.force_login(cast.noor)

    answer = client.post(url("photo_new", trip.visit.pk, made.pk), photo(**changes))

    with trip.acting("noor"):
        assert (answer.status_code, Photo.objects.count()) == (422, 0)
    assert said in text(answer) or said in ("choice", "required")


def test_ids_of_another_visit_lead_nowhere(client, trip, cast):
    other = Trip(cast, title="Another")
    foreign, actor, finding = other.observe(), other.hear(), other.conclude()
    picture = other.photo(foreign)
    client.force_login(cast.noor)
    own = trip.visit.pk

    got = {
        name: client.get(url(name, own, pk)).status_code
        for name, pk in (
            ("observation_detail", foreign.pk), ("photo_new", foreign.pk), ("actor_detail", actor.pk),
            ("follow_up_new", finding.pk), ("photo_faces", picture.pk),
        )
    }  # fmt: skip

    assert set(got.values()) == {404}
    assert client.get(url("visit_detail", 10**30)).status_code == 404


def test_actor_new_stays_unnamed_and_counts(client, trip, cast):
    client.force_login(cast.noor)
    facts = {"nonce": str(uuid4()), "kind": "women", "people_count": 9, "women_count": 9, "name": NAME,
             "heard_on": f"{today() - timedelta(days=4)}"}  # fmt: skip
    client.post(url("actor_new", trip.visit.pk), facts)
    more = client.post(url("actor_new", trip.visit.pk), {**facts, "nonce": str(uuid4()), "women_count": 10})
    nameless = client.post(url("actor_new", trip.visit.pk), {**facts, "name": "", "agreed": "yes"})

    with trip.acting("noor"):
        assert [(actor.people_count, actor.named) for actor in LocalActor.objects.all()] == [(9, False)]
    assert ("more than were heard" in text(more), "Write the name they agree to" in text(nameless)) == (True, True)


def test_actor_agrees_and_takes_it_back_on_the_page(client, trip, cast):
    actor = trip.hear()
    client.force_login(cast.noor)
    client.post(url("actor_name", trip.visit.pk, actor.pk), {"words": "Orally."})
    named = text(client.get(url("actor_detail", trip.visit.pk, actor.pk)))
    client.post(url("actor_unname", trip.visit.pk, actor.pk))

    with trip.acting("noor"):
        assert ("They take it back" in named, LocalActor.objects.get().named) == (True, False)


def test_finding_leads_to_a_follow_up(client, trip, cast):
    seen_ = trip.observe()
    client.force_login(cast.noor)
    facts = {"nonce": str(uuid4()), "kind": "concern", "severity": "high", "title": "No book", "sources": [seen_.pk]}
    unsaid = client.post(url("finding_new", trip.visit.pk), {**facts, "severity": ""})
    led = client.post(url("finding_new", trip.visit.pk), facts)
    follow = {"nonce": str(uuid4()), "title": "Print one", "due_on": f"{today()}", "organisation": "sudeten"}
    nobody = client.post(led.url, {**follow, "organisation": ""})
    unknown = client.post(led.url, {**follow, "organisation": "Nobody Ltd"})
    client.post(led.url, follow)

    with trip.acting("noor"):
        assert str(FollowUp.objects.get().organisation) == "Sudeten"
    assert (unsaid.status_code, "Say who does it" in text(nobody), "“Nobody Ltd”" in text(unknown)) == (422, True, True)


def test_follow_up_list_filters_what_is_overdue_and_exports(client, trip, cast):
    finding = trip.conclude()
    trip.follow(finding, owner=cast.hugo, title="Late", due_on=today() - timedelta(days=2))
    trip.follow(finding, owner=cast.hugo, title="In time")
    client.force_login(cast.hugo)

    late = text(client.get(url("follow_up_list"), {"state": "late", "format": "csv"}))
    done = client.post(url("follow_up_finish", first_follow_up(trip).pk), {"done": "yes"})

    assert ("Late" in late, "In time" in late, done.status_code) == (True, False, 302)


def first_follow_up(trip):
    with trip.acting("femke"):
        return FollowUp.objects.earliest("pk")


def test_story_edit_names_who_has_not_agreed(client, trip, cast):
    no_delay(cast.femke)
    trip.hear()
    client.force_login(cast.femke)
    facts = {"version": 0, "title": "Scales", "summary": "Two.", "text": "Rehema weighs.", "language": "en",
             "publish_on": f"{today()}"}  # fmt: skip

    named = client.post(url("story_edit", trip.visit.pk), facts)
    early = client.post(url("story_edit", trip.visit.pk), {**facts, "text": "x", "publish_on": "2020-01-01"})
    fine = client.post(url("story_edit", trip.visit.pk), {**facts, "text": "She weighs."})

    assert (named.status_code, f"The words name “{NAME}”." in text(named)) == (422, True)
    assert ("at the earliest" in text(early), fine.status_code) == (True, 302)


def test_story_in_french_refuses_in_french(client, trip, cast):
    no_delay(cast.femke)
    trip.hear()
    type(cast.femke).objects.filter(pk=cast.femke.pk).update(language="fr")
    client.force_login(cast.femke)
    facts = {"version": 0, "title": "a", "summary": "b", "text": "Rehema", "language": "fr", "publish_on": f"{today()}"}

    answer = client.post(url("story_edit", trip.visit.pk), facts)

    assert "Le texte nomme" in text(answer)


def test_story_does_no_harm(client, trip, cast):
    no_delay(cast.femke)
    story = trip.story(text="<script>alert(1)</script> [x](javascript:alert(1)) **bold**")
    trip.release()

    page = text(client.get(url("story_detail", story.pk)))

    assert ("<script>alert" in page, "javascript:" in page, "<strong>bold</strong>" in page) == (False, False, True)


def test_story_is_released_and_withheld_on_the_page(client, trip, cast):
    no_delay(cast.femke)
    story = trip.story()
    client.force_login(cast.femke)
    client.post(url("story_release", trip.visit.pk))
    public = client.get(url("story_detail", story.pk)).status_code
    client.post(url("story_withhold", trip.visit.pk), {"reason": "Somebody is looked for."})
    preview = text(client.get(url("story_preview", trip.visit.pk)))

    assert (public, client.get(url("story_detail", story.pk)).status_code) == (200, 404)
    assert "Somebody is looked for." in preview


def test_edition_pages_add_a_theme_and_set_the_delay(client, cast):
    client.force_login(cast.femke)
    names = {
        "name_en": "Mercury",
        "name_fr": "Mercure",
        "name_es": "Mercurio",
        "source": "Minamata",
        "since": "2026-01-01",
    }
    answers = [client.post(url("theme_new"), names) for _ in range(2)]
    delay = client.post(url("delay_new"), {"days": 180, "since": "2026-01-01", "source": "IPIS"})
    wrong = client.post(url("delay_new"), {"days": 9999, "since": "2026-01-01", "source": "IPIS"})

    assert [answers[0].status_code, answers[1].status_code, delay.status_code, wrong.status_code] == [
        302,
        422,
        302,
        422,
    ]
    assert "180" in text(client.get(url("edition_list")))
