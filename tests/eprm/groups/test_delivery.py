"""What members are told by mail: once, as they chose, and only what they may still read."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.groups import addresses
from eprm.groups.actions import delivery, joining, moderation, notices, threads
from eprm.groups.models import Notice, Post, PostTranslation
from eprm.groups.queries.notices import choices_of
from eprm.people.models import Membership


def deliver():
    """Run every waiting notice, as the job does; answers whom each mail of it goes to."""
    with acting_as(None, job="groups"):
        for pk in Notice.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True):
            delivery.deliver_notice(pk)
    return mails()


def mails(**which):
    with acting_as(None, job="outbox"):
        return list(OutgoingMail.objects.filter(**which).order_by("to", "posted_at"))


def digest(rhythm="daily", people=None, until=None):
    with acting_as(None, job="groups"):
        ids = people or list(delivery.queries.still_members().values_list("person_id", flat=True).distinct())
        return delivery.send_digests(rhythm, until or timezone.now() + timedelta(seconds=1), ids)


def choose(cast, name, kind, rhythm):
    with cast.acting(name):
        notices.choose_rhythm(cast.group, kind=kind, rhythm=rhythm, by=cast.people[name])


def test_instant_goes_to_those_who_chose_it_with_the_full_text(cast):
    choose(cast, "hugo", "post", "instant")
    cast.thread(text="Nine payments **without** a receipt.")

    [mail] = deliver()

    assert (mail.to, mail.subject, mail.person_id, mail.organisation_id) == (
        cast.hugo.email, "[Tin, Great Lakes] The road near Masisi", cast.hugo.pk, None,
    )  # fmt: skip
    assert "Nine payments **without** a receipt." in mail.text
    assert "<strong>without</strong>" in mail.html


def test_instant_headers_let_one_click_end_it_and_the_answer_find_its_thread(cast):
    choose(cast, "hugo", "post", "instant")
    thread = cast.thread()

    [mail] = deliver()

    stop = mail.headers["List-Unsubscribe"].strip("<>")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert addresses.read_stop(stop.rsplit("/", 1)[1]) == addresses.Stop(cast.hugo.pk, cast.group.pk, "post", None)
    assert addresses.read_mail_address(mail.headers["Reply-To"]) == addresses.Letterbox(cast.hugo.pk, thread.pk)


def test_a_notice_is_delivered_once_even_if_its_job_runs_twice(cast):
    choose(cast, "hugo", "post", "instant")
    cast.thread()
    deliver()
    with acting_as(None, job="groups"):
        again = [delivery.deliver_notice(pk) for pk in Notice.objects.values_list("pk", flat=True)]

    assert (len(mails()), set(again)) == (1, {0})


def test_a_mention_is_told_by_name_and_not_twice(cast):
    choose(cast, "hugo", "post", "instant")
    cast.thread(text="@hugo, can you ask?")

    assert [mail.to for mail in deliver()] == [cast.hugo.email]


def test_whoever_was_removed_meanwhile_gets_nothing(cast):
    choose(cast, "hugo", "post", "instant")
    choose(cast, "olivier", "post", "instant")
    cast.thread()
    with cast.acting("femke"):
        joining.remove_member(cast.member("hugo"), ban=False, reason="x", by=cast.femke)

    assert [mail.to for mail in deliver()] == [cast.olivier.email]


def test_what_waits_in_the_outbox_is_taken_back_from_whoever_was_removed(cast):
    choose(cast, "hugo", "post", "instant")
    choose(cast, "olivier", "post", "instant")
    cast.thread()
    deliver()

    taken = delivery.withdraw_unsent(cast.hugo.pk, cast.group.pk)

    assert (taken, [(mail.to, mail.state) for mail in mails()]) == (
        1, sorted([(cast.hugo.email, "withdrawn"), (cast.olivier.email, "queued")]),
    )  # fmt: skip


def test_whoever_left_their_organisation_gets_nothing(cast):
    choose(cast, "hugo", "post", "instant")
    cast.thread()
    Membership.objects.filter(person=cast.hugo).update(until="2026-01-01")

    assert deliver() == []


def test_hidden_posts_are_not_mailed(cast):
    choose(cast, "hugo", "post", "instant")
    thread = cast.thread()
    with cast.acting("femke"):
        moderation.hide_post(thread.posts.get(), reason="A name.", by=cast.femke)

    assert deliver() == []


def test_following_and_silencing_a_thread_go_before_the_choice(cast):
    thread = cast.thread()
    deliver()
    with cast.acting("hugo"):
        notices.follow_thread(thread, level="follow", by=cast.hugo)
    choose(cast, "olivier", "post", "instant")
    with cast.acting("olivier"):
        notices.follow_thread(thread, level="mute", by=cast.olivier)
    cast.post(thread)

    assert [mail.to for mail in deliver()] == [cast.hugo.email]


def test_digest_groups_what_was_not_read(cast):
    first = cast.thread(title="Road", text="One.")
    cast.post(first, by="hugo", text="Two.")
    cast.thread(by="hugo", title="Prices", text="Three.")
    with cast.acting("olivier"):
        threads.mark_read(first, number=1, by=cast.olivier)

    sent = digest(people=[cast.olivier.pk])

    [mail] = mails()
    assert sent == 1
    assert ("One." in mail.text, "Two." in mail.text, "Three." in mail.text) == (False, True, True)
    assert mail.subject == "Today in Tin, Great Lakes"
    assert mail.text.count("Tin, Great Lakes\n====") == 1


def test_digest_is_sent_once_even_if_its_job_runs_twice(cast):
    cast.thread()
    until = timezone.now() + timedelta(seconds=1)

    assert (digest(until=until), digest(until=until)) == (3, 0)


def test_digest_without_news_is_not_sent(cast):
    assert (digest(), digest("weekly")) == (0, 0)


def test_digest_shows_a_translation_to_readers_of_that_language(cast):
    thread = cast.thread(text="The office closes at five.")
    cast.olivier.language = "fr"
    cast.olivier.save()
    with cast.acting("femke"):
        threads.translate_post(
            Post.objects.get(thread=thread), language="fr", text="Le bureau ferme à cinq heures.", by=cast.femke
        )
        assert PostTranslation.objects.count() == 1

    digest(people=[cast.olivier.pk])

    [mail] = mails()
    assert ("Le bureau ferme" in mail.text, "traduit par Femke" in mail.text, mail.subject) == (
        True, True, "Aujourd’hui dans Tin, Great Lakes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "subject", "stop"),
    [
        ("sw", "Leo katika Tin, Great Lakes", "Usitumiwe tena mihtasari hii"),
        ("sw-cd", "Leo katika Tin, Great Lakes", "Usitumiwe tena mihtasari hii"),
        ("pt", "Hoje em Tin, Great Lakes", "Não receber mais estes resumos"),
    ],
)
def test_digest_in_a_begun_language_shows_translations_into_it(cast, language, subject, stop):
    thread = cast.thread(text="The office closes at five.")
    cast.olivier.language = language
    cast.olivier.save()
    with cast.acting("femke"):
        threads.translate_post(
            Post.objects.get(thread=thread),
            language=language[:2],
            text="Ofisi hufungwa saa kumi na moja.",
            by=cast.femke,
        )

    digest(people=[cast.olivier.pk])

    [mail] = mails()
    assert (mail.subject, stop in mail.text, "Ofisi hufungwa" in mail.text) == (subject, True, True)


def test_weekly_is_apart_from_daily(cast):
    choose(cast, "hugo", "post", "weekly")
    cast.thread()

    assert (digest("weekly"), [mail.to for mail in mails()]) == (1, [cast.hugo.email])


def test_stop_works_by_one_click_without_signing_in(cast, client):
    token = addresses.stop_address(cast.hugo.pk, cast.group.pk, "post").rsplit("/", 1)[1]
    asked = client.get(reverse("groups:stop", args=[token]))
    with cast.acting("hugo"):
        before = choices_of(cast.group, cast.hugo)["post"]
    answered = Client(enforce_csrf_checks=True).post(
        reverse("groups:stop", args=[token]), {"List-Unsubscribe": "One-Click"}
    )

    with cast.acting("hugo"):
        after = choices_of(cast.group, cast.hugo)["post"]
    assert (asked.status_code, before, answered.status_code, after) == (200, "daily", 200, "none")


def test_stop_ends_a_whole_digest(cast, client):
    token = addresses.stop_address(cast.hugo.pk, 0, "daily").rsplit("/", 1)[1]
    client.post(reverse("groups:stop", args=[token]))
    cast.thread()

    assert digest(people=[cast.hugo.pk]) == 0


@pytest.mark.parametrize("token", ["x", "WzEsMl0:1tYh:abc"])
def test_a_made_up_stop_address_is_not_found(client, db, token):
    assert client.get(reverse("groups:stop", args=[token])).status_code == 404


def test_invitation_is_mailed_without_what_the_group_writes(cast):
    cast.thread(text="Secret words.")
    with cast.acting("femke"):
        invitation = joining.invite(cast.group, email="new@people.example", message="Come.", by=cast.femke)
    with acting_as(None, job="groups"):
        delivery.mail_invitation(invitation.pk)

    [mail] = mails(kind=delivery.PLACE_MAIL)
    assert (mail.to, "Come." in mail.text, "Secret" in mail.text) == ("new@people.example", True, False)
    assert outbox.outbox == []
