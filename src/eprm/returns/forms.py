"""What people send in: answers, evidence, comments, editions and their questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation
from eprm.returns.actions.answering import Given
from eprm.returns.models import Comment, Edition, Question
from eprm.returns.models.returns import LEVELS
from eprm.returns.prefill import FACTS
from eprm.returns.queries.answers import Line
from eprm.ui import forms as ui_forms
from lode import oecd
from lode.progress import Level

EVIDENCE_ENDINGS = ".pdf,.docx,.odt,.xlsx,.ods,.csv,.txt,.png,.jpg,.jpeg"
EVIDENCE_BYTES = 20_000_000
REASON_LEAST = 10
TEXT_WORDS, NOTE_WORDS = 200, 120


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-short"})


class AnswerForm(forms.Form):
    """One question's answer; which fields it has follows from the question's kind. All blank means unanswered."""

    # Whether an answer must be given is judged when the return is sent: until then "optional" would mislead.
    level = forms.ChoiceField(
        label=_("Your answer"), required=False, widget=forms.RadioSelect, template_name="returns/answer_field.html"
    )
    reviewed_on = forms.DateField(label=_("Reviewed on"), required=False, widget=day_input())
    number = forms.DecimalField(
        required=False, max_digits=14, decimal_places=2, min_value=0, template_name="returns/answer_field.html"
    )
    whole = forms.DecimalField(
        required=False, max_digits=14, decimal_places=2, min_value=0, template_name="returns/answer_field.html"
    )
    text = ui_forms.WordsField(
        label=_("Your answer"), required=False, limit=TEXT_WORDS, template_name="returns/answer_field.html"
    )
    note = ui_forms.WordsField(label=_("Note"), required=False, limit=NOTE_WORDS)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    KEPT = {
        Question.Kind.SCALE: ("level", "reviewed_on"),
        Question.Kind.NUMBER: ("number",),
        Question.Kind.PAIR: ("number", "whole"),
        Question.Kind.TEXT: ("text",),
    }

    def __init__(self, line: Line, data: Any = None, *, today: date) -> None:
        self.line, self.question, self.today = line, line.question, today
        initial: dict[str, Any] = {"revision": 0}
        if (answer := line.answer) is not None:
            names = ("level", "reviewed_on", "number", "whole", "text", "note", "revision")
            initial = {name: getattr(answer, name) for name in names}
            for name in ("number", "whole"):
                if initial[name] is not None:
                    initial[name] = f"{initial[name].normalize():f}"
        super().__init__(data, prefix=f"q{line.question.pk}", initial=initial)
        kept = {*self.KEPT[self.question.kind], "note", "revision"}
        for name in set(self.fields) - kept:
            del self.fields[name]
        self._word()

    def _word(self) -> None:
        self.fields["note"].widget.attrs |= {"rows": 2, "class": "input-low"}
        if self.question.kind == Question.Kind.SCALE:
            fitting = [each for each in LEVELS if each[0] != Level.NOT_APPLICABLE or self.question.may_not_apply]
            self.fields["level"].choices = [*fitting, ("", _("Not answered yet"))]
        if "number" in self.fields:
            is_pair = self.question.kind == Question.Kind.PAIR
            self.fields["number"].label = _("Part") if is_pair else _("Figure")
            self.fields["number"].widget = ui_forms.UnitInput(self.question.unit)
        if "whole" in self.fields:
            self.fields["whole"].label = _("Out of")
            self.fields["whole"].widget = ui_forms.UnitInput(self.question.unit)

    def clean_reviewed_on(self) -> date | None:
        reviewed_on: date | None = self.cleaned_data["reviewed_on"]
        if reviewed_on and reviewed_on > self.today:
            raise ValidationError(
                _("%(day)s is still to come. Give the day of the last review."), params={"day": reviewed_on}
            )
        return reviewed_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.question.kind == Question.Kind.SCALE:
            self._clean_scale(cleaned)
        if self.question.kind == Question.Kind.PAIR and not self.errors:
            self._clean_pair(cleaned)
        return cleaned

    def _clean_scale(self, cleaned: dict[str, Any]) -> None:
        level = cleaned.get("level")
        if level == Level.REVIEWED and not cleaned.get("reviewed_on") and "reviewed_on" not in self.errors:
            self.add_error(
                "reviewed_on", _("A review has a day: say when it was, or choose “In place and documented”.")
            )
        if level != Level.REVIEWED:
            cleaned["reviewed_on"] = None
        if level == Level.NOT_APPLICABLE and len(cleaned.get("note", "").strip()) < REASON_LEAST:
            self.add_error("note", _("Say in a few words why it does not apply to you."))

    def _clean_pair(self, cleaned: dict[str, Any]) -> None:
        part, whole = cleaned.get("number"), cleaned.get("whole")
        if (part is None) != (whole is None):
            self.add_error("whole" if whole is None else "number", _("Both numbers are needed; write 0 for none."))
        elif part is not None and whole is not None and part > whole:
            said = _("%(part)s is more than %(whole)s. The part cannot be more than the whole.")
            self.add_error("number", ValidationError(said, params={"part": part, "whole": whole}))

    def given(self) -> Given:
        """The answer, of a valid form."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "revision"}
        return Given(**told, revision=self.cleaned_data["revision"] or 0)


class EvidenceForm(forms.Form):
    """A file or an address."""

    title = forms.CharField(label=_("What it is"), max_length=200, required=False)
    file = ui_forms.FilesField(
        label=_("File"),
        accept=EVIDENCE_ENDINGS,
        multiple=False,
        max_bytes=EVIDENCE_BYTES,
        max_files=1,
        required=False,
        help_text=_("At most 20 MB. Leave out what endangers people; trade secrets may be shown in summary."),
    )
    address = forms.URLField(
        label=_("Or its address"), max_length=500, required=False, assume_scheme="https", help_text=_("https://…")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("address")):
            chosen = _("Choose a file or give an address.")
            self.add_error("file", _("Give a file or an address, not both.") if cleaned.get("file") else chosen)
        return cleaned


class CorrectionForm(forms.Form):
    reason = ui_forms.WordsField(
        label=_("What is to be corrected"), limit=100, help_text=_("The secretariat reads this beside the new version.")
    )


class SubmitForm(forms.Form):
    statement = forms.BooleanField(
        label=_("The answers are true to the best of our knowledge, and I may send them for our organisation.")
    )


class ReplyForm(forms.Form):
    text = ui_forms.WordsField(label=_("Your reply"), limit=200)


class CommentForm(forms.Form):
    """What the secretariat says about one answer."""

    HINTS = {
        Comment.Category.ADVICE: _("Fine; a next step is suggested. The member need not do anything now."),
        Comment.Category.GOOD_PRACTICE: _("Worth sharing. You ask the member before anything is shared."),
        Comment.Category.QUESTION: _("Unclear, or different from other data. The member answers."),
        Comment.Category.EVIDENCE_MISSING: _("The answer needs a document: attach it, or lower the answer."),
        Comment.Category.CONCERN: _("A serious risk seems untreated. The member talks with the secretariat."),
    }
    category = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    text = ui_forms.WordsField(label=_("Your words to the member"), limit=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [
            (key.value, ui_forms.Choice(key.label, hint)) for key, hint in self.HINTS.items()
        ]


class YearForm(forms.Form):
    """A year, among those that exist."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class PublishForm(YearForm):
    note = ui_forms.WordsField(label=_("Note"), limit=100, required=False, help_text=_("Why there is a new edition."))


class NewEditionForm(forms.Form):
    """A draft for a year, from another edition or from what the platform comes with."""

    year = forms.IntegerField(label=_("Year reported on"), min_value=2016, max_value=2100)
    copy_of = forms.ModelChoiceField(
        label=_("Begin from"), queryset=Edition.objects.none(), required=False, empty_label=_("the questions shipped")
    )

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy_of"].queryset = editions


class RulesForm(forms.ModelForm):
    """A draft's dates, points and limits."""

    class Meta:
        model = Edition
        fields = (
            *("opens_on", "due_on", "late_on", "close_by"),
            *("points_planned", "points_in_place", "points_documented"),
            *("least_answered", "most_not_applicable"),
            *("weight_1", "weight_2", "weight_3", "weight_4", "weight_5"),
            *("least_group", "source"),
        )
        widgets = {name: day_input() for name in ("opens_on", "due_on", "late_on", "close_by")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        order = [("opens_on", "due_on"), ("due_on", "late_on"), ("late_on", "close_by")]
        for earlier, later in order:
            if cleaned.get(earlier) and cleaned.get(later) and cleaned[earlier] >= cleaned[later]:
                said = _("%(later)s is not after %(earlier)s, the day before it in the year.")
                params = {"later": cleaned[later], "earlier": cleaned[earlier]}
                self.add_error(later, ValidationError(said, params=params))
        return cleaned


class QuestionForm(forms.ModelForm):
    """One question of a draft."""

    part = forms.ChoiceField(label=_("Part of the step"))
    tiers = forms.MultipleChoiceField(
        label=_("Places in the chain"),
        choices=[(tier.value, tier.label) for tier in Organisation.Tier if tier != Organisation.Tier.SECRETARIAT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: everybody of the pillar is asked."),
    )
    prefill = forms.ChoiceField(label=_("Suggested from"), required=False)
    weight = forms.IntegerField(
        label=_("Weight"),
        validators=[MinValueValidator(0), MaxValueValidator(3)],
        widget=forms.NumberInput(attrs={"class": "input-short"}),
        help_text=_("0 to 3. Only “how far a practice is” is scored."),
    )

    class Meta:
        model = Question
        fields = (
            *("key", "position", "pillar", "tiers", "part", "kind", "unit", "weight", "short_form", "may_not_apply"),
            *("public", "prefill", "text", "text_fr", "text_es", "help", "help_fr", "help_es"),
            *("evidence", "evidence_fr", "evidence_es", "source", "verified"),
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "class": "input-low"})
            for name in (
                *("text", "text_fr", "text_es", "help", "help_fr", "help_es"),
                *("evidence", "evidence_fr", "evidence_es", "source"),
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(key, f"{key} {part.name()}") for key, part in oecd.parts().items()]
        self.fields["prefill"].choices = [("", _("nothing")), *((key, fact.label) for key, fact in FACTS.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, public = cleaned.get("kind"), cleaned.get("public")
        if kind != Question.Kind.SCALE and cleaned.get("weight"):
            self.add_error("weight", _("Only “how far a practice is” is scored: give the weight 0."))
        fitting = {Question.Public.SUM: Question.Kind.NUMBER, Question.Public.RATIO: Question.Kind.PAIR}
        if public in fitting and kind != fitting[public]:
            self.add_error("public", _("A sum needs a number, a part of the whole needs a part and its whole."))
        return cleaned

    def fields_given(self) -> dict[str, Any]:
        """What the action takes; the step follows from its part."""
        return {**self.cleaned_data, "step": self.cleaned_data["part"][0]}


class PreviewForm(forms.Form):
    """Whose questions to show."""

    pillar = forms.ChoiceField(label=_("Pillar"), choices=Organisation.Pillar.choices)
    tier = forms.ChoiceField(label=_("Place in the chain"), choices=Organisation.Tier.choices)
    short = forms.BooleanField(label=_("Short form only"), required=False)
