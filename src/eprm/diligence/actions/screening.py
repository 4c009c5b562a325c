"""Suppliers held against the sanctions lists, and what a person says of the listed parties whose names are alike."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.locks import hold
from eprm.diligence import rules
from eprm.diligence.models import Supplier, SupplierScreening
from eprm.diligence.queries.screening import not_screened_by, screening_of
from eprm.people.models import Person
from eprm.reference.screening import sanctions
from eprm.ui.words import moment

SCREEN = "diligence.screen_suppliers"
Key = tuple[tuple[str, str], ...]


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
    earlier: dict[int, dict[Key, SupplierScreening]] = defaultdict(dict)
    judged = SupplierScreening.objects.filter(supplier__in=waiting).exclude(judgement="").order_by("pk")
    for screening in judged:
        earlier[screening.supplier_id][_parties(screening)] = screening
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
        if new.hits and (before := earlier[supplier.pk].get(_parties(new))):
            new.judgement, new.reason = before.judgement, before.reason
            new.judged_at, new.judged_by_id = before.judged_at, before.judged_by_id
        made.append(new)
    SupplierScreening.objects.bulk_create(made)
    return len(made)


def _parties(screening: SupplierScreening) -> Key:
    return tuple(sorted((hit["list"], hit["reference"]) for hit in screening.hits))


@transaction.atomic
def judge_screening(*, supplier: Supplier, seen: int, judgement: str, reason: str, by: Person) -> SupplierScreening:
    """Say whether the supplier is a listed party or somebody else, with the reason; `seen` is the screening shown.

    Overtaken where a newer screening or a colleague's word came meanwhile.
    """
    rules.can_write(by, supplier.organisation_id).require()
    Supplier.objects.select_for_update().get(pk=supplier.pk)
    screening = screening_of(supplier)
    if screening is None or screening.pk != seen:
        raise Overtaken(_("The supplier was held against newer lists meanwhile. Look at what they say, then decide."))
    if not screening.hits:
        raise NotAllowed(_("No listed party has a name like this, so there is nothing to say."))
    if screening.judgement and screening.judged_by_id != by.pk:
        raise Overtaken(
            _("%(person)s decided on %(moment)s: %(judgement)s. Your answer was not saved.")
            % {
                "person": screening.judged_by,
                "moment": moment(screening.judged_at),
                "judgement": screening.get_judgement_display(),
            }
        )
    screening.judgement, screening.reason = judgement, reason.strip()
    screening.judged_at, screening.judged_by = timezone.now(), by
    screening.save()
    return screening
