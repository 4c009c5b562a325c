"""A person's own account: name, language, API tokens. Passwords and second factors are allauth's pages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, queries
from eprm.people.forms import ProfileForm, TokenForm
from eprm.people.stepup import step_up


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, and the ways to everything else about one's own account."""
    now = {"name": request.user.name, "language": request.user.language, "spoken": queries.spoken_by(request.user)}
    form = ProfileForm(request.POST or None, initial=now)
    if form.is_valid():
        told = form.cleaned_data
        actions.save_profile(name=told["name"], language=told["language"], by=request.user)
        actions.save_spoken_languages(codes=told["spoken"], by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("people:profile")
    return render(
        request,
        "people/profile.html",
        {
            "form": form,
            "memberships": request.user.current_memberships,
            "invitations": queries.invitations_for(request.user, timezone.now()),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    tokens = queries.tokens_visible_to(request.user)
    now = timezone.now()
    return render(
        request,
        "people/token_list.html",
        {
            "live": tokens.filter(revoked_at=None, expires_at__gt=now),
            "ended": tokens.exclude(revoked_at=None, expires_at__gt=now),
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@step_up
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token. Its key stands on the answer to this one POST and nowhere else."""
    if request.organisation is None:
        return redirect("people:organisation_new")
    form = TokenForm(request.POST or None)
    if form.is_valid():
        token, key = actions.create_token(
            request.organisation,
            label=form.cleaned_data["label"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.cleaned_data["expires_on"],
            by=request.user,
        )
        return render(request, "people/token_made.html", {"token": token, "key": key})
    return render(request, "people/token_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens_visible_to(request.user), pk=pk)
    actions.revoke_token(token, by=request.user)
    messages.success(request, _("The token “%(label)s” is ended.") % {"label": token.label})
    return redirect("people:token_list")


@login_required
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one browser."""
    session = get_object_or_404(queries.sessions_of(request.user), pk=pk)
    here = session.is_current()
    actions.end_session(session, by=request.user)
    messages.success(request, _("That browser is signed out."))
    return redirect("account_login" if here else "usersessions_list")
