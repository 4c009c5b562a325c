"""Every read about membership. What other apps ask for stands here."""

from eprm.members.queries.membership import (
    OnTheRoll,
    changes_of,
    is_member,
    member_on,
    members_on,
    members_visible_to,
    roll_on,
    state_on,
)

__all__ = (
    "OnTheRoll",
    "changes_of",
    "is_member",
    "member_on",
    "members_on",
    "members_visible_to",
    "roll_on",
    "state_on",
)
