"""Resources, case studies, the glossary, questions and answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from eprm.base.public_pages import for_everybody
from eprm.knowledge import rules
from eprm.knowledge.actions import readers
from eprm.knowledge.facets import Cost, Kind, Mineral, Step, Tier
from eprm.knowledge.forms import SORTS, chosen_facets
from eprm.knowledge.models import CaseStudy, Resource, Shelf
from eprm.knowledge.models.library import DIGITS
from eprm.knowledge.queries import desk, shelves
from eprm.knowledge.queries.searchable import file_reading
from eprm.knowledge.tables import ResourceTable
from eprm.knowledge.views.seen import shown_to
from eprm.ui import tables
from eprm.ui.languages import reading_order
from eprm.ui.words import country, language_name

CARDS_A_PAGE = 20
MOST_REGIONS = 40
TERMS_A_PAGE = 60


@require_GET
@for_everybody
def resource_list(request: HttpRequest) -> HttpResponse:
    """Resources by facets and words; the address holds the choice, and ?format=csv the same as a file."""
    chosen, words = chosen_facets(request.GET), request.GET.get("q", "").replace("\x00", "")[:200]
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else ""
    keys = shelves.keys_holding(request.user, words)
    found = shelves.resources_found(request.user, chosen, keys, sort)
    if asked := request.GET.get("format"):
        return tables.as_file(request, ResourceTable(found), asked)
    page = Paginator(found, CARDS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "knowledge/resource_list.html",
        {
            "page": page,
            "words": words,
            "sort": sort,
            "facets": _facets(shelves.facet_counts(request.user, chosen, keys), chosen),
            "tags": _tags(request, chosen),
            "addresses": _addresses(request, page),
        },
    )


def _facets(counts: dict[str, dict[str, int]], chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Each facet with its values in their own order, how many each leaves, and which are chosen."""
    fixed = (
        ("tier", _("Place in the chain"), Tier.choices),
        ("mineral", _("Mineral"), Mineral.choices),
        ("step", _("OECD step"), Step.choices),
        ("kind", _("Kind"), Kind.choices),
        ("cost", _("Cost"), Cost.choices),
    )
    facets = [(name, label, choices) for name, label, choices in fixed]
    for name, label, word in (("language", _("Language"), language_name), ("region", _("Country or region"), region)):
        most = sorted(counts[name].items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_REGIONS]
        facets.append((name, label, [(code, word(code)) for code, _n in most]))
    return [
        {
            "name": name,
            "label": label,
            "open": name in ("tier", "mineral", "step") or name in chosen,
            "values": [
                (code, words, counts[name].get(code, 0), code in chosen.get(name, ()))
                for code, words in choices
                if counts[name].get(code) or code in chosen.get(name, ())
            ],
        }
        for name, label, choices in facets
    ]


def region(code: str) -> str:
    return {"global": _("worldwide"), "EU": _("European Union")}.get(code) or country(code)


WORDED = {"tier": Tier, "mineral": Mineral, "step": Step, "kind": Kind, "cost": Cost}


def _worded(facet: str, value: str) -> str:
    if facet in WORDED:
        return str(WORDED[facet](value).label)
    return language_name(value) if facet == "language" else region(value)


def _tags(request: HttpRequest, chosen: dict[str, list[str]]) -> list[tuple[str, str]]:
    """What is chosen, each with the address without it."""
    tags = []
    for facet, values in chosen.items():
        for value in values:
            address = request.GET.copy()
            address.pop("page", None)
            address.setlist(facet, [other for other in address.getlist(facet) if other != value])
            tags.append((_worded(facet, value), f"?{address.urlencode()}"))
    return tags


def _addresses(request: HttpRequest, page: Any) -> dict[str, str]:
    """The page before and after, and the same list in other orders."""
    address = request.GET.copy()
    address.pop("page", None)
    plain = address.urlencode()
    found = {}
    for name, there, number in (("before", page.has_previous(), -1), ("after", page.has_next(), 1)):
        if there:
            found[name] = f"?{plain}&page={page.number + number}".replace("?&", "?")
    for sort in ("newest", "title"):
        address["sort"] = sort
        found[sort] = f"?{address.urlencode()}"
    address.pop("sort", None)
    found["best"] = f"?{address.urlencode()}"
    found["csv"] = f"?{plain}&format=csv".replace("?&", "?")
    found["xlsx"] = f"?{plain}&format=xlsx".replace("?&", "?")
    return found


@require_GET
@for_everybody
def resource_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One resource: what it is, who it is for, where it is, and how sure that is."""
    resource = _shown_in_own_language(request, Resource, pk)
    if isinstance(resource, HttpResponse):
        return resource
    counted = shelves.resources_visible_to(request.user).filter(pk=resource.pk).first()
    return render(
        request,
        "knowledge/resource_detail.html",
        {
            "resource": counted or resource,
            "rating": shelves.rating_of(request.user, resource),
            "alike": shelves.alike(request.user, resource),
            "others": _other_languages(resource),
            "reading": file_reading(resource) if rules.is_editor(request.user) else "",
        },
    )


def _shown_in_own_language(request: HttpRequest, model: type[Shelf], pk: int) -> Shelf | HttpResponse:
    """The item of this number in the reader's language or the one of `?in=`, where both versions are for the reader."""
    item = shown_to(request, desk.live_item(model, pk))
    if isinstance(item, HttpResponse):
        return item
    asked = request.GET.get("in")
    told = desk.in_language(item, (asked,) if asked else reading_order())
    return item if told.pk == item.pk else shown_to(request, told)


def _other_languages(item: Shelf) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in desk.other_languages(item)]


@require_GET
def resource_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The resource's own file, as a download."""
    resource = shown_to(request, desk.live_item(Resource, pk))
    if isinstance(resource, HttpResponse):
        return resource
    if not resource.file or not resource.file.storage.exists(resource.file.name):
        raise Http404
    return FileResponse(
        resource.file.open("rb"),
        as_attachment=True,
        filename=resource.file.name.rpartition("/")[2],
        content_type="application/octet-stream",
    )


@login_required
@require_POST
def resource_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the resource was of use."""
    resource = shown_to(request, desk.live_item(Resource, pk))
    readers.rate_resource(resource, useful=request.POST.get("useful") == "yes", by=request.user)
    messages.success(request, _("Thank you: others see how many readers found it of use, not who."))
    return redirect(resource)


@require_GET
@for_everybody
def case_list(request: HttpRequest) -> HttpResponse:
    """What others tried: challenge, action, result, lesson."""
    chosen = {
        name: values for name, values in chosen_facets(request.GET).items() if name in ("tier", "mineral", "step")
    }
    page = Paginator(shelves.cases_visible_to(request.user, chosen), CARDS_A_PAGE).get_page(request.GET.get("page"))
    choices = (
        ("tier", _("Place in the chain"), Tier),
        ("mineral", _("Mineral"), Mineral),
        ("step", _("OECD step"), Step),
    )
    facets = [
        {
            "name": name,
            "label": label,
            "open": True,
            "values": [(code, words, None, code in chosen.get(name, ())) for code, words in kinds.choices],
        }
        for name, label, kinds in choices
    ]
    context = {"page": page, "facets": facets, "tags": _tags(request, chosen), "addresses": _addresses(request, page)}
    return render(request, "knowledge/case_list.html", context)


@require_GET
@for_everybody
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    case = _shown_in_own_language(request, CaseStudy, pk)
    if isinstance(case, HttpResponse):
        return case
    return render(request, "knowledge/case_detail.html", {"case": case, "others": _other_languages(case)})


@require_GET
@for_everybody
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms of one letter, or those that hold the words asked for, with their meanings."""
    terms = list(shelves.terms_visible_to(request.user))
    # Terms name each other in English, or by their abbreviations.
    places = {
        name.casefold(): term for term in terms for name in (term.english or term.term, term.abbreviation) if name
    }
    letters = sorted({term.letter for term in terms}, key=lambda letter: (letter == DIGITS, letter))
    words = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    letter = request.GET.get("letter", "")
    letter = letter if letter in letters else next(iter(letters), "")
    found = shelves.terms_holding(terms, words) if words else [term for term in terms if term.letter == letter]
    page = Paginator(found, TERMS_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (term, [places[other.casefold()] for other in term.see_also if other.casefold() in places]) for term in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "addresses": _addresses(request, page),
        "letters": letters,
        "letter": "" if words else letter,
        "words": words,
        "count": len(terms),
        "translated": any(not term.original for term in page),
    }
    return render(request, "knowledge/glossary.html", context)


@require_GET
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the term stands in the reader's language: its letter's page."""
    found = shelves.term_in_own_language(request.user, pk)
    if found is None:
        raise Http404
    before = [each.pk for each in shelves.terms_visible_to(request.user) if each.letter == found.letter]
    asked = {"letter": found.letter, "page": before.index(found.pk) // TERMS_A_PAGE + 1}
    return redirect(f"{reverse('knowledge:glossary')}?{urlencode(asked)}#term-{found.pk}")


@require_GET
@for_everybody
def question_list(request: HttpRequest) -> HttpResponse:
    """Questions people ask, by who asks them."""
    words = {
        "importer": _("Importers in the European Union"),
        "sme": _("Small companies"),
        "cmrt": _("Whoever fills in or reads a CMRT"),
        "cooperative": _("Cooperatives and small-scale miners"),
        "applicant": _("Applicants for a grant"),
        "public": _("Everybody"),
    }
    by: dict[str, list[Any]] = {}
    questions = list(shelves.questions_visible_to(request.user))
    for question in questions:
        by.setdefault(words.get(question.asked_by, question.asked_by), []).append(question)
    context = {"groups": by.items(), "translated": any(not question.original for question in questions)}
    return render(request, "knowledge/question_list.html", context)
