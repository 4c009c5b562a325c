"""Asking suppliers for a declaration, and asking again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence import letters, rules, tables
from eprm.diligence.actions import enquiries
from eprm.diligence.company.access import today
from eprm.diligence.forms import AskForm
from eprm.diligence.queries import suppliers as queries
from eprm.people.access import for_an_organisation
from eprm.ui.languages import second_language
from eprm.ui.tables import Empty, respond


@for_an_organisation
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """Who was asked for which year, and who has not answered."""
    mine = queries.enquiries_visible_to(request.user).filter(organisation=request.organisation)
    found = tables.EnquiryFilter(request.GET, mine)
    empty = Empty(
        title=_("No enquiry fits these filters") if request.GET else _("Nobody was asked yet"),
        text=_("Ask your suppliers for a year’s declaration; then you see here who has not answered."),
        url=reverse("diligence:enquiry_new"),
        action=_("Ask suppliers"),
    )
    table = tables.EnquiryTable(found.qs, on=today(), empty=empty)
    may_write = rules.can_write(request.user, request.organisation.pk)
    return respond(request, table, "diligence/enquiry_list.html", {"filter": found, "may_write": may_write})


@for_an_organisation
def enquiry_new(request: HttpRequest) -> HttpResponse:
    """Ask several suppliers at once."""
    rules.can_write(request.user, request.organisation.pk).require()
    form = AskForm(request.POST or None, person=request.user, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        asked = enquiries.ask_suppliers(**form.cleaned_data, organisation=request.organisation, by=request.user)
        count = len(asked)
        said = ngettext("%(count)d supplier is asked.", "%(count)d suppliers are asked.", count) % {"count": count}
        messages.success(request, said)
        return redirect("diligence:enquiry_list")
    return render(request, "diligence/enquiry_new.html", {"form": form}, status=422 if form.is_bound else 200)


@for_an_organisation
def enquiry_reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a reminder, to copy or to open in a mail program."""
    enquiry = get_object_or_404(queries.unanswered_for(request.user).select_related("organisation"), pk=pk)
    language = request.GET.get("language") or second_language()
    letter = letters.reminder_letter(enquiry, language)
    return render(
        request, "diligence/enquiry_reminder.html", {"enquiry": enquiry, "letter": letter, "language": language}
    )
