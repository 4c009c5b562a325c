"""What is for the members of the partnership: pages, resources and posts that say so are seen by them alone."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.members.queries import is_member
from eprm.people.models import Person

MEMBERS = "members"


def keys_of(person: Person) -> list[str]:
    """The secretariat reads what is for members too: it writes it."""
    return [MEMBERS] if person.is_secretariat or is_member(person, timezone.localdate()) else []


def choices_for(person: Person) -> list[tuple[str, str]]:
    """Members and the secretariat may write for members."""
    return [(key, name_of(key)) for key in keys_of(person)]


def name_of(_key: str) -> str:
    return _("the members of the partnership")
