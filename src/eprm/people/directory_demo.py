"""What the demo's organisations tell of themselves, its board, a request to join, one organisation twice."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import JoinRequest, Membership, Organisation, Person
from eprm.people.queries import facts

DATA = Path(__file__).parent / "data"
INVENTED = "Invented for the demo"
TWICE, ASKING = "Halden Instruments", "yara"


def make(cast: list[dict[str, Any]], password: str) -> None:
    """Everything beside the cast itself. What is there already stays."""
    told = tomllib.loads((DATA / "directory.toml").read_text("utf-8"))
    for number, each in enumerate(cast):
        if (words := told.get(each["domain"])) is not None:
            _tell(each, words, number)
    secretariat = _person("femke")
    with acting_for(secretariat, path="demo"):
        _seat(secretariat)
        _list_twice(secretariat)
    _ask(password)


def _person(address: str) -> Person:
    return Person.objects.get(email__startswith=f"{address}@", email__endswith=".example")


def _tell(each: dict[str, Any], words: dict[str, Any], number: int) -> None:
    """The organisation's manager says what it is and chooses who sees it."""
    manager = _person(each["people"][0][1])
    organisation = manager.current_memberships[0].organisation
    with acting_for(manager, path="demo"):
        if facts.showings_of(organisation):
            return
        named = {key: getattr(organisation, key) for key in ("name", "country", "tier", "place", "staff")}
        actions.edit_organisation(organisation, **named, pillar=words.get("pillar", ""), by=manager)
        name, email, phone = words.get("contact", ("", "", ""))
        actions.save_profile_of(
            organisation,
            by=manager,
            about=words.get("about", ""),
            among_members=words.get("among_members", ""),
            website=words.get("website", ""),
            contact_name=name,
            contact_email=email,
            contact_phone=phone,
            **{key: words.get(key, ()) for key in ("minerals", "regions", "seeks", "offers")},
        )
        actions.add_identifier(organisation, scheme="domain", value=each["domain"], source=INVENTED, by=manager)
        for scheme, value in words.get("identifiers", ()):
            value = value or _lei(number)
            actions.add_identifier(organisation, scheme=scheme, value=value, source=INVENTED, by=manager)
        if other := words.get("also"):
            actions.add_name(organisation, name=other, kind="short", by=manager)
        actions.choose_showing(organisation, chosen={"name": words["name"]}, by=manager)


def _lei(number: int) -> str:
    """An invented LEI with right check digits. Source: ISO 17442-1:2020, clause 4; ISO/IEC 7064, MOD 97-10."""
    stem = f"EPRMDEMO{number:010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"{stem}00")
    return f"{stem}{98 - int(digits) % 97:02d}"


def _seat(secretariat: Person) -> None:
    """Two seats a pillar, so that the demo's board can vote with a quorum."""
    for pillar, addresses in tomllib.loads((DATA / "seats.toml").read_text("utf-8")).items():
        for address in addresses:
            person = _person(address)
            if person.board_seat is None:
                membership = Membership.objects.select_related("organisation").get(person=person, until=None)
                begins = timezone.localdate() - timedelta(days=400)
                actions.give_seat(membership, pillar=pillar, since=begins, by=secretariat)


def _list_twice(secretariat: Person) -> None:
    """The secretariat once listed Halden from a fair's list, before Halden came itself: the two wait to be merged."""
    if not Organisation.objects.filter(name=TWICE).exists():
        actions.list_organisation(name=TWICE, country="NL", tier="brand", by=secretariat, place="Hengelo")


def _ask(password: str) -> None:
    """A new colleague asks to join Halden and waits for Noor's answer."""
    email = f"{ASKING}@halden.example"
    person = Person.objects.filter(email=email).first()
    person = person or actions.open_account(email=email, name="Yara", password=password)
    halden = _person("noor").current_memberships[0].organisation
    with acting_for(person, path="demo"):
        if not JoinRequest.objects.filter(person=person).exists() and not person.current_memberships:
            actions.ask_to_join(halden, sentence="I started in purchasing this week; Noor knows me.", by=person)
