"""What an importer files with its authority, and the letters between both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.authorities import forms, queries, rules, tables
from eprm.authorities.actions import desk
from eprm.authorities.models import FiledDocument, Filing
from eprm.authorities.wording import point_words
from eprm.base.files import bytes_of
from eprm.people.access import for_an_organisation
from eprm.ui.downloads import attachment
from eprm.ui.tables import Empty, respond


def found(request: HttpRequest, pk: int) -> Filing:
    """The file, for its importer and its authority; nothing of it for anybody else."""
    filing = queries.filing_visible_to(request.user, pk)
    if filing is None:
        raise Http404("No such file of yours.")
    return filing


@for_an_organisation
def filing_list(request: HttpRequest) -> HttpResponse:
    """What the organisation has filed."""
    empty = Empty(
        title=_("You have filed nothing yet"),
        text=_(
            "An importer above a threshold of Annex I discloses every year (Article 7). What you file here reaches "
            "the authority you choose, and nobody else: not the secretariat, not other members."
        ),
        url=reverse("authorities:filing_new"),
        action=_("File a year"),
    )
    mine = queries.filings_of(request.organisation)
    table = tables.MyFilingTable(mine, on=timezone.localdate(), empty=empty)
    may_file = rules.can_file(request.user, request.organisation)
    return respond(request, table, "authorities/filing_list.html", {"may_file": may_file})


@for_an_organisation
def filing_new(request: HttpRequest) -> HttpResponse:
    """File a year with an authority."""
    rules.can_file(request.user, request.organisation).require()
    return _fill(request, None)


@for_an_organisation
def filing_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """File a correction in place of what was filed, which stays as it was."""
    before = found(request, pk)
    rules.can_correct(request.user, before, queries.state_of(before)).require()
    return _fill(request, before)


def _fill(request: HttpRequest, before: Filing | None) -> HttpResponse:
    sent = request.method == "POST"
    wants_rows = "rows" in request.POST
    rows = _count(request.POST.get("rows_shown")) + forms.ROWS if wants_rows else forms.ROWS
    data = _with_more_rows(request, rows) if wants_rows else (request.POST if sent else None)
    form = forms.FilingForm(data, request.FILES or None, corrects=before, initial=_initial(before))
    masses = forms.mass_forms(data, initial=_masses_before(before), rows=rows)
    if sent and not wants_rows and all([form.is_valid(), masses.is_valid()]):
        facts = {name: form.cleaned_data[name] for name in ("eori", "exemption", "statement")}
        filing = desk.file_pack(
            organisation=before.organisation if before else request.organisation,
            authority=queries.desk_of(before.authority) if before else form.cleaned_data["authority"],
            year=before.year if before else form.cleaned_data["year"],
            **facts,
            masses=masses.masses(),
            documents=form.documents(),
            replaces=before,
            by=request.user,
        )
        messages.success(request, _("%(authority)s has your file now.") % {"authority": filing.authority})
        return redirect("authorities:filing_detail", filing.pk)
    status = 422 if sent and not wants_rows else 200
    shown = {"form": form, "masses": masses, "before": before, "rows": len(masses.forms), "quiet": wants_rows}
    return render(request, "authorities/filing_new.html", shown, status=status)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 4 else 0


def _with_more_rows(request: HttpRequest, rows: int) -> Any:
    data = request.POST.copy()
    data["mass-TOTAL_FORMS"] = str(min(rows, forms.MOST_ROWS))
    return data


def _initial(before: Filing | None) -> dict[str, Any]:
    if before is None:
        return {}
    return {"eori": before.eori, "exemption": before.exemption, "statement": before.statement}


def _masses_before(before: Filing | None) -> list[dict[str, Any]]:
    if before is None:
        return []
    lines = {(row.code, row.description): row.pk for row in queries.lines_of_annex()}
    return [
        {"line": lines.get((row.code, row.description)), "mass_kg": row.mass_kg, "origin": row.origin}
        for row in queries.masses_of(before)
    ]


@login_required
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One file as its importer or its authority sees it."""
    filing = found(request, pk)
    masses, documents = list(queries.masses_of(filing)), list(queries.documents_of(filing))
    lines, state = queries.scope_of_filing(masses), queries.state_of(filing)
    at_desk = request.user.role_in(filing.authority_id) is not None
    shown = {
        "filing": filing,
        "state": state,
        "status": f"filing.{state}" if at_desk else f"filing.own.{state}",
        "masses": masses,
        "lines": lines,
        "documents": documents,
        "missing": [FiledDocument.Kind(kind).label for kind in queries.documents_missing(filing, documents, lines)],
        "letters": queries.messages_of(filing),
        "form": forms.MessageForm(),
        "may_write": rules.can_write_message(request.user, filing, state),
        "may_correct": rules.can_correct(request.user, filing, state),
        "may_withdraw": rules.can_withdraw(request.user, filing, state),
        "at_desk": at_desk,
        **(_of_desk(request, filing) if at_desk else {}),
    }
    return render(request, "authorities/filing_detail.html", shown)


def _of_desk(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    """What the authority alone sees beside the file: its rank with reasons, and the checks of this importer."""
    place = next(
        (
            row
            for row in queries.desk(filing.authority, year=filing.year, on=timezone.localdate())
            if row.filing.pk == filing.pk
        ),
        None,
    )
    checks = queries.checks_of(filing.authority, filing.organisation)
    return {
        "place": place,
        "reasons": [(point_words(point), point.total) for point in place.ranking.points] if place else [],
        "checks": checks,
        "outcome_form": forms.OutcomeForm(),
        "may_work": rules.can_work_desk(request.user, filing.authority, queries.desk_of(filing.authority)),
    }


@require_POST
@login_required
def filing_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    desk.withdraw_filing(filing=found(request, pk), by=request.user)
    messages.success(request, _("The file is withdrawn. The authority sees that it was."))
    return redirect("authorities:filing_detail", pk)


@require_POST
@login_required
def message_new(request: HttpRequest, pk: int) -> HttpResponse:
    filing = found(request, pk)
    form = forms.MessageForm(request.POST)
    if form.is_valid():
        desk.write_message(filing=filing, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your message is there to read."))
    else:
        messages.error(request, _("The message was empty or longer than 20,000 characters; nothing was sent."))
    return redirect("authorities:filing_detail", pk)


@login_required
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A document of a file, as it was filed."""
    document = queries.document_visible_to(request.user, pk)
    if document is None:
        raise Http404("No such document of yours.")
    return attachment(bytes_of(document.sha256), document.name)
