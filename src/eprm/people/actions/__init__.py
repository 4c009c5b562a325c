"""Every write about people and organisations."""

from eprm.people.actions.accounts import (
    TOKEN_AT_MOST,
    TOKEN_PREFIX,
    create_token,
    end_session,
    open_account,
    revoke_token,
    save_profile,
    save_spoken_languages,
    use_token,
)
from eprm.people.actions.board import end_seat, give_seat
from eprm.people.actions.consents import give_consent, reword_consent, stop_asking, withdraw_consent
from eprm.people.actions.directory import add_partner, choose_showing, end_partner, publish
from eprm.people.actions.facts import (
    add_identifier,
    add_name,
    add_topic,
    end_identifier,
    remove_name,
    retire_topic,
    save_profile_of,
)
from eprm.people.actions.joining import answer_request, ask_to_join, withdraw_request
from eprm.people.actions.merging import merge_organisations, preview_merge
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
    "add_identifier",
    "add_name",
    "add_partner",
    "add_topic",
    "answer_request",
    "ask_to_join",
    "change_role",
    "choose_showing",
    "create_token",
    "edit_organisation",
    "end_identifier",
    "end_membership",
    "end_partner",
    "end_seat",
    "end_session",
    "found_secretariat",
    "give_consent",
    "give_seat",
    "invite_person",
    "list_organisation",
    "merge_organisations",
    "offer_role",
    "open_account",
    "preview_merge",
    "publish",
    "register_organisation",
    "remove_name",
    "retire_topic",
    "revoke_token",
    "reword_consent",
    "save_profile",
    "save_profile_of",
    "save_spoken_languages",
    "stop_asking",
    "use_token",
    "withdraw_consent",
    "withdraw_invitation",
    "withdraw_request",
)
