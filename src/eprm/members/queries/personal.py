"""What membership knows of a person, for that person's own copy."""

from __future__ import annotations

from eprm.members.models import Signature, WorkedDay


def export_of(person_id: int) -> list[dict[str, object]]:
    """What the person signed, and the days they logged."""
    signed = Signature.objects.filter(signed_by=person_id).select_related("text", "organisation")
    worked = WorkedDay.objects.filter(logged_by=person_id).select_related("organisation")
    return [
        {"signed": str(one.text), "for": str(one.organisation), "as": one.position, "at": one.signed_at.isoformat()}
        for one in signed
    ] + [
        {"worked": one.what, "for": str(one.organisation), "on": one.on.isoformat(), "days": str(one.days)}
        for one in worked
    ]


def erase(person_id: int) -> None:
    """Nothing goes by itself: signatures and votes bind organisations. The name in them is swept with all others."""
