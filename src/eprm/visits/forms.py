"""What people type about field visits. Every form works on a cheap phone without script, and may be sent twice."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Group
from eprm.people.forms import countries
from eprm.people.models import Organisation
from eprm.ui import parts
from eprm.ui.forms import Choice, FilesField
from eprm.visits import pictures
from eprm.visits.models import LocalActor, Photo, VisitFinding
from eprm.visits.queries.findings import organisation_named

LONGEST = 20_000
MARKDOWN = _("**bold**, *slanted*, > quotation, - list, [words](https://…).")
PILLARS = [("", _("none of these")), *Organisation.Pillar.choices]
POSITION = re.compile(r"^\s*(-?\d{1,2}(?:[.]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.]\d+)?)\s*$")
FIVE_PLACES = Decimal("0.00001")


class DateInput(forms.DateInput):
    """A day by the browser's own means."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, **options)


def text_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONGEST, **options}, widget=forms.Textarea({"rows": rows}))


class SentForm(forms.Form):
    """A form whose second sending changes nothing."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionForm(forms.Form):
    """A form that knows which version it began with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class VisitFields(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = text_field(
        pgettext_lazy("visit", "Purpose"), help_text=_("What the delegation wants to understand, and from whom.")
    )
    country = forms.ChoiceField(label=_("Country"))
    region = forms.CharField(label=_("Region"), max_length=120, required=False, help_text=_("For instance a province."))
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Only the delegation and the secretariat read it."),
    )
    minerals = forms.MultipleChoiceField(
        label=_("Minerals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(parts.MINERAL_NAMES.items()),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The visit ends before it begins. Look at both days again."))
        return data


class PlanForm(SentForm, VisitFields):
    group = forms.ModelChoiceField(label=_("Working group"), queryset=Group.objects.none(), required=False)

    def __init__(self, *args: Any, groups: list[Group], office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups]).order_by("name")
        self.fields["group"].required = not office
        self.fields["group"].help_text = _("What follows from the visit becomes tasks of this group’s members.")


class EditForm(VersionForm, VisitFields):
    """The plan, changed."""


class ReasonForm(forms.Form):
    reason = text_field(_("Why"), 3, max_length=1000)


class LineForm(forms.Form):
    day = day_field(_("Day"))
    at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    what = forms.CharField(label=_("What"), max_length=300)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)


class InviteForm(forms.Form):
    """Somebody with an account."""

    email = forms.EmailField(label=_("E-mail of their account"))
    pillar = forms.ChoiceField(
        label=_("Pillar"), choices=[("", _("as their organisation says")), *Organisation.Pillar.choices], required=False
    )
    role = forms.CharField(label=_("Role"), max_length=80, required=False, help_text=_("For instance interpreter."))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_email(self) -> Any:
        found = self.people.filter(email__iexact=self.cleaned_data["email"].strip()).first()
        if found is None:
            raise ValidationError(
                _(
                    "Nobody you can invite has an account with “%(email)s”. "
                    "Add them as a guest, or ask the secretariat to invite them."
                ),
                params={"email": self.cleaned_data["email"]},
            )
        self.cleaned_data["person"] = found
        return self.cleaned_data["email"]


class GuestForm(forms.Form):
    """Somebody without an account, who has said that they come."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_name = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), choices=PILLARS, required=False)
    role = forms.CharField(label=_("Role"), max_length=80, required=False, help_text=_("For instance driver."))


class SafetyForm(VersionForm):
    text = text_field(
        _("Safety notes"),
        12,
        help_text=_("Routes, contacts, threats, what to do if something happens. Not kept in any history."),
    )


class ActorForm(SentForm):
    kind = forms.ChoiceField(label=_("Who was heard"), choices=LocalActor.Kind.choices)
    people_count = forms.IntegerField(label=_("How many"), min_value=1, max_value=100_000, initial=1)
    women_count = forms.IntegerField(label=_("Of them women"), min_value=0, max_value=100_000, required=False)
    heard_on = day_field(_("Day"))
    words = text_field(_("What they said"), 5, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Only if you need it. Shown to nobody outside.")
    )
    agreed = forms.CharField(
        label=_("They agree to be named in public"),
        max_length=500,
        required=False,
        help_text=_("Write how they said so: who asked, in which language. Empty: they stay unnamed."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        people, women = data.get("people_count"), data.get("women_count")
        if people is not None and women is not None and women > people:
            self.add_error("women_count", _("That is more than were heard in all."))
        if data.get("agreed") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name they agree to."))
        return data


class AgreedForm(forms.Form):
    words = forms.CharField(
        label=_("How they agreed"),
        max_length=500,
        help_text=_("Who asked, in which language, on paper or in words."),
    )


def read_position(told: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude in degrees, from "1.2345, 29.4321"; ValidationError for anything else."""
    found = POSITION.match(told)
    try:
        latitude, longitude = (Decimal(part).quantize(FIVE_PLACES) for part in found.groups()) if found else (91, 0)
    except InvalidOperation:
        latitude, longitude = 91, 0
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValidationError(
            _("“%(found)s” is no position. Write latitude and longitude in degrees, for instance 1.5593, 30.2525."),
            params={"found": told[:60]},
        )
    return latitude, longitude


class ObservationFields(forms.Form):
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=None)
    text = text_field(_("What you saw or were told"), 6)
    seen_on = day_field(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    position = forms.CharField(
        label=_("Position"),
        max_length=60,
        required=False,
        help_text=_("Latitude, longitude. Only if nobody can be harmed by it."),
    )
    keep_position = forms.BooleanField(
        label=_("I want this position to be kept for the delegation and the secretariat"), required=False
    )

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told = data.pop("position", "")
        if data.pop("keep_position", False) and told:
            try:
                data["position"] = read_position(told)
            except ValidationError as problem:
                self.add_error("position", problem)
        elif told:
            self.add_error("keep_position", _("Tick this, or leave the position empty."))
        return data


class ObservationForm(SentForm, ObservationFields):
    """A new observation."""


class ObservationEditForm(VersionForm, ObservationFields):
    """An observation, corrected."""


FACES = [
    ("", Choice(_("I do not know yet"), _("Only the delegation and the secretariat see the photo."))),
    (Photo.Faces.NONE.value, Choice(_("No face can be recognised"), _("Look at the edges and the background, too."))),
    (Photo.Faces.AGREED.value, Choice(_("Everybody shown has agreed"), _("Write below how."))),
]


class FacesForm(forms.Form):
    faces = forms.ChoiceField(label=_("Faces"), choices=FACES[1:], widget=forms.RadioSelect)
    agreed = forms.CharField(
        label=_("How they agreed"),
        max_length=500,
        required=False,
        help_text=_("Who asked, in which language, on paper or in words."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("faces") == Photo.Faces.AGREED and not data.get("agreed"):
            self.add_error("agreed", _("Write how those shown agreed."))
        return data


class PhotoForm(SentForm, FacesForm):
    """One photo at a time: a bad link loses one photo, not ten."""

    files = FilesField(
        label=_("Photo"),
        accept=pictures.ENDINGS,
        multiple=False,
        max_files=1,
        max_bytes=pictures.MOST_BYTES,
        help_text=_("The phone’s notes inside the file (place, time, device) are taken out."),
    )
    caption = forms.CharField(
        label=_("What it shows"), max_length=300, help_text=_("For whoever cannot see it, too. No names.")
    )
    keep_position = forms.BooleanField(
        label=_("Keep the place the phone wrote into the photo, for the delegation and the secretariat"), required=False
    )
    field_order = ("files", "caption", "faces", "agreed", "keep_position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["faces"].choices = FACES
        self.fields["faces"].required = False


class FindingForm(SentForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=VisitFinding.Kind.choices)
    severity = forms.ChoiceField(
        label=_("Severity of a concern"),
        choices=[("", _("not a concern")), *VisitFinding.Severity.choices[1:]],
        required=False,
    )
    title = forms.CharField(label=pgettext_lazy("visit", "Finding"), max_length=200)
    text = text_field(_("What it rests on"), 4, required=False)
    sources = forms.ModelMultipleChoiceField(
        label=_("Observations"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, observations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = observations

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "kind" in data and (data["kind"] == VisitFinding.Kind.CONCERN) != bool(data.get("severity")):
            self.add_error("severity", _("Say how severe a concern is; other findings have no severity."))
        return data


class FollowUpForm(SentForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, help_text=_("Its name as the directory writes it.")
    )
    due_on = day_field(_("Due"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners

    def clean_organisation(self) -> Organisation | None:
        told = self.cleaned_data["organisation"]
        if not told:
            return None
        if (found := organisation_named(told)) is None:
            raise ValidationError(_("No organisation, or more than one, is called “%(name)s”."), params={"name": told})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("owner") and not data.get("organisation"):
            self.add_error("owner", _("Say who does it: a person, an organisation, or both."))
        return data


class ReportForm(VersionForm):
    text = text_field(pgettext_lazy("visit", "Report"), 18, max_length=100_000, help_text=MARKDOWN)


class StoryForm(VersionForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("In one sentence"), max_length=300)
    text = text_field(_("Story"), 16, help_text=MARKDOWN)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    region = forms.CharField(
        label=_("Region"), max_length=120, required=False, help_text=_("As coarse as it must be. No place, no site.")
    )
    actors = forms.ModelMultipleChoiceField(
        label=_("Whom it says was heard"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    photos = forms.ModelMultipleChoiceField(
        label=_("Photos"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those of which somebody has said whose faces they show."),
    )
    publish_on = day_field(_("Appears on"))

    def __init__(self, *args: Any, photos: Any, actors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].queryset = photos
        self.fields["actors"].queryset = actors


class ThemeForm(forms.Form):
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=120)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Document and clause."))
    verified = forms.BooleanField(label=_("I have compared it with the source"), required=False)
    since = day_field(_("Used from"))


class UntilForm(forms.Form):
    until = day_field(_("Not used any more from"))


class DelayForm(forms.Form):
    days = forms.IntegerField(label=_("Days after the visit"), min_value=0, max_value=730)
    since = day_field(_("For visits that end from"))
    source = forms.CharField(label=_("Source"), max_length=300)
    verified = forms.BooleanField(label=_("I have compared it with the source"), required=False)
