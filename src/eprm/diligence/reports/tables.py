"""The list of kept reports, and a report's own tables as pages of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eprm.diligence.models import Report
from eprm.diligence.reports.shown import shown
from eprm.ui.tables import Column, Table
from lode import sheets


def _files(report: Report) -> SafeString:
    pdf, workbook = (reverse("diligence:report_file", args=[report.pk, ending]) for ending in ("pdf", "xlsx"))
    return format_html('<a href="{}">PDF</a> · <a href="{}">{}</a>', pdf, workbook, _now("Workbook"))


class ReportTable(Table):
    made_at = Column(_("Made"))
    year = Column(_("Year"), show=lambda report: str(report.year))
    kind = Column(_("Version"), show=lambda report: report.get_kind_display())
    language = Column(_("Language"))
    on = Column(_("As of"))
    made_by = Column(_("By"))
    sha256 = Column("SHA-256", show=lambda report: report.sha256[:12])
    files = Column(_("Files"), accessor="pk", sort=False, show=_files, exclude_from_export=True)

    class Meta:
        caption = _("Reports kept")
        source = _("Kept as they were made, both files byte for byte")


class RowsTable(Table):
    """One table of a report, to be read, ordered and taken whole; told in the report's language."""

    def __init__(self, told: sheets.Table, *, language: str) -> None:
        self.told = told
        columns = [
            (f"c{at}", Column(column.label, unit=column.unit, show=_told(f"c{at}", language)))
            for at, column in enumerate(told.columns)
        ]
        rows = [{f"c{at}": value for at, value in enumerate(row)} for row in told.rows]
        super().__init__(rows, on=told.note.on, extra_columns=columns)

    @property
    def caption(self) -> str:
        return self.told.title

    @property
    def source(self) -> str:
        return str(self.told.note.source)


def _told(name: str, language: str) -> Callable[[Mapping[str, sheets.Value]], str]:
    return partial(_in_language, name, language)


def _in_language(name: str, language: str, row: Mapping[str, sheets.Value]) -> str:
    if isinstance(value := row[name], str):
        return value
    with translation.override(language):
        return shown(value)
