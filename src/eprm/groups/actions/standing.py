"""How the person who acts stands to a group, read inside the action's own transaction."""

from __future__ import annotations

from django.db import connection

from eprm.groups.models import Act, Group, GroupMember
from eprm.groups.queries.groups import member_of
from eprm.people.models import Person


def standing(person: Person, group: Group) -> GroupMember | None:
    """The person's row in the group as it is now, whatever the page knew when it was drawn."""
    return member_of(person, group)


def note_act(group: Group, *, kind: str, subject: str, reason: str, by: Person) -> None:
    """Write down a moderator's act for those who moderate with them."""
    Act.objects.create(group=group, kind=kind, subject=subject[:255], reason=reason, by=by)


def recount(group: Group) -> None:
    """Bring the group's counts up to date. In the database, because whoever joins may not see the members' rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT groups_recount(%s)", [group.pk])
