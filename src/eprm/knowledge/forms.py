"""What the hub's pages take: five answers, a suggestion, a decision, an editor, a quiz."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from eprm.knowledge.facets import Kind, Mineral, Scope, Size, Step, Tier
from eprm.knowledge.models import UnitPage
from eprm.knowledge.queries.shelves import FACETS
from eprm.people.audiences import Voice
from eprm.people.forms import countries
from eprm.people.models import Person
from eprm.ui import forms as ui_forms

MOST_VALUES = 30
KNOWN = {
    "tier": set(Tier.values),
    "mineral": set(Mineral.values),
    "step": set(Step.values),
    "kind": set(Kind.values),
    "cost": {"free", "paid"},
}
SORTS = ("", "newest", "title")


def chosen_facets(address: Any) -> dict[str, list[str]]:
    """The facets in the address, without values that do not exist: a wrong link narrows nothing."""
    chosen = {}
    for facet in FACETS:
        values = [value for value in address.getlist(facet)[:MOST_VALUES] if value and "\x00" not in value]
        if facet in KNOWN:
            values = [value for value in values if value in KNOWN[facet]]
        if values:
            chosen[facet] = [value[:12] if facet not in KNOWN else value for value in values]
    return chosen


class StartForm(forms.Form):
    """Five questions; any may be left open."""

    tier = forms.ChoiceField(
        label=_("Who are you in the chain?"),
        choices=[("", _("I would rather not say")), *Tier.choices],
        required=False,
    )
    minerals = forms.MultipleChoiceField(
        label=_("Which metals or minerals are yours?"),
        choices=Mineral.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    size = forms.ChoiceField(
        label=_("How many people work with you?"),
        choices=[("", _("I would rather not say")), *Size.choices],
        required=False,
    )
    country = forms.ChoiceField(label=_("In which country?"), required=False)
    in_scope = forms.ChoiceField(
        label=_("Does the EU Regulation bind you as an importer?"),
        help_text=_("It binds who imports ores or metals of Annex I above the yearly threshold."),
        choices=[("", _("I would rather not say")), *Scope.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("I would rather not say")), *countries()]


class SuggestionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("The publisher's own page, beginning with https://"),
        validators=[URLValidator(["http", "https"])],
        widget=forms.URLInput,
    )
    why = ui_forms.WordsField(label=_("Who it helps, and with what"), limit=120)


class NewsForm(forms.Form):
    """A group's news, and for whom."""

    voice = forms.ChoiceField(label=_("News of"))
    title = forms.CharField(label=_("Title"), max_length=200)
    lede = forms.CharField(
        label=_("Opening sentence"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("An empty line begins a paragraph; addresses become links."),
    )
    openly = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            ("", ui_forms.Choice(_("The members of the group"), _("It is published at once."))),
            ("yes", ui_forms.Choice(_("Everybody"), _("An editor of the hub reads it first."))),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, voices: list[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [(voice.key, voice.name) for voice in voices]
        self.fields["nonce"].initial = uuid4()

    def clean_openly(self) -> bool:
        return self.cleaned_data["openly"] == "yes"


class DecisionForm(forms.Form):
    """Take a suggestion up, or decline it with a reason its sender reads."""

    deed = forms.ChoiceField(
        label=_("Decision"),
        choices=[("take", _("Take it up as a draft")), ("decline", _("Decline it"))],
        widget=forms.RadioSelect,
    )
    reason = ui_forms.WordsField(label=_("Reason, if you decline it"), limit=80, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("deed") == "decline" and not told.get("reason"):
            self.add_error("reason", _("Whoever suggested it reads why: write one sentence."))
        return told


class EditorForm(forms.Form):
    """Who may write for the hub, by the address they sign in with."""

    email = forms.EmailField(label=_("E-mail address of the account"))
    may_publish = forms.BooleanField(label=_("May also publish"), required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody has an account with “%(email)s”. Ask them to make one first."), params={"email": email}
            )
        return email


class QuizForm(forms.Form):
    """The questions of a unit, each with its options; all must be answered."""

    def __init__(self, unit: UnitPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in unit.questions.all():
            self.fields[f"q{question.sort_order}"] = forms.ChoiceField(
                label=question.question,
                choices=question.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one answer.")},
            )
            self.fields[f"q{question.sort_order}"].question_pk = question.pk

    @property
    def chosen(self) -> dict[int, int]:
        """The option chosen, by the question's number."""
        return {self.fields[name].question_pk: int(value) for name, value in self.cleaned_data.items()}
