"""What a finding code means."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from lode.findings import catalogue


def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One rule of the catalogue: what it finds, where it comes from, how to mend it. Open to everybody."""
    rule = catalogue().get(code)
    if rule is None:
        raise Http404
    language = get_language() or "en"

    def said(texts: dict[str, str]) -> str:
        return texts.get(language, texts["en"])

    words = {"title": said(rule.title), "message": said(rule.message), "fix": said(rule.fix)}
    return render(request, "diligence/finding_detail.html", {"rule": rule, **words})
