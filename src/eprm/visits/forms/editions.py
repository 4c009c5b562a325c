"""The dated rows the secretariat keeps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.visits.forms.inputs import (
    day_field,
)


class ThemeForm(forms.Form):
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=120)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Document and clause."))
    verified = forms.BooleanField(label=_("I have compared it with the source"), required=False)
    since = day_field(_("Used from"))


class UntilForm(forms.Form):
    until = day_field(_("Not used any more from"))


class DelayForm(forms.Form):
    days = forms.IntegerField(label=_("Days after the visit"), min_value=0, max_value=730)
    since = day_field(_("For visits that end from"))
    source = forms.CharField(label=_("Source"), max_length=300)
    verified = forms.BooleanField(label=_("I have compared it with the source"), required=False)
