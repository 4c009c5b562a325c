"""What the secretariat and the editors do besides writing: who may write, and what a person has checked."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from eprm.base.public_pages import changed
from eprm.knowledge import rules
from eprm.knowledge.models import Resource
from eprm.people.models import Person


def appoint_editor(person: Person, *, may_publish: bool, by: Person) -> None:
    """Let the person write for the hub, and publish too if so wished."""
    rules.can_appoint_editors(by).require()
    _only_in(person, rules.PUBLISHERS if may_publish else rules.EDITORS)


def dismiss_editor(person: Person, *, by: Person) -> None:
    """The person writes for the hub no more; what they wrote stays."""
    rules.can_appoint_editors(by).require()
    _only_in(person, None)


def _only_in(person: Person, name: str | None) -> None:
    for each in (rules.EDITORS, rules.PUBLISHERS):
        group, _new = Group.objects.get_or_create(name=each)
        (person.groups.add if each == name else person.groups.remove)(group)


def mark_checked(resource: Resource, *, by: Person) -> None:
    """An editor has opened the address today and found what the summary says."""
    rules.can_edit(by).require()
    Resource.objects.filter(translation_key=resource.translation_key).update(
        checked_on=timezone.localdate(),
        confirmed="seen",
        provenance=f"opened by an editor of the hub ({by})"[:200],
        link_state=Resource.LinkState.ALIVE,
        link_failures=0,
        link_answer="",
    )
    changed()


def follow_schedule() -> None:
    """Publish what is due, and withdraw what has expired."""
    call_command("publish_scheduled", verbosity=0)
