"""What the secretariat types in its office."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.base.models import OutgoingMail
from eprm.base.outbox import kinds
from eprm.office.factors import ROLES


class MailForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=255)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 14}), max_length=50_000, strip=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class EditionForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PeriodForm(forms.Form):
    days = forms.IntegerField(label=_("Kept for, days"), min_value=1, max_value=36_525)
    since = forms.DateField(
        label=pgettext_lazy("day", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)


class FactorForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(key, role.label) for key, role in ROLES.items()])
    since = forms.DateField(
        label=pgettext_lazy("day", "From"),
        help_text=_("Leave people time to prepare: from this day on they are led to the set-up before anything else."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].widget.attrs["min"] = timezone.localdate().isoformat()


class MailFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Address or subject"), method="saying")
    state = django_filters.ChoiceFilter(label=_("State"), choices=OutgoingMail.State.choices, empty_label=_("all"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds, empty_label=_("all"))

    class Meta:
        model = OutgoingMail
        fields: list[str] = []

    def saying(self, found: QuerySet[OutgoingMail], _name: str, value: str) -> QuerySet[OutgoingMail]:
        return found.filter(to__icontains=value) | found.filter(subject__icontains=value)
