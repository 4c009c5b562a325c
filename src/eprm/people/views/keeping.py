"""The secretariat keeps the directory: lists organisations, merges what is there twice, names partners and words."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, rules
from eprm.people.forms import KeepForm, ListingForm, MergeForm, TopicForm
from eprm.people.queries import directory, facts, joining, keeping
from eprm.people.tables import DuplicateTable, OrganisationTable
from eprm.ui import tables


@login_required
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation, also those that are not listed."""
    rules.can_keep_directory(request.user).require()
    form = KeepForm(request.GET)
    found = keeping.organisations_kept_by(request.user, form.cleaned_data if form.is_valid() else {})
    return tables.respond(
        request, OrganisationTable(found, on=timezone.localdate()), "people/organisation_list.html", {"form": form}
    )


@login_required
@require_http_methods(["GET", "POST"])
def organisation_list_new(request: HttpRequest) -> HttpResponse:
    """List an organisation that has no people here yet."""
    rules.can_keep_directory(request.user).require()
    form = ListingForm(request.POST or None, looking=True)
    likely = []
    if form.is_valid():
        given = dict(form.cleaned_data)
        numbers = tuple((scheme, typed) for scheme in ("lei", "domain") if (typed := given.pop(scheme)))
        likely = joining.likely_same(name=given["name"], country=given["country"], identifiers=numbers)
        if not likely or request.POST.get("apart"):
            organisation = actions.list_organisation(**given, by=request.user)
            for scheme, value in numbers:
                actions.add_identifier(organisation, scheme=scheme, value=value, by=request.user)
            messages.success(request, _("%(organisation)s is listed.") % {"organisation": organisation})
            return redirect("people:organisation_keep", pk=organisation.pk)
    status = 422 if form.errors or likely else 200
    return render(request, "people/organisation_list_new.html", {"form": form, "likely": likely}, status=status)


@login_required
@require_GET
def organisation_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation as the secretariat keeps it: partner or not, and what it may be twice."""
    rules.can_keep_directory(request.user).require()
    organisation = get_object_or_404(keeping.organisations_kept_by(request.user, {}), pk=pk)
    likely = joining.likely_same(name=organisation.name, country=organisation.country)
    return render(
        request,
        "people/organisation_keep.html",
        {
            "organisation": organisation,
            "partner": directory.partner_of(organisation),
            "identifiers": facts.identifiers_of(organisation),
            "likely": [each for each in likely if each.organisation != organisation],
            "others": keeping.organisations_kept_by(request.user, {"q": request.GET.get("q", "")}).exclude(pk=pk)[:10]
            if request.GET.get("q")
            else [],
            "q": request.GET.get("q", ""),
        },
    )


@login_required
@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one organisation."""
    rules.can_keep_directory(request.user).require()
    table = DuplicateTable(
        keeping.pairs_kept_by(request.user),
        on=timezone.localdate(),
        empty=tables.Empty(title=_("Nothing seems to be here twice"), text=_("Names and identifiers are compared.")),
    )
    return tables.respond(request, table, "people/duplicate_list.html")


@login_required
@require_http_methods(["GET", "POST"])
def organisation_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two organisations one: what moves is counted first, then it is done. Asks who you are once more."""
    rules.can_keep_directory(request.user).require()
    return _merge(request, pk)


@reauthentication_required
def _merge(request: HttpRequest, pk: int) -> HttpResponse:
    kept = keeping.organisations_kept_by(request.user, {})
    loser = get_object_or_404(kept, pk=pk)
    form = MergeForm(request.POST or None, initial={"into": request.GET.get("into")})
    asked = (request.POST or request.GET).get("into", "")
    winner = get_object_or_404(kept, pk=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0)
    if request.method == "POST" and form.is_valid():
        actions.merge_organisations(loser, winner, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, _("%(loser)s is %(winner)s now; nothing is lost.") % {"loser": loser, "winner": winner}
        )
        return redirect("people:organisation_keep", pk=winner.pk)
    ruling = rules.can_merge(request.user, loser, winner)
    preview = actions.preview_merge(loser, winner, by=request.user) if ruling else None
    context = {"form": form, "loser": loser, "winner": winner, "preview": preview, "ruling": ruling}
    return render(request, "people/organisation_merge.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def partner_add(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_keep_directory(request.user).require()
    organisation = get_object_or_404(keeping.organisations_kept_by(request.user, {}), pk=pk)
    actions.add_partner(organisation, by=request.user)
    messages.success(request, _("%(organisation)s is a partner from today.") % {"organisation": organisation})
    return redirect("people:organisation_keep", pk=pk)


@login_required
@require_POST
def partner_end(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_keep_directory(request.user).require()
    organisation = get_object_or_404(keeping.organisations_kept_by(request.user, {}), pk=pk)
    if partner := directory.partner_of(organisation):
        actions.end_partner(partner, by=request.user)
        messages.success(request, _("%(organisation)s is a partner until today.") % {"organisation": organisation})
    return redirect("people:organisation_keep", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def topic_list(request: HttpRequest) -> HttpResponse:
    """The vocabulary of what is sought and offered."""
    rules.can_keep_directory(request.user).require()
    form = TopicForm(request.POST or None)
    if form.is_valid():
        topic = actions.add_topic(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(topic)s” can be chosen now.") % {"topic": topic})
        return redirect("people:topic_list")
    context = {"form": form, "topics": facts.topics()}
    return render(request, "people/topic_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def topic_retire(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_keep_directory(request.user).require()
    topic = get_object_or_404(facts.topics(), pk=pk)
    actions.retire_topic(topic, by=request.user)
    messages.success(request, _("“%(topic)s” can no longer be chosen.") % {"topic": topic})
    return redirect("people:topic_list")
