"""Finding the organisation that is here already, asking to join it, and answering."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, queries, rules
from eprm.people.forms import AnswerForm, JoinForm
from eprm.people.middleware import ORGANISATION_KEY
from eprm.people.models import JoinRequest
from eprm.people.queries import joining


@login_required
@require_GET
def organisation_likely(request: HttpRequest) -> HttpResponse:
    """Which organisations here may be the one of this name; a part of the page of registering, and a page itself."""
    name, country = request.GET.get("name", "")[:255].replace("\0", ""), request.GET.get("country", "")
    country = country if len(country) == 2 and country.isalpha() else ""
    likely = joining.likely_same(name=name, country=country, person=request.user) if len(name.strip()) > 2 else []
    template = "people/_likely.html" if request.htmx else "people/organisation_likely.html"
    return render(request, template, {"likely": likely, "name": name})


@login_required
@require_http_methods(["GET", "POST"])
def request_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to work for an organisation."""
    organisation = joining.joinable(pk)
    if organisation is None:
        raise Http404
    ruling = rules.can_ask_to_join(request.user, organisation, joining.waiting_count(request.user))
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = actions.ask_to_join(organisation, **form.cleaned_data, by=request.user)
        if asked.outcome == JoinRequest.Outcome.ACCEPTED:
            request.session[ORGANISATION_KEY] = organisation.pk
            messages.success(
                request, _("You work for %(organisation)s now, as its first manager.") % {"organisation": organisation}
            )
            return redirect("people:organisation_detail")
        messages.success(
            request, _("%(organisation)s is asked. The answer comes by mail.") % {"organisation": organisation}
        )
        return redirect("people:request_list")
    context = {"form": form, "organisation": organisation, "ruling": ruling, "people": joining.has_people(organisation)}
    return render(request, "people/request_new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """One's own requests, and those that wait for one's answer."""
    return render(
        request,
        "people/request_list.html",
        {"waiting": joining.requests_waiting_for(request.user), "own": joining.requests_of(request.user)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: read it, and answer it where one may."""
    asked = get_object_or_404(joining.requests_visible_to(request.user), pk=pk)
    managers = queries.manager_count(asked.organisation)
    ruling = rules.can_answer_request(request.user, asked, managers)
    form = AnswerForm(request.POST or None, first=not managers)
    if request.method == "POST":
        ruling.require()
        if form.is_valid():
            given = form.cleaned_data
            actions.answer_request(
                asked,
                accept=given["answer"] == "yes",
                role=given.get("role", ""),
                reason=given["reason"],
                by=request.user,
            )
            messages.success(request, _("%(person)s is told by mail.") % {"person": asked.person})
            return redirect("people:request_list")
    context = {"asked": asked, "form": form, "ruling": ruling, "own": asked.person_id == request.user.pk}
    return render(request, "people/request_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(joining.requests_visible_to(request.user), pk=pk)
    actions.withdraw_request(asked, by=request.user)
    messages.success(
        request, _("Your request to %(organisation)s is withdrawn.") % {"organisation": asked.organisation}
    )
    return redirect("people:request_list")
