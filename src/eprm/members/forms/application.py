"""The applicant's forms: a part of the form as its edition asks it, the figures, and what is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eprm.members.forms.numbers import AmountField
from eprm.members.models import Application, FeeClass, Question
from eprm.members.models.editions import said
from eprm.people.models import Organisation
from eprm.ui import forms as ui_forms

Kind = Question.Kind
EVIDENCE = ".pdf,.docx,.odt,.xlsx,.png,.jpg,.jpeg"
MOST_BYTES = 10 * 1024 * 1024
HOLDINGS = 2


class StartForm(forms.Form):
    """In which pillar an organisation applies."""

    pillar = forms.ChoiceField(
        label=_("Your pillar"),
        widget=forms.RadioSelect,
        choices=[
            (
                Organisation.Pillar.SUPPLY_CHAIN,
                ui_forms.Choice(
                    _("Supply chain"), _("Companies from mine to brand, and their associations: a yearly fee by size.")
                ),
            ),
            (
                Organisation.Pillar.GOVERNMENT,
                ui_forms.Choice(
                    _("Governments and institutions"), _("States, agencies, authorities: a contribution by agreement.")
                ),
            ),
            (
                Organisation.Pillar.CIVIL_SOCIETY,
                ui_forms.Choice(_("Civil society"), _("No fee: you give working days instead.")),
            ),
        ],
    )


class PartForm(forms.Form):
    """One part of the form. Nothing is required here: what is there is kept; what is missing is said before sending."""

    def __init__(self, data: Any, files: Any, *, questions: Sequence[Question], answers: Mapping[str, str]) -> None:
        super().__init__(data, files, initial={q.key: _initial(q, answers.get(q.key, "")) for q in questions})
        self.questions = {question.key: question for question in questions}
        for question in questions:
            self.fields[question.key] = _field(question)
            if condition := self._condition(question):
                self.fields[question.key].help_text = f"{condition} {self.fields[question.key].help_text}".strip()

    def _condition(self, question: Question) -> str:
        """After which answer on this page the question counts, as words."""
        key, _sign, wanted = question.required_if.partition("=")
        other = self.questions.get(key)
        labels = {choice["key"]: said(choice) for choice in other.choices} if other else {}
        return _("Only after the answer “%(answer)s”.") % {"answer": labels[wanted]} if wanted in labels else ""

    def values(self) -> dict[Question, str]:
        """The answers that are well formed, as they are kept."""
        return {
            question: _kept(self.cleaned_data[key])
            for key, question in self.questions.items()
            if question.kind != Kind.FILE and key in self.cleaned_data
        }

    def files_sent(self) -> dict[Question, list[tuple[str, bytes]]]:
        return {
            question: [(str(file.name), file.read()) for file in self.cleaned_data.get(key) or []]
            for key, question in self.questions.items()
            if question.kind == Kind.FILE
        }


def _initial(question: Question, value: str) -> Any:
    if question.kind == Kind.CHOICES:
        return value.split("\n") if value else []
    return value == "yes" if question.kind == Kind.TICK else value


def _kept(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _field(question: Question) -> forms.Field:
    told = {"label": str(question), "help_text": said(question.help or {}), "required": False}
    choices = [(choice["key"], said(choice)) for choice in question.choices]
    match question.kind:
        case Kind.WORDS:
            return ui_forms.WordsField(limit=question.limit or 300, max_length=20_000, **told)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
        case Kind.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
        case Kind.NUMBER:
            return AmountField(max_value=1_000_000, **told)
        case Kind.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **told)
        case Kind.LINK:
            return forms.URLField(assume_scheme="https", max_length=500, **told)
        case Kind.TICK:
            return forms.BooleanField(**told)
        case Kind.FILE:
            return ui_forms.FilesField(accept=EVIDENCE, max_bytes=MOST_BYTES, max_files=5, **told)
    return forms.CharField(max_length=500, **told)


class SizeForm(forms.Form):
    """What decides the fee class: figures of two years, holdings, public owners, and what the applicant chooses."""

    is_association = forms.BooleanField(label=_("We are a not-for-profit association of companies"), required=False)
    strategic = forms.BooleanField(
        label=_("We choose the Strategic class, whatever our size"),
        required=False,
        help_text=_("With a say in steering, at its own fee."),
    )

    def __init__(self, data: Any, *, application: Application, years: Sequence[int]) -> None:
        self.years = years
        known = {one.year: one for one in application.figures.all()}
        holdings = list(application.holdings.all())
        initial: dict[str, Any] = {
            "is_association": application.is_association,
            "strategic": application.chosen_class == FeeClass.STRATEGIC,
            "public_percent": _short(application.public_percent or None),
        }
        for year in years:
            for key in ("staff", "turnover", "balance_sheet"):
                initial[f"{key}_{year}"] = _short(getattr(known.get(year), key, None))
        for at, holding in enumerate(holdings[:HOLDINGS]):
            initial |= {f"{key}_h{at}": _short(getattr(holding, key)) for key in HOLDING_KEYS}
        super().__init__(data, initial=initial)
        for year in years:
            self._figures(str(year), _("%(what)s in %(year)s"), year)
        self.fields["public_percent"] = AmountField(
            label=_("Held by public bodies"), required=False, max_value=100, widget=ui_forms.UnitInput("%")
        )
        for at in range(HOLDINGS):
            self._holding(at)

    def _figures(self, ending: str, words: Any, year: int | str) -> None:
        for key, (label, unit) in FIGURES.items():
            self.fields[f"{key}_{ending}"] = AmountField(
                label=words % {"what": label, "year": year}, required=False, widget=ui_forms.UnitInput(unit)
            )

    def _holding(self, at: int) -> None:
        number = at + 1
        self.fields[f"name_h{at}"] = forms.CharField(
            label=_("Owner or subsidiary %(number)s") % {"number": number},
            required=False,
            max_length=255,
            help_text=_("A company that holds a quarter of yours or more, or of which you hold as much.")
            if not at
            else "",
        )
        self.fields[f"percent_h{at}"] = AmountField(
            label=_("Its holding, or yours in it"), required=False, max_value=100, widget=ui_forms.UnitInput("%")
        )
        self._figures(f"h{at}", _("%(what)s of that company"), "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for at in range(HOLDINGS):
            if cleaned.get(f"percent_h{at}") is not None and not cleaned.get(f"name_h{at}"):
                self.add_error(f"name_h{at}", ValidationError(_("Name the company that this holding is of.")))
            if cleaned.get(f"name_h{at}") and cleaned.get(f"percent_h{at}") is None:
                self.add_error(f"percent_h{at}", ValidationError(_("Say how much is held.")))
        return cleaned

    def told(self) -> dict[str, Any]:
        """The arguments of the action."""
        got = self.cleaned_data.get
        figures = [{"year": y} | {key: got(f"{key}_{y}") for key in FIGURES} for y in self.years]
        holdings = [{key: got(f"{key}_h{at}") for key in HOLDING_KEYS} for at in range(HOLDINGS) if got(f"name_h{at}")]
        return {
            "figures": figures,
            "holdings": holdings,
            "chosen_class": FeeClass.STRATEGIC if got("strategic") else "",
            "is_association": bool(got("is_association")),
            "public_percent": got("public_percent"),
        }

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.endswith(tuple(f"_h{at}" for at in range(HOLDINGS)))]

    @property
    def holding_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.endswith(tuple(f"_h{at}" for at in range(HOLDINGS)))]


FIGURES = {
    "staff": (_("Staff"), _("annual work units")),
    "turnover": (_("Turnover"), "EUR"),
    "balance_sheet": (_("Balance sheet total"), "EUR"),
}
HOLDING_KEYS = ("name", "percent", *FIGURES)


def _short(value: Any) -> Any:
    """A number without the noughts a database keeps: 160.00 as 160."""
    if value is None or isinstance(value, str):
        return value
    return f"{value.normalize():f}" if value else "0"


class SignForm(forms.Form):
    """Who signs for the organisation."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    position = forms.CharField(label=_("Your position"), max_length=200, help_text=_("You must be allowed to bind it."))
    agreed = forms.BooleanField(label=_("I have read the text, and sign it for the organisation"))
