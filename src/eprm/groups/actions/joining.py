"""Coming into a group and going out of it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.jobs import queue
from eprm.groups import rules
from eprm.groups.actions.notices import tell
from eprm.groups.actions.standing import note_act, recount, standing
from eprm.groups.models import Act, Group, GroupMember, Invitation, Notice, Stance
from eprm.groups.models.notices import Kind
from eprm.groups.queries import groups as queries
from eprm.people.models import Organisation, Person
from eprm.people.queries import confirmed_emails

State, Role = GroupMember.State, GroupMember.Role
MAIL_INVITATION = "groups.mail_invitation"


def enrol(group: Group, person: Person, organisation: Organisation, *, role: str = Role.MEMBER) -> GroupMember:
    """Make the person a member for the organisation; whoever was one before keeps their handle. No rule is asked."""
    if person.role_in(organisation.pk) is None:
        raise NotAllowed(_("You do not work for %(organisation)s.") % {"organisation": organisation})
    member = _row(group, person, organisation, state=State.MEMBER, role=role)
    recount(group)
    return member


def _row(group: Group, person: Person, organisation: Organisation, *, state: str, **fields: str) -> GroupMember:
    now = {
        "organisation": organisation,
        "pillar": rules.pillar_of(organisation),
        "state": state,
        "since": timezone.now(),
        "reason": "",
        **fields,
    }
    known = GroupMember.objects.filter(group=group, person=person).first()
    if known is not None:
        for name, value in now.items():
            setattr(known, name, value)
        known.save()
        return known
    for handle in _handles(person, organisation):
        try:
            with transaction.atomic():
                return GroupMember.objects.create(group=group, person=person, handle=handle, **now)
        except IntegrityError:
            if GroupMember.objects.filter(group=group, person=person).exists():
                return _row(group, person, organisation, state=state, **fields)
    raise NotAllowed(_("You could not be added to %(group)s. Try again.") % {"group": group})


def _handles(person: Person, organisation: Organisation) -> list[str]:
    """What the person may be mentioned as, the first that nobody else in the group has."""
    base = slugify(str(person).partition("@")[0], allow_unicode=True)[:30] or "member"
    return [base, f"{base}-{slugify(organisation.name, allow_unicode=True)[:25]}", f"{base}-{person.pk}"]


def join_group(group: Group, *, organisation: Organisation, by: Person) -> GroupMember:
    """Walk into an open group."""
    rules.can_join(by, group, standing(by, group)).require()
    with transaction.atomic():
        return enrol(group, by, organisation)


def ask_to_join(group: Group, *, organisation: Organisation, words: str, by: Person) -> GroupMember:
    """Ask the facilitators of a group on request; they are told."""
    rules.can_ask(by, group, standing(by, group)).require()
    if by.role_in(organisation.pk) is None:
        raise NotAllowed(_("You do not work for %(organisation)s.") % {"organisation": organisation})
    with transaction.atomic():
        asked = _row(group, by, organisation, state=State.ASKED, words=words.strip(), role=Role.MEMBER)
        tell(
            group,
            kind=Kind.GROUP,
            event=Notice.Event.ASKED,
            by=by,
            to_facilitators=True,
            words=f"{by} ({organisation}): {words.strip()}",
        )
    return asked


def answer_request(asked: GroupMember, *, welcome: bool, by: Person, reason: str = "") -> None:
    """Take in whoever asked, or say no with a reason; they are told."""
    group = asked.group
    rules.can_facilitate(group, standing(by, group)).require()
    with transaction.atomic():
        locked = GroupMember.objects.select_for_update().get(pk=asked.pk)
        if locked.state != State.ASKED:
            raise NotAllowed(_("This request has been answered already."))
        locked.state, locked.since, locked.reason = State.MEMBER if welcome else State.DECLINED, timezone.now(), reason
        locked.save()
        recount(group)
        if not welcome:
            note_act(group, kind=Act.Kind.DECLINE, subject=str(asked.person), reason=reason, by=by)
        queue("groups.mail_answer", {"member_id": asked.pk})


def invite(group: Group, *, email: str, message: str, by: Person) -> Invitation:
    """Offer a place to an e-mail address, which gets a mail; an open invitation of that address is renewed."""
    rules.can_invite(group, standing(by, group)).require()
    email = email.strip().lower()
    if GroupMember.objects.filter(group=group, state=State.MEMBER, person__email__iexact=email).exists():
        raise NotAllowed(_("%(email)s is a member of %(group)s already.") % {"email": email, "group": group})
    with transaction.atomic():
        Invitation.objects.filter(group=group, email__iexact=email, answered_at=None).update(
            answered_at=timezone.now(), answer="withdrawn"
        )
        invitation = Invitation.objects.create(group=group, email=email, message=message.strip(), invited_by=by)
        queue(MAIL_INVITATION, {"invitation_id": invitation.pk})
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    group = invitation.group
    rules.can_invite(group, standing(by, group)).require()
    Invitation.objects.filter(pk=invitation.pk, answered_at=None).update(answered_at=timezone.now(), answer="withdrawn")


def accept_invitation(invitation: Invitation, *, organisation: Organisation, by: Person) -> GroupMember:
    """Take the offered place, for one of the person's organisations."""
    member = standing(by, invitation.group)
    rules.can_accept(by, confirmed_emails(by), invitation, member).require()
    with transaction.atomic():
        joined = enrol(invitation.group, by, organisation)
        Invitation.objects.filter(pk=invitation.pk).update(answered_at=timezone.now(), answer="accepted")
    return joined


def decline_invitation(invitation: Invitation, *, by: Person) -> None:
    if invitation.email.lower() in confirmed_emails(by):
        Invitation.objects.filter(pk=invitation.pk, answered_at=None).update(
            answered_at=timezone.now(), answer="declined"
        )


def leave_group(group: Group, *, by: Person) -> None:
    """Go; what one wrote stays under one's name."""
    # Asked before the lock too: whoever has left already finds no row to lock, and is told so.
    rules.can_leave(group, standing(by, group), queries.facilitator_count(group)).require()
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)  # two facilitators leaving at once
        member = standing(by, group)
        rules.can_leave(group, member, queries.facilitator_count(group)).require()
        _end(member, State.LEFT)


def _end(member: GroupMember, state: str, reason: str = "") -> None:
    others = GroupMember.objects.filter(
        group_id=member.group_id, state=State.MEMBER, organisation_id=member.organisation_id
    ).exclude(pk=member.pk)
    if not others.exists():
        # An organisation that is no longer in the group has no voice in what is still open.
        Stance.objects.filter(
            group_id=member.group_id, organisation_id=member.organisation_id, proposal__closed_at=None
        ).delete()
    member.state, member.role, member.reason, member.since = state, Role.MEMBER, reason, timezone.now()
    member.save()
    recount(member.group)
    queue("groups.withdraw_mails", {"person_id": member.person_id, "group_id": member.group_id})


def change_member_role(member: GroupMember, *, role: str, by: Person) -> None:
    """Make somebody a facilitator, or a plain member again."""
    group = member.group
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        facilitators = queries.facilitator_count(group)
        rules.can_change_role(group, standing(by, group), member, role, facilitators).require()
        member.role = Role(role)
        member.save(update_fields=["role"])


def remove_member(member: GroupMember, *, ban: bool, reason: str, by: Person) -> None:
    """Put somebody out, and with `ban` keep them out; with the reason they are told."""
    group = member.group
    rules.can_remove(by, group, standing(by, group), member).require()
    with transaction.atomic():
        _end(member, State.BANNED if ban else State.REMOVED, reason.strip())
        kind = Act.Kind.BAN if ban else Act.Kind.REMOVE
        note_act(group, kind=kind, subject=str(member.person), reason=reason.strip(), by=by)
        queue("groups.mail_answer", {"member_id": member.pk})


def lift_ban(member: GroupMember, *, by: Person) -> None:
    """Let a banned person come again."""
    group = member.group
    rules.can_moderate(by, group, standing(by, group)).require()
    with transaction.atomic():
        if GroupMember.objects.filter(pk=member.pk, state=State.BANNED).update(state=State.REMOVED):
            note_act(group, kind=Act.Kind.UNBAN, subject=str(member.person), reason="", by=by)
