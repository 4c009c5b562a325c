"""Field visits: the visit and who goes, what was seen and heard, what follows, and what others may read of it."""

from eprm.visits.models.field import Observation, Photo, PhotoBytes, Position, Theme
from eprm.visits.models.findings import FindingSource, FollowUp, VisitFinding
from eprm.visits.models.people import Consent, LocalActor
from eprm.visits.models.stories import Delay, Report, Story, Voice
from eprm.visits.models.visits import Delegate, ProgrammeItem, SafetyNote, Visit

__all__ = [
    "Consent",
    "Delay",
    "Delegate",
    "FindingSource",
    "FollowUp",
    "LocalActor",
    "Observation",
    "Photo",
    "PhotoBytes",
    "Position",
    "ProgrammeItem",
    "Report",
    "SafetyNote",
    "Story",
    "Theme",
    "Visit",
    "VisitFinding",
    "Voice",
]
