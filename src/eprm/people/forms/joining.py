"""Asking to join an organisation, and answering; and what the secretariat types to keep the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.forms.people import ROLES, OrganisationForm
from eprm.people.models import Organisation
from eprm.ui import words
from eprm.ui.forms import WordsField
from lode.findings import in_language
from lode.identifiers import read_identifier


class JoinForm(forms.Form):
    sentence = forms.CharField(
        label=_("Who are you there?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence, so that whoever answers knows you: your work, who can vouch for you."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("A page of the organisation's that names you, an extract of the register. It speeds the answer."),
    )


class AnswerForm(forms.Form):
    """Yes with a role, or no with a reason."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("yes", _("Accept")), ("no", _("Refuse"))], widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial="reader", required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("A refusal needs one; the person reads it."),
    )

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "no" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("You refuse without a reason. Say why, so that the person knows what to do."))
        return cleaned


class ListingForm(OrganisationForm):
    """An organisation the secretariat lists before it has people here."""

    lei = forms.CharField(label=_("LEI"), required=False, max_length=40)
    domain = forms.CharField(
        label=_("Domain of its mail addresses"),
        required=False,
        max_length=255,
        help_text=_("Whoever has a confirmed address there can take the organisation over at once."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for scheme in ("lei", "domain"):
            if typed := cleaned.get(scheme):
                _value, findings = read_identifier(scheme, typed)
                for found in findings:
                    said = in_language(found, words.locale().language)
                    self.add_error(scheme, f"{said.message} {said.fix}")
        return cleaned


class KeepForm(forms.Form):
    """Looking through all organisations."""

    q = forms.CharField(label=_("Name"), max_length=200, required=False)
    tier = forms.ChoiceField(
        label=_("Place in the chain"), required=False, choices=[("", _("any")), *Organisation.Tier.choices]
    )
    empty = forms.BooleanField(label=_("Without people only"), required=False)


class MergeForm(forms.Form):
    into = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label=_("Why they are the same"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What you compared: register, address, the people themselves."),
    )


class TopicForm(forms.Form):
    key = forms.CharField(
        label=_("Key"), max_length=40, validators=[validate_slug], help_text=_("Small letters and hyphens: “training”.")
    )
    en = forms.CharField(label=_("In English"), max_length=120)
    fr = forms.CharField(label=_("In French"), max_length=120)
    es = forms.CharField(label=_("In Spanish"), max_length=120)


class WordingForm(forms.Form):
    """The words of a consent, in the three languages people read."""

    purpose = forms.CharField(
        label=pgettext_lazy("personal data", "Purpose"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("Small letters and hyphens: “news”."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    text_en = WordsField(label=_("Text in English"), limit=120)
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    text_fr = WordsField(label=_("Text in French"), limit=120)
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=120)
    text_es = WordsField(label=_("Text in Spanish"), limit=120)
