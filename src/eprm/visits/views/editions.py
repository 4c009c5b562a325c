"""The dated rows the secretariat keeps: themes, and the delay before a story appears."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.ui import tables as ui_tables
from eprm.visits import forms, rules, tables
from eprm.visits.actions import editions as actions
from eprm.visits.queries import field as field_queries
from eprm.visits.queries import stories as story_queries
from eprm.visits.views.access import form_page


@login_required
def edition_list(request: HttpRequest) -> HttpResponse:
    """What observations are about and how long stories wait, with source and day: for everybody signed in."""
    delays = tables.DelayTable(story_queries.all_delays(), prefix="d-")
    ui_tables.prepare(request, delays)
    shown = {"delays": delays, "may_keep": rules.can_keep_editions(request.user)}
    return ui_tables.respond(request, tables.ThemeTable(field_queries.all_themes()), "visits/edition_list.html", shown)


@login_required
def theme_new(request: HttpRequest) -> HttpResponse:
    rules.can_keep_editions(request.user).require()
    form = forms.ThemeForm(request.POST or None, initial={"since": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_theme(**form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("name_en", refusal.reason)
        else:
            messages.success(request, _("“%(theme)s” can be chosen now.") % {"theme": made})
            return redirect("visits:edition_list")
    return form_page(request, form, title=_("Add a theme"), action=_("Add it"), back=reverse("visits:edition_list"))


@login_required
def theme_end(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_keep_editions(request.user).require()
    theme = get_object_or_404(field_queries.all_themes(), pk=pk)
    form = forms.UntilForm(request.POST or None, initial={"until": theme.until or timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            actions.end_theme(theme=theme, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("until", refusal.reason)
        else:
            messages.success(request, _("What was written under “%(theme)s” stays.") % {"theme": theme})
            return redirect("visits:edition_list")
    return form_page(request, form, title=str(theme), action=_("End it"), back=reverse("visits:edition_list"))


@login_required
def delay_new(request: HttpRequest) -> HttpResponse:
    rules.can_keep_editions(request.user).require()
    form = forms.DelayForm(request.POST or None, initial={"since": timezone.localdate()})
    if form.is_bound and form.is_valid():
        actions.set_delay(**form.cleaned_data, by=request.user)
        messages.success(request, _("The delay is set."))
        return redirect("visits:edition_list")
    return form_page(request, form, title=_("Set the delay"), action=_("Set it"), back=reverse("visits:edition_list"))
