"""What people type about events."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.events.models import Event, Registration
from eprm.groups.models import Group
from eprm.people.forms import countries
from eprm.people.models import Organisation
from eprm.ui.clocks import OFFICE_ZONE, ClockField, TimesForm, zone_choices
from eprm.ui.forms import FilesField

MOST_BYTES = 20 * 1024 * 1024
MOST_SEATS = 100_000


class EventForm(TimesForm):
    """An event; its times are read by the clock of its own time zone."""

    moments = ("starts_at", "ends_at")

    kind = forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("**bold**, *slanted*, - list, [words](https://…)."),
    )
    zone = forms.ChoiceField(label=_("Time zone of the event"), choices=zone_choices, initial=OFFICE_ZONE)
    starts_at = ClockField(label=_("Begins"), help_text=_("By the clock of that zone."))
    ends_at = ClockField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Link to join online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Only those who hold a seat see it."),
    )
    capacity = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=MOST_SEATS, required=False, help_text=_("Empty: as many as come.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins. Look at the day, too."))
        if not data.get("place") and not data.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where: a place, a link to join online, or both."))
        return data


class AnnounceForm(EventForm):
    """A new event, and for whom it is."""

    audience = forms.ChoiceField(label=_("For whom"))
    field_order = ("kind", "title", "audience")

    def __init__(self, *args: Any, office: bool, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group:{group.pk}": group for group in groups}
        wide = [choice for choice in Event.Audience.choices if choice[0] != Event.Audience.GROUP]
        own = [(key, _("members of %(group)s") % {"group": group}) for key, group in self.groups.items()]
        self.fields["audience"].choices = [*(wide if office else []), *own]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if group := self.groups.get(data.get("audience", "")):
            data["audience"], data["group"] = Event.Audience.GROUP.value, group
        return data


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody registered is told."),
    )


GENDERS = [("", _("I do not say")), *((key, label) for key, label in Registration.Gender.choices if key)]


class RegisterForm(forms.Form):
    """Somebody with an account."""

    gender = forms.ChoiceField(
        label=_("Woman or man"),
        choices=GENDERS,
        required=False,
        help_text=_("Only counted, never shown beside a name."),
    )


class VisitorForm(RegisterForm):
    """Somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), help_text=_("A mail asks you to confirm it."))
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    pillar = forms.ChoiceField(
        label=_("You come from"), choices=[("", _("none of these")), *Organisation.Pillar.choices], required=False
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("I do not say")), *[pair for pair in countries() if pair[0]]],
        required=False,
        help_text=_("Only counted."),
    )
    field_order = ("name", "email", "organisation", "pillar", "country", "gender")


class Attended(forms.ModelMultipleChoiceField):
    def label_from_instance(self, registration: Registration) -> str:
        return f"{registration.name}, {registration.organisation}" if registration.organisation else registration.name


class AttendanceForm(forms.Form):
    came = Attended(
        label=_("Who was there"),
        queryset=Registration.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, seated: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].queryset = seated


class MaterialForm(forms.Form):
    title = forms.CharField(label=_("What it is"), max_length=200)
    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    files = FilesField(label=_("Or a file"), required=False, multiple=False, max_bytes=MOST_BYTES, max_files=1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("url")) == bool(data.get("files")):
            self.add_error("url", _("Give either a link or a file."))
        return data
