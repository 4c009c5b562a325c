"""Every read of the secretariat's office."""

from __future__ import annotations

from django.db.models import QuerySet

from eprm.base.models import Erasure, OutgoingMail, Period, Removal, Seal, SecondFactorRule
from eprm.people.models import Person


def mails_visible_to(person: Person) -> QuerySet[OutgoingMail]:
    """For the secretariat: mails held for its look, written by it, or concerning nobody here. Newest first.

    The database shows the secretariat's people mails of their own, too; those are not the office's.
    """
    if not person.is_secretariat:
        return OutgoingMail.objects.none()
    found = OutgoingMail.objects.filter(held=True) | OutgoingMail.objects.filter(by_secretariat=True)
    found |= OutgoingMail.objects.filter(organisation=None, person=None)
    return found.select_related("organisation", "posted_by", "released_by", "withdrawn_by").order_by("-posted_at")


def mails_waiting_for(person: Person) -> tuple[QuerySet[OutgoingMail], ...]:
    """The mails that wait for the person's look."""
    return (OutgoingMail.objects.filter(state=OutgoingMail.State.HELD),) if person.is_secretariat else ()


def periods_of(name: str) -> QuerySet[Period]:
    """The dated periods of this name, newest first. Everybody may know them."""
    return Period.objects.filter(name=name).select_related("decided_by").order_by("-since")


def removals() -> QuerySet[Removal]:
    return Removal.objects.order_by("-at")


def erasures_visible_to(person: Person) -> QuerySet[Erasure]:
    return Erasure.objects.order_by("-erased_at") if person.is_secretariat else Erasure.objects.none()


def seals() -> QuerySet[Seal]:
    return Seal.objects.order_by("-pk")


def factor_rules() -> QuerySet[SecondFactorRule]:
    """Every rule that ever was, the newest first. Everybody may know them."""
    return SecondFactorRule.objects.select_related("decided_by").order_by("-since", "-pk")
