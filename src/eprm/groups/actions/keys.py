"""The keys of a person's own addresses."""

from __future__ import annotations

import secrets

from django.utils import timezone

from eprm.groups.models import PersonKey
from eprm.people.models import Person


def make_key(person_id: int, purpose: str) -> str:
    """The person's key for this purpose, made if there is none; two at once get the same."""
    PersonKey.objects.bulk_create(
        [PersonKey(person_id=person_id, purpose=purpose, key=secrets.token_urlsafe(24), made_at=timezone.now())],
        ignore_conflicts=True,
    )
    return PersonKey.objects.get(person_id=person_id, purpose=purpose).key


def replace_key(*, purpose: str, by: Person) -> None:
    """New addresses for the person; every earlier one of this purpose opens nothing any more."""
    PersonKey.objects.update_or_create(
        person=by, purpose=purpose, defaults={"key": secrets.token_urlsafe(24), "made_at": timezone.now()}
    )
