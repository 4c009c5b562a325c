"""The forms of the secretariat and the board, and the member's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.members import lifecycle
from eprm.members.forms.numbers import AmountField
from eprm.members.models import BallotSeat, FeeClass, Invoice, Member, Payment, Screening
from eprm.people.models import Organisation

ANY = ("", _("all"))


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CommentForm(forms.Form):
    """A comment at a question, or about the whole."""

    question = forms.ChoiceField(label=_("About which question"), required=False)
    text = forms.CharField(label=_("What is missing or unclear"), widget=area(), max_length=2000)

    def __init__(self, data: Any, *, questions: Iterable[Any]) -> None:
        super().__init__(data)
        shown = [(str(question.pk), f"{question.section}: {question}"[:90]) for question in questions]
        self.fields["question"].choices = [("", _("the whole application")), *shown]


class ScreeningForm(forms.Form):
    """What holding the names against the lists gave."""

    lists = forms.CharField(
        label=_("Lists and their editions"), widget=area(), max_length=1000, help_text=_("One a line, with its day.")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Screening.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=area(),
        required=False,
        max_length=2000,
        help_text=_("Needed unless nobody is listed."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") not in (None, Screening.Outcome.CLEAR) and not cleaned.get("reason"):
            self.add_error("reason", ValidationError(_("Say what was compared and why you decided so.")))
        return cleaned


class VoteForm(forms.Form):
    choice = forms.ChoiceField(label=_("Your vote"), choices=BallotSeat.Choice.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Reason"), required=False, widget=area(), max_length=2000)


class ConflictForm(forms.Form):
    reason = forms.CharField(label=_("What the conflict is"), max_length=500)


class CloseForm(forms.Form):
    """The count's reason and minutes, with who was there."""

    reason = forms.CharField(
        label=_("Reason of the decision"), widget=area(), max_length=2000, help_text=_("The applicant reads it.")
    )
    minutes = forms.CharField(label=pgettext_lazy("ballot", "Minutes"), widget=area(6), max_length=20_000)
    attended = forms.MultipleChoiceField(
        label=_("Who took part"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, data: Any, *, seats: Iterable[BallotSeat]) -> None:
        super().__init__(data)
        seats = list(seats)
        self.fields["attended"].choices = [(str(s.pk), f"{s.seat.person}, {s.organisation}") for s in seats]
        self.initial["attended"] = [str(seat.pk) for seat in seats if seat.choice]

    def clean_attended(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["attended"]]


class PaymentForm(forms.Form):
    """Money that came in, or went back."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Payment.Kind.choices, initial=Payment.Kind.PAYMENT)
    on = day_field(_("Day on the bank statement"))
    amount = AmountField(label=_("Amount"), max_digits=12, min_value=None)
    reference = forms.CharField(
        label=_("Bank reference"), max_length=80, help_text=_("As on the statement; each is booked once.")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def clean_amount(self) -> Any:
        return above_nothing(self.cleaned_data["amount"])


def above_nothing(amount: Any) -> Any:
    if amount is None or amount <= 0:
        raise ValidationError(_("The amount is %(amount)s. Write one above nothing."), params={"amount": amount})
    return amount


class CreditForm(forms.Form):
    amount = AmountField(label=_("Amount"), max_digits=12, min_value=None)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_amount(self) -> Any:
        return above_nothing(self.cleaned_data["amount"])


class EarmarkForm(forms.Form):
    amount = AmountField(label=_("Amount"), max_digits=12, min_value=None)
    purpose = forms.CharField(label=_("Purpose"), max_length=200)

    def clean_amount(self) -> Any:
        return above_nothing(self.cleaned_data["amount"])


class AgreedForm(forms.Form):
    """A contribution that was agreed with a member."""

    member = forms.ModelChoiceField(label=_("Member"), queryset=Member.objects.none())
    amount = AmountField(label=_("Amount"), max_digits=12, min_value=None)
    what = forms.CharField(label=_("What for"), max_length=300)
    due_on = day_field(_("Due"))

    def __init__(self, data: Any, *, members: Any) -> None:
        super().__init__(data)
        self.fields["member"].queryset = members

    def clean_amount(self) -> Any:
        return above_nothing(self.cleaned_data["amount"])


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)


class StateForm(forms.Form):
    """Another state or class for a member, from a day, for a reason."""

    deed = forms.ChoiceField(label=_("What happens"), widget=forms.RadioSelect)
    on = day_field(pgettext_lazy("day", "From"))
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=2000)

    def __init__(self, data: Any, *, member: Member, initial: Any) -> None:
        super().__init__(data, initial=initial)
        states = [(f"state:{key}", lifecycle.STATES[key].label) for key in lifecycle.LEADS_TO[member.state]]
        classes = [
            (f"class:{key}", _("class “%(label)s”") % {"label": label})
            for key, label in FeeClass.choices
            if key != member.fee_class and member.state in lifecycle.CURRENT
        ]
        self.fields["deed"].choices = [*sorted(states), *classes]


class NoticeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=2000, required=False)
    sure = forms.BooleanField(label=_("We leave the partnership at the end of this year"))


class PledgeForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)
    days = AmountField(label=_("Working days"), max_digits=5, decimal_places=1, min_value=None, max_value=366)

    def clean_days(self) -> Any:
        return above_nothing(self.cleaned_data["days"])


class WorkedForm(forms.Form):
    on = day_field(_("Day"))
    days = AmountField(label=_("Days"), max_digits=4, decimal_places=1, min_value=None, max_value=31)
    who = forms.CharField(label=_("Who"), max_length=200)
    what = forms.CharField(label=_("What was done"), max_length=300)

    def clean_days(self) -> Any:
        return above_nothing(self.cleaned_data["days"])


class MemberFilter(forms.Form):
    """Members by name, pillar, state and light."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[ANY, *Organisation.Pillar.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ANY, *((key, s.label) for key, s in lifecycle.STATES.items())]
    )
    light = forms.ChoiceField(
        label=pgettext_lazy("traffic light", "Light"),
        required=False,
        choices=[
            ANY,
            ("red", _("overdue for long")),
            ("yellow", _("overdue")),
            ("blue", _("open")),
            ("green", _("nothing owed")),
        ],
    )
    screening = forms.ChoiceField(
        label=_("Sanctions lists"),
        required=False,
        choices=[ANY, ("open", _("a like name is to be looked at"))],
    )

    def __init__(self, *args: object, keeps: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not keeps:
            del self.fields["screening"]

    @property
    def form(self) -> MemberFilter:
        return self


class StateFilter(forms.Form):
    """Applications by state."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ANY, *((k, s.label) for k, s in lifecycle.APPLICATION_STATES.items())],
    )

    @property
    def form(self) -> StateFilter:
        return self


class InvoiceFilter(forms.Form):
    """Invoices by year, and whether something is owed."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Invoice.Kind.choices])
    owed = forms.BooleanField(label=_("only what is owed"), required=False)

    @property
    def form(self) -> InvoiceFilter:
        return self
