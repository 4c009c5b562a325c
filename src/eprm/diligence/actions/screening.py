"""Suppliers held against the sanctions lists, and what a person says of the listed parties whose names are alike."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from eprm.base.locks import hold
from eprm.diligence import rules
from eprm.diligence.models import Supplier, SupplierScreening
from eprm.diligence.queries.screening import not_screened_by, screening_of
from eprm.people.models import Person
from eprm.reference.actions.screening import judge
from eprm.reference.screening import sanctions

SCREEN = "diligence.screen_suppliers"


@transaction.atomic
def screen_suppliers() -> int:
    """Hold every active supplier of those acted for against the lists of today, where this was not done yet; how many.

    What a person said of a supplier is said again of the same parties, so that a new edition asks only about news.
    """
    by = sanctions()
    if by.screen is None:
        return 0
    hold("diligence.screening")
    waiting = list(not_screened_by(by.editions))
    earlier = defaultdict(dict)
    judged = SupplierScreening.objects.filter(supplier__in=waiting).exclude(judgement="").order_by("pk")
    for screening in judged:
        earlier[screening.supplier_id][screening.parties] = screening
    made = []
    for supplier in waiting:
        new = SupplierScreening(
            organisation_id=supplier.organisation_id,
            supplier=supplier,
            name=supplier.name,
            country=supplier.country,
            editions=by.editions,
            hits=by.hits(supplier.name, supplier.country),
        )
        if new.hits and (before := earlier[supplier.pk].get(new.parties)):
            new.say_again(before)
        made.append(new)
    SupplierScreening.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def judge_screening(*, supplier: Supplier, seen: int, judgement: str, reason: str, by: Person) -> SupplierScreening:
    """Say whether the supplier is a listed party or somebody else, with the reason; `seen` is the screening shown.

    Overtaken where a newer screening or a colleague's word came meanwhile.
    """
    rules.can_write(by, supplier.organisation_id).require()
    Supplier.objects.select_for_update().get(pk=supplier.pk)
    screening = screening_of(supplier)
    judge(screening, seen=seen, judgement=judgement, reason=reason, by=by)
    return screening
