"""What people type about uploads, names, suppliers and enquiries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eprm.diligence.models import Decision, Supplier, Upload
from eprm.diligence.queries.suppliers import suppliers_visible_to
from eprm.people.models import Organisation, Person
from eprm.ui import forms as ui_forms
from eprm.ui.words import country, day, locale, size

Judgement = Decision.Judgement
OTHER = "other"
TEMPLATES = [("CMRT", "CMRT"), ("EMRT", "EMRT"), ("CRT", "CRT"), ("AMRT", "AMRT")]
ACCEPTED_FILES = ".xlsx,.xlsm,.xls,.zip"
ANSWER_TIME = timedelta(days=42)
# Codes of CLDR's territories that are no country of ISO 3166-1.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


class SendForm(forms.Form):
    """Files to check. Only name and size are looked at here; all else is a finding."""

    files = ui_forms.FilesField(
        label=_("Declarations"),
        accept=ACCEPTED_FILES,
        max_files=settings.MAX_BATCH_FILES,
        help_text=_(
            "CMRT, EMRT, CRT or AMRT workbooks: one, several, or a zip of many. We keep each exactly as it is sent."
        ),
    )
    supplier = forms.ModelChoiceField(
        label=_("Supplier"),
        queryset=Supplier.objects.none(),
        required=False,
        empty_label=_("as the declaration says"),
        help_text=_("Leave it if the files are from several suppliers."),
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        organisation: Organisation,
        replaces: Upload | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.replaces = replaces
        self.fields["supplier"].queryset = own_suppliers(person, organisation)
        if replaces is not None:
            self.fields["supplier"].initial = replaces.supplier

    def clean_files(self) -> list[Any]:
        files = self.cleaned_data["files"]
        if self.replaces is not None and (len(files) > 1 or str(files[0].name).lower().endswith(".zip")):
            raise ValidationError(_("One workbook takes the place of “%(name)s”."), params={"name": self.replaces.file})
        for file in files:
            most = settings.MAX_BATCH_BYTES if str(file.name).lower().endswith(".zip") else settings.MAX_UPLOAD_BYTES
            if file.size > most:
                raise ValidationError(
                    _("“%(name)s” has %(size)s. A file may have at most %(most)s."),
                    params={"name": file.name, "size": size(file.size), "most": size(most)},
                )
        return files


class DecideForm(forms.Form):
    """What one name means. `choice` is a candidate's number, or one of the other judgements."""

    choice = forms.CharField(max_length=40)
    cid = forms.CharField(max_length=40, required=False)
    reason = forms.CharField(max_length=2000, required=False)
    seen = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        choice = data.get("choice", "")
        if choice in (Judgement.DIFFERENT, Judgement.UNSURE, Judgement.NOT_SMELTER):
            return {**data, "judgement": choice, "cid": ""}
        cid = data.get("cid", "").strip().upper() if choice == OTHER else choice
        if not cid and choice:
            self.add_error("cid", _("Type the smelter’s number, for instance CID002773."))
        return {**data, "judgement": Judgement.SAME, "cid": cid}


class ReturnForm(forms.Form):
    """What the supplier is told."""

    text = forms.CharField(label=_("Text for the supplier"), widget=forms.Textarea(attrs={"rows": 18}))


class AssignForm(forms.Form):
    """Whose file it is."""

    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.none())

    def __init__(self, *args: Any, person: Person, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = own_suppliers(person, upload.organisation)


class SupplierForm(forms.ModelForm):
    """A supplier, typed or from a row of a list."""

    class Meta:
        model = Supplier
        fields = ["name", "country", "number", "contact_name", "contact_email", "active"]
        help_texts = {"name": _("The legal name, as the declaration will say it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), required=False, choices=[("", _("not known")), *country_choices()]
        )


class SupplierListForm(forms.Form):
    """A list of suppliers as a CSV file."""

    file = ui_forms.FilesField(
        label=_("List of suppliers"),
        accept=".csv,.txt",
        multiple=False,
        max_bytes=2_000_000,
        help_text=_("A CSV file with a heading row; only the column “name” is needed."),
    )


class AskForm(forms.Form):
    """Asking suppliers for a declaration for a year."""

    year = forms.IntegerField(label=_("Reporting year"), min_value=2010, max_value=2100)
    template = forms.ChoiceField(label=_("Template"), choices=TEMPLATES)
    asked_on = forms.DateField(
        label=_("Asked on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("If you wrote to them earlier, that day."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}))
    suppliers = forms.ModelMultipleChoiceField(
        label=_("Suppliers"),
        queryset=Supplier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever was asked for this year and template already is not asked twice."),
    )

    def __init__(self, *args: Any, person: Person, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suppliers"].queryset = own_suppliers(person, organisation)
        today = timezone.localdate()
        self.fields["year"].initial = today.year
        self.fields["asked_on"].initial = today
        self.fields["due_on"].initial = today + ANSWER_TIME

    def clean_asked_on(self) -> date:
        asked_on = self.cleaned_data["asked_on"]
        if asked_on > timezone.localdate():
            raise ValidationError(_("%(day)s is still to come."), params={"day": day(asked_on)})
        return asked_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked_on, due_on = data.get("asked_on"), data.get("due_on")
        if asked_on and due_on and due_on < asked_on:
            told = {"due": day(due_on), "asked": day(asked_on)}
            self.add_error("due_on", _("%(due)s is before %(asked)s, the day they were asked.") % told)
        return data


def own_suppliers(person: Person, organisation: Organisation) -> Any:
    return suppliers_visible_to(person).filter(organisation=organisation, active=True)


def country_choices() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language."""
    codes = [code for code in locale().territories if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY]
    return sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1])
