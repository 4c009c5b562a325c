"""The style sheet, the two choices a reader has, and the page that shows every part of the look."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from eprm.ui import assets, specimens, tables, words
from eprm.ui import languages as known
from eprm.ui.clocks import ClockForm, clock_of, keep_clock
from eprm.ui.theme import keep_theme


@require_GET
def css(request: HttpRequest, digest: str) -> HttpResponse:
    """The joined style sheet. Its address holds its digest, so a browser may keep it for ever.

    A page drawn before the last release asks for an older digest: it gets today's sheet, to be kept by nobody.
    """
    sheet = assets.stylesheet()
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    kept = "public, max-age=31536000, immutable" if digest == sheet.digest else "no-store"
    response.headers["Cache-Control"] = kept
    return response


# Neither choice needs a token, and a token would make each visitor's page their own: they keep a cookie, and a foreign
# site's form comes without the session (SameSite=Lax), so it changes nobody's profile.
language = csrf_exempt(set_language)


@require_GET
def languages(request: HttpRequest) -> HttpResponse:
    """How far each language is, and how to help."""
    rows = [
        {"code": code, "name": known.own_name(code), "share": known.share(code), "rest": _rest(code)}
        for code, _name in settings.LANGUAGES
    ]
    return render(request, "ui/languages.html", {"rows": rows, "contact": settings.CONTACT_MAIL})


def _rest(code: str) -> str:
    return words.language_name(known.second_language(code)) if known.is_begun(code) else ""


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or neither, and go back to the page."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    keep_theme(response, request.POST.get("theme", ""), secure=settings.SESSION_COOKIE_SECURE)
    return response


@csrf_exempt
@require_http_methods(["GET", "POST"])
def clock(request: HttpRequest) -> HttpResponse:
    """Choose the time zone by which times are told from now on, and go back to the page."""
    asked = request.POST or request.GET
    back = asked.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    form = ClockForm(request.POST or None, initial={"zone": clock_of(request)})
    if form.is_valid():
        response = redirect(back if safe else "ui:clock")
        keep_clock(response, form.cleaned_data["zone"], secure=settings.SESSION_COOKIE_SECURE)
        return response
    return render(
        request, "ui/clock.html", {"form": form, "next": back if safe else ""}, status=422 if form.is_bound else 200
    )


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every part of the look, once, in all its states."""
    parts = specimens.all_parts()
    tables.prepare(request, parts["none"])
    return tables.respond(
        request, specimens.SpecimenTable(specimens.ROWS, on=specimens.ON), "ui/components.html", parts
    )
