"""The report as a page, a PDF and a workbook; and keeping one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.base.files import file_bytes
from eprm.diligence.company.access import today
from eprm.diligence.company.queries.year import CompanyYear, declared_years, years_for
from eprm.diligence.reports import actions
from eprm.diligence.reports.build import build
from eprm.diligence.reports.document import Document
from eprm.diligence.reports.facts import facts_of
from eprm.diligence.reports.forms import ReportForm
from eprm.diligence.reports.pdf import write_pdf
from eprm.diligence.reports.queries import reports_visible_to
from eprm.diligence.reports.shown import shown_tables
from eprm.diligence.reports.tables import ReportTable, RowsTable
from eprm.diligence.reports.xlsx import write_workbook
from eprm.diligence.rules import can_write
from eprm.people.access import for_an_organisation
from eprm.ui.tables import Empty, respond

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {"pdf": write_pdf, "xlsx": write_workbook}


def _asked(request: HttpRequest) -> tuple[ReportForm, CompanyYear, str, str]:
    """The choices of the address (or, for a POST, of the form): year and day, version, language."""
    person, organisation = request.user, request.organisation
    chosen = request.POST if request.method == "POST" else request.GET
    declared = declared_years(person, organisation)
    form = ReportForm(chosen, years=years_for(person, organisation, declared), today=today())
    year, on = form.chosen()
    return form, CompanyYear(person, organisation, year, on, declared), *form.told()


def _document(request: HttpRequest) -> tuple[Document, CompanyYear, ReportForm]:
    form, view, kind, language = _asked(request)
    return build(facts_of(view, kind), kind=kind, language=language), view, form


@for_an_organisation
def report(request: HttpRequest) -> HttpResponse:
    """The report as a page, with the choices beside it."""
    document, view, form = _document(request)
    asked = _choices(document, view)
    with translation.override(document.language):
        sections, number = [], 0
        for section in document.sections:
            sections.append((section, list(shown_tables(section.tables, number))))
            number += len(section.tables)
    return render(
        request,
        "diligence/report.html",
        {
            "document": document,
            "sections": sections,
            "view": view,
            "form": ReportForm(asked, years=form.years, today=form.today),
            "address": urlencode(asked),
            "refusal": can_write(request.user, request.organisation.pk).reason,
        },
    )


def _choices(document: Document, view: CompanyYear) -> dict[str, object]:
    """What leads to this report again."""
    return {"year": view.year, "on": view.on.isoformat(), "kind": document.kind, "language": document.language}


@for_an_organisation
def report_table(request: HttpRequest, number: int) -> HttpResponse:
    """All rows of one of the report's tables."""
    document, view, _form = _document(request)
    if number >= len(document.tables):
        raise Http404(f"The report has {len(document.tables)} tables.")
    table = RowsTable(document.tables[number], language=document.language)
    context = {"document": document, "address": urlencode(_choices(document, view))}
    return respond(request, table, "diligence/report_table.html", context)


@for_an_organisation
def report_download(request: HttpRequest, ending: str) -> HttpResponse:
    """The same report as a file."""
    if ending not in WRITERS:
        raise Http404(f"No report as {ending}.")
    document, view, _form = _document(request)
    name = actions.file_name(view, kind=document.kind, language=document.language)
    return _file(WRITERS[ending](document), f"{name}.{ending}", ending)


@require_POST
@for_an_organisation
def report_keep(request: HttpRequest) -> HttpResponse:
    """Make and keep the report, then show the list it stands in."""
    _form, view, kind, language = _asked(request)
    kept = actions.keep_report(view, kind=kind, language=language, by=request.user)
    messages.success(request, _("The report is kept. SHA-256 of the PDF: %(digest)s") % {"digest": kept.sha256})
    return redirect("diligence:report_list")


@for_an_organisation
def report_list(request: HttpRequest) -> HttpResponse:
    empty = Empty(
        title=_("No report is kept yet"),
        text=_("Make one; keep it when it is published, so that it can be proven later."),
    )
    table = ReportTable(reports_visible_to(request.user, request.organisation), on=today(), empty=empty)
    return respond(request, table, "diligence/report_list.html")


@for_an_organisation
def report_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """A kept report's file, byte for byte."""
    kept = get_object_or_404(reports_visible_to(request.user, request.organisation), pk=pk)
    files = {"pdf": kept.pdf, "xlsx": kept.workbook}
    if ending not in files:
        raise Http404(f"No report as {ending}.")
    return _file(file_bytes(files[ending]), files[ending].name, ending)


def _file(content: bytes, name: str, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[ending], headers=headers)
