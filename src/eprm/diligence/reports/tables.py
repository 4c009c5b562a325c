"""The list of kept reports."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eprm.diligence.models import Report
from eprm.ui.tables import Column, Table


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
