"""Invoices and payments, days pledged and worked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from eprm.members import lifecycle
from eprm.members.models import Invoice, Member, Payment, Pledge, WorkedDay
from eprm.people.models import Organisation, Person

MONEY = DecimalField(max_digits=12, decimal_places=2)
NOTHING = Decimal(0)
OWED = ExpressionWrapper(F("amount") - F("credited") - F("paid"), output_field=MONEY)


def _offices(person: Person) -> bool:
    return person.is_secretariat or person.board_seat is not None


def invoices_visible_to(person: Person) -> QuerySet[Invoice]:
    """One's own organisation's; all for the secretariat and the board. `owed` is what is still to be paid."""
    found = Invoice.objects.select_related("organisation", "credits").annotate(owed=OWED).order_by("-year", "-number")
    return found if _offices(person) else found.filter(organisation__in=person.organisation_ids())


def payments_visible_to(person: Person) -> QuerySet[Payment]:
    found = Payment.objects.select_related("invoice", "organisation", "booked_by").order_by("-on", "-pk")
    return found if _offices(person) else found.filter(organisation__in=person.organisation_ids())


def open_invoices_of(organisation: Organisation) -> QuerySet[Invoice]:
    """What the organisation still owes, also from an earlier membership."""
    return (
        Invoice.objects.filter(organisation=organisation, kind=Invoice.Kind.INVOICE)
        .annotate(owed=OWED)
        .filter(owed__gt=0)
    )


def to_invoice(year: int, on: date) -> QuerySet[Member]:
    """The members that pay a fee and have no invoice for the year."""
    invoiced = Q(invoices__for_year=year, invoices__kind="invoice", invoices__is_fee=True, invoices__credited=0)
    running = Member.objects.filter(state__in=lifecycle.CURRENT, pillar=Organisation.Pillar.SUPPLY_CHAIN)
    running = running.filter(Q(until=None) | Q(until__gte=on)).select_related("organisation")
    return running.exclude(pk__in=Member.objects.filter(invoiced).values("pk")).order_by("organisation__name")


def pledges_visible_to(person: Person) -> QuerySet[Pledge]:
    """With `given`, the days worked on it so far."""
    total = Coalesce(Sum("worked__days"), NOTHING, output_field=DecimalField(max_digits=6, decimal_places=1))
    found = Pledge.objects.select_related("member__organisation").annotate(given=total).order_by("-year")
    return found if _offices(person) else found.filter(organisation__in=person.organisation_ids())


def days_given(pledge: Pledge) -> Decimal:
    return WorkedDay.objects.filter(pledge=pledge).aggregate(days=Sum("days"))["days"] or NOTHING
