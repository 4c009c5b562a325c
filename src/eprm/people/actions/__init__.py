"""Every write about people and organisations."""

from eprm.people.actions.accounts import (
    TOKEN_AT_MOST,
    TOKEN_PREFIX,
    create_token,
    open_account,
    revoke_token,
    save_profile,
    save_spoken_languages,
    use_token,
)
from eprm.people.actions.organisations import (
    edit_organisation,
    found_secretariat,
    list_organisation,
    register_organisation,
)
from eprm.people.actions.roles import (
    INVITATION_MAIL,
    INVITED_FOR,
    accept_invitation,
    change_role,
    end_membership,
    invite_person,
    offer_role,
    withdraw_invitation,
)

__all__ = (
    "INVITATION_MAIL",
    "INVITED_FOR",
    "TOKEN_AT_MOST",
    "TOKEN_PREFIX",
    "accept_invitation",
    "change_role",
    "create_token",
    "edit_organisation",
    "end_membership",
    "found_secretariat",
    "invite_person",
    "list_organisation",
    "offer_role",
    "open_account",
    "register_organisation",
    "revoke_token",
    "save_profile",
    "save_spoken_languages",
    "use_token",
    "withdraw_invitation",
)
