"""Persons, organisations, roles, consents, and what shows of an organisation to whom."""

from eprm.people.models.consents import Consent, ConsentWording
from eprm.people.models.directory import Circle, DirectoryEntry, DirectoryWord, Partner, Showing
from eprm.people.models.organisations import (
    Organisation,
    OrganisationIdentifier,
    OrganisationMineral,
    OrganisationName,
    OrganisationProfile,
    OrganisationRegion,
    OrganisationTopic,
    Topic,
)
from eprm.people.models.persons import Person, PersonLanguage, PersonManager
from eprm.people.models.roles import ApiToken, BoardSeat, Invitation, JoinRequest, Membership

__all__ = (
    "ApiToken",
    "BoardSeat",
    "Circle",
    "Consent",
    "ConsentWording",
    "DirectoryEntry",
    "DirectoryWord",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationMineral",
    "OrganisationName",
    "OrganisationProfile",
    "OrganisationRegion",
    "OrganisationTopic",
    "Partner",
    "Person",
    "PersonLanguage",
    "PersonManager",
    "Showing",
    "Topic",
)
