"""The pages: what happens when a form is sent, what is refused with its reason, and how many questions a page asks."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from eprm.groups.actions import decisions, joining, work
from eprm.groups.models import Draft, GroupMember, Minutes, Notice, Post, ReadMark, Task


@pytest.fixture
def noor(cast):
    client = Client()
    client.force_login(cast.noor)
    return client


def here(cast, route, *args):
    return reverse(f"groups:{route}", args=[cast.group.slug, *args])


def test_a_thread_is_begun_and_answered_on_its_page(cast, noor):
    begun = noor.post(here(cast, "thread_new"), {"title": "Road", "text": "Nine payments.", "nonce": uuid4()})
    answered = noor.post(begun.url, {"text": "Ten now.", "nonce": uuid4()}, follow=True)

    assert (begun.status_code, answered.status_code) == (302, 200)
    assert "Ten now." in answered.text


def test_an_empty_contribution_is_told(cast, noor):
    thread = cast.thread()

    response = noor.post(here(cast, "thread_detail", thread.pk), {"text": " ", "nonce": uuid4()})

    assert response.status_code == 422


def test_too_large_a_file_is_told_with_the_words_kept(cast, noor):
    thread = cast.thread()
    file = SimpleUploadedFile("big.bin", b"x" * (10 * 1024 * 1024 + 1))

    response = noor.post(here(cast, "thread_detail", thread.pk), {"text": "My words", "nonce": uuid4(), "files": file})

    assert (response.status_code, "My words" in response.text, "big.bin" in response.text) == (422, True, True)


def test_two_edits_at_once_are_both_shown(cast, noor):
    thread = cast.thread(text="First")
    with cast.acting("noor"):
        post = Post.objects.get(thread=thread)
    address = here(cast, "post_edit", post.pk)
    noor.post(address, {"text": "From the phone", "version": 1})

    response = noor.post(address, {"text": "From the desk", "version": 1})

    assert (response.status_code, "From the phone" in response.text, "From the desk" in response.text) == (
        409,
        True,
        True,
    )


def test_reading_marks_what_was_shown(cast):
    thread = cast.thread()
    client = Client()
    client.force_login(cast.hugo)
    client.get(here(cast, "thread_detail", thread.pk))

    with cast.acting("hugo"):
        assert list(ReadMark.objects.filter(person=cast.hugo).values_list("number", flat=True)) == [1]


def test_draft_is_kept_by_button_and_by_itself(cast, noor):
    thread = cast.thread()
    by_itself = noor.post(
        here(cast, "draft_save"), {"text": "Half", "thread": thread.pk}, headers={"HX-Request": "true"}
    )
    by_button = noor.post(here(cast, "draft_save"), {"text": "Half a thought", "thread": thread.pk})

    assert (by_itself.status_code, by_button.status_code) == (204, 302)
    assert "Half a thought" in noor.get(here(cast, "thread_detail", thread.pk)).text
    with cast.acting("noor"):
        assert Draft.objects.count() == 1


def test_a_closed_group_says_how_to_come_in(cast):
    client = Client()
    client.force_login(cast.petra)

    front = client.get(here(cast, "group_detail"))
    inside = client.get(here(cast, "thread_list"))

    assert (front.status_code, "Tin, Great Lakes takes in whoever it invites." in front.text) == (200, True)
    assert (inside.status_code, "One of its facilitators can invite you." in inside.text) == (403, True)


def test_a_visitor_joins_an_open_group_after_signing_in(cast):
    group = cast.found("open", "Gold")
    client = Client()
    visitor = client.get(reverse("groups:group_detail", args=[group.slug]))
    client.force_login(cast.petra)
    organisation = cast.organisation("petra").pk

    client.post(reverse("groups:group_join", args=[group.slug]), {"organisation": organisation})

    assert visitor.status_code == 200
    with cast.acting("petra"):
        assert GroupMember.objects.get(person=cast.petra, group=group).is_member


def test_joining_for_somebody_elses_organisation_changes_nothing(cast):
    group = cast.found("open", "Gold")
    client = Client()
    client.force_login(cast.petra)

    client.post(reverse("groups:group_join", args=[group.slug]), {"organisation": cast.organisation("noor").pk})

    with cast.acting("petra"):
        assert GroupMember.objects.filter(person=cast.petra).exists() is False


def test_a_request_is_answered_on_the_members_page(cast):
    group = cast.found("request", "Gold")
    with cast.acting("petra"):
        asked = joining.ask_to_join(group, organisation=cast.organisation("petra"), words="We buy.", by=cast.petra)
    client = Client()
    client.force_login(cast.femke)

    shown = client.get(reverse("groups:member_list", args=[group.slug]))
    client.post(reverse("groups:request_answer", args=[group.slug, asked.pk]), {"welcome": "1"})

    assert "We buy." in shown.text
    with cast.acting("femke"):
        assert GroupMember.objects.get(pk=asked.pk).is_member


def test_a_position_without_a_needed_reason_is_told(cast, noor):
    thread = cast.thread()
    with cast.acting("hugo"):
        closes = timezone.now() + timezone.timedelta(days=2)
        proposal = decisions.propose(thread, title="Adopt it", text="x", closes_at=closes, by=cast.hugo)
    address = here(cast, "proposal_detail", proposal.pk)

    refused = noor.post(address, {"position": "block", "reason": ""})
    taken = noor.post(address, {"position": "agree", "reason": ""}, follow=True)

    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    assert "1 agree, 0 abstain, 0 disagree" in taken.text


def test_the_quorum_is_drawn_in_a_language_with_a_decimal_comma(cast, noor):
    thread = cast.thread()
    with cast.acting("hugo"):
        closes = timezone.now() + timezone.timedelta(days=2)
        proposal = decisions.propose(thread, title="Adopt it", text="x", closes_at=closes, by=cast.hugo)

    with translation.override("fr"):
        shown = noor.get(here(cast, "proposal_detail", proposal.pk), headers={"accept-language": "fr"})

    drawn = re.findall(r'(?:width|x|x1)="([0-9,.]+)%"', shown.text)
    assert 'lang="fr"' in shown.text
    assert drawn
    assert [each for each in drawn if "," in each] == []


def test_minutes_with_actions_are_written(cast, noor):
    with cast.acting("noor"):
        owner = GroupMember.objects.get(person=cast.hugo, group=cast.group).pk
    data = {
        "title": "November", "held_on": "2026-11-03", "text": "Counted.", "attended": [owner],
        "task-TOTAL_FORMS": "3", "task-INITIAL_FORMS": "0", "task-0-title": "Send it", "task-0-owner": owner,
        "task-0-due_on": "2026-12-01",
    }  # fmt: skip

    response = noor.post(here(cast, "minutes_new"), data, follow=True)

    assert (response.status_code, "Send it" in response.text) == (200, True)
    with cast.acting("noor"):
        assert (Minutes.objects.count(), Task.objects.get().owner) == (1, cast.hugo)


def test_an_action_without_anybody_is_told(cast, noor):
    data = {
        "title": "November", "held_on": "2026-11-03", "text": "Counted.",
        "task-TOTAL_FORMS": "1", "task-INITIAL_FORMS": "0", "task-0-title": "Send it",
    }  # fmt: skip

    response = noor.post(here(cast, "minutes_new"), data)

    assert (response.status_code, "Say who does it." in response.text) == (422, True)


def test_pictures_are_served_as_what_their_bytes_are(cast, noor):
    noor.post(here(cast, "file_list"), {"files": SimpleUploadedFile("x.png", b"<script>alert(1)</script>"), "note": ""})
    noor.post(here(cast, "file_list"), {"files": SimpleUploadedFile("y.png", b"\x89PNG\r\n\x1a\n0"), "note": ""})
    with cast.acting("noor"):
        fake, real = cast.group.files.order_by("pk").values_list("pk", flat=True)

    assert noor.get(reverse("groups:file_picture", args=[fake])).status_code == 404
    served = noor.get(reverse("groups:file_picture", args=[real]))
    assert (served.headers["Content-Type"], served.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")


@pytest.mark.parametrize("count", [1, 3])
def test_group_list_asks_as_much_for_three_as_for_one(cast, noor, django_assert_max_num_queries, count):
    for number in range(count):
        cast.found("open", f"Gold {number}")

    with django_assert_max_num_queries(25):
        assert noor.get(reverse("groups:group_list")).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_thread_asks_as_much_for_thirty_posts_as_for_one(cast, noor, django_assert_max_num_queries, count):
    thread = cast.thread()
    for _ in range(count):
        cast.post(thread, by="hugo")

    with django_assert_max_num_queries(25):
        response = noor.get(here(cast, "thread_detail", thread.pk))

    assert (response.status_code, len(response.content) < 60_000) == (200, True)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_pages_speak_the_readers_language(cast, noor, language):
    thread = cast.thread()
    cast.noor.language = language
    cast.noor.save()

    response = noor.get(here(cast, "thread_detail", thread.pk))

    assert {"fr": "Envoyer votre contribution", "es": "Enviar su contribución"}[language] in response.text


def test_leaving_is_offered_to_members_alone(cast):
    member, outside = Client(), Client()
    member.force_login(cast.noor)
    outside.force_login(cast.petra)

    answers = [client.get(here(cast, "group_leave")) for client in (member, outside)]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert "You are not a member of Tin, Great Lakes." in answers[1].text


def test_task_is_changed_on_its_page_and_whoever_gets_it_is_told(cast, noor):
    with cast.acting("noor"):
        task = work.give_task(cast.group, title="Print", owner=cast.noor, due_on=None, by=cast.noor)
        sent = {"title": "Print two", "owner": cast.member("hugo").pk, "due_on": "2099-01-02"}

    page = noor.get(here(cast, "task_edit", task.pk)).text
    noor.post(here(cast, "task_edit", task.pk), sent)

    with cast.acting("hugo"):
        changed = Task.objects.get(pk=task.pk)
        told = Notice.objects.filter(task=task, to=cast.hugo).count()
    assert ("Print" in page, changed.title, changed.owner, told) == (True, "Print two", cast.hugo, 1)


def test_task_of_another_is_not_changed_by_a_plain_member(cast, noor):
    with cast.acting("femke"):
        task = work.give_task(cast.group, title="Print", owner=cast.femke, due_on=None, by=cast.femke)
        owner = cast.member("noor").pk

    answer = noor.post(here(cast, "task_edit", task.pk), {"title": "Mine", "owner": owner})

    assert (answer.status_code, "This task is Femke" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("language", "send", "by_mail"),
    [("sw", "Tuma mchango wako", "Fuata kwa barua pepe"), ("pt", "Enviar a sua contribuição", "Seguir por e-mail")],
)
def test_a_thread_is_read_and_answered_in_a_begun_language(cast, noor, language, send, by_mail):
    thread = cast.thread()
    cast.noor.language = language
    cast.noor.save()

    response = noor.get(here(cast, "thread_detail", thread.pk))

    assert (send in response.text, by_mail in response.text) == (True, True)
    assert '<main id="main" class="wrap page" tabindex="-1">' in response.text


def test_a_post_is_kept_in_the_language_whatever_the_rest_is_in(cast):
    cast.noor.language = "sw-cd"
    cast.noor.save()

    thread = cast.thread(text="Barabara imefungwa.")

    with cast.acting("noor"):
        assert Post.objects.get(thread=thread).language == "sw"


@pytest.mark.parametrize(
    ("access", "threads", "tasks"),
    [("open", "Everybody reads it", "Group members only"), ("closed", "Group members only", "Group members only")],
)
def test_every_page_of_a_group_says_who_reads_it(cast, access, threads, tasks):
    group = cast.found(access, name="Another")
    cast.enrol("noor", group=group)
    client = Client()
    client.force_login(cast.noor)

    pages = [client.get(reverse(f"groups:{route}", args=[group.slug])).text for route in ("thread_list", "task_list")]

    assert [said in page for said, page in zip((threads, tasks), pages, strict=True)] == [True, True]
