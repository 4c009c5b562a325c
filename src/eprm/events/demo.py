"""The demo's events: a webinar that is full, a training to come, a group's call, and one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.events import letters
from eprm.events.actions import events, registrations
from eprm.events.models import Event, Registration
from eprm.groups.models import Group
from eprm.people.demo import logins, person
from eprm.people.identity import acting_for
from eprm.people.models import Person

WEBINAR = "Receipts on the road: what a buyer can rely on"
TRAINING = "Weighing without mercury, in Spanish"
CALL = "Winter call: prices and stamps"
OVER = "Annual meeting of the partnership"


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    femke = person("femke")
    with acting_for(femke, path="demo"):
        if Event.objects.filter(title=WEBINAR).exists():
            return
    webinar = _announce(
        WEBINAR, femke, _at(12, 13), zone="Africa/Kigali", capacity=3, link="https://meet.example/receipts",
        text="What the receipt for transport escorts, version 2, holds, and how a buyer reads it.\n\n"
        "- *Mapendo*, on the weekly count\n- *Noor*, on what an auditor asked",
    )  # fmt: skip
    for name in ("noor", "olivier", "achieng", "jonas", "uwe"):
        _register(webinar, person(name))
    _visitor(webinar)
    _announce(
        TRAINING, femke, _at(26, 14), kind="training", audience="signed_in", zone="America/Bogota", capacity=40,
        place="Casa de la Cultura, Suárez",
        text="Two hours with the scale and the retort. Bring your own record book.",
    )  # fmt: skip
    _call()
    _over(femke)


def _at(days: int, hour: int) -> datetime:
    return (timezone.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def _announce(title: str, by: Person, starts_at: datetime, **facts: object) -> Event:
    told = {"kind": "webinar", "audience": "public", **facts}
    with acting_for(by, path="demo"):
        return events.announce(title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), by=by, **told)


def _register(event: Event, who: Person, gender: str = "") -> None:
    with acting_for(who, path="demo"):
        registrations.register(event=event, by=who, gender=gender)


def _visitor(event: Event) -> None:
    """Somebody without an account confirms by the link of the mail."""
    registrations.register_visitor(
        event=event, name="Ana (demo)", email="ana@visitor.example", pillar="civil_society", gender="woman"
    )
    with acting_as(None, job=registrations.JOB):
        link = letters.own_address(Registration.objects.get(event=event, email="ana@visitor.example"))
    registrations.confirm(signed=link.rstrip("/").rpartition("/")[2])


def _call() -> None:
    """A call of the group about tin, which its members alone see."""
    femke = person("femke")
    with acting_for(femke, path="demo"):
        group = Group.objects.filter(name="Tin, Great Lakes").first()
    if group is None:
        return
    _announce(
        CALL, femke, _at(9, 13), kind="meeting", audience="group", group=group, zone="Africa/Lubumbashi",
        link="https://meet.example/tin", text="The price sheet, and the opening hours of the stamping office.",
    )  # fmt: skip


def _over(femke: Person) -> None:
    """One that took place: who was there is noted, and the minutes are kept."""
    event = _announce(
        OVER, femke, _at(1, 9), kind="meeting", audience="signed_in", zone="Europe/Amsterdam", place="The Hague",
        text="What the year brought, and what the next one is for.",
    )  # fmt: skip
    genders = ("woman", "man", "woman", "man", "")
    invited = [login for login in logins() if not login.email.startswith("femke@")]
    for place, login in enumerate(invited):
        _register(event, Person.objects.get(email=login.email), genders[place % len(genders)])
    with acting_for(femke, path="demo"):
        event.starts_at, event.ends_at = _at(-30, 9), _at(-30, 12)
        event.save(update_fields=["starts_at", "ends_at"])  # the counts have moved on since it was read
        came = Registration.objects.filter(event=event, state="seat").exclude(name=person("jonas").name)
        registrations.note_attendance(event=event, came=set(came.values_list("pk", flat=True)), by=femke)
        events.add_material(
            event=event, title="What was decided (one page)", content=b"1. The fund opens in spring.\n", by=femke,
            name="decided.txt",
        )  # fmt: skip
