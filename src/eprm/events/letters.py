"""What an event's mails say, in the language of whoever registered."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from eprm.base.outbox import post
from eprm.events.models import Event, Registration
from eprm.ui.clocks import span_in

SALT = "eprm.events.registration"
KIND = "events.registration"
CONFIRM, SEAT, WAITING, MOVED_UP, CHANGED, CANCELLED, LEFT, DAY, HOUR = (
    "confirm seat waiting moved_up changed cancelled left day hour".split()
)


def own_address(registration: Registration) -> str:
    """Where whoever owns the address confirms, reads the link and cancels; nobody else can make it."""
    signed = signing.dumps([registration.pk, registration.email.lower()], salt=SALT)
    return settings.PUBLIC_URL + reverse("events:registration_detail", args=[quote(signed, safe=":")])


def read_address(signed: str) -> tuple[int, str] | None:
    """The registration's number and address in a link of `own_address`; None for one we did not make."""
    try:
        number, email = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return number, email


def post_letter(what: str, registration: Registration, event: Event, *, link: str = "") -> None:
    """Hand the letter to the outbox. `link` is the way in online, for who holds a seat."""
    with translation.override(registration.language):
        subject, said = _words(what, event)
        facts = [event.title, span_in(event.starts_at, event.ends_at, event.zone), event.place]
        if link and what in (SEAT, MOVED_UP, CHANGED, DAY, HOUR):
            facts.append(_("Join online: %(link)s") % {"link": link})
        parts = [_("Good day %(name)s,") % {"name": registration.name}, said, "\n".join(filter(None, facts))]
        if what not in (CANCELLED, LEFT):
            parts.append(
                _("Your registration, the calendar entry, and how to cancel: %(url)s")
                % {"url": own_address(registration)}
            )
    post(
        to=registration.email,
        subject=f"{subject}: {event.title}",
        text="\n\n".join(parts) + "\n",
        kind=KIND,
        person_id=registration.person_id,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _words(what: str, event: Event) -> tuple[str, str]:
    """Subject and first paragraph."""
    if what == CANCELLED:
        return _("Cancelled"), _("The event does not take place, because: %(why)s") % {"why": event.cancelled_because}
    return {
        CONFIRM: (
            _("Please confirm"),
            _("somebody, we think you, registered this address. Open the page below and confirm; until then no seat "
              "is kept. If it was not you, do nothing."),
        ),
        SEAT: (_("You have a seat"), _("you have a seat.")),
        WAITING: (
            _("Waiting list"),
            _("all seats are taken. You are on the waiting list; a seat that becomes free goes to who waits longest, "
              "and you are told at once."),
        ),
        MOVED_UP: (_("A seat became free"), _("a seat became free, and it is yours.")),
        CHANGED: (_("Changed"), _("something about the event has changed. This is how it stands now.")),
        LEFT: (_("You do not come"), _("your registration is cancelled, as you asked.")),
        DAY: (_("Tomorrow"), _("the event begins within a day.")),
        HOUR: (_("Soon"), _("the event begins within the hour.")),
    }[what]  # fmt: skip
