"""Keeping the list of suppliers."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from eprm.base import jobs
from eprm.base.errors import NotAllowed
from eprm.diligence import rules
from eprm.diligence.actions.screening import SCREEN
from eprm.diligence.models import Supplier
from eprm.people.models import Organisation, Person


@transaction.atomic
def add_supplier(*, organisation: Organisation, by: Person, **fields: object) -> Supplier:
    """A new supplier; `fields` are the model's. A name that is on the list already is refused."""
    rules.can_write(by, organisation.pk).require()
    return _saved(Supplier(organisation=organisation, **fields), by)


@transaction.atomic
def change_supplier(*, supplier: Supplier, by: Person, **fields: object) -> Supplier:
    """Change what is noted about a supplier; its history keeps what stood there."""
    rules.can_write(by, supplier.organisation_id).require()
    supplier = Supplier.objects.select_for_update().get(pk=supplier.pk)
    for name, value in fields.items():
        setattr(supplier, name, value)
    return _saved(supplier, by)


@transaction.atomic
def import_suppliers(*, organisation: Organisation, rows: list[Mapping[str, object]], by: Person) -> tuple[int, int]:
    """Add the suppliers of these rows, and change those known by the same name; how many of each. All or nothing."""
    rules.can_write(by, organisation.pk).require()
    known = {
        supplier.name: supplier for supplier in Supplier.objects.select_for_update().filter(organisation=organisation)
    }
    added = changed = 0
    for row in rows:
        supplier = known.get(str(row["name"]))
        if supplier is None:
            known[str(row["name"])] = Supplier.objects.create(organisation=organisation, **row)
            added += 1
            continue
        told = {name: value for name, value in row.items() if value and getattr(supplier, name) != value}
        for name, value in told.items():
            setattr(supplier, name, value)
        if told:
            supplier.save(update_fields=list(told))
            changed += 1
    _screen(organisation.pk, by)
    return added, changed


def _screen(organisation_id: int, by: Person) -> None:
    jobs.queue(SCREEN, {"organisation_id": organisation_id, "person_id": by.pk})


def _saved(supplier: Supplier, by: Person) -> Supplier:
    try:
        with transaction.atomic():
            supplier.save()
    except IntegrityError:
        raise NotAllowed(
            _("“%(name)s” is on your list already; open that supplier and change it.") % {"name": supplier.name}
        ) from None
    _screen(supplier.organisation_id, by)
    return supplier
