"""From facts to a report in one language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.diligence.models import Report
from eprm.diligence.reports.document import Document
from eprm.diligence.reports.facts import Facts
from eprm.diligence.reports.sections import IN_ORDER


def build(facts: Facts, *, kind: str, language: str) -> Document:
    """The report of these facts, worded in `language`; nothing lazy is left in it."""
    with translation.override(language):
        internal = kind == Report.Kind.INTERNAL
        return Document(
            title=_("Due diligence on minerals: report for %(year)d") % {"year": facts.year},
            organisation=facts.organisation,
            year=facts.year,
            kind=kind,
            kind_words=str(Report.Kind(kind).label),
            language=language,
            on=facts.on,
            sections=tuple(section(facts, internal=internal) for section in IN_ORDER),
        )
