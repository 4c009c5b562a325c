"""The report's tables as a workbook: one sheet a table, where no text a supplier typed is ever a formula."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.diligence.reports.document import Document
from eprm.ui import words
from lode.sheets import Column, Note, Table, write_xlsx


def write_workbook(document: Document) -> bytes:
    """The main figures first, then every table of the report."""
    with translation.override(document.language):
        return write_xlsx([_figures(document), *document.tables])


def _figures(document: Document) -> Table:
    rows = [[figure.label, figure.value, figure.source] for section in document.sections for figure in section.figures]
    as_of = _("as of %(day)s") % {"day": words.day(document.on)}
    told = f"{document.title}, {document.kind_words}, {as_of}"
    return Table(
        title=_("Main figures"),
        columns=[Column(_("What")), Column(_("Value")), Column(_("Source"))],
        rows=rows,
        note=Note(source=told, on=document.on, made_by=document.organisation),
    )
