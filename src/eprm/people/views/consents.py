"""What one agreed to, and taking it back; for the secretariat the words people are asked to agree to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, rules
from eprm.people.forms import WordingForm
from eprm.people.queries import consents

WORDS = ("title_en", "title_fr", "title_es", "text_en", "text_fr", "text_es")


@login_required
@require_GET
def consent_list(request: HttpRequest) -> HttpResponse:
    """Each purpose in the words of today, and what the person said to it and when."""
    given = list(consents.consents_of(request.user))
    standing = {consent.wording.purpose: consent for consent in reversed(given) if consent.withdrawn_at is None}
    asked = [(wording, standing.pop(wording.purpose, None)) for wording in consents.wordings_asked()]
    asked += [(consent.wording, consent) for consent in standing.values()]
    return render(request, "people/consent_list.html", {"asked": asked, "given": given})


@login_required
@require_POST
def consent_give(request: HttpRequest, pk: int) -> HttpResponse:
    wording = get_object_or_404(consents.wordings_asked(), pk=pk)
    actions.give_consent(wording, by=request.user)
    messages.success(request, _("Noted: you agree. You can take it back here at any time."))
    return redirect("people:consent_list")


@login_required
@require_POST
def consent_withdraw(request: HttpRequest, purpose: str) -> HttpResponse:
    actions.withdraw_consent(purpose, by=request.user)
    messages.success(request, _("Noted: you no longer agree, from now on."))
    return redirect("people:consent_list")


@login_required
@require_GET
def wording_list(request: HttpRequest) -> HttpResponse:
    """Every wording there was, for the secretariat."""
    rules.can_keep_directory(request.user).require()
    return render(request, "people/wording_list.html", {"wordings": consents.wordings()})


@login_required
@require_http_methods(["GET", "POST"])
def wording_new(request: HttpRequest) -> HttpResponse:
    """New words for a purpose, beginning with those of today, or a new purpose."""
    rules.can_keep_directory(request.user).require()
    before = consents.wordings_asked().filter(purpose=request.GET.get("purpose", "").replace("\0", "")).first()
    now = {name: getattr(before, name) for name in ("purpose", *WORDS)} if before else {}
    form = WordingForm(request.POST or None, initial=now)
    if form.is_valid():
        wording = actions.reword_consent(**form.cleaned_data, by=request.user)
        messages.success(
            request,
            _("From today people are asked in these words: version %(version)s.") % {"version": wording.version},
        )
        return redirect("people:wording_list")
    return render(request, "people/wording_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def wording_stop(request: HttpRequest, purpose: str) -> HttpResponse:
    rules.can_keep_directory(request.user).require()
    actions.stop_asking(purpose, by=request.user)
    messages.success(request, _("Nobody is asked for “%(purpose)s” any more.") % {"purpose": purpose})
    return redirect("people:wording_list")
