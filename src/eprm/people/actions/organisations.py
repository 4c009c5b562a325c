"""Organisations come into being, are listed by the secretariat, and correct what is said of them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people import rules
from eprm.people.actions.directory import publish
from eprm.people.actions.roles import join
from eprm.people.models import Membership, Organisation, Person
from eprm.people.queries import joining
from lode.smelters.names import normalise


def spelled(name: str) -> str:
    """The name as it is compared, as long as the column holds."""
    return normalise(name)[:255]


def register_organisation(
    *,
    name: str,
    country: str,
    tier: str,
    by: Person,
    place: str = "",
    pillar: str = "",
    staff: int | None = None,
) -> Organisation:
    """A new organisation with the person as its first manager."""
    rules.can_register_organisation(by, tier).require()
    with transaction.atomic():
        organisation = Organisation.objects.create(
            name=name.strip(),
            normalised=spelled(name),
            country=country,
            place=place.strip(),
            tier=tier,
            pillar=pillar,
            staff=staff,
        )
        join(by, organisation, Membership.Role.MANAGER)
    return organisation


def found_secretariat(*, name: str, country: str, place: str, by: Person) -> Organisation:
    """The one secretariat, with the person as its first manager. For whoever runs the site, on the command line."""
    if found := Organisation.objects.filter(tier=Organisation.Tier.SECRETARIAT).first():
        raise NotAllowed(_("There is a secretariat already: %(organisation)s.") % {"organisation": found})
    with transaction.atomic():
        organisation = Organisation.objects.create(
            name=name, normalised=spelled(name), country=country, place=place, tier=Organisation.Tier.SECRETARIAT
        )
        join(by, organisation, Membership.Role.MANAGER)
    return organisation


def list_organisation(
    *, name: str, country: str, tier: str, by: Person, place: str = "", pillar: str = "", staff: int | None = None
) -> Organisation:
    """The secretariat lists an organisation that has no people here yet; whoever works there can claim it."""
    rules.can_keep_directory(by).require()
    rules.can_register_organisation(by, tier).require()
    return Organisation.objects.create(
        name=name.strip(),
        normalised=spelled(name),
        country=country,
        place=place.strip(),
        tier=tier,
        pillar=pillar,
        staff=staff,
    )


def edit_organisation(
    organisation: Organisation,
    *,
    name: str,
    country: str,
    tier: str,
    by: Person,
    place: str = "",
    pillar: str = "",
    staff: int | None = None,
) -> Organisation:
    """Correct what an organisation says of itself; its history keeps what it said before."""
    rules.can_edit_organisation(by, organisation, joining.has_people(organisation)).require()
    if tier != organisation.tier:
        rules.can_register_organisation(by, tier).require()
    organisation.name, organisation.country, organisation.place = name.strip(), country, place.strip()
    organisation.tier, organisation.pillar, organisation.staff = tier, pillar, staff
    with transaction.atomic():
        if organisation.normalised != spelled(name):
            organisation.normalised = spelled(name)
        organisation.save()
        publish(organisation)
    return organisation
