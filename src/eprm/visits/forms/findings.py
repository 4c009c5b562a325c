"""Findings and what follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models import Organisation
from eprm.visits.forms.inputs import SentForm, VersionForm, day_field, text_field
from eprm.visits.models import VisitFinding
from eprm.visits.queries.findings import organisation_named


class FindingFields(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=VisitFinding.Kind.choices)
    severity = forms.ChoiceField(
        label=_("Severity of a concern"),
        choices=[("", _("not a concern")), *VisitFinding.Severity.choices[1:]],
        required=False,
    )
    title = forms.CharField(label=pgettext_lazy("visit", "Finding"), max_length=200)
    text = text_field(_("What it rests on"), 4, required=False)
    sources = forms.ModelMultipleChoiceField(
        label=_("Observations"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, observations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = observations

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "kind" in data and (data["kind"] == VisitFinding.Kind.CONCERN) != bool(data.get("severity")):
            self.add_error("severity", _("Say how severe a concern is; other findings have no severity."))
        return data


class FindingForm(SentForm, FindingFields):
    """A new finding."""


class FindingEditForm(VersionForm, FindingFields):
    """A finding, corrected."""


class FollowUpFields(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, help_text=_("Its name as the directory writes it.")
    )
    due_on = day_field(_("Due"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners

    def clean_organisation(self) -> Organisation | None:
        told = self.cleaned_data["organisation"]
        if not told:
            return None
        if (found := organisation_named(told)) is None:
            raise ValidationError(_("No organisation, or more than one, is called “%(name)s”."), params={"name": told})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("owner") and not data.get("organisation"):
            self.add_error("owner", _("Say who does it: a person, an organisation, or both."))
        return data


class FollowUpForm(SentForm, FollowUpFields):
    """A new follow-up."""


class FollowUpEditForm(VersionForm, FollowUpFields):
    """A follow-up, changed."""
