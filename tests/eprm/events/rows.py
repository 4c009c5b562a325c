"""Events as tests need them, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.events.actions import events
from eprm.events.models import Registration
from eprm.people.identity import acting_for

LINK = "https://meet.example/room"


def announced(by, **facts):
    starts_at = facts.pop("starts_at", timezone.now() + timedelta(days=10))
    told = {
        "kind": "webinar", "title": "Receipts", "text": "How **receipts** are kept.", "audience": "public",
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "zone": "Africa/Kigali", "link": LINK,
        **facts,
    }  # fmt: skip
    with acting_for(by, path="test"):
        return events.announce(**told, by=by)


def mails(to=None):
    """Subjects in the order in which the mails were posted."""
    with acting_as(None, secretariat=True, job="outbox"):
        found = OutgoingMail.objects.order_by("posted_at")
        return [mail.subject for mail in found if to is None or mail.to == to]


def texts(to):
    with acting_as(None, job="outbox"):
        return list(OutgoingMail.objects.filter(to=to).order_by("posted_at").values_list("text", flat=True))


def standing(event):
    """Who stands where."""
    with acting_as(None, job="events"):
        return dict(Registration.objects.filter(event=event).values_list("name", "state"))
