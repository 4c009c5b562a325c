"""What people type about themselves, their organisation, who works for it, and what it shows to whom."""

from eprm.people.forms.board import SeatForm
from eprm.people.forms.directory import (
    DirectoryForm,
    IdentifierForm,
    NameForm,
    ProfileOfForm,
    ShowingForm,
)
from eprm.people.forms.joining import (
    AnswerForm,
    JoinForm,
    KeepForm,
    ListingForm,
    MergeForm,
    TopicForm,
    WordingForm,
)
from eprm.people.forms.people import (
    ChangeFilterForm,
    EraseForm,
    InvitationForm,
    OrganisationForm,
    ProfileForm,
    RoleForm,
    SignupForm,
    TokenForm,
    countries,
    tiers,
)

__all__ = (
    "AnswerForm",
    "ChangeFilterForm",
    "DirectoryForm",
    "EraseForm",
    "IdentifierForm",
    "InvitationForm",
    "JoinForm",
    "KeepForm",
    "ListingForm",
    "MergeForm",
    "NameForm",
    "OrganisationForm",
    "ProfileForm",
    "ProfileOfForm",
    "RoleForm",
    "SeatForm",
    "ShowingForm",
    "SignupForm",
    "TokenForm",
    "TopicForm",
    "WordingForm",
    "countries",
    "tiers",
)
