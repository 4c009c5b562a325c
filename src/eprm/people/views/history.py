"""Who changed what in one's organisation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from eprm.people import rules
from eprm.people.forms import ChangeFilterForm
from eprm.people.tables import ChangeTable
from eprm.people.trail import Trail
from eprm.ui import tables


@login_required
@require_GET
def change_list(request: HttpRequest) -> HttpResponse:
    organisation = request.organisation
    if organisation is None:
        return redirect("people:organisation_new")
    rules.can_see_organisation(request.user, organisation).require()
    form = ChangeFilterForm(request.GET, organisation=organisation)
    chosen = form.cleaned_data if form.is_valid() else {}
    trail = Trail(organisation, kind=chosen.get("kind", ""), person_id=chosen.get("person"))
    return tables.respond(request, ChangeTable(trail), "people/change_list.html", {"form": form})
