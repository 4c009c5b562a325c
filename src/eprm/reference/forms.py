"""What people type and send about the dated lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eprm.people.forms import countries
from eprm.reference.models import HeldAgainstLists, ReferenceList
from eprm.ui.forms import FilesField
from eprm.ui.words import day

ENDINGS = {
    ReferenceList.Kind.REGISTER: ".xlsx,.xls,.xlsm",
    "sanctions-un": ".xml",
}
# What these files say of themselves is not asked again.
DATED_BY_FILE = frozenset({"smelter-register", "sanctions-un"})


def _date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class LoadForm(forms.Form):
    """A release of one list: its file, and what the file does not say of itself."""

    file = FilesField(label=_("File"), multiple=False, max_bytes=settings.MAX_UPLOAD_BYTES)
    aliases = FilesField(
        label=_("File with the other names"),
        help_text=_("ALT.CSV of the same day. Without it people are found by their main name only."),
        accept=".csv",
        multiple=False,
        max_bytes=settings.MAX_UPLOAD_BYTES,
        required=False,
    )
    edition = forms.CharField(
        label=_("Edition"), help_text=_("As its publisher names it, such as “update 18”."), max_length=80
    )
    published_on = forms.DateField(label=_("Published on"), widget=_date_input())
    partial = forms.BooleanField(
        label=_("This file holds only a part of the list"),
        help_text=_("Pages then say so beside every answer drawn from it."),
        required=False,
    )
    verified = forms.BooleanField(
        label=_("The file comes from the publisher itself"),
        help_text=_("Downloaded from the publisher’s address, and unchanged since."),
        required=False,
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, of: ReferenceList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        endings = ENDINGS.get(of.key) or ENDINGS.get(of.kind, ".csv")
        self.fields["file"] = FilesField(
            label=_("File"), accept=endings, multiple=False, max_bytes=settings.MAX_UPLOAD_BYTES
        )
        self.order_fields(["file"])
        if of.key != "sanctions-ofac":
            del self.fields["aliases"]
        if of.key in DATED_BY_FILE:
            del self.fields["edition"], self.fields["published_on"]
        if of.kind == ReferenceList.Kind.REGISTER:
            del self.fields["partial"], self.fields["verified"]

    def clean_published_on(self) -> date:
        published = self.cleaned_data["published_on"]
        if published > timezone.localdate():
            raise forms.ValidationError(
                _("%(day)s is still to come. Write the day the edition came out."), params={"day": day(published)}
            )
        return published


class AreaForm(forms.Form):
    """One dated row of the list of high-risk areas, with its source."""

    iso2 = forms.ChoiceField(label=_("Country"), choices=countries)
    name = forms.CharField(label=_("Region"), help_text=_("As the list writes it; the country's name for all of it."))
    region = forms.RegexField(
        label=_("Code of the region"),
        regex=r"^[A-Z]{2}-[A-Z0-9]{1,3}$",
        help_text=_("ISO 3166-2, such as CD-NK."),
        error_messages={"invalid": _("Write a code as CD-NK: the country, a hyphen, one to three letters or digits.")},
        required=False,
    )
    category = forms.CharField(label=_("Category"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("On the list from"), widget=_date_input())
    valid_to = forms.DateField(label=_("Until"), widget=_date_input(), required=False)
    source = forms.CharField(
        label=_("Source"), help_text=_("An address or a title and page where this can be read."), widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("valid_from"), cleaned.get("valid_to")
        if since and until and until < since:
            told = _("It would end on %(until)s, before it begins on %(since)s.") % {
                "until": day(until),
                "since": day(since),
            }
            self.add_error("valid_to", told)
        region, country = cleaned.get("region"), cleaned.get("iso2")
        if region and country and not region.startswith(f"{country}-"):
            told = _("The code %(region)s is not of the country %(country)s.") % {"region": region, "country": country}
            self.add_error("region", told)
        return cleaned


class PlaceForm(forms.Form):
    """A place and a day, to ask whether it was a high-risk area then."""

    country = forms.ChoiceField(label=_("Country"), choices=countries)
    on = forms.DateField(label=_("On"), widget=_date_input(), required=False)


class CompareForm(forms.Form):
    """Two releases of one list."""

    old = forms.ChoiceField(label=_("Older edition"))
    new = forms.ChoiceField(label=_("Newer edition"))

    def __init__(self, *args: Any, releases: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(release.pk, str(release)) for release in releases]
        self.fields["old"].choices = self.fields["new"].choices = choices


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)


class JudgeForm(forms.Form):
    """What a person says of the listed parties that somebody could be."""

    judgement = forms.ChoiceField(
        label=_("This is"),
        choices=[
            (HeldAgainstLists.Judgement.OTHER, _("somebody else")),
            (HeldAgainstLists.Judgement.SAME, _("the listed party")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("How you know"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Date of birth, register number, address: what tells them apart, and where you looked."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
