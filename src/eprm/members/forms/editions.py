"""The secretariat's forms for the next edition of a rule, a text or a question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from eprm.members.forms.office import area, day_field
from eprm.members.models import Question, Text
from eprm.members.queries.dated import KINDS

LANGUAGES = (("en", _("English")), ("fr", _("French")), ("es", _("Spanish")))
# Titles by language are taken over from the row before.
LEFT_OUT = ("made_by", "title")


def rule_form(kind: str) -> type[forms.ModelForm]:
    """The form of a row of these rules; the view hands its answers to the action, it is never saved by itself."""
    model, _keys = KINDS[kind]
    widgets = {
        "source": area(2),
        "note": area(2),
        "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    }
    return modelform_factory(model, exclude=LEFT_OUT, widgets=widgets)


class ByLanguage(forms.Form):
    """A form that asks some words in each language."""

    def ask(self, key: str, label: Any, *, rows: int, required: bool, initial: dict[str, str] | None = None) -> None:
        for language, name in LANGUAGES:
            self.fields[f"{key}_{language}"] = forms.CharField(
                label=f"{label} ({name})",
                required=required and language == "en",
                widget=area(rows) if rows > 1 else forms.TextInput,
                max_length=20_000,
                initial=(initial or {}).get(language, ""),
            )

    def words(self, key: str) -> dict[str, str]:
        told = {language: self.cleaned_data.get(f"{key}_{language}", "").strip() for language, _name in LANGUAGES}
        return {language: words for language, words in told.items() if words}


class TextForm(ByLanguage):
    """The next edition of a text."""

    edition = forms.CharField(label=_("Edition"), max_length=40)
    valid_from = day_field(_("valid from"))
    source = forms.CharField(label=_("source"), max_length=500)

    def __init__(self, data: Any, *, base: Text | None) -> None:
        super().__init__(data)
        self.ask("body", _("Text"), rows=8, required=True, initial=base.body if base else None)

    def told(self) -> dict[str, Any]:
        kept = {key: self.cleaned_data[key] for key in ("edition", "valid_from", "source")}
        return kept | {"body": self.words("body")}


class EditionForm(forms.Form):
    title = forms.CharField(label=_("Edition"), max_length=40)
    valid_from = day_field(_("valid from"))


class QuestionForm(ByLanguage):
    """One question, in each language."""

    key = forms.SlugField(label=_("Key"), max_length=40, help_text=_("Small letters; answers are kept under it."))
    pillar = forms.ChoiceField(label=_("Pillar"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Question.Kind.choices)
    limit = forms.IntegerField(label=_("Words at most"), required=False, min_value=1, max_value=2000)
    required = forms.BooleanField(label=_("must be answered"), required=False)
    required_if = forms.CharField(
        label=_("Asked only if"),
        required=False,
        max_length=80,
        help_text=_("Another question’s key and answer: key=value."),
    )
    visible_to = forms.ChoiceField(label=_("Seen by"), choices=Question.VisibleTo.choices)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=500)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=area(6),
        help_text=_("One a line: key | English | French | Spanish."),
        max_length=5000,
    )

    def __init__(self, data: Any, *, question: Question) -> None:
        names = ("key", "pillar", "kind", "limit", "required", "required_if", "visible_to", "position")
        initial = {name: getattr(question, name) for name in names}
        initial["choices"] = "\n".join(
            " | ".join([one["key"], *(one.get(language, "") for language, _name in LANGUAGES)])
            for one in question.choices
        )
        super().__init__(data, initial=initial)
        self.fields["pillar"].choices = [("", _("everybody")), *Question._meta.get_field("pillar").choices]
        self.ask("label", _("Question"), rows=2, required=True, initial=question.label)
        self.ask("help", _("Help"), rows=2, required=False, initial=question.help)

    def clean_required_if(self) -> str:
        told = self.cleaned_data["required_if"].strip()
        if told and "=" not in told:
            raise ValidationError(_("“%(told)s” is no condition. Write key=value."), params={"told": told})
        return told

    def clean_choices(self) -> list[dict[str, str]]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["choices"].splitlines())):
            key, *words = [part.strip() for part in line.split("|")]
            if not words or not words[0] or not key:
                said = _("“%(line)s” lacks its key or its English words. Write key | English | French | Spanish.")
                raise ValidationError(said, params={"line": line[:80]})
            told = zip(("en", "fr", "es"), words, strict=False)
            found.append({"key": key, **{language: text for language, text in told if text}})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in (Question.Kind.CHOICE, Question.Kind.CHOICES) and not cleaned.get("choices"):
            self.add_error("choices", ValidationError(_("A question of this kind needs choices.")))
        return cleaned

    def told(self) -> dict[str, Any]:
        names = ("key", "pillar", "kind", "limit", "required", "required_if", "visible_to", "position", "choices")
        kept = {name: self.cleaned_data[name] for name in names}
        return kept | {"label": self.words("label"), "help": self.words("help")}
