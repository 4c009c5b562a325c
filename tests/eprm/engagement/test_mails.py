"""Mails as mail programs save them, and what is no mail."""

from datetime import date

import pytest

from eprm.engagement.mails import MOST_LETTERS, NoMail, read_mail
from tests.eprm.engagement.rows import FORWARDED, MAIL


def test_read_mail_gives_what_a_reader_sees():
    mail = read_mail(MAIL)

    assert (mail.message_id, mail.sender, mail.subject, mail.sent_on, mail.text) == (
        "<1@eprm.example>",
        "Femke <femke@eprm.example>",
        "Our talk",
        date(2026, 11, 24),
        "Thank you for the talk.",
    )


def test_read_mail_finds_the_addresses_of_a_mail_forwarded_within():
    assert read_mail(FORWARDED).addresses == {"femke@eprm.example", "plan@eprm.example", "ana@planet.example"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"\x00" * 5000, b"Subject: no sender\r\n\r\nx"])
def test_read_mail_of_something_else_is_no_mail(content):
    with pytest.raises(NoMail):
        read_mail(content)


def test_read_mail_takes_html_without_marks_and_bounds_the_text():
    head = b"From: a@b.example\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nContent-Type: text/html\r\n\r\n"

    assert read_mail(head + b"<p>Hello <b>you</b></p><script>x()</script>").text == "Hello youx()"
    assert len(read_mail(head.replace(b"text/html", b"text/plain") + b"x" * 90_000).text) == MOST_LETTERS


def test_read_mail_survives_an_unknown_character_set_and_a_broken_date():
    mail = read_mail(
        b"From: a@b.example\r\nDate: soon\r\nMessage-ID: <9@b>\r\nContent-Type: text/plain; charset=klingon\r\n\r\nx"
    )

    assert (mail.sent_on, mail.text) in [(None, ""), (None, "x")]
