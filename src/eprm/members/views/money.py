"""Invoices and payments: the secretariat books, a member sees its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from eprm.base.errors import NotAllowed
from eprm.base.files import bytes_of
from eprm.members import lifecycle, rules
from eprm.members.actions import contributions as actions
from eprm.members.forms.office import AgreedForm, CreditForm, EarmarkForm, InvoiceFilter, PaymentForm, YearForm
from eprm.members.models import Invoice
from eprm.members.queries import contributions as queries
from eprm.members.queries.membership import members_visible_to
from eprm.members.tables import InvoiceTable, PaymentTable
from eprm.ui.tables import Empty, respond


@login_required
@require_GET
def invoice_list(request: HttpRequest) -> HttpResponse:
    """Invoices and credit notes, for the bookkeeper as CSV and XLSX too."""
    rules.can_see_members(request.user).require()
    form, found = InvoiceFilter(request.GET), queries.invoices_visible_to(request.user)
    if form.is_valid():
        told = form.cleaned_data
        found = found.filter(year=told["year"]) if told["year"] else found
        found = found.filter(kind=told["kind"]) if told["kind"] else found
        found = found.filter(kind=Invoice.Kind.INVOICE, owed__gt=0) if told["owed"] else found
    table = InvoiceTable(found, on=timezone.localdate(), empty=Empty(title=_("No invoice here")))
    keeps = bool(rules.can_keep_members(request.user))
    return respond(request, table, "members/invoice_list.html", {"filter": form, "keeps": keeps})


@login_required
@require_GET
def payment_list(request: HttpRequest) -> HttpResponse:
    """Everything booked, newest first."""
    rules.can_see_members(request.user).require()
    found = queries.payments_visible_to(request.user)
    table = PaymentTable(found, on=timezone.localdate(), empty=Empty(title=_("Nothing booked yet")))
    return respond(request, table, "members/payment_list.html")


def _invoice(request: HttpRequest, pk: int) -> Invoice:
    return get_object_or_404(queries.invoices_visible_to(request.user), pk=pk)


@login_required
@require_GET
def invoice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice with what was paid, credited and earmarked."""
    invoice = _invoice(request, pk)
    context = {
        "invoice": invoice,
        "payments": queries.payments_visible_to(request.user).filter(invoice=invoice),
        "notes": invoice.credit_notes.all(),
        "earmarks": invoice.earmarks.select_related("made_by"),
        "keeps": bool(rules.can_keep_members(request.user)) and invoice.kind == Invoice.Kind.INVOICE,
        "sees_all": bool(rules.can_see_members(request.user)),
    }
    return render(request, "members/invoice_detail.html", context)


@login_required
@require_GET
def invoice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The invoice on paper."""
    invoice = _invoice(request, pk)
    response = HttpResponse(bytes_of(invoice.sha256), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{invoice.label}.pdf"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def payment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a payment or a refund."""
    invoice = _invoice(request, pk)
    form = PaymentForm(request.POST or None, initial={"on": timezone.localdate(), "amount": invoice.owed})
    return _booking(request, invoice, form, actions.book_payment, "payment_new", _("Booked on %(invoice)s."))


@login_required
@require_http_methods(["GET", "POST"])
def credit_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a credit note."""
    invoice = _invoice(request, pk)
    return _booking(
        request,
        invoice,
        CreditForm(request.POST or None, initial={"amount": invoice.amount - invoice.credited}),
        actions.credit,
        "credit_new",
        _("A credit note is written for %(invoice)s."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def earmark_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a part aside for a purpose."""
    form = EarmarkForm(request.POST or None)
    return _booking(
        request, _invoice(request, pk), form, actions.earmark, "earmark_new", _("Earmarked from %(invoice)s.")
    )


def _booking(
    request: HttpRequest, invoice: Invoice, form: Form, action: Callable[..., object], name: str, said: str
) -> HttpResponse:
    """A form on one invoice; a refusal stands at the form, with everything typed still there."""
    rules.can_keep_members(request.user).require()
    if form.is_valid():
        try:
            action(invoice, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, said % {"invoice": invoice.label})
            return redirect("members:invoice_detail", invoice.pk)
    context = {"form": form, "invoice": invoice}
    return render(request, f"members/{name}.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def invoice_yearly(request: HttpRequest) -> HttpResponse:
    """Issue the yearly fees of all members that have none for the year."""
    rules.can_keep_members(request.user).require()
    today = timezone.localdate()
    form = YearForm(request.POST or None, initial={"year": today.year})
    if form.is_valid():
        issued = actions.issue_yearly(year=form.cleaned_data["year"], by=request.user)
        said = ngettext(
            "%(count)s invoice is issued and mailed.", "%(count)s invoices are issued and mailed.", len(issued)
        )
        messages.success(request, said % {"count": len(issued)})
        return redirect("members:invoice_list")
    context = {"form": form, "waiting": queries.to_invoice(today.year, today), "year": today.year}
    return render(request, "members/invoice_yearly.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def invoice_new(request: HttpRequest) -> HttpResponse:
    """An invoice of a contribution that was agreed."""
    rules.can_keep_members(request.user).require()
    running = members_visible_to(request.user).filter(state__in=lifecycle.CURRENT)
    form = AgreedForm(request.POST or None, members=running)
    if form.is_valid():
        invoice = actions.issue_agreed(**form.cleaned_data, by=request.user)
        messages.success(request, _("%(invoice)s is issued and mailed.") % {"invoice": invoice})
        return redirect(reverse("members:invoice_detail", args=[invoice.pk]))
    return render(request, "members/invoice_new.html", {"form": form}, status=422 if form.errors else 200)
