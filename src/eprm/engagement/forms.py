"""What the secretariat types in the engagement plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.engagement import lifecycle
from eprm.engagement.mails import MOST_BYTES
from eprm.engagement.models import Entry, Segment, Target
from eprm.people.forms import countries
from eprm.people.models import Organisation, Person
from eprm.ui import forms as ui_forms
from eprm.ui.languages import written_choices

LOGGED = [(kind.value, kind.label) for kind in Entry.Kind]
Languages = tuple[tuple[str, Any], ...]


def languages() -> Languages:
    return tuple(written_choices())


def _date() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class TargetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"), choices=Target.Kind.choices)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Target.Priority.choices, coerce=int)
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    goal = forms.CharField(label=_("What we want together"), max_length=5000, widget=_text(3))
    owner = forms.ModelChoiceField(label=_("Looked after by"), queryset=Person.objects.none())
    organisation = forms.ModelChoiceField(
        label=_("On the platform as"), queryset=Organisation.objects.none(), required=False, empty_label=_("not yet")
    )

    def __init__(self, *args: Any, organisations: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["organisation"].queryset = organisations


class StepForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=[(key, state.label) for key, state in lifecycle.STAGES.items()])
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_on = forms.DateField(label=_("Due by"), required=False, widget=_date())


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    task = forms.CharField(label=_("Responsible for"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    source = forms.CharField(
        label=_("Where the address is from"),
        max_length=300,
        help_text=_("The person may ask: “business card, meeting in Paris, 12 May”."),
    )


class EntryForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=LOGGED)
    happened_on = forms.DateField(label=_("Day"), widget=_date())
    subject = forms.CharField(label=_("In one line"), max_length=300)
    text = forms.CharField(label=_("What was said"), max_length=20_000, required=False, widget=_text(4))


class MailForm(forms.Form):
    files = ui_forms.FilesField(
        label=_("Mails"),
        accept=".eml",
        max_bytes=MOST_BYTES,
        max_files=50,
        help_text=_("Save or drag them out of your mail program as .eml. Each is filed with whom it was exchanged."),
    )


class FileEntryForm(forms.Form):
    target = forms.ModelChoiceField(label=_("With whom"), queryset=Target.objects.none())

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets


class SegmentForm(forms.Form):
    """Whom a campaign is for; nothing ticked in a group narrows nothing."""

    name = forms.CharField(label=_("Name"), max_length=120)
    with_people = forms.BooleanField(
        label=_("People with an account who agreed to hear from us"), required=False, initial=True
    )
    pillars = forms.MultipleChoiceField(
        label=_("Only of these pillars"),
        choices=Organisation.Pillar.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tiers = forms.MultipleChoiceField(
        label=_("Only at these places in the chain"),
        choices=Organisation.Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Only who reads"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Only in these countries"),
        choices=countries,
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
    )
    target_kinds = forms.MultipleChoiceField(
        label=_("And the contacts of the plan at"),
        choices=Target.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("with_people") and not data.get("target_kinds"):
            self.add_error("with_people", _("Choose people with an account, contacts of the plan, or both."))
        return data


class CampaignForm(forms.Form):
    """A campaign and its words; a language without words gets the English ones."""

    title = forms.CharField(label=_("What it is called here"), max_length=200)
    segment = forms.ModelChoiceField(label=_("For"), queryset=Segment.objects.none())

    def __init__(self, *args: Any, segments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].queryset = segments
        for code, name in languages():
            needed = code == "en"
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject, %(language)s") % {"language": name}, max_length=200, required=needed
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": name}, max_length=50_000, required=needed, widget=_text(8)
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code, _name in languages():
            subject, text = data.get(f"subject_{code}"), data.get(f"text_{code}")
            if (
                bool(subject) != bool(text)
                and f"text_{code}" not in self.errors
                and f"subject_{code}" not in self.errors
            ):
                lacking = "text" if subject else "subject"
                self.add_error(f"{lacking}_{code}", _("Write both subject and text, or neither."))
        return data

    def texts(self) -> dict[str, tuple[str, str]]:
        """Subject and text by language, as far as written."""
        data = self.cleaned_data
        return {
            code: (data[f"subject_{code}"], data[f"text_{code}"])
            for code, _name in languages()
            if data.get(f"subject_{code}") and data.get(f"text_{code}")
        }
