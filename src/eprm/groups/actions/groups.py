"""Founding a group, changing what it says of itself, ending it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups import rules
from eprm.groups.actions.finding import index_group
from eprm.groups.actions.joining import enrol
from eprm.groups.actions.standing import standing
from eprm.groups.models import Group, GroupMember
from eprm.people.models import Organisation, Person

# The first parts of addresses under /groups/ that are no group's name.
RESERVED = {"new", "mail", "stop", "feed", "invitations", "mine", "files"}


def found_group(
    *,
    name: str,
    aims: str,
    access: str,
    by: Person,
    organisation: Organisation,
    minerals: Sequence[str] = (),
    countries: Sequence[str] = (),
    region: str = "",
    quorum: int = 50,
) -> Group:
    """A new group with its founder as first facilitator."""
    rules.can_found_group(by).require()
    slug = slugify(name)[:80]
    if not slug or slug in RESERVED:
        raise NotAllowed(_("“%(name)s” cannot be a group's name. Choose one with letters.") % {"name": name})
    with transaction.atomic():
        # A hidden group is founded closed: until it has its first member nobody could see it, its founder neither.
        group = Group.objects.create(
            name=name.strip(),
            slug=_free_slug(slug),
            aims=aims.strip(),
            access=Group.Access.CLOSED if access == Group.Access.HIDDEN else access,
            minerals=list(minerals),
            countries=list(countries),
            region=region.strip(),
            quorum=quorum,
            founded_by=by,
        )
        enrol(group, by, organisation, role=GroupMember.Role.FACILITATOR)
        if access == Group.Access.HIDDEN:
            group.access = access
            group.save(update_fields=["access"])
    group.refresh_from_db()
    index_group(group)
    return group


def _free_slug(slug: str) -> str:
    """The slug, with a number where a visible group has it. One taken by a hidden group is found by the database."""
    number, free = 1, slug
    while Group.objects.filter(slug=free).exists():
        number += 1
        free = f"{slug[:75]}-{number}"
    return free


def edit_group(
    group: Group,
    *,
    name: str,
    aims: str,
    access: str,
    by: Person,
    minerals: Sequence[str] = (),
    countries: Sequence[str] = (),
    region: str = "",
    quorum: int = 50,
) -> Group:
    """Change what a group says of itself and who may read it; what it wrote before follows at once."""
    rules.can_facilitate(group, standing(by, group)).require()
    group.name, group.aims, group.access = name.strip(), aims.strip(), access
    group.minerals, group.countries, group.region = list(minerals), list(countries), region.strip()
    group.quorum = quorum
    with transaction.atomic():
        group.save(update_fields=["name", "aims", "access", "minerals", "countries", "region", "quorum"])
        index_group(group)
    return group


def end_group(group: Group, *, by: Person) -> None:
    """The group's work is done: it stays to be read, and nothing is added."""
    rules.can_facilitate(group, standing(by, group)).require()
    Group.objects.filter(pk=group.pk, ended_at=None).update(ended_at=timezone.now())
