"""Making a survey: its facts, its questions, invitations, what follows from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from eprm.groups.models import Group
from eprm.people.models import Organisation
from eprm.surveys.actions.invitations import MOST_AT_ONCE
from eprm.surveys.models import LANGUAGES, Question, Survey
from eprm.ui.forms import Choice
from eprm.ui.words import language_name
from lode.survey import CHOICES, Kind

Audience = Survey.Audience
FEWEST, MOST_OPTIONS, MOST_LETTERS = 2, 20, 200
BY_NAME = [
    (
        "no",
        Choice(_("Anonymous"), _("Nobody learns who answered what, neither do you. Only the part below is counted.")),
    ),
    ("yes", Choice(_("By name"), _("You see who answered what; everybody else sees figures."))),
]


class DateInput(forms.DateInput):
    """A day by the browser's own means."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SurveyForm(forms.Form):
    """What a survey is, in up to three languages: a language whose title is empty is not shown."""

    audience = forms.ChoiceField(label=_("Who is asked"))
    pillars = forms.MultipleChoiceField(
        label=_("Which pillars"),
        choices=Organisation.Pillar.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only where organisations of some pillars are asked."),
    )
    voice = forms.ChoiceField(
        label=_("Who answers"), choices=Survey.Voice.choices, widget=forms.RadioSelect, initial="person"
    )
    by_name = forms.ChoiceField(
        label=_("Anonymous or by name"), choices=BY_NAME, widget=forms.RadioSelect, initial="no"
    )
    counted_by = forms.ChoiceField(
        label=_("Count the answers by"),
        choices=Survey.Part.choices,
        widget=forms.RadioSelect,
        initial="pillar",
        help_text=_("One of them: two together would tell who answered. Groups under five are not shown."),
    )
    results_public = forms.BooleanField(
        label=_("Everybody may read the results"), required=False, initial=True,
        help_text=_("Otherwise whoever was asked may."),
    )  # fmt: skip
    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput, help_text=_("Until midnight UTC."))
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    purpose_en = forms.CharField(
        label=_("What it is for, in English"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    title_fr = forms.CharField(label=_("Title in French"), max_length=200, required=False)
    purpose_fr = forms.CharField(
        label=_("What it is for, in French"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=200, required=False)
    purpose_es = forms.CharField(
        label=_("What it is for, in Spanish"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, office: bool, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group:{group.pk}": group for group in groups}
        wide = [choice for choice in Audience.choices if choice[0] != Audience.GROUP] if office else []
        own = [(key, _("the members of %(group)s") % {"group": group}) for key, group in self.groups.items()]
        self.fields["audience"].choices = [*wide, *own]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["by_name"] = data.get("by_name") == "yes"
        audience = data.get("audience", "")
        if group := self.groups.get(audience):
            data["audience"], data["group"] = Audience.GROUP.value, group
        if audience == Audience.PILLARS and not data.get("pillars"):
            self.add_error("pillars", _("Say which pillars are asked."))
        if audience != Audience.PILLARS:
            data["pillars"] = []
        if audience == Audience.PUBLIC and data["by_name"]:
            self.add_error(
                "by_name", _("A visitor has no name here. Ask whoever is signed in, or let the survey be anonymous.")
            )
        if audience in (Audience.PUBLIC, Audience.INVITED) and data.get("voice") == Survey.Voice.ORGANISATION:
            self.add_error(
                "voice", _("Without an account nobody answers for an organisation. Choose one for each person.")
            )
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It closes before it opens. Look at the year, too."))
        if not any(data.get(f"title_{language}") for language in LANGUAGES):
            self.add_error("title_en", _("Give it a title in one language at least."))
        return data


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class QuestionForm(forms.Form):
    """A question with its options, one a line; the third line in French is the third in English."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Question.KINDS)
    required = forms.BooleanField(label=_("It must be answered"), required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=500, required=False)
    help_en = forms.CharField(label=_("Help in English"), max_length=1000, required=False)
    options_en = forms.CharField(
        label=_("Options in English"), required=False, widget=forms.Textarea({"rows": 5}), max_length=5000,
        help_text=_("One a line, for choices and rankings."),
    )  # fmt: skip
    text_fr = forms.CharField(label=_("Question in French"), max_length=500, required=False)
    help_fr = forms.CharField(label=_("Help in French"), max_length=1000, required=False)
    options_fr = forms.CharField(
        label=_("Options in French"), required=False, widget=forms.Textarea({"rows": 5}), max_length=5000,
        help_text=_("In the same order."),
    )  # fmt: skip
    text_es = forms.CharField(label=_("Question in Spanish"), max_length=500, required=False)
    help_es = forms.CharField(label=_("Help in Spanish"), max_length=1000, required=False)
    options_es = forms.CharField(
        label=_("Options in Spanish"), required=False, widget=forms.Textarea({"rows": 5}), max_length=5000,
        help_text=_("In the same order."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("At most so many choices"), required=False, min_value=2, max_value=MOST_OPTIONS,
        help_text=_("For several choices. Empty: as many as one likes."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("For a number: kg, EUR, people.")
    )
    low = forms.DecimalField(label=_("Smallest number"), max_digits=20, decimal_places=4, required=False)
    high = forms.DecimalField(label=_("Largest number"), max_digits=20, decimal_places=4, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if not any(data.get(f"text_{language}") for language in LANGUAGES):
            self.add_error("text_en", _("Ask it in one language at least."))
        lines = {language: _lines(data.pop(f"options_{language}", "") or "") for language in LANGUAGES}
        data["options"] = self._options(lines) if kind in {each.value for each in CHOICES} else []
        if kind == Kind.NUMBER and not data.get("unit"):
            self.add_error("unit", _("A number says nothing without its unit."))
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The largest number is below the smallest."))
        if kind != Kind.NUMBER:
            data |= {"unit": "", "low": None, "high": None}
        if kind != Kind.SEVERAL:
            data["most"] = None
        return data

    def _options(self, lines: dict[str, list[str]]) -> list[tuple[str, ...]]:
        counts = {len(found) for found in lines.values() if found}
        first = next((language for language in LANGUAGES if lines[language]), "en")
        if len(counts) > 1:
            told = ", ".join(f"{language_name(name)}: {len(found)}" for name, found in lines.items() if found)
            self.add_error(f"options_{first}", _("The languages have differing numbers of options (%s).") % told)
            return []
        count = counts.pop() if counts else 0
        if not FEWEST <= count <= MOST_OPTIONS:
            self.add_error(
                f"options_{first}",
                _("%(count)d options are given; a choice has %(least)d to %(most)d.")
                % {"count": count, "least": FEWEST, "most": MOST_OPTIONS},
            )
            return []
        for language, found in lines.items():
            if len({each.casefold() for each in found}) < len(found):
                self.add_error(f"options_{language}", _("One option stands there twice."))
            if long := next((each for each in found if len(each) > MOST_LETTERS), ""):
                self.add_error(f"options_{language}", _("“%s…” is too long for an option.") % long[:40])
        return [tuple(found[place] if found else "" for found in lines.values()) for place in range(count)]


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("Addresses"), widget=forms.Textarea({"rows": 8}), max_length=100_000,
        help_text=_("One a line. Each gets one mail with a link of its own; addresses that refused get none."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def clean_emails(self) -> list[str]:
        found = [line.strip().strip(",;") for line in self.cleaned_data["emails"].splitlines() if line.strip()]
        wrong = []
        for each in found:
            try:
                validate_email(each)
            except ValidationError:
                wrong.append(ValidationError(_("“%(found)s” is no e-mail address."), params={"found": each[:80]}))
        if wrong:
            raise ValidationError(wrong[:20])
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(
                _("%(count)d addresses are too many at once; send at most %(most)d."),
                params={"count": len(found), "most": MOST_AT_ONCE},
            )
        return found


class ConclusionForm(forms.Form):
    """What the keeper does with the results."""

    conclusion_en = forms.CharField(
        label=_("What we do with it, in English"), required=False, max_length=10_000,
        widget=forms.Textarea({"rows": 6}), help_text=_("**bold**, *slanted*, - list, [words](https://…)."),
    )  # fmt: skip
    conclusion_fr = forms.CharField(
        label=_("What we do with it, in French"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 6})
    )
    conclusion_es = forms.CharField(
        label=_("What we do with it, in Spanish"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.values()) and not self.errors:
            self.add_error("conclusion_en", _("Say it in one language at least: people gave you their time."))
        return data


class ExcerptForm(forms.Form):
    text = forms.CharField(
        label=_("Words to show"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_("Shorten it, and take out what tells who wrote it: names, places, sums."),
    )  # fmt: skip
