"""Every read about people and organisations."""

from eprm.people.queries.people import (
    confirmed_emails,
    digest_of,
    invitation_of,
    invitations_for,
    invitations_visible_to,
    manager_count,
    memberships_visible_to,
    organisations_visible_to,
    sessions_of,
    spoken_by,
    tokens_visible_to,
)

__all__ = (
    "confirmed_emails",
    "digest_of",
    "invitation_of",
    "invitations_for",
    "invitations_visible_to",
    "manager_count",
    "memberships_visible_to",
    "organisations_visible_to",
    "sessions_of",
    "spoken_by",
    "tokens_visible_to",
)
