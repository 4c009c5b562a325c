"""The front of the hub, and the personal start."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from eprm.base.public_pages import for_everybody
from eprm.knowledge.actions import readers
from eprm.knowledge.facets import Mineral, Step, Tier
from eprm.knowledge.forms import StartForm
from eprm.knowledge.queries import learning, pages, shelves, start
from eprm.knowledge.wording import reason_words
from eprm.ui.parts import undoable

ANSWERS = ("tier", "minerals", "size", "country", "in_scope")
IN_SESSION = "knowledge_start"
NEWS_SHOWN = 3


@require_GET
@for_everybody
def hub(request: HttpRequest) -> HttpResponse:
    """Where to begin: five questions, the search, the three ways in, courses and news."""
    person = request.user
    return render(
        request,
        "knowledge/hub.html",
        {
            "counts": shelves.counts_for(person),
            "tiers": Tier.choices,
            "minerals": [choice for choice in Mineral.choices if choice[0] != "other"],
            "steps": Step.choices,
            "courses": learning.courses_for(person),
            "news": pages.news_visible_to(person)[:NEWS_SHOWN],
            "frame": pages.written_in("frame", person),
            "theory": pages.theory_visible_to(person),
            "saved": start.saved_answers(person),
        },
    )


@require_GET
def for_you(request: HttpRequest) -> HttpResponse:
    """The five questions and, once answered, what fits, best first, with reasons. The answers stand in the address."""
    person, saved = request.user, start.saved_answers(request.user)
    given = any(name in request.GET for name in ANSWERS)
    if not given and (kept := _kept(request, saved)):
        return redirect(f"{reverse('knowledge:for_you')}?{kept}")
    form = StartForm(request.GET if given else None)
    context: dict[str, Any] = {"form": form, "saved": saved, "given": given}
    status = 200
    if given and form.is_valid():
        request.session[IN_SESSION] = request.GET.urlencode()[:1000]
        offered = start.offered_to(person, start.answers_of(person, **form.cleaned_data))
        context["offered"] = [
            (each.resource, [reason_words(reason) for reason in each.advice.reasons]) for each in offered
        ]
        context["courses"] = [
            course for course in learning.courses_for(person) if _fits(course.path.slug, form.cleaned_data["tier"])
        ]
    elif given:
        status = 422
    return render(request, "knowledge/for_you.html", context, status=status)


def _fits(slug: str, tier: str) -> bool:
    """Miners learn from the cooperatives' course, all others from that for companies."""
    return (tier in ("asm", "lsm")) == ("cooperative" in slug) or not tier


def _kept(request: HttpRequest, saved: Any) -> str:
    """The answers kept in the account or, failing that, in the session, as an address."""
    if "again" in request.GET:
        return ""
    if saved is not None:
        address = request.GET.copy()
        address.update({name: getattr(saved, name) for name in ("tier", "size", "country", "in_scope")})
        address.setlist("minerals", saved.minerals)
        return address.urlencode()
    return request.session.get(IN_SESSION, "") if request.session.session_key else ""


@login_required
@require_POST
def for_you_keep(request: HttpRequest) -> HttpResponse:
    """Keep the answers in the account, or forget them."""
    back = f"{reverse('knowledge:for_you')}?{request.POST.get('answers', '')[:1000]}"
    if "forget" in request.POST:
        readers.forget_answers(by=request.user)
        request.session.pop(IN_SESSION, None)
        messages.success(request, _("Your answers are forgotten."))
        return redirect(f"{reverse('knowledge:for_you')}?again=1")
    form = StartForm(request.POST)
    if not form.is_valid():
        return render(request, "knowledge/for_you.html", {"form": form, "given": False}, status=422)
    readers.keep_answers(**form.cleaned_data, by=request.user)
    messages.success(request, undoable(_("Your answers are kept in your account."), back))
    return redirect("knowledge:for_you")
