"""What is looked for in the directory, and what an organisation tells of itself to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.people import showing
from eprm.people.forms.people import countries
from eprm.people.models import Circle, Organisation, OrganisationIdentifier, OrganisationName, OrganisationProfile
from eprm.people.queries import directory
from eprm.people.queries.directory import Facet
from eprm.ui import words
from eprm.ui.forms import WordsField
from eprm.ui.parts import MINERAL_NAMES
from lode.findings import in_language
from lode.identifiers import read_identifier
from lode.minerals import MINERALS

ANY = ("", _("any"))


def minerals() -> list[tuple[str, Any]]:
    return [(key, MINERAL_NAMES[key]) for key in MINERALS]


class DirectoryForm(forms.Form):
    """Looking through the directory. The countries are those that somebody is in."""

    q = forms.CharField(label=_("Name or words"), max_length=200, required=False)
    tier = forms.ChoiceField(label=_("Place in the chain"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[ANY, *Organisation.Pillar.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    mineral = forms.ChoiceField(label=_("Mineral"), required=False, choices=lambda: [ANY, *minerals()])
    offers = forms.ChoiceField(label=_("Offers"), required=False)
    seeks = forms.ChoiceField(label=_("Seeks"), required=False)
    members = forms.BooleanField(label=_("Members of the partnership only"), required=False)

    def __init__(self, *args: Any, facets: Mapping[str, Facet], said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = sorted((words.country(code), code) for code, _number in facets["country"].counts)
        self.fields["country"].choices = [ANY, *((code, name) for name, code in here)]
        self.fields["tier"].choices = [ANY, *Organisation.Tier.choices]
        self.fields["offers"].choices = self.fields["seeks"].choices = [ANY, *said.items()]


class ProfileOfForm(forms.Form):
    """What an organisation tells of itself, in words and from lists."""

    about = WordsField(
        label=_("About the organisation"), limit=200, required=False, help_text=_("What you do, for whom, where.")
    )
    among_members = WordsField(
        label=_("For other members"),
        limit=200,
        required=False,
        help_text=_("What only those you choose shall read: plans, partners, lessons."),
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=200)
    contact_email = forms.EmailField(label=_("Contact by e-mail"), required=False)
    contact_phone = forms.CharField(label=_("Contact by phone"), required=False, max_length=40)
    minerals = forms.MultipleChoiceField(
        label=_("Minerals"), required=False, choices=minerals, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Countries of work"),
        required=False,
        choices=lambda: countries()[1:],
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Beside the one you are registered in. Hold Ctrl, or ⌘, to choose several."),
    )
    offers = forms.MultipleChoiceField(label=_("What you offer"), required=False, widget=forms.CheckboxSelectMultiple)
    seeks = forms.MultipleChoiceField(label=_("What you seek"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = directory.topic_words()
        asked = [(topic.key, said[topic.key]) for topic in directory.topics_asked()]
        self.fields["offers"].choices = self.fields["seeks"].choices = asked

    @staticmethod
    def now(profile: OrganisationProfile, **lists: list[str]) -> dict[str, Any]:
        """What stands there, for a form that changes it."""
        names = ("about", "among_members", "website", "contact_name", "contact_email", "contact_phone")
        return {name: getattr(profile, name) for name in names} | lists


class IdentifierForm(forms.Form):
    """A number that tells the organisation from every other."""

    scheme = forms.ChoiceField(label=_("Kind"), choices=OrganisationIdentifier.Scheme.choices)
    value = forms.CharField(
        label=_("Number or domain"), max_length=255, help_text=_("As you have it; blanks and dots do not matter.")
    )
    country = forms.ChoiceField(label=_("Country of the register"), choices=countries, required=False)
    source = forms.CharField(
        label=_("Where it was read"), max_length=255, required=False, help_text=_("An extract, an invoice, a website.")
    )
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, home: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        self.fields["country"].initial = home

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "scheme" in cleaned and "value" in cleaned:
            country = cleaned.get("country") or self.home
            _value, findings = read_identifier(cleaned["scheme"], cleaned["value"], country=country)
            for found in findings:
                said = in_language(found, words.locale().language)
                self.add_error("value", f"{said.message} {said.fix}")
        return cleaned


class NameForm(forms.Form):
    """Another name of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationName.Kind.choices)
    until = forms.DateField(label=_("Used until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class ShowingForm(forms.Form):
    """For each field, who sees it."""

    def __init__(self, *args: Any, chosen: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in showing.FIELDS:
            self.fields[field.key] = forms.TypedChoiceField(
                label=_capital(str(field.label)),
                coerce=int,
                choices=[(int(circle), circle.label) for circle in Circle],
                initial=int(chosen.get(field.key, field.default)),
            )
        self.fields[showing.LISTED].help_text = _("Nothing else is shown to more people than your name.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
