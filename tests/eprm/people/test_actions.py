"""Organisations, roles, invitations and tokens: what happens, and who may not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.outbox import send_due
from eprm.people import actions, queries
from eprm.people.models import ApiToken, Invitation, Membership, Organisation

from .conftest import make_person


def join(organisation, email, role, by):
    invitation, _ = actions.invite_person(organisation, email=email, role=role, by=by)
    person = make_person(email)
    actions.accept_invitation(invitation, by=person)
    return person


def test_register_organisation_makes_its_first_manager(noor, halden):
    assert noor.role_in(halden.pk) == "manager"


def test_register_organisation_refuses_the_secretariat(noor):
    with pytest.raises(NotAllowed, match="one secretariat"):
        actions.register_organisation(name="Fake", country="NL", tier="secretariat", by=noor)

    assert Organisation.objects.count() == 0


def test_edit_organisation_cannot_make_it_the_secretariat(noor, halden):
    with pytest.raises(NotAllowed, match="one secretariat"):
        actions.edit_organisation(halden, name="x", country="NL", tier="secretariat", by=noor)


def test_invite_person_mails_a_link_that_only_its_address_can_use(noor, halden):
    invitation, key = actions.invite_person(halden, email="Uwe@Condensa.example", role="officer", by=noor)

    send_due()

    assert mail.outbox[0].to == ["uwe@condensa.example"]
    assert key in mail.outbox[0].body
    assert queries.invitation_of(key) == invitation
    with pytest.raises(NotAllowed, match=r"for uwe@condensa\.example"):
        actions.accept_invitation(invitation, by=make_person("petra@sudeten.example"))


def test_accept_invitation_gives_the_role(noor, halden):
    uwe = join(halden, "uwe@condensa.example", "reader", noor)

    assert uwe.role_in(halden.pk) == "reader"


def test_accept_invitation_works_once(noor, halden):
    invitation, _ = actions.invite_person(halden, email="uwe@condensa.example", role="reader", by=noor)
    uwe = make_person("uwe@condensa.example")
    membership = actions.accept_invitation(invitation, by=uwe)
    actions.end_membership(membership, by=noor)

    with pytest.raises(NotAllowed, match="used already"):
        actions.accept_invitation(invitation, by=uwe)


def test_accept_invitation_needs_a_confirmed_address(noor, halden):
    invitation, _ = actions.invite_person(halden, email="uwe@condensa.example", role="reader", by=noor)
    uwe = make_person("uwe@condensa.example")
    uwe.emailaddress_set.update(verified=False)

    with pytest.raises(NotAllowed, match="Sign in with that address"):
        actions.accept_invitation(invitation, by=uwe)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"withdrawn_at": timezone.now()}, "withdrawn"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired"),
    ],
)
def test_accept_invitation_that_is_over_is_refused(noor, halden, change, sentence):
    invitation, _ = actions.invite_person(halden, email="uwe@condensa.example", role="reader", by=noor)
    Invitation.objects.filter(pk=invitation.pk).update(**change)

    with pytest.raises(NotAllowed, match=sentence):
        actions.accept_invitation(invitation, by=make_person("uwe@condensa.example"))


def test_invite_person_again_replaces_the_open_invitation(noor, halden):
    first, _ = actions.invite_person(halden, email="uwe@condensa.example", role="reader", by=noor)

    second, _ = actions.invite_person(halden, email="uwe@condensa.example", role="manager", by=noor)

    assert list(queries.invitations_visible_to(noor)) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at is not None


def test_invite_person_who_works_there_already_is_refused(noor, halden):
    with pytest.raises(NotAllowed, match=r"noor@halden\.example works for"):
        actions.invite_person(halden, email="NOOR@halden.example", role="reader", by=noor)


@pytest.mark.parametrize("role", ["officer", "reader"])
def test_invite_person_is_for_managers(noor, halden, role):
    uwe = join(halden, "uwe@condensa.example", role, noor)

    with pytest.raises(NotAllowed, match="The managers of Halden"):
        actions.invite_person(halden, email="x@y.example", role="reader", by=uwe)


def test_invite_person_is_not_for_strangers(jonas, veldkamp, halden):
    with pytest.raises(NotAllowed, match="to its own people"):
        actions.invite_person(halden, email="x@y.example", role="reader", by=jonas)


def test_end_membership_keeps_the_last_manager(noor, halden):
    with pytest.raises(NotAllowed, match="Noor is the only manager"):
        actions.end_membership(Membership.objects.get(person=noor), by=noor)


def test_end_membership_ends_the_tokens_too(noor, halden):
    uwe = join(halden, "uwe@condensa.example", "officer", noor)
    _, key = actions.create_token(
        halden, label="ERP", scopes=["diligence:write"], expires_at=timezone.now() + timedelta(days=1), by=uwe
    )

    actions.end_membership(Membership.objects.get(person=uwe), by=noor)

    assert actions.use_token(key) is None
    assert ApiToken.objects.get().revoked_at is not None


def test_end_membership_of_oneself_is_allowed(noor, halden):
    uwe = join(halden, "uwe@condensa.example", "reader", noor)

    membership = actions.end_membership(Membership.objects.get(person=uwe), by=uwe)

    assert membership.until == timezone.localdate()


def test_end_membership_of_a_colleague_is_for_managers(noor, halden):
    uwe = join(halden, "uwe@condensa.example", "officer", noor)

    with pytest.raises(NotAllowed, match="The managers of"):
        actions.end_membership(Membership.objects.get(person=noor), by=uwe)


def test_change_role_keeps_a_manager(noor, halden):
    membership = Membership.objects.select_related("organisation").get(person=noor)

    with pytest.raises(NotAllowed, match="only manager"):
        actions.change_role(membership, role="reader", by=noor)

    membership.refresh_from_db()
    assert membership.role == "manager"


def test_change_role_when_another_manager_stays(noor, halden):
    join(halden, "uwe@condensa.example", "manager", noor)

    membership = actions.change_role(Membership.objects.get(person=noor), role="reader", by=noor)

    assert membership.role == "reader"


def test_create_token_keeps_only_its_digest(noor, halden):
    token, key = actions.create_token(
        halden, label=" ERP ", scopes=["diligence:write"], expires_at=timezone.now() + timedelta(days=30), by=noor
    )

    assert key.startswith("eprm_")
    assert key not in str(ApiToken.objects.values().get())
    assert actions.use_token(key) == token
    token.refresh_from_db()
    assert (token.label, token.used_at is not None) == ("ERP", True)


@pytest.mark.parametrize("days", [-1, 367])
def test_create_token_ends_within_a_year(noor, halden, days):
    with pytest.raises(NotAllowed, match="within a year"):
        actions.create_token(
            halden, label="x", scopes=["diligence:read"], expires_at=timezone.now() + timedelta(days=days), by=noor
        )


def test_create_token_of_a_reader_only_reads(noor, halden):
    uwe = join(halden, "uwe@condensa.example", "reader", noor)

    with pytest.raises(NotAllowed, match="can only read"):
        actions.create_token(
            halden, label="x", scopes=["diligence:write"], expires_at=timezone.now() + timedelta(days=1), by=uwe
        )


def test_revoke_token_is_for_its_owner(noor, halden, jonas):
    token, key = actions.create_token(
        halden, label="x", scopes=["diligence:read"], expires_at=timezone.now() + timedelta(days=1), by=noor
    )

    with pytest.raises(NotAllowed, match="somebody else"):
        actions.revoke_token(token, by=jonas)
    actions.revoke_token(token, by=noor)

    assert actions.use_token(key) is None


def test_use_token_of_nothing_is_none(db):
    assert actions.use_token("eprm_nothing") is None
