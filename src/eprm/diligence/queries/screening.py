"""How suppliers stand against the sanctions lists."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, TextField, Value, When

from eprm.diligence.models import Supplier, SupplierScreening
from eprm.people.models import Person


def not_screened_by(editions: str) -> QuerySet[Supplier]:
    """Active suppliers that were not held against these lists under the name and country they have now.

    For the clock: of whomever is acted for, in the database's eyes.
    """
    done = SupplierScreening.objects.filter(
        supplier=OuterRef("pk"), editions=editions, name=OuterRef("name"), country=OuterRef("country")
    )
    return Supplier.objects.filter(~Exists(done), active=True).order_by("pk")


def screening_of(supplier: Supplier) -> SupplierScreening | None:
    """The newest screening of the supplier."""
    return SupplierScreening.objects.select_related("judged_by").filter(supplier=supplier).first()


def with_screening(suppliers: QuerySet[Supplier]) -> QuerySet[Supplier]:
    """The same suppliers, each with `screening`: "clear", "open", "other", "listed", or None where none was done."""
    newest = SupplierScreening.objects.filter(supplier=OuterRef("pk")).order_by("-pk")
    state = Case(
        When(hits=[], then=Value("clear")),
        When(judgement="", then=Value("open")),
        When(judgement="same", then=Value("listed")),
        default=F("judgement"),
        output_field=TextField(),
    )
    return suppliers.annotate(screening=Subquery(newest.annotate(state_now=state).values("state_now")[:1]))


def alike_for(person: Person) -> tuple[QuerySet[Supplier]]:
    """Suppliers of the person's organisations that could be a listed party, and nobody has said who they are."""
    mine = Supplier.objects.filter(organisation__in=person.organisation_ids(), active=True)
    return (with_screening(mine).filter(screening="open"),)
