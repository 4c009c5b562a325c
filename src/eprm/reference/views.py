"""Thin edges: the lists, their releases, loading one, comparing two, and the high-risk areas of a place and day."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people.models import Organisation
from eprm.people.rules import Ruling
from eprm.reference import queries, rules
from eprm.reference.actions.loading import receive_list
from eprm.reference.actions.releases import add_area, already_loaded, confirm_row, digest
from eprm.reference.comparing import differences
from eprm.reference.forms import AreaForm, CompareForm, LoadForm, PlaceForm, SearchForm
from eprm.reference.models import Area, Loading, ReferenceList, Release, Threshold
from eprm.reference.tables import SEARCHED, TABLES, DifferenceTable, ReleaseTable
from eprm.ui import tables
from lode.findings import finding


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Every list: who publishes it, which edition counts, how sure it is."""
    lists = queries.lists_visible_to(request.user, request.organisation)
    return render(request, "reference/start.html", {"lists": lists})


def _releases(request: HttpRequest, list_: ReferenceList) -> list[Release]:
    """The releases that count for the organisation the person works for, newest first."""
    owner = request.organisation.pk if request.organisation else None
    found = queries.releases_visible_to(request.user).filter(Q(organisation=None) | Q(organisation=owner))
    return list(found.filter(list=list_))


@login_required
@require_GET
def list_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One list with its editions, and what was sent for it."""
    list_ = get_object_or_404(ReferenceList, key=key)
    releases = _releases(request, list_)
    refused = queries.loadings_visible_to(request.user).filter(list=list_).exclude(state=Loading.State.LOADED)
    context = {
        "list": list_,
        "releases": releases,
        "loadings": refused[:10],
        "loading_ruling": _ruling(request, list_),
        "areas": list_.kind == ReferenceList.Kind.CAHRA,
    }
    return tables.respond(request, ReleaseTable(releases), "reference/list_detail.html", context)


def _ruling(request: HttpRequest, list_: ReferenceList) -> Ruling:
    if request.organisation is None:
        return rules.NO_ORGANISATION
    return rules.can_load(request.user, list_.kind, request.organisation)


@login_required
@require_http_methods(["GET", "POST"])
def loading_new(request: HttpRequest, key: str) -> HttpResponse:
    """Load an edition of a list from its file."""
    list_ = get_object_or_404(ReferenceList, key=key)
    _ruling(request, list_).require()
    form = LoadForm(request.POST or None, request.FILES or None, of=list_)
    if form.is_valid():
        told = dict(form.cleaned_data)
        file, aliases = told.pop("file")[0], (told.pop("aliases", None) or [None])[0]
        sent, other = (file.name, file.read()), (aliases.name, aliases.read()) if aliases else None
        shared = rules.is_shared(list_.kind, request.organisation)
        sha256 = digest(sent[1], other[1] if other else None)
        if loaded := queries.release_of(list_, sha256, request.organisation, shared):
            messages.info(request, already_loaded(loaded))
            return redirect("reference:release_detail", loaded.pk)
        loading = receive_list(
            list_, file=sent, aliases=other, organisation=request.organisation, by=request.user, **told
        )
        return redirect("reference:loading_detail", loading.pk)
    return render(
        request, "reference/loading_new.html", {"form": form, "list": list_}, status=422 if form.errors else 200
    )


@login_required
@require_GET
def loading_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the loading of a file is, and what was found in it."""
    loading = get_object_or_404(queries.loadings_visible_to(request.user), pk=pk)
    found = [finding(row.code, row.where, **row.values) for row in loading.findings.all()[:200]]
    context = {"loading": loading, "found": found, "more": loading.findings.count() - len(found)}
    template = "reference/_loading.html" if request.htmx else "reference/loading_detail.html"
    return render(request, template, context)


@login_required
@require_GET
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition of a list, row by row."""
    release = get_object_or_404(queries.releases_visible_to(request.user), pk=pk)
    rows = queries.rows_of(release)
    form = SearchForm(request.GET)
    if form.is_valid() and (sought := form.cleaned_data["q"].strip()):
        matches = [Q(**{f"{field}__icontains": sought}) for field in SEARCHED[release.list.kind]]
        rows = rows.filter(Q.create(matches, connector=Q.OR)).distinct()
    table = TABLES[release.list.kind](rows, on=release.published_on)
    others = [other for other in _releases(request, release.list) if other != release]
    context = {"release": release, "form": form, "others": others}
    context |= {"open": _unverified(request, release), "row_model": rows.model._meta.model_name}
    return tables.respond(request, table, "reference/release_detail.html", context)


def _unverified(request: HttpRequest, release: Release) -> list[Area | Threshold]:
    """The rows still to be confirmed, for those who may confirm them."""
    kinds = (ReferenceList.Kind.CAHRA, ReferenceList.Kind.COVERED, ReferenceList.Kind.THRESHOLD)
    may = request.organisation and rules.can_keep_shared(request.user, request.organisation)
    if release.list.kind not in kinds or not may:
        return []
    return list(queries.rows_of(release).filter(verified=False)[:100])


@login_required
@require_GET
def release_compare(request: HttpRequest, key: str) -> HttpResponse:
    """What changed from one edition of a list to another."""
    list_ = get_object_or_404(ReferenceList, key=key)
    releases = _releases(request, list_)
    chosen = request.GET if "old" in request.GET else _newest_two(releases)
    form = CompareForm(chosen, releases=releases)
    context = {"list": list_, "form": form, "releases": releases}
    if len(releases) < 2 or not form.is_valid():
        return render(request, "reference/release_compare.html", context)
    by_pk = {str(release.pk): release for release in releases}
    old, new = by_pk[form.cleaned_data["old"]], by_pk[form.cleaned_data["new"]]
    found = differences(list_.kind, queries.rows_of(old), queries.rows_of(new))
    counts = {change: sum(1 for one in found if one.change == change) for change in {one.change for one in found}}
    table = DifferenceTable(found, on=new.published_on)
    context |= {"old": old, "new": new, "counts": counts}
    return tables.respond(request, table, "reference/release_compare.html", context)


def _newest_two(releases: list[Release]) -> dict[str, int]:
    return {"old": releases[1].pk, "new": releases[0].pk} if len(releases) > 1 else {}


@login_required
@require_GET
def area_lookup(request: HttpRequest) -> HttpResponse:
    """Whether a country, or which of its regions, was on a list of areas on a day; since when, says who."""
    form = PlaceForm(request.GET if "country" in request.GET else None, initial={"on": timezone.localdate()})
    context = {"form": form}
    if form.is_valid():
        country, on = form.cleaned_data["country"], form.cleaned_data["on"] or timezone.localdate()
        kinds = (ReferenceList.Kind.CAHRA, ReferenceList.Kind.COVERED)
        context |= {
            "country": country,
            "on": on,
            "listed": [area for kind in kinds for area in queries.areas_on(on, kind).filter(iso2=country)],
            "history": [area for kind in kinds for area in queries.area_history(country, kind)],
            "releases": [release for kind in kinds for release in queries.releases_in_force(kind)],
        }
    return render(request, "reference/area_lookup.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def area_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add one dated row with its source: a new edition, the old one stays."""
    list_ = get_object_or_404(ReferenceList, key=key, kind=ReferenceList.Kind.CAHRA)
    organisation = _organisation(request)
    rules.can_keep_shared(request.user, organisation).require()
    form = AreaForm(request.POST or None)
    if form.is_valid():
        release = add_area(list_, **form.cleaned_data, organisation=organisation, by=request.user)
        messages.success(request, _("The row is added, as edition “%(edition)s”.") % {"edition": release.edition})
        return redirect("reference:release_detail", release.pk)
    return render(request, "reference/area_new.html", {"form": form, "list": list_}, status=422 if form.errors else 200)


def _organisation(request: HttpRequest) -> Organisation:
    if request.organisation is None:
        rules.NO_ORGANISATION.require()
    return request.organisation


@login_required
@require_POST
def row_confirm(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """Confirm that a row says what its source says."""
    row = get_object_or_404(queries.rows_to_confirm(model), pk=pk)
    confirm_row(row, organisation=_organisation(request), by=request.user)
    messages.success(request, _("“%(row)s” is confirmed.") % {"row": row})
    return redirect("reference:release_detail", row.release_id)
