"""What groups know about a person: the copy they may take, and its erasure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from eprm.base.identity import acting_as, acting_everywhere
from eprm.base.models import StoredFile
from eprm.groups.actions.standing import recount
from eprm.groups.models import (
    DigestMark,
    Draft,
    Follow,
    GroupFile,
    GroupMember,
    IncomingMail,
    PersonKey,
    Post,
    Preference,
    Reaction,
    ReadMark,
    Stance,
)

PERSONAL = (Draft, Follow, ReadMark, Preference, PersonKey, DigestMark, IncomingMail)


def export_groups(person_id: int) -> list[dict[str, object]]:
    """Memberships, posts, positions, drafts, choices and mails, as far as the person may see them still."""
    told: list[dict[str, object]] = []
    parts: Iterable[tuple[str, object, list[str]]] = (
        (
            "membership",
            GroupMember.objects.filter(person=person_id),
            ["group__name", "role", "state", "since", "reason"],
        ),
        ("contribution", Post.objects.filter(author=person_id), ["thread__title", "text", "written_at", "by_mail"]),
        ("position", Stance.objects.filter(person=person_id), ["proposal__title", "position", "reason", "taken_at"]),
        ("reaction", Reaction.objects.filter(person=person_id), ["post__thread__title", "kind"]),
        ("draft", Draft.objects.filter(person=person_id), ["title", "text", "saved_at"]),
        ("choice", Preference.objects.filter(person=person_id), ["group__name", "kind", "rhythm"]),
        ("mail", IncomingMail.objects.filter(person=person_id), ["from_address", "subject", "text", "received_at"]),
    )
    for name, found, fields in parts:
        told += [{"what": name, **{k: str(v) for k, v in row.items()}} for row in found.values(*fields)]
    return told


def erase_groups(person_id: int) -> None:
    """End the memberships and delete what is the person's alone. Contributions stay: others have answered them."""
    with acting_as(None, job="groups"):
        for member in GroupMember.objects.filter(person=person_id).select_related("group"):
            member.state, member.role, member.words = GroupMember.State.LEFT, GroupMember.Role.MEMBER, ""
            member.handle = f"left-{person_id}"
            member.save()
            recount(member.group)
        for model in PERSONAL[1:]:
            model.objects.filter(person=person_id).delete()
        Reaction.objects.filter(person=person_id).delete()
    with acting_as(person_id):
        Draft.objects.filter(person=person_id).delete()


def remove_files(before: datetime) -> int:
    """Let go of the bytes of files taken out before then; who gave and who removed them stays told."""
    with acting_as(None, job="groups"):
        gone = GroupFile.objects.filter(removed_at__lt=before).exclude(sha256="")
        stored = list(gone.values_list("stored", flat=True))
        gone.update(sha256="")
    with acting_everywhere("groups"):
        return StoredFile.objects.filter(pk__in=stored).update(sha256="")
