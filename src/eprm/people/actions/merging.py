"""Two organisations that are one become one: everything that points at the first points at the second.

What points at an organisation is found by looking through all models, so that an app that comes later is not
forgotten. The database's function `eprm_move` carries rows over the wall between organisations, for this deed alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.jobs import hand_over
from eprm.people import rules
from eprm.people.actions.directory import publish
from eprm.people.actions.organisations import spelled
from eprm.people.models import DirectoryEntry, Membership, Organisation, OrganisationName, Person

# Facts about the organisation itself: where both have the same, the one that stays is enough.
ENOUGH_ONCE = {
    "people.invitation",
    "people.joinrequest",
    "people.organisationidentifier",
    "people.organisationmineral",
    "people.organisationprofile",
    "people.organisationregion",
    "people.organisationtopic",
    "people.partner",
    "people.showing",
}
STRONGEST_FIRST = (Membership.Role.MANAGER, Membership.Role.OFFICER, Membership.Role.READER)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column of a table that names an organisation."""

    model: type[models.Model]
    column: str

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one pointer's rows: how many moved, how many were there twice, and which stand in the way."""

    pointer: Pointer
    count: int
    twice: int
    clashing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome for every table that had rows of the organisation."""

    parts: tuple[Moved, ...]

    @property
    def clashes(self) -> tuple[Moved, ...]:
        return tuple(part for part in self.parts if part.clashing)


def pointers() -> Iterator[Pointer]:
    """Every column of every table that names an organisation; histories keep the number they were written under."""
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) or not model._meta.managed or model is DirectoryEntry:
            continue
        for field in model._meta.concrete_fields:
            to_organisation = field.remote_field is not None and field.related_model is Organisation
            if to_organisation or field.column == "organisation_id":
                yield Pointer(model, field.column)


def preview_merge(loser: Organisation, winner: Organisation, *, by: Person) -> Merged:
    """What `merge_organisations` would do: it is done, counted and undone."""
    with transaction.atomic():
        merged = _merge(loser, winner, by)
        transaction.set_rollback(True)
    return merged


def merge_organisations(loser: Organisation, winner: Organisation, *, reason: str, by: Person) -> Merged:
    """Make two organisations one. The loser's number leads to the winner for good, its name stays findable.

    NotAllowed where rows of both say different things about the same: those are settled by hand first.
    """
    with transaction.atomic():
        merged = _merge(loser, winner, by)
        if merged.clashes:
            told = "; ".join(f"{part.pointer.noun}: {', '.join(part.clashing)}" for part in merged.clashes)
            raise NotAllowed(
                _("Both have the same and it cannot be told which is right: %(told)s. Settle these first.")
                % {"told": told}
            )
        with pghistory.context(reason=reason, merged=loser.pk):
            winner.save()
    loser.refresh_from_db()
    return merged


def _merge(loser: Organisation, winner: Organisation, by: Person) -> Merged:
    rules.can_merge(by, loser, winner).require()
    with acting_as(by.pk, [*by.organisation_ids(), loser.pk, winner.pk], secretariat=True):
        locked = {each.pk: each for each in _locked(loser, winner)}
        loser, winner = locked[loser.pk], locked[winner.pk]
        rules.can_merge(by, loser, winner).require()
        Organisation.objects.filter(pk=loser.pk).update(merged_into=winner)
        loser.merged_into = winner
        _end_double_memberships(loser, winner)
        parts = [_move(pointer, loser, winner) for pointer in pointers()]
        hand_over(loser.pk, winner.pk)
        OrganisationName.objects.get_or_create(
            organisation=winner,
            name=loser.name,
            defaults={"kind": OrganisationName.Kind.FORMER, "normalised": spelled(loser.name)},
        )
        publish(loser)
        publish(winner)
    return Merged(tuple(part for part in parts if part.count or part.twice or part.clashing))


def _locked(loser: Organisation, winner: Organisation) -> list[Organisation]:
    """Both rows, locked in one order so that two merges wait for each other."""
    return list(Organisation.objects.select_for_update().filter(pk__in=[loser.pk, winner.pk]).order_by("pk"))


def _end_double_memberships(loser: Organisation, winner: Organisation) -> None:
    """Who works for both keeps the stronger role in the one that stays."""
    today = timezone.localdate()
    here = {m.person_id: m for m in Membership.objects.filter(organisation=winner, until=None)}
    for there in Membership.objects.filter(organisation=loser, until=None, person__in=here):
        kept = here[there.person_id]
        if STRONGEST_FIRST.index(there.role) < STRONGEST_FIRST.index(kept.role):
            kept.role = there.role
            kept.save(update_fields=["role"])
        there.until = today
        there.save(update_fields=["until"])


def _move(pointer: Pointer, loser: Organisation, winner: Organisation) -> Moved:
    meta = pointer.model._meta
    if pointer.model is Organisation:  # those merged into the loser before: they lead to the winner now
        earlier = Organisation.objects.filter(merged_into=loser).update(merged_into=winner)
        return Moved(pointer, earlier, 0, ())
    key = meta.pk.column
    with connection.cursor() as cursor:
        asked: list[Any] = [meta.db_table, pointer.column, key, loser.pk, winner.pk]
        cursor.execute("SELECT moved, clashing FROM eprm_move(%s::regclass, %s, %s, %s, %s)", asked)
        moved, clashing = cursor.fetchone()
    if not clashing or pointer.label not in ENOUGH_ONCE:
        return Moved(pointer, moved, 0, tuple(clashing))
    pointer.model._base_manager.filter(pk__in=clashing).delete()
    return Moved(pointer, moved, len(clashing), ())
