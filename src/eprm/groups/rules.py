"""Who may do what in a working group. Each rule answers with its reason; `member` is the person's row in the group."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from eprm.groups.models import Group, GroupMember, IncomingMail, Invitation, Minutes, Post, Proposal, Task, Thread
from eprm.people.models import Organisation, Person
from eprm.people.rules import YES, Ruling

Access, State, Tier = Group.Access, GroupMember.State, Organisation.Tier
Standing = GroupMember | None


def pillar_of(organisation: Organisation) -> str:
    """The pillar an organisation speaks for: as it says, else by its place in the chain; none for the secretariat."""
    if organisation.pillar:
        return organisation.pillar
    if organisation.tier == Tier.SECRETARIAT:
        return ""
    by_tier = {
        Tier.GOVERNMENT: Organisation.Pillar.GOVERNMENT.value,
        Tier.CIVIL_SOCIETY: Organisation.Pillar.CIVIL_SOCIETY.value,
    }
    return by_tier.get(organisation.tier, Organisation.Pillar.SUPPLY_CHAIN.value)


def can_found_group(person: Person) -> Ruling:
    if not (person.is_authenticated and person.is_secretariat):
        return Ruling(_("The secretariat founds working groups. Write to it which group you miss, and who would come."))
    return YES


def can_read(group: Group, member: Standing) -> Ruling:
    """An open group is read by everybody, any other by its members."""
    if group.access == Access.OPEN or (member and member.is_member):
        return YES
    if group.access == Access.REQUEST:
        return Ruling(_("What %(group)s writes is for its members. You can ask to join.") % {"group": group})
    return Ruling(
        _("What %(group)s writes is for its members. One of its facilitators can invite you.") % {"group": group}
    )


def can_facilitate(group: Group, member: Standing) -> Ruling:
    """Aims, roles, who comes in: the facilitators decide."""
    if not (member and member.is_facilitator):
        return Ruling(_("The facilitators of %(group)s decide this; you are not one of them.") % {"group": group})
    return YES


def can_moderate(person: Person, group: Group, member: Standing) -> Ruling:
    """The facilitators moderate; in an open group, which everybody reads, the secretariat too."""
    if group.access == Access.OPEN and person.is_authenticated and person.is_secretariat:
        return YES
    return can_facilitate(group, member)


def can_take_part(group: Group, member: Standing) -> Ruling:
    """Write, react, give files, take on tasks: members, while the group goes on."""
    if not (member and member.is_member):
        return Ruling(_("Only members of %(group)s write here. Join it first.") % {"group": group})
    if group.ended_at is not None:
        return Ruling(_("%(group)s has ended: it can be read, and nothing is added.") % {"group": group})
    return YES


def can_join(person: Person, group: Group, member: Standing) -> Ruling:
    """Walk into an open group, for an organisation."""
    if not (coming := can_come(person, group, member)):
        return coming
    if group.access == Access.OPEN:
        return YES
    if group.access == Access.REQUEST:
        return Ruling(_("%(group)s takes in whoever its facilitators say yes to: ask to join.") % {"group": group})
    return Ruling(_("%(group)s takes in whoever it invites.") % {"group": group})


def can_ask(person: Person, group: Group, member: Standing) -> Ruling:
    if not (coming := can_come(person, group, member)):
        return coming
    if group.access != Access.REQUEST:
        return Ruling(_("%(group)s takes no requests.") % {"group": group})
    if member and member.state == State.ASKED:
        return Ruling(_("You have asked already. The facilitators of %(group)s will answer.") % {"group": group})
    return YES


def can_come(person: Person, group: Group, member: Standing) -> Ruling:
    """What stands against anybody's coming, by whatever door."""
    if not person.is_authenticated:
        return Ruling(_("Sign in first."))
    if group.ended_at is not None:
        return Ruling(_("%(group)s has ended.") % {"group": group})
    if member and member.is_member:
        return Ruling(_("You are a member of %(group)s already.") % {"group": group})
    if member and member.state == State.BANNED:
        return Ruling(
            _("The facilitators of %(group)s have banned you, because: %(reason)s They alone can lift it.")
            % {"group": group, "reason": member.reason}
        )
    if not person.current_memberships:
        return Ruling(_("Members come for an organisation. Register yours first, or let it invite you."))
    return YES


def can_invite(group: Group, member: Standing) -> Ruling:
    """Every member of an open group or one on request invites; of a closed or hidden one, its facilitators."""
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    return YES if group.access in (Access.OPEN, Access.REQUEST) else can_facilitate(group, member)


def can_accept(person: Person, emails: set[str], invitation: Invitation, member: Standing) -> Ruling:
    if invitation.answered_at is not None:
        return Ruling(_("This invitation has been answered already."))
    if invitation.email.lower() not in emails:
        return Ruling(
            _("This invitation is for %(invited)s; you are signed in as %(person)s.")
            % {"invited": invitation.email, "person": person.email}
        )
    return can_come(person, invitation.group, member)


def can_leave(group: Group, member: Standing, facilitators: int) -> Ruling:
    """`facilitators` is how many the group has now."""
    if not (member and member.is_member):
        return Ruling(_("You are not a member of %(group)s.") % {"group": group})
    if member.is_facilitator and facilitators < 2 and group.ended_at is None:
        return Ruling(
            _("You are the only facilitator of %(group)s. Make somebody else a facilitator first.") % {"group": group}
        )
    return YES


def can_change_role(group: Group, member: Standing, other: GroupMember, role: str, facilitators: int) -> Ruling:
    if not (deciding := can_facilitate(group, member)):
        return deciding
    if not other.is_member:
        return Ruling(_("%(person)s is not a member any more.") % {"person": other.person})
    if other.is_facilitator and role != GroupMember.Role.FACILITATOR and facilitators < 2:
        return Ruling(
            _("%(person)s is the only facilitator. Make somebody else a facilitator first.") % {"person": other.person}
        )
    return YES


def can_remove(person: Person, group: Group, member: Standing, other: GroupMember) -> Ruling:
    """Moderators remove and ban; nobody themselves, and a facilitator only after the role was taken from them."""
    if not (moderating := can_moderate(person, group, member)):
        return moderating
    if other.person_id == person.pk:
        return Ruling(_("Leave the group instead of removing yourself."))
    if other.is_facilitator:
        return Ruling(_("%(person)s is a facilitator. Take that role first.") % {"person": other.person})
    return YES


def can_answer(thread: Thread, group: Group, member: Standing) -> Ruling:
    """Write in a thread."""
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    if thread.locked_at is not None:
        return Ruling(
            _("This thread is locked, because: %(reason)s A facilitator can open it again.")
            % {"reason": thread.locked_because}
        )
    return YES


def can_edit_post(person: Person, post: Post, group: Group, member: Standing) -> Ruling:
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    if post.author_id != person.pk:
        return Ruling(_("%(author)s wrote this, and nobody else changes it.") % {"author": post.author})
    if post.hidden_at is not None:
        return Ruling(_("This contribution is hidden. Whoever hid it can show it again."))
    return YES


def can_see_hidden(person: Person, post: Post, moderating: bool) -> bool:
    """The words of a hidden post are seen by those who moderate and by its author."""
    return moderating or post.author_id == person.pk


def can_finish_task(person: Person, task: Task, group: Group, member: Standing) -> Ruling:
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    if task.owner_id == person.pk or task.made_by_id == person.pk or can_facilitate(group, member):
        return YES
    return Ruling(
        _("This task is %(owner)s's. They, whoever gave it and the facilitators can change it.") % {"owner": task.owner}
    )


def can_change_task(person: Person, task: Task, group: Group, member: Standing) -> Ruling:
    """What is to be done, by whom, until when: as for marking it as done, while it is open."""
    if not (changing := can_finish_task(person, task, group, member)):
        return changing
    if task.done_at is not None:
        return Ruling(_("This is done. Open it again first."))
    return YES


def can_take_position(proposal: Proposal, group: Group, member: Standing, at: datetime) -> Ruling:
    """One voice for each organisation of a pillar, until the proposal closes."""
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    if proposal.closed_at is not None or proposal.closes_at <= at:
        return Ruling(_("This proposal is closed; positions are no longer taken."))
    if not member.pillar:
        return Ruling(
            _("%(organisation)s belongs to no pillar, so it has no voice here.") % {"organisation": member.organisation}
        )
    return YES


def can_close(person: Person, proposal: Proposal, group: Group, member: Standing, open_voices: int) -> Ruling:
    """Before its time a proposal is closed only when everybody has spoken; then by whoever proposed it, too."""
    if proposal.closed_at is not None:
        return Ruling(_("This proposal is closed already."))
    if open_voices:
        return Ruling(
            _("Not every organisation has taken a position. The proposal closes by itself at the time it names.")
        )
    if proposal.proposed_by_id == person.pk and member and member.is_member:
        return YES
    return can_facilitate(group, member)


def can_state_outcome(person: Person, proposal: Proposal, group: Group, member: Standing) -> Ruling:
    """Say what follows from a closed proposal: whoever proposed it, and the facilitators."""
    if proposal.closed_at is None:
        return Ruling(_("This proposal is still open."))
    if proposal.proposed_by_id == person.pk and member and member.is_member:
        return YES
    return can_facilitate(group, member)


def can_decide_mail(person: Person, mail: IncomingMail) -> Ruling:
    if mail.state != IncomingMail.State.HELD:
        return Ruling(_("This mail has been dealt with already."))
    return YES


def can_edit_minutes(person: Person, minutes: Minutes, group: Group, member: Standing) -> Ruling:
    """Whoever took the minutes, and the facilitators."""
    if not (taking_part := can_take_part(group, member)):
        return taking_part
    return YES if minutes.taken_by_id == person.pk else can_facilitate(group, member)
