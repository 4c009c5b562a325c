"""Files given to a group."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.files import keep_file
from eprm.groups import rules
from eprm.groups.actions.finding import forget_file, index_file
from eprm.groups.actions.standing import note_act, standing
from eprm.groups.models import Act, Group, GroupFile, GroupMember, Post
from eprm.people.models import Person
from eprm.ui import words

MAX_FILE_BYTES = 10_000_000
MAX_FILES = 5


def keep_group_file(
    group: Group, *, name: str, content: bytes, member: GroupMember, post: Post | None = None, note: str = ""
) -> GroupFile:
    """Keep a file for the group, under the organisation of whoever gives it."""
    if len(content) > MAX_FILE_BYTES:
        raise NotAllowed(
            _("“%(name)s” has %(size)s. A file may have at most %(most)s.")
            % {"name": name, "size": words.size(len(content)), "most": words.size(MAX_FILE_BYTES)}
        )
    name = PurePath(name.replace("\\", "/")).name or "file"
    stored = keep_file(content, name=name, organisation_id=member.organisation_id, by=member.person)
    return GroupFile.objects.create(
        group=group,
        post=post,
        stored=stored,
        sha256=stored.sha256,
        name=stored.name,
        size=stored.size,
        note=note,
        by=member.person,
    )


def give_file(group: Group, *, name: str, content: bytes, note: str, by: Person) -> GroupFile:
    """Give the group a file, apart from any post."""
    member = standing(by, group)
    rules.can_take_part(group, member).require()
    with transaction.atomic():
        file = keep_group_file(group, name=name, content=content, member=member, note=note.strip())
        index_file(file)
    return file


def remove_file(file: GroupFile, *, reason: str, by: Person) -> None:
    """Take a file out of the group: whoever gave it, and those who moderate, with the reason shown in its place."""
    group = file.group
    member = standing(by, group)
    if file.by_id != by.pk:
        rules.can_moderate(by, group, member).require()
    else:
        rules.can_take_part(group, member).require()
    with transaction.atomic():
        if not GroupFile.objects.filter(pk=file.pk, removed_at=None).update(
            removed_at=timezone.now(), removed_because=reason.strip()
        ):
            return
        forget_file(file)
        if file.by_id != by.pk:
            note_act(group, kind=Act.Kind.REMOVE_FILE, subject=file.name, reason=reason.strip(), by=by)
