"""Visits as tests need them, made through the actions; photos made pixel by pixel."""

import io
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from PIL import ExifTags, Image

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.people.identity import acting_for
from eprm.visits.actions import delegation, field, findings, photos, stories, visits
from eprm.visits.models import Theme

SECRET = "Sleep in the convent, not in the hotel; the colonel knows the car"
NAME = "Rehema Bahati"


def today():
    return timezone.localdate()


def plan(by, **facts):
    """A visit that began ten days ago and ended three days ago."""
    told = {
        "title": "Tin of the high lakes", "purpose": "How weighing is done, and what it earns.", "country": "RW",
        "region": "Northern Province", "place": "Rutongo, shaft 4", "minerals": ["tin"],
        "starts_on": today() - timedelta(days=10), "ends_on": today() - timedelta(days=3), **facts,
    }  # fmt: skip
    with acting_for(by, path="test"):
        return visits.plan_visit(nonce=uuid4(), by=by, **told)


def jpeg(width=640, height=480, *, gps=True, colour="sienna", form="JPEG"):
    """A photo as a phone makes it, with the place and the device in it."""
    image = Image.new("RGB", (width, height), colour)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Cheap phone 42"
    if gps:
        place = {1: "S", 2: (1.0, 33.0, 33.48), 3: "E", 4: (30.0, 15.0, 9.0)}
        exif[ExifTags.IFD.GPSInfo] = place
    made = io.BytesIO()
    image.save(made, form, exif=exif, comment=b"by the river") if form == "JPEG" else image.save(made, form, exif=exif)
    return made.getvalue()


class Trip:
    """A visit with short ways to do things on it, each as somebody of the cast."""

    def __init__(self, cast, **facts):
        self.cast = cast
        self.visit = plan(cast.femke, **facts)
        self.do("femke", delegation.invite, person=cast.noor, role="buyer")
        self.do("femke", delegation.invite, person=cast.olivier)
        self.do("noor", delegation.answer, comes=True)
        self.visit = self.do("femke", visits.move_visit, to="under_way")

    @contextmanager
    def acting(self, who):
        with acting_for(getattr(self.cast, who), path="test"):
            yield

    def do(self, who, action, **told):
        with self.acting(who):
            return action(visit=self.visit, by=getattr(self.cast, who), **told)

    def safety(self, who="femke", text=SECRET, version=0):
        return self.do(who, visits.write_safety, text=text, version=version)

    def hear(self, who="noor", **told):
        facts = {"kind": "miners", "name": NAME, "people_count": 1, "heard_on": today() - timedelta(days=5), **told}
        return self.do(who, field.hear, nonce=uuid4(), **facts)

    def observe(self, who="noor", **told):
        facts = {"text": "Each bag is weighed twice.", "seen_on": today() - timedelta(days=5), **told}
        facts.setdefault("theme", Theme.objects.get(key="traceability"))
        return self.do(who, field.observe, **{"nonce": uuid4(), **facts})

    def photo(self, observation, who="noor", **told):
        facts = {"nonce": uuid4(), "content": jpeg(), "name": "a.jpg", "caption": "A scale", **told}
        with self.acting(who):
            return photos.add_photo(observation=observation, by=getattr(self.cast, who), **facts)

    def conclude(self, who="noor", **told):
        facts = {"nonce": uuid4(), "kind": "concern", "severity": "high", "title": "Weights are not kept", **told}
        return self.do(who, findings.conclude, **facts)

    def follow(self, finding, who="femke", **told):
        facts = {"nonce": uuid4(), "title": "Print a weighing book", "due_on": today() + timedelta(days=30), **told}
        with self.acting(who):
            return findings.follow_up(finding=finding, by=getattr(self.cast, who), **facts)

    def story(self, who="femke", **told):
        """A story whose day has come: the delay is none in tests that use it."""
        facts = {
            "version": 0, "title": "What a scale is worth", "summary": "Two weights, one price.",
            "text": "A woman who sorts ore showed us her **book**.", "language": "en", "region": "north",
            "publish_on": today(), "photos": [], "actors": [], **told,
        }  # fmt: skip
        return self.do(who, stories.write_story, **facts)

    def release(self, who="femke"):
        return self.do(who, stories.release_story)


def no_delay(by):
    """Stories may appear at once, by a dated row of the secretariat's."""
    from eprm.visits.actions import editions  # noqa: PLC0415

    with acting_for(by, path="test"):
        editions.set_delay(since=today() - timedelta(days=400), days=0, source="test", verified=False, by=by)


def mails():
    """Who was told what, in the order in which it was posted."""
    with acting_as(None, secretariat=True, job="outbox"):
        return [(mail.to.partition("@")[0].rstrip("0123456789"), mail.subject, mail.text) for mail in
                OutgoingMail.objects.order_by("posted_at")]  # fmt: skip
