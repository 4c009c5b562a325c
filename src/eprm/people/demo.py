"""The demo partnership's cast: its organisations and people. The story is told in `data/cast.toml` and by each app."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from eprm.people import actions, directory_demo
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person

CAST = Path(__file__).parent / "data" / "cast.toml"
# Beyond the story, for load tests: scale 1000 gives as many more brands with one person each.
TIERS = ("brand", "component", "smelter", "trader")


@dataclass(frozen=True, slots=True)
class Login:
    """Who can sign in to the demo, for whom, and to do what."""

    email: str
    organisation: str
    task: str


def _cast() -> list[dict[str, Any]]:
    return tomllib.loads(CAST.read_text("utf-8"))["organisation"]


def logins() -> list[Login]:
    """The first person of each organisation of the cast."""
    return [Login(f"{told['people'][0][1]}@{told['domain']}", told["name"], told["task"]) for told in _cast()]


def person(address: str) -> Person:
    """A person of the cast, by the part before the @, for the other apps' demos."""
    return Person.objects.get(email__startswith=f"{address}@", email__endswith=".example")


def make(*, seed: int, scale: int, password: str) -> None:
    """The whole cast, and `scale - 1` further organisations. What is there already stays."""
    hashed = make_password(password)  # one hash for all: hashing is slow on purpose
    for told in _cast():
        _organisation(told, hashed)
    directory_demo.make(_cast(), hashed)
    for number in range(1, scale):
        tier = TIERS[(seed + number) % len(TIERS)]
        told = {"name": f"Brand {number} (demo)", "domain": "load.example", "country": "NL", "tier": tier}
        _organisation({**told, "people": [[f"Person {number}", f"p{number}", "manager", "en"]]}, hashed)


def _organisation(told: dict[str, Any], hashed: str) -> None:
    """An organisation, registered by its first person, who invites the others; nothing where that person works."""
    first, *others = [_person(each, told["domain"], hashed) for each in told["people"]]
    if first.current_memberships:
        return
    facts = {"name": told["name"], "country": told["country"], "place": told.get("place", "")}
    with acting_for(first, path="demo"):
        if told["tier"] == Organisation.Tier.SECRETARIAT:
            organisation = actions.found_secretariat(**facts, by=first)
        else:
            organisation = actions.register_organisation(**facts, tier=told["tier"], staff=told.get("staff"), by=first)
    for other, (_name, _address, role, _language) in zip(others, told["people"][1:], strict=True):
        _hire(organisation, other, role, first)


def _person(each: list[str], domain: str, hashed: str) -> Person:
    name, address, _role, language = each
    email = f"{address}@{domain}"
    known = Person.objects.filter(email=email).first()
    return known or actions.open_account(email=email, name=name, password=hashed, language=language)


def _hire(organisation: Organisation, other: Person, role: str, by: Person) -> None:
    with acting_for(by, path="demo"):
        invitation, _key = actions.offer_role(organisation, email=other.email, role=role, by=by)
    with acting_for(other, path="demo"):
        actions.accept_invitation(invitation, by=other)
