"""Groups, their members, and invitations."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from eprm.groups.models import Group, GroupMember, Invitation
from eprm.people.models import Organisation, Person

Reader = Person | AnonymousUser
State = GroupMember.State


@dataclass(frozen=True, slots=True)
class Place:
    """A group as one person stands to it: `member` is their row in it, whatever its state, or None."""

    group: Group
    member: GroupMember | None
    person: Reader


def my_memberships(person: Reader) -> QuerySet[GroupMember]:
    """Where the person is a member now, for an organisation they work for still."""
    if not person.is_authenticated:
        return GroupMember.objects.none()
    return GroupMember.objects.filter(
        person=person, state=State.MEMBER, organisation__in=person.organisation_ids()
    ).select_related("group", "organisation")


def my_group_ids(person: Reader) -> list[int]:
    return list(my_memberships(person).values_list("group_id", flat=True)) if person.is_authenticated else []


def readable(person: Reader, path: str = "group") -> Q:
    """The condition that what hangs on a group at `path` may be read by the person."""
    mine = my_memberships(person).values("group_id")
    return Q(**{f"{path}__access": Group.Access.OPEN}) | Q(**{f"{path}__in": mine})


def groups_visible_to(person: Reader) -> QuerySet[Group]:
    """Every group but the hidden ones the person neither belongs nor is invited to."""
    if not person.is_authenticated:
        return Group.objects.exclude(access=Group.Access.HIDDEN)
    mine = my_memberships(person).filter(group=OuterRef("pk"))
    invited = invitations_for(person).filter(group=OuterRef("pk"))
    return Group.objects.filter(~Q(access=Group.Access.HIDDEN) | Exists(mine) | Exists(invited))


def group_list(person: Reader) -> QuerySet[Group]:
    """The groups with the person's own standing in each as `mine`, for lists."""
    found = groups_visible_to(person).filter(ended_at=None)
    if not person.is_authenticated:
        return found
    return found.annotate(mine=Exists(my_memberships(person).filter(group=OuterRef("pk"))))


def member_of(person: Reader, group: Group) -> GroupMember | None:
    """The person's row in the group. A membership for an organisation they left counts as left."""
    if not person.is_authenticated:
        return None
    found = GroupMember.objects.filter(group=group, person=person).select_related("organisation").first()
    if found and found.is_member and person.role_in(found.organisation_id) is None:
        found.state = State.LEFT
    if found:
        found.person, found.group = person, group
    return found


def place_of(person: Reader, group: Group) -> Place:
    return Place(group, member_of(person, group), person)


def members_of(group: Group) -> QuerySet[GroupMember]:
    """The members of a group, facilitators first. For those who may read them."""
    found = GroupMember.objects.filter(group=group, state=State.MEMBER).select_related("person", "organisation")
    return found.order_by("role", "person__name", "pk")


def requests_of(group: Group) -> QuerySet[GroupMember]:
    """Who asks to join, longest waiting first."""
    found = GroupMember.objects.filter(group=group, state=State.ASKED).select_related("person", "organisation")
    return found.order_by("since")


def banned_from(group: Group) -> QuerySet[GroupMember]:
    found = GroupMember.objects.filter(group=group, state=State.BANNED).select_related("person", "organisation")
    return found.order_by("-since")


def facilitator_count(group: Group) -> int:
    return members_of(group).filter(role=GroupMember.Role.FACILITATOR).count()


def facilitators_of(group: Group) -> list[GroupMember]:
    return list(members_of(group).filter(role=GroupMember.Role.FACILITATOR))


def handles_of(group: Group) -> dict[str, str]:
    """Who may be named in this group: handle and name of its members."""
    found = GroupMember.objects.filter(group=group, state=State.MEMBER)
    return {handle.lower(): name for handle, name in found.values_list("handle", "person__name")}


def invitations_of(group: Group) -> QuerySet[Invitation]:
    """Invitations nobody has answered yet."""
    return Invitation.objects.filter(group=group, answered_at=None).select_related("invited_by").order_by("email")


def invitations_for(person: Reader) -> QuerySet[Invitation]:
    """Invitations that wait for the person's answer, by any of their confirmed addresses."""
    if not person.is_authenticated:
        return Invitation.objects.none()
    own = EmailAddress.objects.filter(user=person, verified=True).annotate(address=Lower("email")).values("address")
    found = Invitation.objects.annotate(address=Lower("email")).filter(address__in=own, answered_at=None)
    return found.select_related("group", "invited_by").order_by("invited_at")


def organisations_to_join_for(person: Person) -> list[Organisation]:
    return [membership.organisation for membership in person.current_memberships]


def group_named(number: str) -> str:
    """What the group of this number is called, for an audience's name; "" for one that may not be known here."""
    found = Group.objects.filter(pk=int(number)).values_list("name", flat=True).first() if number.isdecimal() else None
    return found or ""


def active_person(pk: int) -> Person | None:
    """The person of this number, unless their account is closed."""
    return Person.objects.filter(pk=pk, is_active=True).first()
