"""What a finding code means."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from eprm.ui.languages import second_language
from lode.findings import catalogue

KINDS = {
    "file": _("the file itself"),
    "parity": _("the template’s own Checker says it too"),
    "template": _("the template’s formats and instructions"),
    "plausibility": _("nothing forbids it, but somebody should ask"),
    "match": _("matching of names"),
    "register": _("smelter register"),
    "risk": _("a reason to look closer"),
}


def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One rule of the catalogue: what it finds, where it comes from, how to mend it. Open to everybody."""
    rule = catalogue().get(code)
    if rule is None:
        raise Http404
    language = second_language()

    def said(texts: dict[str, str]) -> str:
        return texts.get(language, texts["en"])

    words = {
        "title": said(rule.title),
        "message": said(rule.message),
        "fix": said(rule.fix),
        "kind": KINDS.get(rule.kind, rule.kind),
    }
    return render(request, "diligence/finding_detail.html", {"rule": rule, **words})
