"""A sheet to answer: a field for each question, judged by `lode.survey`; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eprm.people.forms import countries
from eprm.people.models import Organisation
from eprm.surveys.models import Option, Question, Survey
from eprm.surveys.queries.surveys import rule_of
from eprm.ui.forms import UnitInput
from lode import survey as field
from lode.survey import Answer, Kind, Wrong

NAMED = "q{}"
SAID = {
    Wrong.MISSING: _("This question needs an answer."),
    Wrong.NO_OPTION: _("“%(found)s” is not one of the options. Choose from the list."),
    Wrong.NO_RATING: _("“%(found)s” is no rating. Choose a number from 1 to 5."),
    Wrong.NO_NUMBER: _("“%(found)s” cannot be read as a number. Write digits, such as 1250 or 12.5."),
    Wrong.TOO_SMALL: _("“%(found)s” is less than %(bound)s, the smallest number asked for here. Look at the unit."),
    Wrong.TOO_LARGE: _("“%(found)s” is more than %(bound)s, the largest number asked for here. Look at the unit."),
    Wrong.TOO_LONG: _("%(found)s characters are too many: at most %(bound)s."),
    Wrong.TOO_MANY: _("%(found)s are chosen: at most %(bound)s."),
    Wrong.RANKED_TWICE: _("Two options have the rank %(found)s. Give each rank once."),
    Wrong.NO_RANK: _("“%(found)s” is no rank. Use 1 to %(bound)s, 1 for the most important."),
    Wrong.GAP: _("The rank %(bound)s is missing, though %(found)s is given. Rank without gaps."),
}


class Sent(forms.Widget):
    """All values sent under the name, as a list; a text shows the first."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])

    def format_value(self, value: Any) -> Any:
        return super().format_value(value[0] if isinstance(value, list) and value else value or None)


class LineInput(Sent, forms.TextInput):
    pass


class LinesInput(Sent, forms.Textarea):
    pass


class NumberInput(Sent, UnitInput):
    pass


class OneOf(Sent, forms.RadioSelect):
    pass


class SomeOf(Sent, forms.CheckboxSelectMultiple):
    def format_value(self, value: Any) -> list[str]:
        return [str(each) for each in value or []]


class Scale(Sent):
    """1 to 5, side by side."""

    template_name = "surveys/widgets/scale.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = value[0] if isinstance(value, list) and value else ""
        context["widget"]["ratings"] = [(str(rating), str(rating) == chosen) for rating in field.RATINGS]
        return context


class Ranking(Sent):
    """A rank for each option, by a list beside it: without script, and with a thumb."""

    template_name = "surveys/widgets/ranking.html"
    use_fieldset = True

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = labels

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = [*(value or []), *([""] * len(self.labels))]
        ranks = [str(rank) for rank in range(1, len(self.labels) + 1)]
        rows = []
        for label, chosen in zip(self.labels, given, strict=False):
            # What no list offers is shown as it was sent.
            rows.append((label, chosen, ranks if chosen in ["", *ranks] else [*ranks, chosen]))
        context["widget"]["rows"] = rows
        return context


def label_of(option: Option, language: str) -> str:
    return getattr(option, f"label_{language}") or str(option)


def _widget(question: Question, language: str) -> forms.Widget:
    options = [(str(option.pk), label_of(option, language)) for option in question.options.all()]
    match Kind(question.kind):
        case Kind.SINGLE:
            return OneOf(choices=options)
        case Kind.SEVERAL:
            return SomeOf(choices=options)
        case Kind.RATING:
            return Scale()
        case Kind.RANKING:
            return Ranking([label for _key, label in options])
        case Kind.NUMBER:
            return NumberInput(question.unit)
        case Kind.LONG_TEXT:
            return LinesInput({"rows": 4})
        case _:
            return LineInput()


class SheetField(forms.Field):
    """One question. Cleans to what `lode.survey` read; words what it could not."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__(
            label=getattr(question, f"text_{language}") or str(question),
            help_text=getattr(question, f"help_{language}"),
            required=question.required,
            widget=_widget(question, language),
        )
        self.question = question

    def clean(self, value: Any) -> Answer:
        read = field.read_answer(rule_of(self.question), [str(each) for each in value or []])
        if isinstance(read, Answer):
            return read
        raise ValidationError(SAID[read.why], params={"found": read.found[:80], "bound": read.bound})


class SheetForm(forms.Form):
    """All questions of a survey, in one language. `person` is whether somebody with an account answers."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, survey: Survey, questions: Sequence[Question], language: str, person: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[NAMED.format(question.pk)] = SheetField(question, language)
        if not person:
            self.fields["part"] = forms.ChoiceField(
                label=_("You come from"), required=False, choices=_parts(survey), help_text=_("Counted, never more.")
            )
            self.fields["email"] = forms.EmailField(
                label=_("E-mail, to hear of the results"), required=False,
                help_text=_("Kept apart from your answer, for one mail, then deleted."),
            )  # fmt: skip
        else:
            self.fields["tell"] = forms.BooleanField(
                label=_("Tell me by mail when the results are out"), required=False
            )

        if not survey.by_name:
            self.fields["remember"] = forms.BooleanField(
                label=_("Let this browser remember the code of my answer"), required=False,
                help_text=_("To change it until the last day. Not on a device that others use."),
            )  # fmt: skip

    def answers(self) -> dict[Question, Answer]:
        return {question: self.cleaned_data[NAMED.format(question.pk)] for question in self.questions}

    def written(self) -> dict[str, list[str]]:
        """What was typed, whether it fits or not, to be kept as a draft."""
        found = {}
        for question in self.questions:
            sent = self[NAMED.format(question.pk)].data or []
            if any(sent):
                found[str(question.pk)] = [str(each)[: field.LONG] for each in sent][: len(question.options.all()) + 1]
        return found


def initial_of(written: dict[str, list[str]]) -> dict[str, list[str]]:
    """A draft or a sent sheet as the form shows it."""
    return {NAMED.format(key): values for key, values in written.items()}


def _parts(survey: Survey) -> list[tuple[str, Any]]:
    if survey.counted_by == Survey.Part.COUNTRY:
        return [("", _("I do not say")), *[pair for pair in countries() if pair[0]]]
    if survey.counted_by == Survey.Part.TIER:
        own = [choice for choice in Organisation.Tier.choices if choice[0] != Organisation.Tier.SECRETARIAT]
        return [("", _("none of these")), *own]
    return [("", _("none of these")), *Organisation.Pillar.choices]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your answer"), max_length=60,
        help_text=_("It was shown when you sent it: twenty letters and digits."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
