"""The directory, as public, partners and members see it; and what one's own organisation shows to each of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from eprm.people import actions, rules, showing
from eprm.people.access import for_an_organisation
from eprm.people.forms import DirectoryForm, ShowingForm
from eprm.people.models import Circle, DirectoryEntry, Organisation
from eprm.people.queries import directory, facts, joining
from eprm.people.tables import DirectoryTable
from eprm.ui import tables, words
from eprm.ui.maps import Map, Pin
from eprm.ui.parts import mineral_name

FACETS_SHOWN = 6
PREVIEWS = {"public": Circle.PUBLIC, "partner": Circle.PARTNERS, "member": Circle.MEMBERS}


@require_GET
def directory_list(request: HttpRequest) -> HttpResponse:
    """Search and filter; as a file, what is found, with everything the viewer may see of each."""
    circle, said = directory.circle_of_viewer(), directory.topic_words()
    total, everywhere = directory.overview(circle)
    form = DirectoryForm(request.GET, facets=everywhere, said=said)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = directory.entries_found(circle, chosen)
    as_file = "format" in request.GET
    table = DirectoryTable(
        found if as_file else found.defer(*directory.HEAVY),
        said=said,
        on=timezone.localdate(),
        empty=_nothing_found(bool(chosen)),
    )
    context = {"form": form, "circle": circle, "address": urlencode(chosen)}
    if not as_file:
        count = found.count() if chosen else total
        key = f"directory-{int(circle)}-{urlencode(sorted(chosen.items()))}"
        counted = directory.facets(found, count, key=key) if chosen else everywhere
        table.known_count = count
        context |= {"facets": _facets(counted, chosen, said), "many": count >= directory.MOST_FOUND and "q" in chosen}
    return tables.respond(request, table, "people/directory_list.html", context)


def _nothing_found(looked: bool) -> tables.Empty:
    if looked:
        return tables.Empty(
            title=_("Nobody fits this"),
            text=_("Take a filter away, or try another spelling. Who is not listed for you is not found."),
        )
    return tables.Empty(
        title=_("Nobody is listed for you yet"), text=_("Each organisation chooses whether it is listed, and for whom.")
    )


def _facets(counted: dict[str, directory.Facet], chosen: dict[str, Any], said: dict[str, str]) -> list[dict[str, Any]]:
    """The filters one step further: for each value how many of the found have it, as a link that keeps the rest."""
    ways = {
        "tier": ("tier", _("Place in the chain"), dict(Organisation.Tier.choices).get),
        "pillar": ("pillar", _("Pillar"), dict(Organisation.Pillar.choices).get),
        "minerals": ("mineral", _("Minerals"), mineral_name),
        "country": ("country", _("Countries"), words.country),
        "offers": ("offers", _("Offers"), said.get),
        "seeks": ("seeks", _("Seeks"), said.get),
    }
    shown = []
    for field, (parameter, label, word) in ways.items():
        if parameter in chosen or not counted[field].counts:
            continue
        values = [
            {"label": word(value) or value, "count": number, "address": urlencode({**chosen, parameter: value})}
            for value, number in counted[field].counts[:FACETS_SHOWN]
        ]
        shown.append({"label": label, "values": values})
    return shown


@require_GET
def directory_map(request: HttpRequest) -> HttpResponse:
    """Where the organisations are registered, and where they work."""
    circle = directory.circle_of_viewer()
    by_work = request.GET.get("by") == "work"
    counted = directory.work_counted(circle) if by_work else directory.countries_counted(circle)
    here = [
        Pin(
            label=words.country(code),
            iso2=code,
            count=number,
            url="" if by_work else f"{reverse('people:directory_list')}?{urlencode({'country': code})}",
            place=ngettext("%(count)s organisation", "%(count)s organisations", number)
            % {"count": words.number(number)},
        )
        for code, number in counted
    ]
    title = _("Where organisations work") if by_work else _("Where organisations are registered")
    drawn = Map(
        title=title,
        source=_("What each organisation tells of itself, and chose to show"),
        on=timezone.localdate(),
        pins=here,
    )
    return render(request, "people/directory_map.html", {"map": drawn, "by_work": by_work})


@require_GET
def directory_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation as the viewer's circle sees it; a merged one leads to what it became."""
    circle = directory.circle_of_viewer()
    if successor := directory.successor_of(pk):
        return redirect("people:directory_detail", pk=successor, permanent=True)
    entry = directory.entry_of(pk, circle)
    if entry is None:
        raise Http404
    told = {key: getattr(entry, key) for key in showing.KEYS}
    return render(request, "people/directory_detail.html", _told(request, pk, told, circle) | {"entry": entry})


def _told(request: HttpRequest, pk: int, told: dict[str, Any], circle: Circle) -> dict[str, Any]:
    said = directory.topic_words()
    works_there = request.user.is_authenticated and request.user.role_in(pk) is not None
    return {
        "pk": pk,
        "told": told,
        "organisation": DirectoryEntry(organisation_id=pk, **told) if told else None,
        "offers": [said.get(key, key) for key in told.get("offers", [])],
        "seeks": [said.get(key, key) for key in told.get("seeks", [])],
        "tier": dict(Organisation.Tier.choices).get(told.get("tier", "")),
        "pillar": dict(Organisation.Pillar.choices).get(told.get("pillar", "")),
        "circle": circle,
        "is_member": pk in directory.members_on(timezone.localdate()),
        "works_there": works_there,
    }


@for_an_organisation
@require_GET
def directory_preview(request: HttpRequest) -> HttpResponse:
    """One's own organisation as the public, a partner or a member sees it."""
    organisation = request.organisation
    rules.can_see_organisation(request.user, organisation).require()
    asked = request.GET.get("as", "public")
    circle = PREVIEWS.get(asked, Circle.PUBLIC)
    told = showing.seen_by(facts.values_of(organisation), facts.showings_of(organisation), circle)
    context = _told(request, organisation.pk, told or {}, circle)
    return render(
        request,
        "people/directory_preview.html",
        context | {"asked": asked, "previews": list(PREVIEWS), "listed": told is not None, "whose": organisation},
    )


@for_an_organisation
@require_http_methods(["GET", "POST"])
def showing_edit(request: HttpRequest) -> HttpResponse:
    """Field by field, who sees it."""
    organisation = request.organisation
    rules.can_edit_organisation(request.user, organisation, joining.has_people(organisation)).require()
    form = ShowingForm(request.POST or None, chosen=facts.showings_of(organisation))
    if form.is_valid():
        actions.choose_showing(organisation, chosen=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. See what each of them sees now."))
        return redirect("people:directory_preview")
    return render(request, "people/showing_edit.html", {"form": form}, status=422 if form.errors else 200)
