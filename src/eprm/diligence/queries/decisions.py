"""What people said that written names mean."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from eprm.diligence.models import Decision, SmelterRow
from eprm.people.models import Person

Key = tuple[str, str, str]


def decisions_visible_to(person: Person) -> QuerySet[Decision]:
    """The decisions of the person's organisations, also superseded ones, newest first; `line_pk` is its line."""
    line = SmelterRow.objects.filter(upload=OuterRef("upload"), row=OuterRef("row"))
    found = Decision.objects.filter(organisation__in=person.organisation_ids())
    found = found.annotate(line_pk=Subquery(line.values("pk")[:1]))
    return found.select_related("decided_by", "upload__file").order_by("-decided_at", "-pk")


def decisions_in_force(organisation_id: int) -> dict[Key, Decision]:
    """Every decision in force by (metal, normalised name, country), without those taken back."""
    found = Decision.objects.filter(organisation=organisation_id, superseded_by=None)
    found = found.exclude(judgement=Decision.Judgement.WITHDRAWN)
    return {(decision.metal, decision.normalised, decision.country): decision for decision in found}


def decision_about(line: SmelterRow) -> Decision | None:
    """The decision in force about this line's name, also one taken back."""
    return (
        Decision.objects.filter(
            organisation=line.organisation_id,
            metal=line.metal,
            normalised=line.normalised,
            country=line.country_iso2,
            superseded_by=None,
        )
        .select_related("decided_by")
        .first()
    )
