"""Planning a visit and who goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Group
from eprm.people.forms import countries
from eprm.people.models import Organisation
from eprm.ui import parts
from eprm.visits.forms.inputs import (
    PILLARS,
    SentForm,
    TimeInput,
    VersionForm,
    day_field,
    text_field,
)


class VisitFields(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = text_field(
        pgettext_lazy("visit", "Purpose"), help_text=_("What the delegation wants to understand, and from whom.")
    )
    country = forms.ChoiceField(label=_("Country"))
    region = forms.CharField(label=_("Region"), max_length=120, required=False, help_text=_("For instance a province."))
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Only the delegation and the secretariat read it."),
    )
    minerals = forms.MultipleChoiceField(
        label=_("Minerals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(parts.MINERAL_NAMES.items()),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The visit ends before it begins. Look at both days again."))
        return data


class PlanForm(SentForm, VisitFields):
    group = forms.ModelChoiceField(label=_("Working group"), queryset=Group.objects.none(), required=False)

    def __init__(self, *args: Any, groups: list[Group], office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups]).order_by("name")
        self.fields["group"].required = not office
        self.fields["group"].help_text = _("What follows from the visit becomes tasks of this group’s members.")


class EditForm(VersionForm, VisitFields):
    """The plan, changed."""


class LineForm(forms.Form):
    day = day_field(_("Day"))
    at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    what = forms.CharField(label=_("What"), max_length=300)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)


class InviteForm(forms.Form):
    """Somebody with an account."""

    email = forms.EmailField(label=_("E-mail of their account"))
    pillar = forms.ChoiceField(
        label=_("Pillar"), choices=[("", _("as their organisation says")), *Organisation.Pillar.choices], required=False
    )
    role = forms.CharField(label=_("Role"), max_length=80, required=False, help_text=_("For instance interpreter."))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_email(self) -> Any:
        found = self.people.filter(email__iexact=self.cleaned_data["email"].strip()).first()
        if found is None:
            raise ValidationError(
                _(
                    "Nobody you can invite has an account with “%(email)s”. "
                    "Add them as a guest, or ask the secretariat to invite them."
                ),
                params={"email": self.cleaned_data["email"]},
            )
        self.cleaned_data["person"] = found
        return self.cleaned_data["email"]


class GuestForm(forms.Form):
    """Somebody without an account, who has said that they come."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_name = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), choices=PILLARS, required=False)
    role = forms.CharField(label=_("Role"), max_length=80, required=False, help_text=_("For instance driver."))


class SafetyForm(VersionForm):
    text = text_field(
        _("Safety notes"),
        12,
        help_text=_("Routes, contacts, threats, what to do if something happens. Not kept in any history."),
    )
