"""The report for members; the story for everybody, its list, feed and photos."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.groups.markup import render as as_html
from eprm.ui import words
from eprm.ui.tables import Empty, respond
from eprm.visits import charts, forms, rules, tables
from eprm.visits.actions import stories as actions
from eprm.visits.models import Visit
from eprm.visits.queries import field as field_queries
from eprm.visits.queries import stories as queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit, overtaken
from eprm.visits.views.field import picture
from eprm.visits.views.visits import visit_url
from lode.visits import first_day

FEED = 40
WORDS = ("title", "summary", "text", "language", "region", "publish_on", "version")


@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports the reader may read."""
    empty = Empty(
        title=_("No report for you yet"), text=_("Members of the partnership read a report once it is shared.")
    )
    table = tables.ReportTable(queries.reports_visible_to(request.user), empty=empty)
    return respond(request, table, "visits/report_list.html")


@login_required
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report and the findings."""
    report = get_object_or_404(queries.reports_visible_to(request.user), pk=pk)
    shown = {
        "report": report,
        "text": as_html(report.text, heading=2),
        "days": tables.days_of(report),
        "findings": queries.findings_of_report(report),
        "visit": queries.visit_of(report.visit_id, request.user),
    }
    return render(request, "visits/report_detail.html", shown)


@in_visit
def report_edit(request: HttpRequest, place: Place) -> HttpResponse:
    rules.can_report(place).require()
    report = queries.report_of(place.visit)
    began = {"text": report.text, "version": report.version} if report else {"version": 0}
    form = forms.ReportForm(request.POST or None, initial=began)
    theirs, status = "", 0
    if form.is_bound and form.is_valid():
        try:
            made = actions.write_report(visit=place.visit, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, theirs, status = overtaken(form, clash), getattr(clash, "text", ""), 409
        else:
            messages.success(request, _("The report is saved."))
            return redirect("visits:report_detail", made.pk)
    return form_page(
        request,
        form,
        title=_("Write the report"),
        lede=_("Members of the partnership read it, with the findings, once you share it. Write no names."),
        action=_("Save"),
        back=visit_url(place),
        visit=place.visit,
        theirs=theirs,
        status=status,
    )


@require_POST
@in_visit
def report_share(request: HttpRequest, place: Place) -> HttpResponse:
    """Share the report with the members, or take it back."""
    shared = request.POST.get("shared") == "yes"
    report = actions.share_report(visit=place.visit, shared=shared, by=request.user)
    messages.success(
        request, _("The members read the report now.") if shared else _("Only the delegation reads the report now.")
    )
    return redirect("visits:report_detail", report.pk)


@in_visit
def story_edit(request: HttpRequest, place: Place) -> HttpResponse:
    """Write the story, and choose which photos and voices it shows."""
    rules.can_report(place).require()
    visit, story = place.visit, queries.story_of(place.visit)
    first = first_day(visit.ends_on, queries.delay_on(visit.ends_on).days)
    form = forms.StoryForm(
        request.POST or None,
        photos=queries.photos_for_story(visit),
        actors=field_queries.actors_of(visit),
        initial=_began(visit, story, first, request.user.language),
    )
    theirs, status = "", 0
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        told["photos"] = [photo.pk for photo in told["photos"]]
        told["actors"] = [actor.pk for actor in told["actors"]]
        try:
            actions.write_story(visit=visit, **told, by=request.user)
        except Overtaken as clash:
            form, theirs, status = overtaken(form, clash), getattr(clash, "text", ""), 409
        except NotAllowed as refusal:
            form.add_error("text" if isinstance(refusal, actions.NamesSomebody) else "publish_on", refusal.reason)
        else:
            messages.success(request, _("The story is saved. Read it as others will, then release it."))
            return redirect("visits:story_preview", visit.pk)
    return form_page(
        request,
        form,
        title=_("Write the story"),
        lede=_("For everybody. It may appear from %(day)s on.") % {"day": words.day(first)},
        action=_("Save"),
        back=visit_url(place),
        visit=visit,
        theirs=theirs,
        status=status,
    )


def _began(visit: Visit, story: object, first: object, language: str) -> dict[str, object]:
    if story is None:
        return {"version": 0, "publish_on": first, "language": language, "region": visit.region}
    began = {name: getattr(story, name) for name in WORDS}
    began["photos"] = queries.photos_of_story(story)
    began["actors"] = [voice.actor_id for voice in queries.voices_of(story)]
    return began


def _told(story: object) -> dict[str, object]:
    """What a story's page shows, the same for its preview and for everybody."""
    return {
        "story": story,
        "text": as_html(story.text, heading=2),
        "month": tables.month_of(story.month),
        "minerals": tables.minerals_of(story),
        "voices": queries.voices_of(story),
        "photos": queries.photos_of_story(story),
    }


@in_visit
def story_preview(request: HttpRequest, place: Place) -> HttpResponse:
    """The story as others will read it, with what decides whether they do."""
    story = queries.story_of(place.visit)
    if story is None:
        return redirect("visits:story_edit", place.visit.pk)
    shown = {
        **_told(story),
        "visit": place.visit,
        "inside": True,
        "may_report": rules.can_report(place),
        "public": story in queries.stories_on(timezone.localdate()),
    }
    return render(request, "visits/story_detail.html", shown)


@require_POST
@in_visit
def story_release(request: HttpRequest, place: Place) -> HttpResponse:
    story = actions.release_story(visit=place.visit, by=request.user)
    messages.success(request, _("Released: it appears on %(day)s.") % {"day": words.day(story.publish_on)})
    return redirect("visits:story_preview", place.visit.pk)


@in_visit
def story_withhold(request: HttpRequest, place: Place) -> HttpResponse:
    """Keep the story back where people could be endangered."""
    rules.can_report(place).require()
    form = forms.ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.withhold_story(visit=place.visit, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The story is withheld. Nobody outside reads it."))
        return redirect("visits:story_preview", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("Withhold the story"),
        lede=_("It leaves every page at once. Only the delegation and the secretariat read why."),
        action=_("Withhold it"),
        back=reverse("visits:story_preview", args=[place.visit.pk]),
        visit=place.visit,
    )


def story_list(request: HttpRequest) -> HttpResponse:
    """The stories everybody may read."""
    found = tables.StoryFilter(request.GET, queries.stories_on(timezone.localdate()))
    empty = Empty(
        title=_("No story fits these filters") if request.GET else _("No story has appeared yet"),
        text=_("A story appears some months after a visit, so that nobody can be found by it."),
    )
    shown = {
        "filter": found,
        "map": charts.stories_map(queries.countries_on(timezone.localdate()), timezone.localdate()),
    }
    return respond(request, tables.StoryTable(found.qs, empty=empty), "visits/story_list.html", shown)


def story_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, for everybody."""
    story = get_object_or_404(queries.stories_on(timezone.localdate()), pk=pk)
    return render(request, "visits/story_detail.html", _told(story))


@require_GET
def story_photo(request: HttpRequest, pk: int, photo: int, size: str) -> HttpResponse:
    """A photo of a story. Asked for anew each time, so that one taken back is gone at once."""
    story = get_object_or_404(queries.stories_on(timezone.localdate()), pk=pk)
    found = get_object_or_404(queries.photos_of_story(story), pk=photo)
    return picture(found, size, control="no-store")


@require_GET
def story_feed(request: HttpRequest) -> HttpResponse:
    """The latest stories as an Atom feed."""
    feed = Atom1Feed(
        title=_("Stories from the field"),
        link=request.build_absolute_uri(reverse("visits:story_list")),
        description="",
        feed_url=request.build_absolute_uri(),
    )
    for story in queries.stories_on(timezone.localdate())[:FEED]:
        day = datetime.combine(story.publish_on, time(), UTC)
        feed.add_item(
            title=story.title,
            link=request.build_absolute_uri(reverse("visits:story_detail", args=[story.pk])),
            description=story.summary,
            pubdate=day,
            updateddate=max(day, story.written_at),
            unique_id=f"urn:eprm:visit-story:{story.pk}",
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
