"""One search over everything the person may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eprm.search import queries
from eprm.search.forms import SearchForm
from eprm.ui.words import language_name

MOST_CHOSEN = 20


def results(request: HttpRequest) -> HttpResponse:
    """What the words in the address find, with the kinds and languages to narrow it by."""
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q") or request.GET.get("q", "")[:200]
    page = form.cleaned_data.get("page") or 1
    kinds, languages = (request.GET.getlist(name)[:MOST_CHOSEN] for name in ("kind", "language"))
    found = queries.found_by(
        request.user,
        words,
        kinds=kinds,
        languages=languages,
        page=page,
        exactly=bool(form.cleaned_data.get("exactly")),
    )
    last = max(1, -(-found.listed // queries.HITS_A_PAGE))
    return render(
        request,
        "search/results.html",
        {
            "found": found,
            "organisations": queries.organisations_found(words) if page == 1 and not kinds and not languages else [],
            "words": words,
            "kinds": [(kind, label, n, kind in kinds) for kind, label, n in found.kinds],
            "languages": [(code, language_name(code), n, code in languages) for code, n in found.languages],
            "page": page,
            "before": _address(request, page - 1) if page > 1 else "",
            "after": _address(request, page + 1) if page < last else "",
        },
    )


def _address(request: HttpRequest, page: int) -> str:
    address = request.GET.copy()
    address["page"] = str(page)
    return f"?{address.urlencode()}"
