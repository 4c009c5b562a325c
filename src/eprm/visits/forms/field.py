"""What is heard, seen and photographed. Every form works on a cheap phone without script, and may be sent twice."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eprm.ui.forms import Choice, FilesField
from eprm.visits import pictures
from eprm.visits.forms.inputs import (
    SentForm,
    VersionForm,
    day_field,
    text_field,
)
from eprm.visits.models import LocalActor, Photo

POSITION = re.compile(r"^\s*(-?\d{1,2}(?:[.]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.]\d+)?)\s*$")

FIVE_PLACES = Decimal("0.00001")

FACES = [
    ("", Choice(_("I do not know yet"), _("Only the delegation and the secretariat see the photo."))),
    (Photo.Faces.NONE.value, Choice(_("No face can be recognised"), _("Look at the edges and the background, too."))),
    (Photo.Faces.AGREED.value, Choice(_("Everybody shown has agreed"), _("Write below how."))),
]


class ActorFields(forms.Form):
    kind = forms.ChoiceField(label=_("Who was heard"), choices=LocalActor.Kind.choices)
    people_count = forms.IntegerField(label=_("How many"), min_value=1, max_value=100_000, initial=1)
    women_count = forms.IntegerField(label=_("Of them women"), min_value=0, max_value=100_000, required=False)
    heard_on = day_field(_("Day"))
    words = text_field(_("What they said"), 5, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Only if you need it. Shown to nobody outside.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        people, women = data.get("people_count"), data.get("women_count")
        if people is not None and women is not None and women > people:
            self.add_error("women_count", _("That is more than were heard in all."))
        return data


class ActorForm(SentForm, ActorFields):
    agreed = forms.CharField(
        label=_("They agree to be named in public"),
        max_length=500,
        required=False,
        help_text=_("Write how they said so: who asked, in which language. Empty: they stay unnamed."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("agreed") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name they agree to."))
        return data


class ActorEditForm(VersionForm, ActorFields):
    """Who was heard, corrected."""


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
