"""News by groups: writing, and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.knowledge import rules
from eprm.knowledge.actions import news as actions
from eprm.knowledge.forms import NewsForm
from eprm.knowledge.queries import pages
from eprm.people import audiences


@login_required
@require_http_methods(["GET", "POST"])
def news_new(request: HttpRequest) -> HttpResponse:
    """Write for a group one speaks for; its key may stand in the address."""
    voices = audiences.voices_of(request.user)
    if not voices:
        rules.can_speak(request.user, "").require()
    form = NewsForm(request.POST or None, voices=voices, initial={"voice": request.GET.get("for", "")})
    if request.method == "POST" and form.is_valid():
        try:
            page = actions.write_news(**form.cleaned_data, by=request.user)
        except NotAllowed as refused:
            form.add_error("openly", refused.reason)
        else:
            if page.live:
                messages.success(request, _("The news is published for the members of the group."))
                return redirect(page)
            messages.success(request, _("An editor reads it, then it is published for everybody."))
            return redirect("knowledge:news_list")
    return render(request, "knowledge/news_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def news_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(pages.news_spoken_by(request.user), pk=pk)
    actions.withdraw_news(page, by=request.user)
    messages.success(request, _("“%(title)s” is withdrawn.") % {"title": page.title})
    return redirect("knowledge:news_list")
