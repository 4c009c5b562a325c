"""The inputs and the two kinds of form that all forms of visits are made of."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation

LONGEST = 20_000

MARKDOWN = _("**bold**, *slanted*, > quotation, - list, [words](https://…).")

PILLARS = [("", _("none of these")), *Organisation.Pillar.choices]


class DateInput(forms.DateInput):
    """A day by the browser's own means."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, **options)


def text_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONGEST, **options}, widget=forms.Textarea({"rows": rows}))


class SentForm(forms.Form):
    """A form whose second sending changes nothing."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionForm(forms.Form):
    """A form that knows which version it began with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class ReasonForm(forms.Form):
    reason = text_field(_("Why"), 3, max_length=1000)
