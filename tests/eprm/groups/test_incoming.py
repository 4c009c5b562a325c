"""Answering by mail: from whom the address belongs to, once, without what was quoted; loops are left alone."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.groups import addresses, mailbox, tasks
from eprm.groups.actions import incoming, joining
from eprm.groups.actions.files import MAX_FILE_BYTES
from eprm.groups.actions.keys import replace_key
from eprm.groups.models import GroupFile, IncomingMail, Post, Thread

QUOTED = {
    "en": "On Wed, 25 Nov 2026 at 09:12, EPRM <no-reply@eprm.example> wrote:",
    "fr": "Le mer. 25 nov. 2026 à 09:12, EPRM <no-reply@eprm.example> a écrit :",
    "es": "El mié, 25 nov 2026 a las 9:12, EPRM (<no-reply@eprm.example>) escribió:",
    "de": "Am Mi., 25. Nov. 2026 um 09:12 Uhr schrieb EPRM <no-reply@eprm.example>:",
    "nl": "Op wo 25 nov. 2026 om 09:12 schreef EPRM <no-reply@eprm.example>:",
}


@pytest.fixture
def box(cast):
    """Noor's address for a thread in which Hugo wrote."""
    thread = cast.thread(by="hugo")
    cast.confirm("noor")
    with cast.acting("noor"):
        return cast, thread, addresses.for_reply(cast.noor, thread)


def written(to, sender, text="Could it be valid the next morning?", number="<1@mail.example>", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, headers.pop("subject", "Re: [Tin] The road")
    message["Message-ID"] = number
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def posts(cast, thread):
    with cast.acting("hugo"):
        return [(post.text, post.author.name, post.by_mail) for post in Post.objects.filter(thread=thread)][1:]


def answers():
    with acting_as(None, job="outbox"):
        return list(OutgoingMail.objects.filter(kind=incoming.ANSWER_MAIL).values_list("to", "text"))


def test_an_answer_is_published_once(box):
    cast, thread, address = box
    raw = written(address, f"Noor <{cast.noor.email.upper()}>").as_bytes()

    first, again = incoming.receive(raw), incoming.receive(raw)

    assert (first.state, again) == ("posted", None)
    assert posts(cast, thread) == [("Could it be valid the next morning?", "Noor", True)]
    assert answers() == []


@pytest.mark.parametrize("language", QUOTED)
def test_quoted_text_is_cut(language):
    text = f"The answer.\nIn two lines.\n\n{QUOTED[language]}\n\n> Nine payments.\n> -- \n> Read it in its place\n"

    assert mailbox.without_quotes(text) == "The answer.\nIn two lines."


def test_a_thread_is_begun_by_mail(cast):
    cast.confirm("noor")
    with cast.acting("noor"):
        address = addresses.for_new_thread(cast.noor, cast.group)

    incoming.receive(written(address, cast.noor.email, subject="Prices in November").as_bytes())

    with cast.acting("hugo"):
        assert [(t.title, t.started_by.name) for t in Thread.objects.all()] == [("Prices in November", "Noor")]


def test_from_another_address_it_is_held_and_answered_and_published_by_the_person(box):
    cast, thread, address = box
    mail = incoming.receive(written(address, "noor@private.example").as_bytes())
    held = posts(cast, thread)
    with cast.acting("noor"):
        kept = IncomingMail.objects.get()
        incoming.publish_held(kept, by=cast.noor)

    assert (mail.state, held, [to for to, _text in answers()]) == ("held", [], ["noor@private.example"])
    assert "not an address of this account" in answers()[0][1]
    assert posts(cast, thread) == [("Could it be valid the next morning?", "Noor", True)]


def test_a_held_mail_is_discarded_with_its_words(box):
    cast, thread, address = box
    incoming.receive(written(address, "noor@private.example").as_bytes())
    with cast.acting("noor"):
        incoming.discard_held(IncomingMail.objects.get(), by=cast.noor)

        assert (IncomingMail.objects.get().text, posts(cast, thread)) == ("", [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"List_Id": "<a.b>"},
        {"number": "<0b6e@localhost>"},
    ],
)
def test_a_machines_mail_is_neither_published_nor_answered(box, headers):
    cast, thread, address = box

    mail = incoming.receive(written(address, cast.noor.email, **headers).as_bytes())

    assert (mail.state, posts(cast, thread), answers()) == ("ignored", [], [])


def test_a_loop_stops_by_its_rate(box):
    cast, thread, address = box
    for number in range(incoming.POSTS_AN_HOUR + 5):
        incoming.receive(written(address, cast.noor.email, number=f"<{number}@mail.example>").as_bytes())

    assert (len(posts(cast, thread)), len(answers())) == (incoming.POSTS_AN_HOUR, incoming.ANSWERS_A_DAY)


def test_a_made_up_address_is_not_answered_to_strangers(box):
    cast, thread, address = box
    forged = address.replace("+r", "+r1", 1)

    mail = incoming.receive(written(forged, "stranger@mail.example").as_bytes())

    assert (mail.state, mail.person, answers(), posts(cast, thread)) == ("refused", None, [], [])


def test_an_address_ends_with_its_key(box):
    cast, thread, address = box
    with cast.acting("noor"):
        replace_key(purpose="mail", by=cast.noor)

    incoming.receive(written(address, cast.noor.email).as_bytes())

    assert (posts(cast, thread), "not any more" in answers()[0][1]) == ([], True)


def test_whoever_was_removed_is_told_so(box):
    cast, thread, address = box
    with cast.acting("femke"):
        joining.remove_member(cast.member("noor"), ban=False, reason="x", by=cast.femke)

    mail = incoming.receive(written(address, cast.noor.email).as_bytes())

    assert (mail.state, posts(cast, thread)) == ("refused", [])
    assert "You do not read this any more" in answers()[0][1]
    assert "Could it be valid" in answers()[0][1]  # nothing is lost


def test_a_20_mb_attachment_is_refused_and_the_words_kept(box):
    cast, thread, address = box
    message = written(address, cast.noor.email)
    message.add_attachment(b"x" * 20_000_000, maintype="application", subtype="pdf", filename="map.pdf")
    message.add_attachment(b"a;b", maintype="text", subtype="csv", filename="count.csv")

    incoming.receive(message.as_bytes())

    [(text, _name, _by_mail)] = posts(cast, thread)
    assert text.startswith("Could it be valid the next morning?")
    assert "“map.pdf” (20\u00a0MB)" in text.replace("\u202f", "\u00a0").replace("20.0", "20")
    assert "map.pdf" in answers()[0][1]
    with cast.acting("hugo"):
        assert list(GroupFile.objects.values_list("name", flat=True)) == ["count.csv"]
    assert MAX_FILE_BYTES < 20_000_000


def test_only_quoted_words_are_not_published(box):
    cast, thread, address = box

    incoming.receive(written(address, cast.noor.email, text=f"{QUOTED['en']}\n\n> Nine payments.\n").as_bytes())

    assert (posts(cast, thread), "no new words" in answers()[0][1]) == ([], True)


def test_html_alone_becomes_words(box):
    cast, thread, address = box
    message = written(address, cast.noor.email)
    message.set_content(
        "<p>Yes &amp; <b>no</b>.</p><script>alert(1)</script><blockquote>old</blockquote>", subtype="html"
    )

    incoming.receive(message.as_bytes())

    assert posts(cast, thread) == [("Yes & no.", "Noor", True)]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"From: x\n\n", b"To: =?utf-8?b?!!?=\nFrom: @@@\n\n\x00"])
def test_rubbish_is_taken_in_quietly(db, raw):
    assert incoming.receive(raw).state == "refused"


def test_the_folder_is_emptied_into_done(box, tmp_path: Path):
    cast, thread, address = box
    (tmp_path / "1.eml").write_bytes(written(address, cast.noor.email).as_bytes())

    tasks.read_folder(tmp_path)

    assert (len(posts(cast, thread)), [p.name for p in (tmp_path / "done").iterdir()]) == (1, ["1.eml"])


def test_mail_addresses_are_short_and_the_same_in_capitals(box):
    cast, thread, address = box

    assert len(address.partition("@")[0]) <= 64
    assert addresses.read_mail_address(address.upper()) == addresses.Letterbox(cast.noor.pk, thread.pk)
