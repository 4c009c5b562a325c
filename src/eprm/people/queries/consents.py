"""Who agreed to what, in which words, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from eprm.people.models import Consent, ConsentWording, Person


def wordings_asked() -> QuerySet[ConsentWording]:
    """The wordings people are asked to agree to now, one a purpose."""
    return ConsentWording.objects.filter(until=None)


def wordings() -> QuerySet[ConsentWording]:
    """Every wording there ever was, by purpose and version."""
    return ConsentWording.objects.order_by("purpose", "-version")


def consents_of(person: Person) -> QuerySet[Consent]:
    """All consents of a person, the newest first, also those taken back."""
    return Consent.objects.filter(person=person).select_related("wording").order_by("-given_at", "-pk")


def has_consent(person: Person, purpose: str, at: datetime) -> bool:
    """Whether the person agreed to this purpose at a moment, in whatever words."""
    found = Consent.objects.filter(person=person, wording__purpose=purpose, given_at__lte=at)
    return found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)).exists()


def people_who_agreed(purpose: str) -> QuerySet[Person]:
    """Everybody whose consent to this purpose stands now. Seen whole by the secretariat alone."""
    standing = Consent.objects.filter(wording__purpose=purpose, withdrawn_at=None)
    return Person.objects.filter(pk__in=standing.values("person"), is_active=True)
