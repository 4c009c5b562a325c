"""Home for visitors, and the start page."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence import lifecycle, rules
from eprm.diligence.company import charts
from eprm.diligence.company.access import today
from eprm.diligence.company.maps import high_risk_countries
from eprm.diligence.company.queries import answers, risks
from eprm.diligence.company.queries.year import CompanyYear, declared_years, years_for
from eprm.diligence.company.views import places_with_risks
from eprm.diligence.reports.queries import reports_visible_to
from eprm.diligence.tables import sender_of
from eprm.people.access import for_an_organisation
from eprm.people.models import Organisation
from eprm.portal import todo
from eprm.reference.queries import areas_on
from eprm.ui.maps import Map
from eprm.ui.navigation import AREAS, Link, attention_list, pages_for

PLACES_SHOWN = 3
Tier = Organisation.Tier
# Who begins with its suppliers' declarations; others begin with what waits and where things are.
CHECKING = frozenset({Tier.TRADER, Tier.SMELTER, Tier.COMPONENT, Tier.BRAND})


def home(request: HttpRequest) -> HttpResponse:
    """What the platform is, for whoever is not signed in; others begin at their start page."""
    if request.user.is_authenticated:
        return redirect("portal:start")
    return render(
        request, "portal/home.html", {"map": _map_of_areas(), "minerals": ("tin", "tantalum", "tungsten", "gold")}
    )


def _map_of_areas() -> Map | None:
    """The high-risk areas' countries on the newest public list; None while no list is loaded."""
    on = today()
    shaded = high_risk_countries(on)
    newest = areas_on(on).order_by("-release__published_on").first()
    if newest is None:
        return None
    release = newest.release
    return Map(
        title=ngettext(
            "%(n)d country has a high-risk area on the indicative list",
            "%(n)d countries have a high-risk area on the indicative list",
            len(shaded),
        )
        % {"n": len(shaded)},
        source=f"{release.list.publisher}, {release.list.title}, {release.edition}",
        on=on,
        shaded=shaded,
        legend={"cahra": _("country with an area on the indicative list; the list is not exhaustive")},
    )


@for_an_organisation
def start(request: HttpRequest) -> HttpResponse:
    """What needs the person next, and how the year stands."""
    person, organisation = request.user, request.organisation
    declared, on = declared_years(person, organisation), today()
    years = years_for(person, organisation, declared)
    view = CompanyYear(person, organisation, on.year if on.year in years or not years else years[0], on, declared)
    latest = list(answers.latest_files(view))
    waiting = [each for each in attention_list(person) if each.url != reverse("diligence:upload_list")]
    if not latest and organisation.tier not in CHECKING:
        count = len(waiting)
        shown = {"greeting": greeting(request), "needs": needs(count), "waiting": waiting, "doors": _doors(request)}
        return render(request, "portal/start_doors.html", {**shown, "organisation": organisation})
    if not latest:
        begin = [todo.send_declarations(), todo.list_suppliers()]
        if not todo.has_register(view):
            begin.insert(0, todo.load_register())
        return render(
            request,
            "portal/start_new.html",
            {"greeting": greeting(request), "tasks": begin, "view": view, "waiting": waiting},
        )
    tasks = todo.tasks_for(view)
    states = answers.answer_states(view)
    kinds = risks.risk_kinds(view)
    return render(
        request,
        "portal/start.html",
        {
            "view": view,
            "greeting": greeting(request),
            "needs": needs(len(tasks)) if rules.can_write(person, organisation.pk) else waits(len(tasks)),
            "tasks": tasks,
            "waiting": waiting,
            "states": states,
            "answers_chart": charts.answers_chart(states, view.year, view.on) if states.suppliers else None,
            "latest": [
                {"upload": upload, "sender": sender_of(upload), "state": lifecycle.STATES[upload.state]}
                for upload in latest
            ],
            "places": places_with_risks(kinds)[:PLACES_SHOWN],
            "report": reports_visible_to(person, organisation).first(),
        },
    )


def _doors(request: HttpRequest) -> list[tuple[str, list[Link]]]:
    """Each area by name, with the pages of it that the person can open."""
    return [(label, pages) for area, label in AREAS.items() if (pages := pages_for(request, area))]


def greeting(request: HttpRequest, at: datetime | None = None) -> str:
    """Good morning, afternoon or evening, by the site's clock."""
    name = request.user.name.split(" ")[0] or request.user.email
    hour = timezone.localtime(at).hour
    if hour < 12:
        return _("Good morning, %(name)s.") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s.") % {"name": name}
    return _("Good evening, %(name)s.") % {"name": name}


def needs(count: int) -> str:
    """The heading's second half: how many things wait."""
    if count == 0:
        return _("Nothing waits for you")
    said = {
        2: _("Two things need you"),
        3: _("Three things need you"),
        4: _("Four things need you"),
        5: _("Five things need you"),
        6: _("Six things need you"),
    }
    return said.get(count) or ngettext("One thing needs you", "%(count)s things need you", count) % {"count": count}


def waits(count: int) -> str:
    """The same for somebody who may only read."""
    return ngettext("%(n)d thing waits for a colleague", "%(n)d things wait for a colleague", count) % {"n": count}
