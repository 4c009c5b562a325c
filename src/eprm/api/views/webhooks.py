"""Webhooks: which programs of an organisation are told of what, and what they answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.api import actions, queries, rules
from eprm.api.forms import WebhookForm
from eprm.api.tables import DeliveryTable, WebhookTable
from eprm.base.errors import NotAllowed
from eprm.people.access import for_an_organisation
from eprm.people.stepup import step_up
from eprm.ui import tables
from eprm.ui.tables import Empty


@for_an_organisation
@require_GET
def webhook_list(request: HttpRequest) -> HttpResponse:
    mine = queries.webhooks_visible_to(request.user).filter(organisation=request.organisation)
    empty = Empty(
        title=_("No webhook yet"),
        text=_("A webhook tells a program of yours at once when something happens here, so that it need not ask."),
    )
    managing = rules.can_manage_webhooks(request.user, request.organisation)
    return tables.respond(request, WebhookTable(mine, empty=empty), "api/webhook_list.html", {"managing": managing})


@for_an_organisation
@never_cache
@require_http_methods(["GET", "POST"])
@step_up
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Make one. Its secret stands on the answer to this one POST and nowhere else."""
    rules.can_manage_webhooks(request.user, request.organisation).require()
    form = WebhookForm(request.POST or None)
    if form.is_valid():
        try:
            hook, secret = actions.make_webhook(request.organisation, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            return render(request, "api/webhook_made.html", {"hook": hook, "secret": secret})
    return render(request, "api/webhook_new.html", {"form": form}, status=422 if form.errors else 200)


@for_an_organisation
@require_GET
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook and what it was told."""
    hook = get_object_or_404(queries.webhooks_visible_to(request.user), pk=pk)
    table = DeliveryTable(queries.deliveries_of(hook), empty=Empty(title=_("It was told nothing yet")))
    ending = rules.can_end_webhook(request.user, hook)
    return tables.respond(request, table, "api/webhook_detail.html", {"hook": hook, "ending": ending})


@for_an_organisation
@require_POST
def webhook_end(request: HttpRequest, pk: int) -> HttpResponse:
    hook = get_object_or_404(queries.webhooks_visible_to(request.user), pk=pk)
    actions.end_webhook(hook, by=request.user)
    messages.success(request, _("The webhook “%(label)s” is told nothing any more.") % {"label": hook.label})
    return redirect("webhook_list")
