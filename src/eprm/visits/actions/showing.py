"""What of a visit others may find: the story, from its day on, with whom it may name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base import public_pages
from eprm.base.identity import acting_as
from eprm.people.audiences import PUBLIC
from eprm.search import actions as search
from eprm.search.kinds import Item
from eprm.visits.models import LocalActor, Report, Story, Visit, Voice
from eprm.visits.queries import stories as queries
from lode.visits import Unnamed, first_day, names_in

STORY, REPORT = "visit_story", "visit_report"
JOB = "visits"


def story_item(story: Story) -> Item:
    return Item(
        kind=STORY,
        key=story.pk,
        language=story.language,
        title=story.title,
        text=f"{story.summary} {story.text} {story.region}",
        url=reverse("visits:story_detail", args=[story.pk]),
        audience=[PUBLIC],
        facets=[f"mineral:{mineral}" for mineral in story.minerals],
        on=story.publish_on,
    )


def is_shown(story: Story, on: date) -> bool:
    return story.approved_at is not None and not story.withheld_because and story.publish_on <= on


def index_story(story: Story) -> None:
    """Let the search find the story while everybody may read it, and not otherwise."""
    search.forget(STORY, story.pk)
    public_pages.changed()
    if is_shown(story, timezone.localdate()):
        search.index_items([story_item(story)])


def all_stories() -> Iterator[Item]:
    """Every story that everybody may read today, for building the index anew and for those whose day has come."""
    with acting_as(None, job=JOB):
        return iter([story_item(story) for story in queries.stories_on(timezone.localdate())])


def report_item(report: Report) -> Item:
    return Item(
        kind=REPORT,
        key=report.pk,
        language=report.written_by.language,
        title=report.title,
        text=report.text,
        url=reverse("visits:report_detail", args=[report.pk]),
        audience=[queries.MEMBERS],
        on=report.starts_on,
    )


def index_report(report: Report) -> None:
    """Let members find the report while it is shared, and not otherwise."""
    search.forget(REPORT, report.pk)
    if report.shared_at is not None:
        search.index_items([report_item(report)])


def all_reports() -> Iterator[Item]:
    """Every shared report, for building the index anew."""
    with acting_as(None, job=JOB):
        return iter([report_item(report) for report in queries.shared_reports()])


def show_due() -> int:
    """Let the search, and the pages answered from memory, tell the stories whose day has come."""
    public_pages.changed()
    return search.index_items(all_stories())


def follow_visit(visit: Visit) -> None:
    """Report and story tell the days and the country of the visit as it stands now.

    A story that would appear too soon after the new last day waits until it may, also one that everybody reads already.
    """
    if (report := Report.objects.select_related("written_by").filter(visit=visit).first()) is not None:
        report.title, report.country = visit.title, visit.country
        report.starts_on, report.ends_on = visit.starts_on, visit.ends_on
        report.save()
        index_report(report)
    if (story := Story.objects.select_for_update(of=("self",)).filter(visit=visit).first()) is not None:
        story.country, story.minerals = visit.country, visit.minerals
        story.month = queries.first_of_month(visit.starts_on)
        story.publish_on = max(story.publish_on, first_day(visit.ends_on, queries.delay_on(visit.ends_on).days))
        story.save()
        index_story(story)


def words_of(story: Story, captions: list[str]) -> str:
    return "\n".join([story.title, story.summary, story.text, story.region, *captions])


def name_voice(actor: LocalActor) -> None:
    """The story may tell the name now."""
    Voice.objects.filter(actor=actor).update(name=actor.name)


def unname_voice(actor: LocalActor) -> bool:
    """The name leaves the story. Where its words tell it too, the whole story is withheld; answers whether it was."""
    Voice.objects.filter(actor=actor).update(name="")
    story = Story.objects.filter(visit=actor.visit_id).first()
    if story is None:
        return False
    captions = [photo.caption for photo in queries.photos_of_story(story)]
    if not names_in(words_of(story, captions), [Unnamed(actor.name, actor.people_count == 1)]):
        return False
    if not story.withheld_because:
        because = _("It names somebody who does not agree to be named. Take the name out, then release it again.")
        # Whoever is asked to take a name back can do it, also where they do not lead the visit and write its story.
        with acting_as(None, job=JOB):
            withhold(story.pk, because)
    return True


def withhold(pk: int, because: str) -> None:
    """Take a story off every page, and let the search forget it."""
    story = Story.objects.select_for_update(of=("self",)).get(pk=pk)
    story.withheld_because, story.approved_at, story.approved_by = because, None, None
    story.version += 1
    story.save()
    search.forget(STORY, pk)
    public_pages.changed()
