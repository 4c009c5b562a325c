"""Sending files, the list of them, and the page of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from eprm.base.errors import Overtaken
from eprm.diligence import downloads, letters, lifecycle, rules, tables
from eprm.diligence.actions import acceptance, uploads
from eprm.diligence.company.access import today
from eprm.diligence.forms import AssignForm, ReturnForm, SendForm
from eprm.diligence.models import Upload
from eprm.diligence.queries import uploads as queries
from eprm.diligence.queries.suppliers import supplier_named
from eprm.diligence.upload_page import UploadPage
from eprm.people.access import for_an_organisation
from eprm.ui.languages import second_language
from eprm.ui.tables import Empty, respond


def _upload_or_404(request: HttpRequest, pk: int) -> Upload:
    return get_object_or_404(queries.upload_in_full(request.user), pk=pk)


@for_an_organisation
def upload_list(request: HttpRequest) -> HttpResponse:
    """Every declaration that was sent, with what still stands open on it."""
    mine = queries.uploads_visible_to(request.user).filter(organisation=request.organisation)
    found = tables.UploadFilter(request.GET, mine)
    empty = Empty(
        title=_("No declaration fits these filters") if request.GET else _("No declaration yet"),
        text=_("Drop the workbooks your suppliers sent you: one, several, or a zip."),
        url=reverse("diligence:upload_new"),
        action=_("Send declarations"),
    )
    table = tables.UploadTable(found.qs, on=today(), empty=empty)
    may_send = rules.can_write(request.user, request.organisation.pk)
    return respond(request, table, "diligence/upload_list.html", {"filter": found, "may_send": may_send})


@for_an_organisation
def upload_new(request: HttpRequest) -> HttpResponse:
    """Choose files; with ?replaces=, a corrected one for a file that is here."""
    rules.can_write(request.user, request.organisation.pk).require()
    replaces = None
    if pk := request.GET.get("replaces", ""):
        replaces = _upload_or_404(request, int(pk) if pk.isdecimal() else 0)
        rules.can_replace(request.user, replaces).require()
    form = SendForm(
        request.POST or None,
        request.FILES or None,
        person=request.user,
        organisation=request.organisation,
        replaces=replaces,
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "diligence/upload_new.html", {"form": form, "replaces": replaces}, status=status)
    try:
        batch = uploads.receive_uploads(
            **form.cleaned_data, organisation=request.organisation, replaces=replaces, by=request.user
        )
    except uploads.AlreadyReceived as already:
        messages.info(request, _("This file is here already: the same bytes, so nothing was added. This is the first."))
        return redirect("diligence:upload_detail", already.first.pk)
    only = queries.only_upload_of(batch)
    return redirect("diligence:upload_detail", only.pk) if only else redirect("diligence:batch_detail", batch.pk)


@for_an_organisation
def upload_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file says, what is wrong with it, which names to decide, and whether it can be accepted."""
    upload = _upload_or_404(request, pk)
    if upload.state == lifecycle.RECEIVED:
        context = {"upload": upload, "stuck": queries.is_check_stuck(upload)}
        template = "diligence/_upload_waiting.html" if request.htmx else "diligence/upload_waiting.html"
        return render(request, template, context)
    if request.htmx.target == "waiting":
        return HttpResponseClientRefresh()
    page = UploadPage(upload, request.user)
    return render(request, "diligence/upload_detail.html", {"page": page, "upload": upload})


@for_an_organisation
def upload_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the Smelter List with what it was taken to mean."""
    upload = _upload_or_404(request, pk)
    table = tables.LineTable(queries.lines_of(upload), on=today())
    return respond(request, table, "diligence/upload_lines.html", {"upload": upload})


@for_an_organisation
def upload_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding as a table, to take along."""
    upload = _upload_or_404(request, pk)
    table = tables.FindingTable(queries.findings_of(upload), on=today())
    return respond(request, table, "diligence/upload_findings.html", {"upload": upload})


@for_an_organisation
def upload_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file exactly as it was sent."""
    return downloads.original(_upload_or_404(request, pk))


@for_an_organisation
def upload_annotated(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender's own file with a note on each cell that has a finding."""
    return downloads.annotated(_upload_or_404(request, pk))


@for_an_organisation
@require_POST
def upload_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the declaration."""
    upload = _upload_or_404(request, pk)
    try:
        acceptance.accept_declaration(upload=upload, by=request.user)
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        messages.success(request, _("The declaration is accepted: from now on its smelters count."))
    return redirect("diligence:upload_detail", pk)


@for_an_organisation
def upload_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the supplier what to correct, and note that it was sent back."""
    upload = _upload_or_404(request, pk)
    rules.can_return(request.user, upload).require()
    language = request.GET.get("language") or letters.language_for(upload, second_language())
    letter = letters.findings_letter(upload, queries.findings_of(upload), queries.unsure_names(upload), language)
    form = ReturnForm(request.POST or None, initial={"text": letter.text})
    if request.method == "POST" and form.is_valid():
        acceptance.return_declaration(upload=upload, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Noted as sent back. When the corrected file comes, send it in place of this one."))
        return redirect("diligence:upload_detail", pk)
    context = {"upload": upload, "letter": letter, "form": form, "language": language}
    return render(request, "diligence/upload_return.html", context, status=422 if form.is_bound else 200)


@for_an_organisation
def upload_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which supplier the file is from."""
    upload = _upload_or_404(request, pk)
    rules.can_assign(request.user, upload).require()
    declared = getattr(upload, "declaration", None)
    guess = upload.supplier or supplier_named(declared.company_name if declared else "", upload.organisation_id)
    form = AssignForm(request.POST or None, person=request.user, upload=upload, initial={"supplier": guess})
    if request.method == "POST" and form.is_valid():
        uploads.assign_supplier(upload=upload, supplier=form.cleaned_data["supplier"], by=request.user)
        messages.success(request, _("The file is now %(supplier)s’s.") % form.cleaned_data)
        return redirect("diligence:upload_detail", pk)
    context = {"upload": upload, "form": form}
    return render(request, "diligence/upload_assign.html", context, status=422 if form.is_bound else 200)


@for_an_organisation
@require_POST
def upload_recheck(request: HttpRequest) -> HttpResponse:
    """Check everything on its way again, as after a new register."""
    count = uploads.recheck_uploads(organisation=request.organisation, by=request.user)
    messages.success(request, _("%(count)d declarations are being checked again.") % {"count": count})
    return redirect("diligence:upload_list")
