"""The report and the story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.ui.languages import written_choices
from eprm.visits.forms.inputs import (
    MARKDOWN,
    VersionForm,
    day_field,
    text_field,
)


class ReportForm(VersionForm):
    text = text_field(pgettext_lazy("visit", "Report"), 18, max_length=100_000, help_text=MARKDOWN)


class StoryForm(VersionForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("In one sentence"), max_length=300)
    text = text_field(_("Story"), 16, help_text=MARKDOWN)
    language = forms.ChoiceField(label=_("Language"), choices=written_choices)
    region = forms.CharField(
        label=_("Region"), max_length=120, required=False, help_text=_("As coarse as it must be. No place, no site.")
    )
    actors = forms.ModelMultipleChoiceField(
        label=_("Whom it says was heard"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    photos = forms.ModelMultipleChoiceField(
        label=_("Photos"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those of which somebody has said whose faces they show."),
    )
    publish_on = day_field(_("Appears on"))

    def __init__(self, *args: Any, photos: Any, actors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].queryset = photos
        self.fields["actors"].queryset = actors
