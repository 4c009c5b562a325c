"""Telling members: a notice is a row, and the mails are made by job for whoever may still see it then."""

from __future__ import annotations

from typing import Any

from eprm.base.jobs import queue
from eprm.groups.models import Follow, Group, Notice, Preference, Thread
from eprm.groups.models.notices import Kind, Rhythm
from eprm.people.models import Person

DELIVER = "groups.deliver_notice"


def tell(group: Group, *, kind: Kind, event: str, by: Person | None, **about: Any) -> Notice:
    """Make a notice. `about` names what it is about, and `to` one person or `to_facilitators`; else all are told."""
    notice = Notice.objects.create(group=group, kind=kind, event=event, by=by, **about)
    queue(DELIVER, {"notice_id": notice.pk})
    return notice


def choose_rhythm(group: Group, *, kind: str, rhythm: str, by: Person) -> None:
    """How the person wants to hear one kind of notice of a group. Also from a link in a mail, without signing in."""
    Preference.objects.bulk_create(
        [Preference(group=group, person=by, kind=Kind(kind), rhythm=Rhythm(rhythm))],
        update_conflicts=True,
        update_fields=["rhythm"],
        unique_fields=["group", "person", "kind"],
    )


def follow_thread(thread: Thread, *, level: str, by: Person) -> None:
    """Hear every contribution of a thread at once, or nothing of it; with "" as the group's choice says."""
    if level == "":
        Follow.objects.filter(thread=thread, person=by).delete()
        return
    Follow.objects.bulk_create(
        [Follow(group_id=thread.group_id, thread=thread, person=by, level=Follow.Level(level))],
        update_conflicts=True,
        update_fields=["level"],
        unique_fields=["thread", "person"],
    )
