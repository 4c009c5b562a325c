"""Sending what members are told: at once, or in a digest. Runs as the platform's job "groups"; each mail is for one
reader, made after asking again who is still a member, and once even if its job runs twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from eprm.base import outbox
from eprm.base.identity import acting_as
from eprm.base.jobs import queue
from eprm.base.models import OutgoingMail
from eprm.base.outbox import post
from eprm.groups import addresses, letters
from eprm.groups.models import DigestMark, Group, GroupMember, Invitation, Notice, PostTranslation, Preference
from eprm.groups.models.notices import DEFAULTS, Rhythm
from eprm.groups.queries import notices as queries
from eprm.people.models import Person

NOTICE_MAIL, DIGEST_MAIL, PLACE_MAIL = "groups.notice", "groups.digest", "groups.place"
SEND_DIGESTS = "groups.send_digests"
PEOPLE_A_JOB, MAILS_AT_ONCE = 500, 50
REACH = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}


@transaction.atomic
def deliver_notice(notice_id: int) -> int:
    """Mail a notice to those who want it at once; answers to how many."""
    found = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id, sent_at=None).first()
    if found is None:
        return 0
    [notice] = queries.notices(pk=notice_id)
    members = queries.recipients_of(notice)
    ears = queries.ears_of([member.person_id for member in members], [notice])
    translations = queries.translations_of([notice])
    sent = 0
    for member in members:
        if ears.rhythm(notice, member.person_id) == Rhythm.INSTANT:
            _mail_notice(notice, member.person, translations.get(notice.post_id or 0, {}))
            sent += 1
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())
    return sent


def _mail_notice(notice: Notice, person: Person, translations: Mapping[str, PostTranslation]) -> None:
    with translation.override(person.language):
        section = letters.section_of(notice, translations, person.language)
        in_thread = notice.post_id is not None and notice.event == Notice.Event.POST
        stop = addresses.stop_address(person.pk, notice.group_id, notice.kind)
        letter = letters.instant(notice, section, stop=stop, can_answer=in_thread)
    headers = letters.list_headers(notice.group, stop)
    if in_thread:
        headers["Reply-To"] = addresses.for_reply(person, notice.thread)
    _post(person, letter, NOTICE_MAIL, headers)


def _post(person: Person, letter: letters.Letter, kind: str, headers: dict[str, str]) -> None:
    post(**_mail(person, letter, kind, headers))


def _mail(person: Person, letter: letters.Letter, kind: str, headers: dict[str, str]) -> dict[str, Any]:
    # The person alone: a colleague of the same organisation need not be in the group.
    return {
        "to": person.email,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "kind": kind,
        "person_id": person.pk,
        "headers": headers,
    }


def start_digests(rhythm: str, until: datetime) -> int:
    """Put the digests of this rhythm into the queue, some hundred people a job; answers how many jobs."""
    people = queries.still_members().order_by("person_id").values_list("person_id", flat=True).distinct()
    ids = list(people)
    jobs = [
        {"rhythm": str(rhythm), "until": until.isoformat(), "person_ids": ids[at : at + PEOPLE_A_JOB]}
        for at in range(0, len(ids), PEOPLE_A_JOB)
    ]
    queue(SEND_DIGESTS, *jobs)
    return len(jobs)


@transaction.atomic
def send_digests(rhythm: str, until: datetime, person_ids: Sequence[int]) -> int:
    """One digest a person over all their groups, of what they have not read and have not been mailed; answers how many
    were sent. Nothing new, no mail."""
    marks = dict(DigestMark.objects.filter(rhythm=rhythm, person__in=person_ids).values_list("person_id", "until"))
    earliest = until - REACH[Rhythm(rhythm)]
    since = {pk: max(marks.get(pk, earliest), until - 2 * REACH[Rhythm(rhythm)]) for pk in person_ids}
    due = [pk for pk in person_ids if since[pk] < until]
    members: dict[int, list[GroupMember]] = defaultdict(list)
    for member in queries.still_members().filter(person__in=due).select_related("person"):
        members[member.person_id].append(member)
    groups = {member.group_id for each in members.values() for member in each}
    notices = queries.notices_between(groups, min(since.values(), default=until), until)
    maker = _DigestMaker(rhythm, notices, list(members))
    made = filter(None, (maker.digest(of, since[pk]) for pk, of in members.items()))
    sent = 0
    while some := list(islice(made, MAILS_AT_ONCE)):
        sent += outbox.post_all(some)
    DigestMark.objects.bulk_create(
        [DigestMark(person_id=pk, rhythm=rhythm, until=until) for pk in due],
        update_conflicts=True,
        update_fields=["until"],
        unique_fields=["person", "rhythm"],
    )
    return sent


class _DigestMaker:
    """Makes digests for many people: each notice is worded once a language, whoever reads it."""

    def __init__(self, rhythm: str, notices: list[Notice], people: list[int]) -> None:
        self.rhythm = rhythm
        self.by_group: dict[int, list[Notice]] = defaultdict(list)
        for notice in notices:
            self.by_group[notice.group_id].append(notice)
        self.ears = queries.ears_of(people, notices)
        self.translations = queries.translations_of(notices)
        self.worded: dict[tuple[int, str], letters.Section] = {}

    def digest(self, members: list[GroupMember], since: datetime) -> dict[str, Any] | None:
        """One person's digest as a mail, or None where it has nothing in it."""
        person = members[0].person
        facilitating = {m.group_id for m in members if m.role == GroupMember.Role.FACILITATOR}
        wanted = [
            notice
            for member in members
            for notice in self.by_group.get(member.group_id, ())
            if notice.made_at > since
            and (not notice.to_facilitators or notice.group_id in facilitating)
            and self.ears.rhythm(notice, person.pk) == self.rhythm
        ]
        if not wanted:
            return None
        wanted.sort(key=lambda notice: str(notice.group))  # stable: threads and times keep their order
        stop = addresses.stop_address(person.pk, 0, str(self.rhythm))
        with translation.override(person.language):
            parts = [
                (notice.group, notice.thread.title if notice.thread else "", self._section(notice, person.language))
                for notice in wanted
            ]
            letter = letters.digest(parts, stop=stop, weekly=self.rhythm == Rhythm.WEEKLY)
        return _mail(person, letter, DIGEST_MAIL, letters.list_headers(None, stop))

    def _section(self, notice: Notice, language: str) -> letters.Section:
        if (notice.pk, language) not in self.worded:
            translations = self.translations.get(notice.post_id or 0, {})
            self.worded[notice.pk, language] = letters.section_of(notice, translations, language)
        return self.worded[notice.pk, language]


def mail_invitation(invitation_id: int) -> None:
    """Mail an invitation that is still open to its address, in the language of its account or of whoever invites."""
    invitation = (
        Invitation.objects.select_related("group", "invited_by").filter(pk=invitation_id, answered_at=None).first()
    )
    if invitation is None:
        return
    known = Person.objects.filter(email__iexact=invitation.email).first()
    with translation.override(known.language if known else invitation.invited_by.language):
        letter = letters.invitation(invitation)
    post(
        to=invitation.email,
        subject=letter.subject,
        text=letter.text,
        kind=PLACE_MAIL,
        person_id=known.pk if known else invitation.invited_by_id,
        headers={"Auto-Submitted": "auto-generated"},
    )


def mail_answer(member_id: int) -> None:
    """Tell somebody that they were taken in, not taken in, removed or banned, with the reason."""
    member = GroupMember.objects.select_related("group", "person").get(pk=member_id)
    with translation.override(member.person.language):
        letter = letters.place(member)
    if letter is not None:
        _post(member.person, letter, PLACE_MAIL, {"Auto-Submitted": "auto-generated"})


def withdraw_unsent(person_id: int, group_id: int) -> int:
    """Take back what waits in the outbox for somebody who is no longer in the group, digests too; answers how many."""
    with acting_as(None, job="groups"):
        group = Group.objects.get(pk=group_id)
    lists = [letters.list_headers(each, "")["List-Id"] for each in (group, None)]
    with acting_as(None, job=outbox.JOB):
        waiting = OutgoingMail.objects.filter(person=person_id, state=OutgoingMail.State.QUEUED)
        waiting = waiting.filter(
            Q(headers__contains={"List-Id": lists[0]}) | Q(headers__contains={"List-Id": lists[1]})
        )
        return waiting.update(state=OutgoingMail.State.WITHDRAWN, withdrawn_at=timezone.now())


def stop_mails(stop: addresses.Stop) -> None:
    """End what a stop address ends: a kind of notice of a group, or a whole digest in all groups."""
    if stop.kind not in addresses.DIGESTS:
        _choose_none(stop.person_id, [(stop.group_id, stop.kind)])
        return
    mine = GroupMember.objects.filter(person=stop.person_id, state=GroupMember.State.MEMBER)
    chosen = {
        (group, kind): rhythm
        for group, kind, rhythm in Preference.objects.filter(person=stop.person_id).values_list(
            "group", "kind", "rhythm"
        )
    }
    groups = mine.values_list("group_id", flat=True)
    _choose_none(
        stop.person_id,
        [
            (group, kind.value)
            for group in groups
            for kind, usual in DEFAULTS.items()
            if chosen.get((group, kind.value), usual.value) == stop.kind
        ],
    )


def _choose_none(person_id: int, kinds: list[tuple[int, str]]) -> None:
    Preference.objects.bulk_create(
        [Preference(group_id=group, person_id=person_id, kind=kind, rhythm=Rhythm.NONE) for group, kind in kinds],
        update_conflicts=True,
        update_fields=["rhythm"],
        unique_fields=["group", "person", "kind"],
    )
