"""What an organisation tells of itself: its words, its identifiers, its other names."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, rules
from eprm.people.access import for_an_organisation
from eprm.people.forms import IdentifierForm, NameForm, ProfileOfForm
from eprm.people.models import Organisation
from eprm.people.queries import facts, joining
from eprm.people.showing import FIELDS, circles


def _editing(request: HttpRequest) -> Organisation:
    organisation = request.organisation
    rules.can_edit_organisation(request.user, organisation, joining.has_people(organisation)).require()
    return organisation


@for_an_organisation
@require_GET
def organisation_facts(request: HttpRequest) -> HttpResponse:
    """Everything the organisation tells of itself, and who sees which part of it."""
    organisation = request.organisation
    rules.can_see_organisation(request.user, organisation).require()
    chosen = circles(facts.showings_of(organisation))
    return render(
        request,
        "people/organisation_facts.html",
        {
            "organisation": organisation,
            "managing": rules.can_edit_organisation(request.user, organisation, has_people=True),
            "identifiers": facts.identifiers_of(organisation),
            "names": facts.names_of(organisation),
            "profile": facts.profile_of(organisation),
            "shown": [(field.label, chosen[field.key].label) for field in FIELDS],
        },
    )


@for_an_organisation
@require_http_methods(["GET", "POST"])
def organisation_profile(request: HttpRequest) -> HttpResponse:
    """Words, minerals, countries of work, what is sought and offered."""
    organisation = _editing(request)
    now = ProfileOfForm.now(
        facts.profile_of(organisation),
        minerals=facts.minerals_of(organisation),
        regions=facts.regions_of(organisation),
        offers=facts.topics_of(organisation, "offers"),
        seeks=facts.topics_of(organisation, "seeks"),
    )
    form = ProfileOfForm(request.POST or None, initial=now)
    if form.is_valid():
        actions.save_profile_of(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("people:organisation_facts")
    return render(request, "people/organisation_profile.html", {"form": form}, status=422 if form.errors else 200)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def identifier_new(request: HttpRequest) -> HttpResponse:
    organisation = _editing(request)
    form = IdentifierForm(request.POST or None, home=organisation.country)
    if form.is_valid():
        identifier = actions.add_identifier(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("%(identifier)s is added.") % {"identifier": identifier})
        return redirect("people:organisation_facts")
    return render(request, "people/identifier_new.html", {"form": form}, status=422 if form.errors else 200)


@for_an_organisation
@require_POST
def identifier_end(request: HttpRequest, pk: int) -> HttpResponse:
    identifier = get_object_or_404(facts.identifiers_of(request.organisation), pk=pk)
    actions.end_identifier(identifier, by=request.user)
    messages.success(request, _("%(identifier)s is ended.") % {"identifier": identifier})
    return redirect("people:organisation_facts")


@for_an_organisation
@require_http_methods(["GET", "POST"])
def name_new(request: HttpRequest) -> HttpResponse:
    organisation = _editing(request)
    form = NameForm(request.POST or None)
    if form.is_valid():
        actions.add_name(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The name is added."))
        return redirect("people:organisation_facts")
    return render(request, "people/name_new.html", {"form": form}, status=422 if form.errors else 200)


@for_an_organisation
@require_POST
def name_remove(request: HttpRequest, pk: int) -> HttpResponse:
    other = get_object_or_404(facts.names_of(request.organisation), pk=pk)
    actions.remove_name(other, by=request.user)
    messages.success(request, _("“%(name)s” is taken out.") % {"name": other.name})
    return redirect("people:organisation_facts")
