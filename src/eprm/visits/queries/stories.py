"""Reports for members, stories for everybody."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from eprm.people import audiences
from eprm.visits.models import Delay, Delegate, LocalActor, Photo, Report, Story, Visit, VisitFinding, Voice
from eprm.visits.queries.visits import Reader, visits_visible_to
from lode.visits import Unnamed

# Held by whoever is of a member of the partnership, or of the secretariat (`eprm.members.audience`).
MEMBERS = "members"


def reports_visible_to(person: Reader) -> QuerySet[Report]:
    """Shared ones for the partnership's members; all of the visits one sees. The latest visit first."""
    found = Report.objects.order_by("-starts_on", "-pk")
    if not person.is_authenticated:
        return found.none()
    seen = Q(visit__in=visits_visible_to(person).values("pk"))
    if MEMBERS in audiences.keys_of(person):
        seen |= Q(shared_at__isnull=False)
    return found.filter(seen)


def shared_reports() -> QuerySet[Report]:
    """Every report that members read. For the index."""
    return Report.objects.filter(shared_at__isnull=False).select_related("written_by").order_by("pk")


def findings_of_report(report: Report) -> QuerySet[VisitFinding]:
    """The findings as members read them: without who wrote them and what they rest on."""
    return VisitFinding.objects.filter(visit=report.visit_id).order_by("kind", "made_at", "pk")


def stories_on(day: date) -> QuerySet[Story]:
    """What everybody may read on the day, the latest first."""
    shown = Story.objects.filter(approved_at__isnull=False, withheld_because="", publish_on__lte=day)
    return shown.order_by("-publish_on", "-pk")


def countries_on(day: date) -> dict[str, int]:
    """How many stories there are of each country."""
    counted = stories_on(day).order_by().values_list("country").annotate(count=Count("pk"))
    return dict(counted)


def voices_of(story: Story) -> QuerySet[Voice]:
    return Voice.objects.filter(story=story).order_by("-people_count", "pk")


def photos_of_story(story: Story) -> QuerySet[Photo]:
    """The photos in a story: only those whose faces are stated and which nobody has withdrawn."""
    shown = Photo.objects.filter(visit=story.visit_id, in_story=True, withdrawn_at=None).exclude(faces="")
    return shown.order_by("added_at", "pk")


def photos_for_story(visit: Visit) -> QuerySet[Photo]:
    """The photos a story of the visit may show."""
    return Photo.objects.filter(visit=visit, withdrawn_at=None).exclude(faces="").order_by("added_at", "pk")


def unnamed_in(visit: Visit) -> list[Unnamed]:
    """Whom no published word may name."""
    actors = LocalActor.objects.filter(visit=visit, named=False).exclude(name="")
    told = [Unnamed(name, count == 1) for name, count in actors.values_list("name", "people_count")]
    # Guests, too: interpreters and drivers stay behind when the delegation leaves.
    guests = Delegate.objects.filter(visit=visit, person=None).exclude(name="")
    return told + [Unnamed(name, True) for name in guests.values_list("name", flat=True)]


def delay_on(day: date) -> Delay:
    """The delay for visits that end on the day; for one before the first edition, that edition."""
    found = Delay.objects.filter(since__lte=day).order_by("-since").first()
    return found or Delay.objects.earliest("since")


def all_delays() -> QuerySet[Delay]:
    return Delay.objects.order_by("-since")


def first_of_month(day: date) -> date:
    return day - timedelta(days=day.day - 1)


def report_of(visit: Visit) -> Report | None:
    return Report.objects.filter(visit=visit).select_related("written_by").first()


def story_of(visit: Visit) -> Story | None:
    return Story.objects.filter(visit=visit).select_related("written_by", "approved_by").first()


def visit_of(pk: int, person: Reader) -> Visit | None:
    """The visit a report is of, for whoever sees it."""
    return visits_visible_to(person).filter(pk=pk).first()
