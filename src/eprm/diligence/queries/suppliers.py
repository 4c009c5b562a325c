"""Suppliers, what they were asked, and who has not answered."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from eprm.diligence import lifecycle
from eprm.diligence.models import Enquiry, Supplier, Upload
from eprm.diligence.queries.screening import with_screening
from eprm.people.models import Person
from lode.smelters.names import normalise


def suppliers_visible_to(person: Person) -> QuerySet[Supplier]:
    """The suppliers of the person's organisations by name, each with its newest file's state, open enquiries, and
    how it stands against the sanctions lists."""
    newest = Upload.objects.filter(supplier=OuterRef("pk")).exclude(state=lifecycle.SUPERSEDED)
    newest = newest.order_by("-received_at")
    found = (
        Supplier.objects.filter(organisation__in=person.organisation_ids())
        .annotate(
            newest_state=Subquery(newest.values("state")[:1]),
            newest_received=Subquery(newest.values("received_at")[:1]),
            open_enquiries=Count("enquiries", filter=Q(enquiries__closed_on=None)),
            next_due=Max("enquiries__due_on", filter=Q(enquiries__closed_on=None)),
        )
        .order_by("name")
    )
    return with_screening(found)


def supplier_named(name: str, organisation_id: int) -> Supplier | None:
    """The organisation's supplier of this name, however it is typed; None unless exactly one fits."""
    wanted = normalise(name)
    if not wanted:
        return None
    known = Supplier.objects.filter(organisation=organisation_id, active=True)
    fitting = [supplier for supplier in known if normalise(supplier.name) == wanted]
    return fitting[0] if len(fitting) == 1 else None


def enquiries_visible_to(person: Person) -> QuerySet[Enquiry]:
    """What suppliers were asked, the most overdue first."""
    found = Enquiry.objects.filter(organisation__in=person.organisation_ids())
    return found.select_related("supplier", "answered_by__file").order_by(
        F("closed_on").asc(nulls_first=True), "due_on"
    )


def unanswered_for(person: Person, year: int | None = None) -> QuerySet[Enquiry]:
    """The enquiries nobody has answered yet, also those whose answer is here but not accepted."""
    found = enquiries_visible_to(person).filter(closed_on=None)
    return found if year is None else found.filter(year=year)


def enquiries_answered_by(upload: Upload, effective_on: date | None) -> list[Enquiry]:
    """The open enquiries an accepted upload answers: of its supplier and template, for the year it takes effect.

    An effective date outside every asked year answers the oldest: suppliers date their forms as they please.
    """
    asked = list(
        Enquiry.objects.filter(
            supplier=upload.supplier_id, template=upload.declaration.template, closed_on=None
        ).order_by("year")
    )
    in_year = [enquiry for enquiry in asked if effective_on and enquiry.year == effective_on.year]
    return in_year or asked[:1]
