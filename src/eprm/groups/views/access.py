"""The group a page is about, and how the reader stands to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from eprm.groups import rules
from eprm.groups.queries.groups import Place, groups_visible_to, place_of
from eprm.ui.clocks import clock_of, told_by

View = Callable[..., HttpResponse]


def in_group(*, reading: bool = True, public: bool = False) -> Callable[[View], View]:
    """The view gets the group of its address as a Place; 404 for one the reader cannot know of.

    With `reading`, what the group writes is on the page, so that whoever may not read it gets the reason. Times are
    told by the reader's clock. `public` pages of an open group need no account.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            group = get_object_or_404(groups_visible_to(request.user), slug=slug)
            here = place_of(request.user, group)
            if reading and not (ruling := rules.can_read(group, here.member)):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                ruling.require()
            with told_by(clock_of(request)):
                return view(request, here, *args, **kwargs)

        return guarded if public else login_required(guarded)

    return decorate


def page(request: HttpRequest, template: str, here: Place, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the group, with what its frame needs."""
    shared = {
        "here": here,
        "clock": clock_of(request),
        "group": here.group,
        "member": here.member if here.member and here.member.is_member else None,
        "moderating": bool(rules.can_moderate(request.user, here.group, here.member)),
        "facilitating": bool(rules.can_facilitate(here.group, here.member)),
        "taking_part": rules.can_take_part(here.group, here.member),
        "readable": bool(rules.can_read(here.group, here.member)),
    }
    return render(request, template, {**shared, **context}, status=status)


def form_page(request: HttpRequest, here: Place, form: Any, **words: Any) -> HttpResponse:
    """A page that is one form. `words`: `title`, `lede`, `action` on its button, `back` where leaving it leads."""
    return page(request, "groups/form.html", here, status=422 if form.errors else 200, form=form, **words)
