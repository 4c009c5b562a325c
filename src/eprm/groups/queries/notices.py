"""Who is to hear of a notice, and how: asked when it is sent, not when it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from eprm.groups.models import (
    Follow,
    Group,
    GroupMember,
    IncomingMail,
    Notice,
    PostTranslation,
    Preference,
    ReadMark,
)
from eprm.groups.models.notices import DEFAULTS, Kind, Rhythm
from eprm.people.models import Membership, Person

State = GroupMember.State


def choices_of(group: Group, person: Person) -> dict[str, str]:
    """How the person hears each kind of notice of the group."""
    chosen = dict(Preference.objects.filter(group=group, person=person).values_list("kind", "rhythm"))
    return {kind: chosen.get(kind, DEFAULTS[kind].value) for kind in Kind}


def mails_of(person: Person) -> QuerySet[IncomingMail]:
    """The mails that came to the person's own addresses."""
    return IncomingMail.objects.filter(person=person).select_related("thread", "group").order_by("-received_at")


def still_members() -> QuerySet[GroupMember]:
    """Members whose account is open and who still work for the organisation they joined for."""
    works = Membership.objects.filter(
        person=OuterRef("person"), organisation=OuterRef("organisation"), until__isnull=True
    )
    return GroupMember.objects.filter(Exists(works), state=State.MEMBER, person__is_active=True)


@dataclass(slots=True)
class Ears:
    """How some people hear: their choices, what they follow, what they have read. Read once for many notices."""

    rhythms: dict[tuple[int, int, str], str] = field(default_factory=dict)
    follows: dict[tuple[int, int], str] = field(default_factory=dict)
    read: dict[tuple[int, int], int] = field(default_factory=dict)
    named: set[tuple[int, int]] = field(default_factory=set)

    def rhythm(self, notice: Notice, person_id: int) -> str:
        """When this person wants to hear of the notice; "none" for what they wrote, read, muted or may not see."""
        if notice.by_id == person_id or (notice.to_id is not None and notice.to_id != person_id):
            return Rhythm.NONE
        if notice.post is not None:
            if notice.post.hidden_at is not None and notice.event == Notice.Event.POST:
                return Rhythm.NONE
            if self.read.get((notice.thread_id, person_id), 0) >= notice.post.number:
                return Rhythm.NONE
        if notice.kind == Kind.POST:
            if (notice.post_id, person_id) in self.named:
                return Rhythm.NONE  # told by name, at the rhythm of being named
            level = self.follows.get((notice.thread_id, person_id))
            if level is not None:
                return Rhythm.INSTANT if level == Follow.Level.FOLLOW else Rhythm.NONE
        return self.rhythms.get((notice.group_id, person_id, notice.kind), DEFAULTS[Kind(notice.kind)])


def ears_of(person_ids: Iterable[int], notices: list[Notice]) -> Ears:
    """What is needed to know how these people hear these notices, in four queries."""
    people = list(person_ids)
    groups, threads = {n.group_id for n in notices}, {n.thread_id for n in notices if n.thread_id}
    chosen = Preference.objects.filter(group__in=groups, person__in=people)
    follows = Follow.objects.filter(thread__in=threads, person__in=people)
    read = ReadMark.objects.filter(thread__in=threads, person__in=people)
    posts = {n.post_id for n in notices if n.post_id}
    named = Notice.objects.filter(kind=Kind.MENTION, post__in=posts).values_list("post_id", "to_id")
    return Ears(
        rhythms={(g, p, k): r for g, p, k, r in chosen.values_list("group_id", "person_id", "kind", "rhythm")},
        follows={(t, p): level for t, p, level in follows.values_list("thread_id", "person_id", "level")},
        read={(t, p): number for t, p, number in read.values_list("thread_id", "person_id", "number")},
        named=set(named),
    )


def notices_between(groups: Iterable[int], since: datetime, until: datetime) -> list[Notice]:
    """What happened in these groups, in the order of groups, threads and time."""
    return notices(group__in=list(groups), made_at__gt=since, made_at__lte=until)


def notices(**which: object) -> list[Notice]:
    """Notices with all that their words need."""
    found = Notice.objects.filter(**which)
    found = found.select_related("group", "thread", "post__author", "post__organisation", "proposal", "task", "by")
    return list(found.defer("post__html", "post__search").order_by("group__name", "thread_id", "made_at", "pk"))


def recipients_of(notice: Notice) -> list[GroupMember]:
    """Who may hear of a notice at all, now: members, or the facilitators, or one member."""
    found = still_members().filter(group=notice.group_id).select_related("person")
    if notice.to_facilitators:
        found = found.filter(role=GroupMember.Role.FACILITATOR)
    if notice.to_id is not None:
        found = found.filter(person=notice.to_id)
    return list(found)


def translations_of(notices: list[Notice]) -> Mapping[int, dict[str, PostTranslation]]:
    """The translations of the notices' posts, by post and language."""
    found: dict[int, dict[str, PostTranslation]] = defaultdict(dict)
    posts = {notice.post_id for notice in notices if notice.post_id}
    for each in PostTranslation.objects.filter(post__in=posts).select_related("by"):
        found[each.post_id][each.language] = each
    return found
