"""Who changed what in one's organisation, and in one of its records."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from eprm.people import rules, trail
from eprm.people.access import for_an_organisation
from eprm.people.forms import ChangeFilterForm
from eprm.people.tables import ChangeTable
from eprm.people.trail import Trail
from eprm.ui import tables

LARGEST = 2**63 - 1


@login_required
@require_GET
def change_list(request: HttpRequest) -> HttpResponse:
    organisation = request.organisation
    if organisation is None:
        return redirect("people:organisation_new")
    rules.can_see_organisation(request.user, organisation).require()
    form = ChangeFilterForm(request.GET, organisation=organisation)
    chosen = form.cleaned_data if form.is_valid() else {}
    changes = Trail(organisation, kind=chosen.get("kind", ""), person_id=chosen.get("person"))
    return tables.respond(request, ChangeTable(changes), "people/change_list.html", {"form": form})


@for_an_organisation
@require_GET
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who changed what in one record, such as ("diligence.supplier", 7); what has no history here does not exist."""
    rules.can_see_organisation(request.user, request.organisation).require()
    if (tracked := trail.find(kind)) is None or pk > LARGEST:
        raise Http404
    changes = Trail(request.organisation, kind=kind, thing=pk)
    newest = changes[0:1]
    if not newest:
        raise Http404
    table = ChangeTable(changes, exclude=("noun", "thing"))
    return tables.respond(
        request, table, "people/record_history.html", {"noun": tracked.noun, "thing": newest[0].thing}
    )
