"""The report for members and the story for everybody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people.models import Person
from eprm.ui.languages import second_language
from eprm.visits import rules
from eprm.visits.actions import showing
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.actions.visits import lock_visit
from eprm.visits.models import LocalActor, Photo, Report, Story, Visit, Voice
from eprm.visits.queries import stories as queries
from lode.findings import Finding, in_language
from lode.visits import VisitFacts, check_visit, first_day, names_in


class NamesSomebody(NotAllowed):
    """The words name who has not agreed to be named: `findings` say whom, each with what to do."""

    def __init__(self, findings: list[Finding]) -> None:
        worded = [in_language(found, second_language()) for found in findings]
        super().__init__(" ".join(f"{found.message} {found.fix}" for found in worded))
        self.findings = findings


@transaction.atomic
def write_report(*, visit: Visit, text: str, version: int, by: Person) -> Report:
    """Write the report anew. SavedMeanwhile where another was saved since `version`; 0 is none yet."""
    place = lock_visit(visit, by)
    rules.can_report(place).require()
    held = place.visit
    report = Report.objects.select_related("written_by").filter(visit=held).first()
    if (report.version if report else 0) != version:
        raise SavedMeanwhile(report.written_by, report.text, report.version)
    report = report or Report(visit=held, version=0)
    report.title, report.country = held.title, held.country
    report.starts_on, report.ends_on = held.starts_on, held.ends_on
    report.text, report.version = text.strip(), version + 1
    report.written_by, report.written_at = by, timezone.now()
    report.save()
    showing.index_report(report)
    return report


@transaction.atomic
def share_report(*, visit: Visit, shared: bool, by: Person) -> Report:
    """Let the partnership's members read the report and the findings, or no more."""
    place = lock_visit(visit, by)
    rules.can_report(place).require()
    report = Report.objects.select_related("written_by").filter(visit=visit).first()
    if report is None:
        raise NotAllowed(_("There is no report yet. Write it first."))
    if shared and report.shared_at is None:
        report.shared_at = timezone.now()
    elif not shared:
        report.shared_at = None
    report.save()
    showing.index_report(report)
    return report


@transaction.atomic
def write_story(
    *,
    visit: Visit,
    version: int,
    title: str,
    summary: str,
    text: str,
    language: str,
    publish_on: date,
    photos: Collection[int],
    actors: Collection[int],
    by: Person,
    region: str = "",
) -> Story:
    """Write the story: words, and which photos and voices it shows. What is released already changes at once.

    Refused with every name it tells of who has not agreed (NamesSomebody), and where its day is too early.
    """
    place = lock_visit(visit, by)
    rules.can_report(place).require()
    held = place.visit
    rules.can_appear(publish_on, first_day(held.ends_on, queries.delay_on(held.ends_on).days)).require()
    story = Story.objects.select_related("written_by").filter(visit=held).first()
    if (story.version if story else 0) != version:
        raise SavedMeanwhile(story.written_by, story.text, story.version)
    story = story or Story(visit=held, version=0)
    story.title, story.summary, story.text = title.strip(), summary.strip(), text.strip()
    story.language, story.region, story.publish_on = language, region.strip(), publish_on
    story.country, story.minerals = held.country, held.minerals
    story.month = queries.first_of_month(held.starts_on)
    story.version, story.written_by, story.written_at = version + 1, by, timezone.now()
    story.save()
    _show(story, photos, actors)
    _refuse_names(story)
    showing.index_story(story)
    return story


def _show(story: Story, photos: Collection[int], actors: Collection[int]) -> None:
    """Exactly these photos and voices of the visit, as far as each may be shown."""
    chosen = queries.photos_for_story(story.visit).filter(pk__in=photos)
    Photo.objects.filter(visit=story.visit, in_story=True).exclude(pk__in=chosen.values("pk")).update(in_story=False)
    chosen.update(in_story=True)
    Voice.objects.filter(story=story).delete()
    heard = LocalActor.objects.filter(visit=story.visit, pk__in=actors)
    Voice.objects.bulk_create(
        Voice(
            story=story,
            visit_id=story.visit_id,
            actor=actor,
            kind=actor.kind,
            name=actor.name if actor.named else "",
            people_count=actor.people_count,
        )
        for actor in heard
    )


def _refuse_names(story: Story) -> None:
    captions = [photo.caption for photo in queries.photos_of_story(story)]
    named = names_in(showing.words_of(story, captions), queries.unnamed_in(story.visit))
    if named:
        whole = {"supply_chain": 1, "government": 1, "civil_society": 1}
        raise NamesSomebody(check_visit(VisitFacts(pillars=whole, named=named)))


@transaction.atomic
def release_story(*, visit: Visit, by: Person) -> Story:
    """Let it appear on its day. What held it back is lifted."""
    place = lock_visit(visit, by)
    rules.can_report(place).require()
    story = _story_of(visit)
    rules.can_appear(
        story.publish_on, first_day(place.visit.ends_on, queries.delay_on(place.visit.ends_on).days)
    ).require()
    _refuse_names(story)
    story.withheld_because = ""
    if story.approved_at is None:
        story.approved_at, story.approved_by = timezone.now(), by
    story.save()
    showing.index_story(story)
    return story


@transaction.atomic
def withhold_story(*, visit: Visit, reason: str, by: Person) -> Story:
    """Keep it back, also after its day: it leaves every page at once."""
    place = lock_visit(visit, by)
    rules.can_report(place).require()
    story = _story_of(visit)
    showing.withhold(story.pk, reason.strip())
    story.refresh_from_db()
    return story


def _story_of(visit: Visit) -> Story:
    story = Story.objects.select_related("visit").filter(visit=visit).first()
    if story is None:
        raise NotAllowed(_("There is no story yet. Write it first."))
    return story
