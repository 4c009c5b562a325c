"""What the hub keeps about a person: for their copy, and for its erasure."""

from __future__ import annotations

from eprm.knowledge.models import PersonalStart, Rating, Suggestion, UnitDone


def export_learning(person_id: int) -> list[dict[str, object]]:
    """Units finished, the five answers, ratings and suggestions."""
    done = UnitDone.objects.filter(person=person_id).values("title", "done_at")
    start = PersonalStart.objects.filter(person=person_id).values("tier", "minerals", "size", "country", "in_scope")
    rated = Rating.objects.filter(person=person_id).values("resource__title", "useful", "rated_at")
    suggested = Suggestion.objects.filter(suggested_by=person_id).values("title", "address", "why", "suggested_at")
    parts = (("unit finished", done), ("five answers", start), ("rating", rated), ("suggestion", suggested))
    return [{"kind": kind, **row} for kind, rows in parts for row in rows]


def erase_learning(person_id: int) -> None:
    """All of it goes; a suggestion that became a resource lives on there, without its sender."""
    for model in (UnitDone, PersonalStart, Rating):
        model.objects.filter(person=person_id).delete()
    Suggestion.objects.filter(suggested_by=person_id).delete()
