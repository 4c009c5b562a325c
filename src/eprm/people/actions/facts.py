"""What an organisation tells of itself: a fact that changes is ended with its day, and the new one begins beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people import queries, rules
from eprm.people.actions.directory import publish
from eprm.people.actions.organisations import spelled
from eprm.people.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationMineral,
    OrganisationName,
    OrganisationProfile,
    OrganisationRegion,
    OrganisationTopic,
    Person,
    Topic,
)
from eprm.people.queries import facts, joining
from eprm.ui.languages import second_language
from lode.findings import in_language
from lode.identifiers import read_identifier

PROFILE = ("about", "among_members", "website", "contact_name", "contact_email", "contact_phone")


def save_profile_of(
    organisation: Organisation,
    *,
    by: Person,
    minerals: Sequence[str] = (),
    regions: Sequence[str] = (),
    seeks: Sequence[str] = (),
    offers: Sequence[str] = (),
    **words: str,
) -> None:
    """What the organisation tells of itself, as a whole: `words` are the fields of PROFILE."""
    rules.can_edit_organisation(by, organisation, joining.has_people(organisation)).require()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        told = {name: words.get(name, "").strip() for name in PROFILE}
        OrganisationProfile.objects.update_or_create(organisation=organisation, defaults=told)
        _keep_to(OrganisationMineral, {"organisation": organisation}, "mineral", minerals)
        _keep_to(OrganisationRegion, {"organisation": organisation}, "country", regions)
        keys = {topic.key: topic.pk for topic in facts.topics()}
        for direction, chosen in (
            (OrganisationTopic.Direction.SEEKS, seeks),
            (OrganisationTopic.Direction.OFFERS, offers),
        ):
            whose = {"organisation": organisation, "direction": direction}
            _keep_to(OrganisationTopic, whose, "topic_id", [keys[key] for key in chosen if key in keys])
        publish(organisation)


def _keep_to(model: type[models.Model], whose: dict[str, Any], field: str, wanted: Sequence[Any]) -> None:
    """Of the rows in force those not wanted end today, and those missing begin today."""
    today = timezone.localdate()
    current = model.objects.filter(**whose, until=None)
    have = set(current.values_list(field, flat=True))
    current.exclude(**{f"{field}__in": list(wanted)}).update(until=today)
    for value in dict.fromkeys(wanted):
        if value not in have:
            model.objects.create(**whose, **{field: value}, since=today)


def add_identifier(
    organisation: Organisation,
    *,
    scheme: str,
    value: str,
    by: Person,
    country: str = "",
    source: str = "",
    since: date | None = None,
) -> OrganisationIdentifier:
    """Add a number or domain, in its one spelling. NotAllowed, with what is wrong, where it cannot be right."""
    rules.can_edit_organisation(by, organisation, joining.has_people(organisation)).require()
    kept, findings = read_identifier(scheme, value, country=country or organisation.country)
    if findings:
        said = in_language(findings[0], second_language())
        raise NotAllowed(f"{said.message} {said.fix}")
    if scheme == OrganisationIdentifier.Scheme.DOMAIN and not rules.can_keep_directory(by):
        rules.can_claim_domain(by, queries.confirmed_emails(by), kept).require()
    place = (country or organisation.country) if scheme == OrganisationIdentifier.Scheme.REGISTER else ""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        identifier, made = OrganisationIdentifier.objects.get_or_create(
            organisation=organisation,
            scheme=scheme,
            country=place,
            value=kept,
            until=None,
            defaults={"source": source.strip(), "since": since},
        )
        if not made:
            raise NotAllowed(_("%(identifier)s stands here already.") % {"identifier": identifier})
        publish(organisation)
    return identifier


def end_identifier(identifier: OrganisationIdentifier, *, by: Person) -> None:
    """The number is no longer the organisation's; that it was stays known."""
    rules.can_edit_organisation(by, identifier.organisation, joining.has_people(identifier.organisation)).require()
    with transaction.atomic():
        changed = OrganisationIdentifier.objects.filter(pk=identifier.pk, until=None)
        changed.update(until=timezone.localdate())
        publish(identifier.organisation)


def add_name(
    organisation: Organisation, *, name: str, kind: str, by: Person, until: date | None = None
) -> OrganisationName:
    """Another name people know the organisation by."""
    rules.can_edit_organisation(by, organisation, joining.has_people(organisation)).require()
    with transaction.atomic():
        other = OrganisationName.objects.create(
            organisation=organisation, name=name.strip(), normalised=spelled(name), kind=kind, until=until
        )
        publish(organisation)
    return other


def remove_name(other: OrganisationName, *, by: Person) -> None:
    """Take out a name that was a mistake; the history keeps that it stood there."""
    rules.can_edit_organisation(by, other.organisation, joining.has_people(other.organisation)).require()
    organisation = other.organisation
    with transaction.atomic():
        other.delete()
        publish(organisation)


def add_topic(*, key: str, en: str, fr: str, es: str, by: Person) -> Topic:
    """A new word of the vocabulary, in three languages."""
    rules.can_keep_directory(by).require()
    if Topic.objects.filter(key=key).exists():
        raise NotAllowed(_("“%(key)s” is in the vocabulary already.") % {"key": key})
    return Topic.objects.create(key=key, en=en, fr=fr, es=es, since=timezone.localdate())


def retire_topic(topic: Topic, *, by: Person) -> None:
    """Nobody can choose the word from now on; who chose it keeps it until they change."""
    rules.can_keep_directory(by).require()
    Topic.objects.filter(pk=topic.pk, until=None).update(until=timezone.localdate())
