"""What a person chooses for a report: the year, the language, and whether suppliers are named."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.diligence.company.forms import YearForm
from eprm.diligence.models import Report
from eprm.ui.languages import complete_choices, second_language


class ReportForm(YearForm):
    """A year and a day, and how the report is told."""

    kind = forms.ChoiceField(label=_("Version"), choices=Report.Kind.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=complete_choices, required=False)

    def told(self) -> tuple[str, str]:
        """Version and language; public and the reader's own without a choice."""
        answers = self.cleaned_data if self.is_valid() else {}
        return answers.get("kind") or Report.Kind.PUBLIC, answers.get("language") or second_language()
