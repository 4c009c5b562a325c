"""The dated facts beside an organisation, as they stand, and who chose to show them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from eprm.people.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationMineral,
    OrganisationName,
    OrganisationProfile,
    OrganisationRegion,
    OrganisationTopic,
    Showing,
    Topic,
)


def profile_of(organisation: Organisation) -> OrganisationProfile:
    """The organisation's words about itself; an unsaved empty one where it has none."""
    found = OrganisationProfile.objects.filter(organisation=organisation).first()
    return found or OrganisationProfile(organisation=organisation)


def identifiers_of(organisation: Organisation) -> QuerySet[OrganisationIdentifier]:
    """All of them, those in force first."""
    return OrganisationIdentifier.objects.filter(organisation=organisation).order_by("until", "scheme", "pk")


def names_of(organisation: Organisation) -> QuerySet[OrganisationName]:
    return OrganisationName.objects.filter(organisation=organisation)


def minerals_of(organisation: Organisation) -> list[str]:
    found = OrganisationMineral.objects.filter(organisation=organisation, until=None)
    return list(found.values_list("mineral", flat=True))


def regions_of(organisation: Organisation) -> list[str]:
    found = OrganisationRegion.objects.filter(organisation=organisation, until=None)
    return list(found.values_list("country", flat=True))


def topics_of(organisation: Organisation, direction: str) -> list[str]:
    """The keys of what the organisation seeks or offers now."""
    found = OrganisationTopic.objects.filter(organisation=organisation, direction=direction, until=None)
    return list(found.values_list("topic__key", flat=True))


def topics() -> QuerySet[Topic]:
    """The whole vocabulary, also retired words."""
    return Topic.objects.all()


def showings_of(organisation: Organisation) -> dict[str, int]:
    """What the organisation chose, field by field; fields it did not choose about are not in it."""
    return dict(Showing.objects.filter(organisation=organisation).values_list("field", "circle"))


def values_of(organisation: Organisation) -> dict[str, Any]:
    """Everything that can be shown of the organisation, by the keys of `showing.FIELDS`."""
    profile = profile_of(organisation)
    contact = (profile.contact_name, profile.contact_email, profile.contact_phone)
    named = identifiers_of(organisation).filter(until=None).exclude(scheme=OrganisationIdentifier.Scheme.DOMAIN)
    return {
        "name": organisation.name,
        "country": organisation.country,
        "place": organisation.place,
        "pillar": organisation.pillar,
        "tier": organisation.tier,
        "staff": organisation.staff,
        "minerals": minerals_of(organisation),
        "regions": regions_of(organisation),
        "seeks": topics_of(organisation, OrganisationTopic.Direction.SEEKS),
        "offers": topics_of(organisation, OrganisationTopic.Direction.OFFERS),
        "names": [each.name for each in names_of(organisation)],
        "identifiers": [f"{each.scheme.upper()} {each.value}" for each in named],
        "about": profile.about,
        "among_members": profile.among_members,
        "website": profile.website,
        "contact": ", ".join(part for part in contact if part),
    }
