"""What the secretariat sees to keep the directory: all organisations, and those that may be here twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eprm.people.models import DirectoryEntry, Membership, Organisation, Person
from lode.smelters.names import normalise

MOST_PAIRS = 500
REASONS = {"name": _("the same name and country"), "identifier": _("the same identifier")}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations that may be one."""

    first: Organisation
    second: Organisation
    because: str | Promise


def organisations_kept_by(person: Person, chosen: Mapping[str, Any]) -> QuerySet[Organisation]:
    """Every organisation, for the secretariat alone: `q` in its name, `tier`, `empty` for those without people."""
    if not person.is_secretariat:
        return Organisation.objects.none()
    found = Organisation.objects.filter(merged_into=None)
    if asked := chosen.get("q"):
        found = found.filter(Q(name__icontains=asked) | Q(normalised__contains=normalise(asked) or asked))
    if chosen.get("tier"):
        found = found.filter(tier=chosen["tier"])
    here = OuterRef("pk")
    working = Membership.objects.filter(organisation=here, until=None).order_by().values("organisation")
    listed = DirectoryEntry.objects.filter(organisation=here).order_by("circle").values("circle")[:1]
    # Asked of each row shown, not joined and grouped over every organisation there is.
    found = found.annotate(
        people=Coalesce(Subquery(working.annotate(number=Count("pk")).values("number")), 0), listed=Subquery(listed)
    )
    if chosen.get("empty"):
        found = found.filter(people=0)
    return found.order_by("name", "pk")


def pairs_kept_by(person: Person) -> list[Pair]:
    """Organisations with the same normalised name in one country, or with one identifier between them."""
    if not person.is_secretariat:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.id, b.id, 'name' FROM people_organisation a JOIN people_organisation b
              ON a.normalised = b.normalised AND a.country = b.country AND a.id < b.id
              WHERE a.normalised <> '' AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
            UNION ALL
            SELECT DISTINCT least(a.organisation_id, b.organisation_id), greatest(a.organisation_id, b.organisation_id),
              'identifier'
              FROM people_organisationidentifier a JOIN people_organisationidentifier b
              ON a.scheme = b.scheme AND a.value = b.value AND a.country = b.country
              AND a.organisation_id < b.organisation_id
              WHERE a.until IS NULL AND b.until IS NULL
            LIMIT %s""",
            [MOST_PAIRS],
        )
        found = cursor.fetchall()
    known = Organisation.objects.in_bulk({pk for one, other, _why in found for pk in (one, other)})
    why: dict[tuple[int, int], list[str]] = {}
    for one, other, reason in found:
        why.setdefault((one, other), []).append(reason)
    return [
        Pair(known[one], known[other], "; ".join(str(REASONS[reason]) for reason in reasons))
        for (one, other), reasons in sorted(why.items())
    ]
