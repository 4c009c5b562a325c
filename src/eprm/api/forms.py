"""What a manager types about a webhook."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eprm.base import hooks


class WebhookForm(forms.Form):
    label = forms.CharField(label=_("What it is for"), max_length=120)
    url = forms.URLField(
        label=_("Address"),
        help_text=_("Begins with https:// and can be reached from the internet."),
        max_length=500,
        assume_scheme="https",
    )
    topics = forms.MultipleChoiceField(
        label=_("Events"), choices=hooks.events, widget=forms.CheckboxSelectMultiple, help_text=_("What it is told of.")
    )

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        try:
            hooks.split(url)
        except (hooks.NotPublic, ValueError):
            raise ValidationError(
                _("“%(url)s” is not an https address without a user name."), params={"url": url}
            ) from None
        return url
