"""A mail as a mail program saves it (.eml), read under limits. Nothing here queries or writes."""

from __future__ import annotations

import email
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime

from django.utils.html import strip_tags

MOST_BYTES = 10 * 1024 * 1024
MOST_LETTERS = 20_000
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class Mail:
    """What is kept of a mail. `addresses` are all it names, in lower case, also those of a mail forwarded within it."""

    message_id: str
    sender: str
    subject: str
    sent_on: date | None
    text: str
    addresses: frozenset[str]


class NoMail(ValueError):
    """The bytes are no mail."""


def read_mail(content: bytes) -> Mail:
    """The mail in these bytes. Raises NoMail for anything that has neither a sender nor a day."""
    return _mail_of(email.message_from_bytes(content[:MOST_BYTES], policy=default))


def _mail_of(message: EmailMessage) -> Mail:
    sender = _header(message, "from")
    sent_on = _day(_header(message, "date"))
    if "@" not in sender or (sent_on is None and not message["message-id"]):
        raise NoMail
    text = _text(message)
    named = [address for _name, address in getaddresses([_header(message, part) for part in ("from", "to", "cc")])]
    named += ADDRESS.findall(text)
    return Mail(
        message_id=_header(message, "message-id")[:300],
        sender=sender[:300],
        subject=_header(message, "subject")[:300] or "–",
        sent_on=sent_on,
        text=text,
        addresses=frozenset(address.lower() for address in named if "@" in address),
    )


def mails_within(content: bytes) -> tuple[str, list[Mail]]:
    """Who sent this mail, in lower case, and the mails to keep of it: those forwarded as attachments, else itself.

    Raises NoMail for anything that has neither a sender nor a day.
    """
    message = email.message_from_bytes(content[:MOST_BYTES], policy=default)
    whole = _mail_of(message)
    found = []
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            with suppress(NoMail):
                found.append(_mail_of(part.get_payload(0)))
    sender = next((address.lower() for _name, address in getaddresses([whole.sender])), "")
    return sender, found or [whole]


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError):  # the standard library's parser fails on some broken headers
        return ""
    return " ".join(str(value or "").replace("\x00", "").split())


def _day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return None


def _text(message: EmailMessage) -> str:
    """The words of the mail: its plain part, else its HTML part without marks."""
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        content = str(body.get_content()) if body is not None else ""
        is_html = body is not None and body.get_content_type() == "text/html"
    except (LookupError, ValueError, KeyError, AttributeError):  # unknown character sets, broken parts
        return ""
    return (strip_tags(content) if is_html else content).replace("\x00", "").strip()[:MOST_LETTERS]
