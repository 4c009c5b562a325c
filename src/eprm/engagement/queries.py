"""Every read of the engagement plan and its campaigns."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from eprm.engagement import lifecycle
from eprm.engagement.models import Campaign, CampaignText, Contact, Entry, Refusal, Segment, Sending, Target
from eprm.people.models import Consent, Membership, Organisation, Person
from eprm.people.queries.consents import people_who_agreed
from eprm.ui.languages import spoken_as

PURPOSE = "news"


def targets_visible_to(person: Person) -> QuerySet[Target]:
    """The plan, for the secretariat and the board: first priority and soonest step first."""
    found = Target.objects.select_related("owner", "organisation")
    found = found.annotate(last_contact=Max("entries__happened_on"))
    return found.order_by("priority", F("next_on").asc(nulls_last=True), "name")


def is_overdue(target: Target, on: date) -> bool:
    """Under way, and the next step is past its day, or there is none."""
    if target.stage not in lifecycle.UNDER_WAY:
        return False
    return target.next_on is None or target.next_on < on


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage of the plan, with those in it, and how many of them are overdue."""

    key: str
    state: lifecycle.State
    targets: list[Target]
    overdue: int


def lanes(person: Person, on: date) -> list[Lane]:
    """The plan by stage. One query."""
    found: dict[str, list[Target]] = {key: [] for key in lifecycle.STAGES}
    for target in targets_visible_to(person):
        target.late = is_overdue(target, on)
        found[target.stage].append(target)
    return [
        Lane(key, state, found[key], sum(target.late for target in found[key]))
        for key, state in lifecycle.STAGES.items()
    ]


def overdue_for(person: Person) -> tuple[QuerySet[Target]]:
    """The steps a person looks after that are past their day, or have none."""
    mine = Target.objects.filter(owner=person, stage__in=lifecycle.UNDER_WAY)
    return (mine.filter(Q(next_on=None) | Q(next_on__lt=timezone.localdate())),)


def contacts_of(target: Target) -> QuerySet[Contact]:
    return Contact.objects.filter(target=target, until=None).order_by("name")


def contacts_visible() -> QuerySet[Contact]:
    """Every contact in force, for the secretariat."""
    return Contact.objects.filter(until=None).select_related("target")


def organisations() -> QuerySet[Organisation]:
    """Every organisation on the platform, to say which one a partner is."""
    return Organisation.objects.order_by("name")


def owners() -> QuerySet[Person]:
    """The secretariat's people: one of them looks after each entry of the plan."""
    works = Membership.objects.filter(
        person=OuterRef("pk"), until=None, organisation__tier=Organisation.Tier.SECRETARIAT
    )
    return Person.objects.filter(Exists(works), is_active=True).order_by("name")


def entries_of(target: Target) -> QuerySet[Entry]:
    """What took place, newest first."""
    return Entry.objects.filter(target=target).select_related("written_by").order_by("-happened_on", "-pk")


def unfiled_entries() -> QuerySet[Entry]:
    """Mails handed in that fit nobody of the plan."""
    return Entry.objects.filter(target=None).select_related("written_by").order_by("-happened_on", "-pk")


def targets_with_address(addresses: set[str]) -> QuerySet[Target]:
    """The partners whose contacts have one of these addresses (lower case)."""
    known = Contact.objects.filter(target=OuterRef("pk"), until=None, email__in=addresses)
    return Target.objects.filter(Exists(known))


def segments() -> QuerySet[Segment]:
    return Segment.objects.annotate(used=Count("campaigns")).order_by("name")


def campaigns() -> QuerySet[Campaign]:
    """Every campaign, newest first, with how many mails went into the outbox."""
    found = Campaign.objects.select_related("segment", "made_by", "sent_by")
    return found.annotate(posted=Count("sendings")).order_by("-made_at")


def texts_of(campaign: Campaign) -> dict[str, CampaignText]:
    return {text.language: text for text in CampaignText.objects.filter(campaign=campaign)}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address a campaign goes to: of a person with an account, or of a contact in the plan."""

    email: str
    language: str
    person_id: int | None = None
    contact_id: int | None = None


def recipients(segment: Segment) -> list[Recipient]:
    """Whom a segment means now, by address, each once. Who refused since they agreed is not among them."""
    refused = _refusals()
    found: dict[str, Recipient] = {}
    if segment.with_people:
        for person, agreed_at in _people(segment):
            address = person.email.lower()
            last = refused.get(digest_of(address))
            if last is None or last < agreed_at:
                found[address] = Recipient(address, person.language, person_id=person.pk)
    for contact in _contacts(segment):
        address = contact.email.lower()
        if address not in found and digest_of(address) not in refused:
            found[address] = Recipient(address, contact.language, contact_id=contact.pk)
    return sorted(found.values(), key=lambda each: each.email)


def _people(segment: Segment) -> list[tuple[Person, object]]:
    people = people_who_agreed(PURPOSE)
    if segment.languages:
        people = people.filter(language__in=spoken_as(segment.languages))
    works = Membership.objects.filter(person=OuterRef("pk"), until=None)
    narrowed = {"pillar": segment.pillars, "tier": segment.tiers, "country": segment.countries}
    wanted = {f"organisation__{name}__in": values for name, values in narrowed.items() if values}
    if wanted:
        people = people.filter(Exists(works.filter(**wanted)))
    standing = Consent.objects.filter(wording__purpose=PURPOSE, withdrawn_at=None)
    agreed = dict(standing.values_list("person").annotate(at=Max("given_at")))
    return [(person, agreed[person.pk]) for person in people]


def _contacts(segment: Segment) -> QuerySet[Contact]:
    if not segment.target_kinds:
        return Contact.objects.none()
    found = Contact.objects.filter(until=None, target__kind__in=segment.target_kinds).exclude(email="")
    if segment.languages:
        found = found.filter(language__in=segment.languages)
    if segment.countries:
        found = found.filter(target__country__in=segment.countries)
    return found.order_by("pk")


def _refusals() -> dict[str, object]:
    return dict(Refusal.objects.values_list("digest").annotate(at=Max("refused_at")))


def posted_addresses(campaign: Campaign) -> set[str]:
    """The addresses a campaign's mail lies in the outbox for."""
    return set(Sending.objects.filter(campaign=campaign).values_list("email", flat=True))


def digest_of(address: str) -> str:
    """What a refusal keeps of an address: its digest with the site's secret, so that no list of addresses fits it."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()
