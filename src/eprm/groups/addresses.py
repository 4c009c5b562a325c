"""The addresses that are one person's own: to answer a thread or begin one by mail, to read feeds, to hear no more.

Each carries a signature made from the site's secret and, for mail and feeds, a key of the person's own, so that no
address can be guessed, and the person can end all of theirs by making new ones. A mail address stays below the 64
characters of RFC 5321 4.5.3.1.1 and is the same in capitals.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.groups.actions.keys import make_key
from eprm.groups.models import Group, PersonKey, Thread
from eprm.groups.models.notices import Kind, Rhythm
from eprm.people.models import Person

SIGNATURE_LENGTH = 26  # base32 characters: 130 bits
LOCAL = re.compile(r"(?:^|\+)([a-z])([0-9a-z]+)-([0-9a-z]+)-([a-z2-7]{26})@", re.IGNORECASE)
STOP_SALT = "eprm.groups.stop"
DIGESTS = (Rhythm.DAILY.value, Rhythm.WEEKLY.value)
Purpose = PersonKey.Purpose


@dataclass(frozen=True, slots=True)
class Letterbox:
    """What a mail address says: whose it is, and the thread to answer or the group to begin one in."""

    person_id: int
    thread_id: int | None = None
    group_id: int | None = None


def for_reply(person: Person, thread: Thread) -> str:
    """The person's own address for answering this thread by mail."""
    return _mail_address("r", person.pk, thread.pk)


def for_new_thread(person: Person, group: Group) -> str:
    """The person's own address for beginning a thread in this group by mail."""
    return _mail_address("n", person.pk, group.pk)


def for_oneself(person: Person, kind: str) -> str:
    """The person's own address for another area: `kind` is one letter, other than r and n."""
    return _mail_address(kind, person.pk, 0)


def owner_of(address: str, kind: str) -> int | None:
    """Whose address of that kind it is, or None for one that is none, was made up, or has ended."""
    found = _read(address)
    return found[1] if found and found[0] == kind else None


def _mail_address(kind: str, person_id: int, number: int) -> str:
    box, _at, domain = settings.GROUPS_MAIL.partition("@")
    words = f"{kind}{_base36(person_id)}-{_base36(number)}"
    return f"{box}+{words}-{_signature(words, key_of(person_id, Purpose.MAIL))}@{domain}"


def read_mail_address(address: str) -> Letterbox | None:
    """What one of our addresses says, or None for one that is not ours, was made up, or has ended."""
    found = _read(address)
    if found is None or found[0] not in ("r", "n"):
        return None
    kind, person_id, number = found
    return Letterbox(person_id, thread_id=number) if kind == "r" else Letterbox(person_id, group_id=number)


def _read(address: str) -> tuple[str, int, int] | None:
    """Kind, person and number of one of our addresses whose signature is right."""
    found = LOCAL.search(address)
    if found is None:
        return None
    kind, person, number, signature = (part.lower() for part in found.groups())
    person_id = int(person, 36)
    if person_id > 2**62 or int(number, 36) > 2**62:
        return None
    made = _key_of_stranger(person_id, Purpose.MAIL)
    if made is None or not hmac.compare_digest(signature, _signature(f"{kind}{person}-{number}", made)):
        return None
    return kind, person_id, int(number, 36)


def feed_token(person: Person) -> str:
    """What a person's own feed addresses carry."""
    words = _base36(person.pk)
    return f"{words}-{_signature('feed' + words, key_of(person.pk, Purpose.FEED))}"


def reader_of_feed(token: str) -> int | None:
    """Whose feed address it is, or None for one that was made up or has ended."""
    words, _dash, signature = token.lower().partition("-")
    if not re.fullmatch(r"[0-9a-z]{1,12}", words) or len(signature) != SIGNATURE_LENGTH:
        return None
    made = _key_of_stranger(int(words, 36), Purpose.FEED)
    if made is None or not hmac.compare_digest(signature, _signature("feed" + words, made)):
        return None
    return int(words, 36)


def _key_of_stranger(person_id: int, purpose: str) -> str | None:
    """The key of whoever an address claims to be of: nobody is signed in when it is checked."""
    with acting_as(None, job="groups"):
        return PersonKey.objects.filter(person_id=person_id, purpose=purpose).values_list("key", flat=True).first()


def key_of(person_id: int, purpose: str) -> str:
    """The person's key, made when it is first needed."""
    found = PersonKey.objects.filter(person_id=person_id, purpose=purpose).values_list("key", flat=True).first()
    if found is None:
        found = make_key(person_id, purpose)
    return found


def stop_address(person_id: int, group_id: int, kind: str, thread_id: int | None = None) -> str:
    """Where one click ends one kind of mail of a group, of one thread, or a digest; works without signing in."""
    token = signing.dumps([person_id, group_id, kind, thread_id], salt=STOP_SALT)
    return settings.PUBLIC_URL + reverse("groups:stop", args=[token])


@dataclass(frozen=True, slots=True)
class Stop:
    """What a stop address ends, and for whom."""

    person_id: int
    group_id: int
    kind: str
    thread_id: int | None


def read_stop(token: str) -> Stop | None:
    try:
        person_id, group_id, kind, thread_id = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stop(person_id, group_id, kind, thread_id) if kind in (*Kind.values, *DIGESTS) else None


def is_ours(message_id: str) -> bool:
    """Whether a Message-Id is one that this site made: such a mail has come round in a circle."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return message_id.strip("<> \r\n").lower().endswith(f"@{host}")


def _signature(words: str, key: str) -> str:
    made = hmac.digest(settings.SECRET_KEY.encode(), f"eprm.groups.address:{key}:{words}".encode(), "sha256")
    return base64.b32encode(made).decode().lower()[:SIGNATURE_LENGTH]


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
