"""Asking suppliers for a declaration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from eprm.diligence import rules
from eprm.diligence.models import Enquiry, Supplier
from eprm.people.models import Organisation, Person


@transaction.atomic
def ask_suppliers(
    *,
    organisation: Organisation,
    suppliers: Iterable[Supplier],
    year: int,
    template: str,
    due_on: date,
    by: Person,
    asked_on: date | None = None,
) -> list[Enquiry]:
    """Note that each of these was asked for a declaration for the year; who was asked already is not asked twice.

    `asked_on` is today where nothing else is said: who wrote to suppliers earlier notes the day.
    """
    rules.can_write(by, organisation.pk).require()
    suppliers = list(suppliers)
    asked = set(
        Enquiry.objects.filter(supplier__in=suppliers, year=year, template=template).values_list("supplier", flat=True)
    )
    enquiries = [
        Enquiry(
            organisation=organisation,
            supplier=supplier,
            year=year,
            template=template,
            asked_on=asked_on or timezone.localdate(),
            due_on=due_on,
        )
        for supplier in suppliers
        if supplier.pk not in asked
    ]
    return Enquiry.objects.bulk_create(enquiries)
