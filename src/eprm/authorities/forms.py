"""What people type in the network and at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.authorities.actions.desk import Document, Mass
from eprm.authorities.models import Check, CompetentAuthority, FiledDocument, Filing, Topic
from eprm.authorities.queries import authorities_on
from eprm.authorities.wording import DUTIES, KNOWN_BY, RANKED_BY
from eprm.people.forms import countries
from eprm.people.models import Organisation
from eprm.reference.models import Threshold
from eprm.reference.queries import thresholds_on
from eprm.ui import forms as ui_forms
from lode.importer_ranking import KEYS

Kind = FiledDocument.Kind
DOCUMENT_ENDINGS = ".pdf,.docx,.xlsx,.xls,.csv,.odt,.ods,.jpg,.jpeg,.png,.txt,.zip"
ROWS = 6
MOST_ROWS = 60
MOST_FILES = 20


def _date() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class AuthorityForm(forms.Form):
    """An authority as its Member State has named it."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    member_state = forms.ChoiceField(label=_("Member State"), choices=countries)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    languages = forms.CharField(
        label=_("Languages it answers in"), required=False, max_length=120, help_text=_("Such as “Dutch, English”.")
    )
    takes_filings = forms.BooleanField(
        label=_("It takes files over this platform"),
        required=False,
        help_text=_("Only where the authority has said so."),
    )
    since = forms.DateField(label=_("Named since"), required=False, widget=_date())
    until = forms.DateField(label=_("Until"), required=False, widget=_date())
    source = forms.CharField(
        label=_("Source"),
        max_length=1000,
        help_text=_("The Commission’s list or the law that names it, with its date."),
    )
    verified = forms.BooleanField(label=_("I have compared this with the source"), required=False)

    def __init__(self, *args: Any, authority: CompetentAuthority | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if authority is None:
            found = Organisation.objects.filter(tier=Organisation.Tier.GOVERNMENT)
            self.fields["organisation"].queryset = found.order_by("name")
            del self.fields["until"]
        else:
            del self.fields["organisation"]


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    task = forms.CharField(label=_("Responsible for"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)


class TopicForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=Topic.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=200)
    clause = forms.CharField(
        label=_("Clause it is about"), max_length=60, required=False, help_text=_("Such as “Article 7(1)”.")
    )
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=_text(8))


class ReplyForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=20_000, widget=_text(6))


class MessageForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=20_000, widget=_text(5))


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("Your answer to the importer"),
        max_length=20_000,
        widget=_text(6),
        help_text=_("The importer reads this. What you found in a check stays with you."),
    )


class FilingForm(forms.Form):
    """What an importer files for a year, besides the masses."""

    authority = forms.ModelChoiceField(label=_("Competent authority"), queryset=CompetentAuthority.objects.none())
    year = forms.IntegerField(label=_("Calendar year"), min_value=2021, max_value=9999)
    eori = forms.CharField(label=_("EORI number"), max_length=17, required=False)
    exemption = forms.ChoiceField(
        label=_("Are you exempt from the third-party audit?"),
        choices=Filing.Exemption.choices,
        widget=forms.RadioSelect,
        help_text=_("Article 6(2): importers of metals who show that all smelters and refiners comply."),
    )
    statement = forms.CharField(
        label=_("What you did this year, in your own words"),
        required=False,
        max_length=20_000,
        widget=_text(5),
        help_text=_("Policy, chain of custody, risks found and what became of them: Articles 4 and 5."),
    )

    def __init__(self, *args: Any, corrects: Filing | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        today = timezone.localdate()
        self.fields["authority"].queryset = authorities_on(today).filter(takes_filings=True)
        self.fields["authority"].empty_label = None
        self.fields["year"].initial = today.year - 1
        for kind in Kind:
            self.fields[f"document_{kind.value}"] = ui_forms.FilesField(
                label=_capital(kind.label),
                accept=DOCUMENT_ENDINGS,
                max_bytes=settings.MAX_UPLOAD_BYTES,
                max_files=MOST_FILES,
                required=False,
            )
        if corrects is not None:
            del self.fields["authority"], self.fields["year"]

    @property
    def facts(self) -> Iterator[forms.BoundField]:
        return (field for field in self if not field.name.startswith("document_"))

    @property
    def papers(self) -> Iterator[forms.BoundField]:
        return (field for field in self if field.name.startswith("document_"))

    def documents(self) -> list[Document]:
        """The files chosen, each with its kind."""
        return [
            Document(kind=kind.value, name=str(file.name), content=file.read())
            for kind in Kind
            for file in self.cleaned_data.get(f"document_{kind.value}") or []
        ]


def _capital(words: str | Promise) -> str:
    said = str(words)
    return said[:1].upper() + said[1:]


class MassForm(forms.Form):
    """One line of Annex I, its net mass and the country of origin."""

    line = forms.ModelChoiceField(label=_("Line of Annex I"), queryset=Threshold.objects.none(), required=False)
    mass_kg = forms.DecimalField(
        label=_("Net mass"),
        max_digits=14,
        decimal_places=3,
        min_value=0,
        required=False,
        widget=ui_forms.UnitInput("kg"),
    )
    origin = forms.ChoiceField(label=_("Country of origin"), required=False)

    def __init__(
        self, *args: Any, lines: Any = None, origins: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
        self.fields["line"].empty_label = _("choose a line")
        self.fields["line"].label_from_instance = lambda row: f"{row.code} {row.description}"
        self.fields["origin"].choices = [("", _("not known")), *(origins or [])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("line") and not data.get("mass_kg") and "mass_kg" not in self.errors:
            self.add_error("mass_kg", _("Say how many kilograms of “%(line)s”.") % {"line": data["line"].description})
        if data.get("mass_kg") and not data.get("line") and "line" not in self.errors:
            self.add_error("line", _("Say which line of Annex I these %(kg)s kg are.") % {"kg": data["mass_kg"]})
        return data


class _Masses(BaseFormSet):
    """At least one mass."""

    def clean(self) -> None:
        if not any(self.errors) and not self.masses():
            raise ValidationError(_("Give at least one line of Annex I with its net mass in the year."))

    def masses(self) -> list[Mass]:
        """The rows filled in."""
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        return [
            Mass(line=row["line"], mass_kg=row["mass_kg"], origin=row["origin"]) for row in rows if row.get("mass_kg")
        ]


def mass_forms(data: Any = None, *, initial: list[dict[str, Any]] | None = None, rows: int = ROWS) -> _Masses:
    """The rows of masses: those given before, and empty ones up to `rows`."""
    initial = initial or []
    extra = max(min(rows, MOST_ROWS) - len(initial), 2)
    kind = formset_factory(MassForm, formset=_Masses, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    lines = thresholds_on(timezone.localdate()).order_by("mineral", "code")
    return kind(data, initial=initial, form_kwargs={"lines": lines, "origins": list(countries())}, prefix="mass")


class CheckForm(forms.Form):
    nature = forms.ChoiceField(label=_("Nature of the check"), choices=Check.Nature.choices, widget=forms.RadioSelect)
    checked_on = forms.DateField(label=_("Day"), widget=_date())
    result = forms.ChoiceField(label=_("Result"), choices=Check.Result.choices, widget=forms.RadioSelect)
    findings = forms.CharField(label=_("What was found"), max_length=20_000, widget=_text(6))
    remedy = forms.CharField(label=_("Notice of remedial action"), max_length=20_000, required=False, widget=_text(3))
    remedy_due_on = forms.DateField(label=_("To be done by"), required=False, widget=_date())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("remedy") and not data.get("remedy_due_on") and "remedy_due_on" not in self.errors:
            self.add_error("remedy_due_on", _("Say by which day the remedial action is to be done."))
        if data.get("remedy_due_on") and not data.get("remedy"):
            self.add_error("remedy", _("A day is given, but no remedial action."))
        return data


class WeightsForm(forms.Form):
    """The points of each fact, from a day on."""

    since = forms.DateField(label=pgettext_lazy("day", "From"), widget=_date())
    reason = forms.CharField(label=_("Why"), max_length=1000)

    def __init__(self, *args: Any, now: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        for key in KEYS:
            self.fields[key] = forms.IntegerField(
                label=RANKED_BY[key],
                min_value=0,
                max_value=100,
                initial=now.get(key, 0),
                widget=ui_forms.UnitInput(_("points")),
            )

    def points(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in KEYS}


class ConcernForm(forms.Form):
    """A substantiated concern; only the authority, the company and what happened are asked for in any case."""

    authority = forms.ModelChoiceField(label=_("To which authority"), queryset=CompetentAuthority.objects.none())
    importer_name = forms.CharField(label=_("Which company"), max_length=255)
    duty = forms.ChoiceField(label=_("Which duty you think is not met"), choices=[], required=False)
    text = forms.CharField(
        label=_("What happened"),
        max_length=20_000,
        widget=_text(8),
        help_text=_("What you saw or read, step by step. Leave out names of people who could be harmed."),
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    happened_on = forms.DateField(label=_("When, or since when"), required=False, widget=_date())
    known_by = forms.ChoiceField(label=_("How you know"), choices=[], required=False)
    sources = forms.CharField(
        label=_("Addresses of published evidence"), max_length=5000, required=False, widget=_text(2)
    )
    files = ui_forms.FilesField(
        label=_("Documents or photographs"),
        accept=DOCUMENT_ENDINGS,
        max_bytes=settings.MAX_UPLOAD_BYTES,
        max_files=MOST_FILES,
        required=False,
        help_text=_(
            "A photograph may hold the place it was taken and the name of the device: remove both if you must."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities_on(timezone.localdate())
        self.fields["duty"].choices = [("", _("I cannot say")), *DUTIES.items()]
        self.fields["known_by"].choices = [("", _("I would rather not say")), *KNOWN_BY.items()]


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Your receipt code"), max_length=60, help_text=_("Sixteen letters and digits, with or without dashes.")
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=20_000,
        widget=_text(6),
        help_text=_("Whoever put the concern in reads this, and nobody else."),
    )


class RuleForm(forms.Form):
    """How long records are kept, and how often an importer is checked at least."""

    since = forms.DateField(label=pgettext_lazy("day", "From"), widget=_date())
    keep_years = forms.IntegerField(label=_("Records are kept at least"), min_value=5, max_value=100)
    check_within_years = forms.IntegerField(
        label=_("Every importer is checked at least once in"), min_value=1, max_value=50
    )
    source = forms.CharField(label=_("Source"), max_length=1000)
    verified = forms.BooleanField(label=_("I have compared this with the source"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("keep_years", "check_within_years"):
            self.fields[name].widget = ui_forms.UnitInput(_("years"))
