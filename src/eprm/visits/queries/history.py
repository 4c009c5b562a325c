"""Who changed what in a visit and in what hangs on it. The database shows it to the visit's circle alone."""

from __future__ import annotations

from django.db.models import Q

from eprm.people.trail import PartsTrail
from eprm.visits.models import Delegate, FollowUp, LocalActor, Observation, Photo, Report, Story, Visit, VisitFinding

# Long texts are told by their version; what a form sends to be known again says nothing to a reader.
HIDDEN = ("nonce", "visit", "text", "planned_at", "made_at", "task")
PARTS = (Delegate, VisitFinding, FollowUp, LocalActor, Observation, Photo)
TEXTS = (Report, Story)


def history_of(visit: Visit) -> PartsTrail:
    """Every recorded change, newest first."""
    parts = [(model, Q(visit_id=visit.pk), (*HIDDEN, "version")) for model in PARTS]
    texts = [(model, Q(visit_id=visit.pk), HIDDEN) for model in TEXTS]
    return PartsTrail([(Visit, Q(pgh_obj_id=visit.pk), (*HIDDEN, "version")), *parts, *texts])
