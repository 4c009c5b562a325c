"""Suppliers: the list, one of them, a new one, and many from a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.diligence import rules, tables
from eprm.diligence.actions import screening, suppliers
from eprm.diligence.actions.uploads import assign_supplier
from eprm.diligence.company.access import today
from eprm.diligence.forms import SupplierForm, SupplierListForm
from eprm.diligence.models import Supplier, Upload
from eprm.diligence.queries import suppliers as queries
from eprm.diligence.queries.screening import screening_of
from eprm.diligence.queries.uploads import uploads_visible_to
from eprm.diligence.supplier_list import SupplierList, read_suppliers
from eprm.people.access import for_an_organisation
from eprm.reference.forms import JudgeForm
from eprm.ui.tables import Empty, prepare, respond


@for_an_organisation
def supplier_list(request: HttpRequest) -> HttpResponse:
    """Whom the organisation buys from, and how far each one's declaration is."""
    mine = queries.suppliers_visible_to(request.user).filter(organisation=request.organisation)
    found = tables.SupplierFilter(request.GET, mine)
    empty = Empty(
        title=_("No supplier fits these filters") if request.GET else _("No supplier yet"),
        text=_("Add the first by hand, or send us your list as a spreadsheet."),
        url=reverse("diligence:supplier_new"),
        action=_("Add a supplier"),
    )
    table = tables.SupplierTable(found.qs, on=today(), empty=empty)
    may_write = rules.can_write(request.user, request.organisation.pk)
    return respond(request, table, "diligence/supplier_list.html", {"filter": found, "may_write": may_write})


@for_an_organisation
def supplier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One supplier: what it was asked, what it sent, and how it stands against the sanctions lists."""
    return _show(request, get_object_or_404(queries.suppliers_visible_to(request.user), pk=pk))


@for_an_organisation
@require_POST
def supplier_screening(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the supplier is a listed party whose name is alike."""
    supplier = get_object_or_404(queries.suppliers_visible_to(request.user), pk=pk)
    rules.can_write(request.user, supplier.organisation_id).require()
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _show(request, supplier, form, status=422)
    try:
        screening.judge_screening(supplier=supplier, **form.cleaned_data, by=request.user)
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        messages.success(request, _("Your decision is kept; the same parties are not asked about again."))
    return redirect("diligence:supplier_detail", pk)


def _show(
    request: HttpRequest, supplier: Supplier, form: JudgeForm | None = None, *, status: int = 200
) -> HttpResponse:
    found = screening_of(supplier)
    files = tables.UploadTable(
        uploads_visible_to(request.user).filter(supplier=supplier),
        on=today(),
        empty=Empty(title=_("This supplier has sent nothing yet")),
    )
    asked = tables.EnquiryTable(
        queries.enquiries_visible_to(request.user).filter(supplier=supplier), prefix="asked-", exclude=("supplier",)
    )
    may_write = rules.can_write(request.user, supplier.organisation_id)
    context = {
        "supplier": supplier,
        "asked": prepare(request, asked),
        "may_write": may_write,
        "screening": found,
        "screening_pill": tables.screening_pill(found.state if found else None),
        "form": form or JudgeForm(initial={"seen": found.pk} if found else None),
    }
    return respond(request, files, "diligence/supplier_detail.html", context, status=status)


@for_an_organisation
def supplier_new(request: HttpRequest) -> HttpResponse:
    """Add a supplier; with ?upload=, the one a declaration names, to which the file is then assigned."""
    rules.can_write(request.user, request.organisation.pk).require()
    upload = _upload_asked(request)
    form = SupplierForm(request.POST or None, initial=_as_declared(upload))
    if request.method == "POST" and form.is_valid():
        try:
            supplier = suppliers.add_supplier(**form.cleaned_data, organisation=request.organisation, by=request.user)
        except NotAllowed as refusal:
            form.add_error("name", refusal.reason)
        else:
            messages.success(request, _("“%(name)s” is on your list.") % {"name": supplier.name})
            if upload is None:
                return redirect("diligence:supplier_detail", supplier.pk)
            assign_supplier(upload=upload, supplier=supplier, by=request.user)
            return redirect("diligence:upload_detail", upload.pk)
    context = {"form": form, "upload": upload}
    return render(request, "diligence/supplier_new.html", context, status=422 if form.is_bound else 200)


def _upload_asked(request: HttpRequest) -> Upload | None:
    pk = request.GET.get("upload", "")
    return get_object_or_404(uploads_visible_to(request.user), pk=int(pk)) if pk.isdecimal() else None


def _as_declared(upload: Upload | None) -> dict[str, str]:
    declared = getattr(upload, "declaration", None)
    if declared is None:
        return {}
    return {
        "name": declared.company_name[:255],
        "contact_name": declared.contact_name[:200],
        "contact_email": declared.contact_email if "@" in declared.contact_email else "",
    }


@for_an_organisation
def supplier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is noted about a supplier."""
    supplier = get_object_or_404(queries.suppliers_visible_to(request.user), pk=pk)
    rules.can_write(request.user, supplier.organisation_id).require()
    form = SupplierForm(request.POST or None, instance=supplier)
    if request.method == "POST" and form.is_valid():
        try:
            suppliers.change_supplier(supplier=supplier, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("name", refusal.reason)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("diligence:supplier_detail", pk)
    context = {"form": form, "supplier": supplier}
    return render(request, "diligence/supplier_edit.html", context, status=422 if form.is_bound else 200)


@for_an_organisation
def supplier_import(request: HttpRequest) -> HttpResponse:
    """Many suppliers from a CSV file; what is wrong is said by row, and then nothing is saved."""
    rules.can_write(request.user, request.organisation.pk).require()
    form = SupplierListForm(request.POST or None, request.FILES or None)
    read = SupplierList([], [])
    if request.method == "POST" and form.is_valid():
        read = read_suppliers(form.cleaned_data["file"][0].read())
        if not read.has_errors:
            added, changed = suppliers.import_suppliers(
                organisation=request.organisation, rows=read.rows, by=request.user
            )
            said = ngettext("%(added)d supplier added", "%(added)d suppliers added", added) % {"added": added}
            said += _(", %(changed)d changed.") % {"changed": changed}
            messages.success(request, said)
            return redirect("diligence:supplier_list")
    context = {"form": form, "read": read}
    return render(request, "diligence/supplier_import.html", context, status=422 if form.is_bound else 200)
