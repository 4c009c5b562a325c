"""What people type about field visits, by noun."""

from eprm.visits.forms.editions import DelayForm, ThemeForm, UntilForm
from eprm.visits.forms.field import (
    ActorEditForm,
    ActorForm,
    AgreedForm,
    FacesForm,
    ObservationEditForm,
    ObservationForm,
    PhotoForm,
)
from eprm.visits.forms.findings import FindingEditForm, FindingForm, FollowUpEditForm, FollowUpForm
from eprm.visits.forms.inputs import ReasonForm
from eprm.visits.forms.stories import ReportForm, StoryForm
from eprm.visits.forms.visits import EditForm, GuestForm, InviteForm, LineForm, PlanForm, SafetyForm

__all__ = [
    "ActorEditForm",
    "ActorForm",
    "AgreedForm",
    "DelayForm",
    "EditForm",
    "FacesForm",
    "FindingEditForm",
    "FindingForm",
    "FollowUpEditForm",
    "FollowUpForm",
    "GuestForm",
    "InviteForm",
    "LineForm",
    "ObservationEditForm",
    "ObservationForm",
    "PhotoForm",
    "PlanForm",
    "ReasonForm",
    "ReportForm",
    "SafetyForm",
    "StoryForm",
    "ThemeForm",
    "UntilForm",
]
