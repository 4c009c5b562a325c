"""What a person may ask of the company view: a year, a day, and a part of the smelters or risks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.diligence.company.queries.smelters import NamedSmelter
from eprm.diligence.standing import KEYS
from eprm.diligence.wording import STANDINGS, title_of
from eprm.ui import statuses, words
from eprm.ui.parts import mineral_name
from lode.findings import LEVELS

ANY = ("", _("all"))
# Before it there was no list and no form: the Dodd-Frank Act, section 1502, is of July 2010.
FIRST_DAY = date(2010, 1, 1)


class YearForm(forms.Form):
    """The year looked at, and the day statuses are judged on."""

    year = forms.TypedChoiceField(label=_("Reporting year"), coerce=int)
    on = forms.DateField(label=_("Judged as of"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: object, *, years: list[int], today: date) -> None:
        super().__init__(data or None)
        self.years, self.today = years or [today.year], today
        self.fields["year"].choices = [(year, str(year)) for year in self.years]

    def clean_on(self) -> date | None:
        """A day that lists and declarations can speak of; any other is as if none was given."""
        on = self.cleaned_data["on"]
        return on if on and FIRST_DAY <= on <= self.today else None

    @property
    def form(self) -> YearForm:
        return self

    def chosen(self) -> tuple[int, date]:
        """The year and the day; without a choice the newest year, today or, for a past year, its last day."""
        answers = self.cleaned_data if self.is_valid() else {}
        year = answers.get("year") or self.years[0]
        on = answers.get("on") or min(self.today, date(year, 12, 31))
        return year, on


class SmelterFilter(forms.Form):
    """Smelters by metal, country and assurance."""

    metal = forms.ChoiceField(label=_("Metal"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    standing = forms.ChoiceField(
        label=_("Assurance"), required=False, choices=[ANY, *((key, STANDINGS[key][1]) for key in KEYS)]
    )
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, smelters: list[NamedSmelter]) -> None:
        super().__init__(data)
        self.smelters = smelters
        self.fields["metal"].choices = [ANY, *_sorted((s.metal, mineral_name(s.metal)) for s in smelters)]
        self.fields["country"].choices = [
            ANY,
            *_sorted((s.country, words.country(s.country)) for s in smelters if s.country),
        ]

    @property
    def form(self) -> SmelterFilter:
        return self

    def left(self) -> list[NamedSmelter]:
        """The smelters the filters leave; a choice that does not exist leaves all."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return [
            smelter
            for smelter in self.smelters
            if wanted.get("metal") in ("", None, smelter.metal)
            and wanted.get("country") in ("", None, smelter.country)
            and wanted.get("standing") in ("", None, smelter.standing.key)
        ]


class RiskFilter(forms.Form):
    """Risks by kind, place and level."""

    code = forms.ChoiceField(label=_("Kind"), required=False)
    country = forms.ChoiceField(label=_("Place"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[ANY, *((level, statuses.find(level).words) for level in LEVELS)]
    )
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, places: Iterable[str], codes: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["code"].choices = [ANY, *_sorted((code, title_of(code)) for code in codes)]
        self.fields["country"].choices = [ANY, *_sorted((place, words.country(place)) for place in places if place)]

    @property
    def form(self) -> RiskFilter:
        return self

    def narrow(self, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The facts the filters leave."""
        wanted = self.cleaned_data if self.is_valid() else {}
        fields = {"code": "code", "country": "country_iso2", "level": "level"}
        chosen = {column: wanted[name] for name, column in fields.items() if wanted.get(name)}
        return [fact for fact in facts if all(fact[column] == value for column, value in chosen.items())]


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(set(choices), key=lambda choice: choice[1])
