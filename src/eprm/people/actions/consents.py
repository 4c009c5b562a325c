"""Consents are given and taken back by the person alone; their words are kept by the secretariat."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from eprm.people import rules
from eprm.people.models import Consent, ConsentWording, Person
from eprm.people.queries import consents


def give_consent(wording: ConsentWording, *, by: Person) -> Consent:
    """The person agrees to these words. Agreeing twice changes nothing."""
    with transaction.atomic():
        consent, _made = Consent.objects.get_or_create(person=by, wording=wording, withdrawn_at=None)
    return consent


def withdraw_consent(purpose: str, *, by: Person) -> None:
    """From now on the purpose has no consent of the person's, in whatever words it was given."""
    given = Consent.objects.filter(person=by, wording__purpose=purpose, withdrawn_at=None)
    given.update(withdrawn_at=timezone.now())


def reword_consent(*, purpose: str, by: Person, **words: str) -> ConsentWording:
    """New words for a purpose, or a new purpose: the older wording is asked no longer, consents to it stay as given.

    `words` are title_en, title_fr, title_es, text_en, text_fr and text_es.
    """
    rules.can_keep_directory(by).require()
    today = timezone.localdate()
    with transaction.atomic():
        before = ConsentWording.objects.select_for_update().filter(purpose=purpose).order_by("-version").first()
        ConsentWording.objects.filter(purpose=purpose, until=None).update(until=today)
        version = before.version + 1 if before else 1
        return ConsentWording.objects.create(purpose=purpose, version=version, since=today, **words)


def stop_asking(purpose: str, *, by: Person) -> None:
    """Nobody is asked for this purpose any more."""
    rules.can_keep_directory(by).require()
    consents.wordings_asked().filter(purpose=purpose).update(until=timezone.localdate())
