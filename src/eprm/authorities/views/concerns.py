"""The letter box for substantiated concerns: put one in, follow it, answer it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.authorities import forms, queries, rules, tables
from eprm.authorities.actions import concerns
from eprm.authorities.models import Concern
from eprm.authorities.wording import DUTIES, KNOWN_BY, LACKING
from eprm.base.files import bytes_of
from eprm.people.access import for_an_organisation
from eprm.ui.downloads import attachment
from eprm.ui.tables import Empty, respond
from lode.concerns import ConcernFacts, lacks

FACTS = ("importer_name", "duty", "text", "place", "happened_on", "known_by", "sources")


def concern_new(request: HttpRequest) -> HttpResponse:
    """Put a concern in; nobody needs an account. What would make it stronger is said once, before it goes."""
    form = forms.ConcernForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        lacking = _lacking(form)
        if lacking and "as_it_is" not in request.POST:
            shown = {"form": form, "lacking": [LACKING[lack] for lack in lacking]}
            return render(request, "authorities/concern_new.html", shown)
        facts = {name: form.cleaned_data[name] for name in FACTS}
        person = request.user if request.user.is_authenticated else None
        concern, code = concerns.put_concern(
            authority=form.cleaned_data["authority"],
            **facts,
            files=[(str(file.name), file.read()) for file in form.cleaned_data["files"]],
            submitted_for=request.organisation,
            by=person,
        )
        if not code:
            messages.success(request, _("Your concern is with %(authority)s.") % {"authority": concern.organisation})
            return redirect("authorities:concern_detail", concern.pk)
        return render(request, "authorities/concern_sent.html", {"concern": concern, "code": code})
    return render(request, "authorities/concern_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _lacking(form: forms.ConcernForm) -> tuple:
    told = form.cleaned_data
    return lacks(
        ConcernFacts(
            importer=told["importer_name"],
            duty=told["duty"],
            text=told["text"],
            happened_on=told["happened_on"],
            known_by=told["known_by"],
            evidence=len(told["files"]) + bool(told["sources"].strip()),
        ),
        on=timezone.localdate(),
    )


def concern_follow(request: HttpRequest) -> HttpResponse:
    """What became of a concern, for whoever holds its receipt code."""
    form = forms.ReceiptForm(request.POST or None)
    concern = queries.concern_of_receipt(form.cleaned_data["receipt"]) if form.is_bound and form.is_valid() else None
    if form.is_bound and concern is None and not form.errors:
        form.add_error("receipt", _("No concern has this code. Look for letters and digits that were mistaken."))
    shown = {"form": form, "concern": concern}
    return render(request, "authorities/concern_follow.html", shown, status=422 if form.errors else 200)


@for_an_organisation
def concern_list(request: HttpRequest) -> HttpResponse:
    """The concerns at one's own desk or, elsewhere, those one has put in."""
    authority = queries.desk_of(request.organisation)
    found = queries.concerns_at(request.organisation) if authority else queries.concerns_by(request.user)
    empty = Empty(title=_("No concern"), text=_("Concerns that are put in while signed in are listed here."))
    table = tables.ConcernTable(found, on=timezone.localdate(), empty=empty)
    return respond(request, table, "authorities/concern_list.html", {"authority": authority})


def _found(request: HttpRequest, pk: str) -> Concern:
    concern = queries.concern_visible_to(request.user, pk)
    if concern is None:
        raise Http404("No such concern of yours.")
    return concern


@login_required
def concern_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """A concern; its authority answers it here."""
    concern = _found(request, pk)
    at_desk = request.user.role_in(concern.organisation_id) is not None
    may_work = at_desk and rules.can_work_desk(
        request.user, concern.organisation, queries.desk_of(concern.organisation)
    )
    form = forms.AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        concerns.answer_concern(concern=concern, **form.cleaned_data, by=request.user)
        messages.success(request, _("The answer is there to read."))
        return redirect("authorities:concern_detail", concern.pk)
    shown = {
        "concern": concern,
        "tone": tables.CONCERN_TONES[concern.state],
        "duty": DUTIES.get(concern.duty, ""),
        "known_by": KNOWN_BY.get(concern.known_by, ""),
        "files": queries.files_of(concern),
        "may_take": may_work and concern.state == Concern.State.RECEIVED,
        "form": form if may_work and concern.state != Concern.State.ANSWERED else None,
        "at_desk": at_desk,
    }
    return render(request, "authorities/concern_detail.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def concern_take(request: HttpRequest, pk: str) -> HttpResponse:
    concerns.take_concern(concern=_found(request, pk), by=request.user)
    messages.success(request, _("You look into it; whoever put it in sees that."))
    return redirect("authorities:concern_detail", pk)


@login_required
def concern_file(request: HttpRequest, pk: str) -> HttpResponse:
    """A file given with a concern."""
    file = queries.concern_file_visible_to(request.user, pk)
    if file is None:
        raise Http404("No such file of yours.")
    return attachment(bytes_of(file.sha256), file.name)
