"""What people type about themselves, their organisation and who works for it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eprm.people import actions, scopes, trail
from eprm.people.models import Membership, Organisation, Person
from eprm.ui import words
from eprm.ui.forms import Choice

# Codes that CLDR names although ISO 3166-1 gives them to no country.
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"}
ROLES = [
    (Membership.Role.READER, Choice(_("reader"), _("Sees everything of the organisation, changes nothing."))),
    (Membership.Role.OFFICER, Choice(_("compliance officer"), _("Sends, decides and accepts declarations."))),
    (Membership.Role.MANAGER, Choice(_("manager"), _("All that, and decides who works for the organisation."))),
]


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language."""
    names = [
        (code, words.country(code))
        for code in words.locale().territories
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    ]
    return [("", "—"), *sorted(names, key=lambda pair: pair[1])]


def tiers() -> list[tuple[str, str]]:
    """The places in the chain one can register under; the secretariat is set up by whoever runs the site."""
    return [(value, label) for value, label in Organisation.Tier.choices if value != Organisation.Tier.SECRETARIAT]


class SignupForm(AllauthSignupForm):
    """Sign-up: besides e-mail and password, a name and the language to be spoken to in."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ["name", "email", "password1", "password2", "language"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def save(self, request: HttpRequest) -> Person:
        person = super().save(request)
        return actions.save_profile(name=self.cleaned_data["name"], language=self.cleaned_data["language"], by=person)


# Besides the site's own, the languages that partners, cooperatives and authorities most often speak.
SPOKEN = "en fr es de nl it pt pl cs sv da fi el hu ro bg hr sk sl et lv lt mt ga sw rw rn ln lg am ar tr zh ja ko ms"
SPOKEN += " id vi ru uk"


def spoken() -> list[tuple[str, str]]:
    """The languages one may say one speaks, by their names in the reader's language."""
    names = [(code, words.locale().languages.get(code, code)) for code in SPOKEN.split()]
    return sorted(names, key=lambda pair: pair[1].casefold())


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    spoken = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=spoken,
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("So that others know in which language to write. Hold Ctrl, or ⌘, to choose several."),
    )


class OrganisationForm(forms.Form):
    name = forms.CharField(
        label=_("Legal name"),
        help_text=_("As registered, without abbreviation: suppliers and customers find you by it."),
        max_length=255,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    place = forms.CharField(label=_("Town"), max_length=120, required=False)
    tier = forms.ChoiceField(
        label=_("Place in the chain"), choices=tiers, help_text=_("Where your own work stands, from mine to brand.")
    )
    pillar = forms.ChoiceField(
        label=_("Pillar"),
        choices=[("", "—"), *Organisation.Pillar.choices],
        required=False,
        help_text=_("The group of the partnership you would belong to."),
    )
    staff = forms.IntegerField(label=_("Staff"), min_value=1, max_value=10_000_000, required=False)

    def __init__(self, *args: object, tier_is: str = "", looking: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if looking:
            # While somebody types, the page shows which organisations of that name are here already.
            ask = {"hx-get": reverse("people:organisation_likely"), "hx-trigger": "input changed delay:600ms, change"}
            ask |= {"hx-target": "#likely", "hx-swap": "outerHTML", "hx-include": "closest form"}
            self.fields["name"].widget.attrs |= ask
            self.fields["country"].widget.attrs |= ask
        if tier_is == Organisation.Tier.SECRETARIAT:
            self.fields["tier"].choices = [(tier_is, Organisation.Tier.SECRETARIAT.label)]


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail of the person"), help_text=_("They get a link, good for 14 days."))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial="officer")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class TokenForm(forms.Form):
    label = forms.CharField(
        label=_("What it is for"), help_text=_("So that you know later which one to end."), max_length=120
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        help_text=_("At most a year from today. Shorter is safer."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=scopes.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may do yourself. Less is safer."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["expires_on"].initial = today + timedelta(days=90)
        self.fields["expires_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + actions.TOKEN_AT_MOST - timedelta(days=1)).isoformat(),
        }

    def clean_expires_on(self) -> datetime:
        """The end of that day, as a moment."""
        day = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day < today + actions.TOKEN_AT_MOST:
            raise forms.ValidationError(
                _("%(day)s is not within a year from today. Choose a day up to %(last)s."),
                params={"day": words.day(day), "last": words.day(today + actions.TOKEN_AT_MOST - timedelta(days=1))},
            )
        return timezone.make_aware(datetime.combine(day, time.max))


class EraseForm(forms.Form):
    """The person's own word: their address, typed."""

    address = forms.CharField(label=_("Type your e-mail address"), widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"]
        if typed.strip().lower() != self.person.email.lower():
            raise forms.ValidationError(
                _("“%(typed)s” is not %(address)s, the address of your account. Nothing was erased."),
                params={"typed": typed, "address": self.person.email},
            )
        return typed


class ChangeFilterForm(forms.Form):
    """Which changes to show: of one kind of thing, by one person."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=lambda: [("", _("All kinds")), *trail.kinds()])
    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(memberships__organisation=organisation).distinct().order_by("name")
        self.fields["person"].choices = [("", _("Everybody")), *((person.pk, str(person)) for person in people)]
