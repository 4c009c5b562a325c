"""The partnership a small association finds: a secretariat, and a board of six in three pillars."""

import django


def make(password: str) -> None:
    """Everybody signs in with this password."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - Django must be set up first

    from eprm.members.actions import membership  # noqa: PLC0415
    from eprm.people import actions  # noqa: PLC0415
    from eprm.people.identity import acting_for  # noqa: PLC0415

    hashed = make_password(password)

    def account(address: str, name: str, language: str = "en"):
        return actions.open_account(email=address, name=name, password=hashed, language=language)

    femke = account("femke@members.example", "Femke")
    actions.found_secretariat(name="EPRM Secretariat (journey)", country="NL", place="The Hague", by=femke)
    for pillar in ("supply_chain", "government", "civil_society"):
        for number in (1, 2):
            person = account(f"{pillar}{number}@members.example", f"{pillar} {number}")
            told = {"name": f"Member {pillar} {number}", "country": "NL", "tier": "service"}
            organisation = actions.register_organisation(**told, by=person)
            with acting_for(femke, path="journey"):
                given = {"pillar": pillar, "fee_class": "normal", "reason": "journey", "by": femke}
                membership.admit(organisation, **given)
                actions.give_seat(person.memberships.get(), pillar=pillar, by=femke)
    amina = account("amina@mazingira.example", "Amina", "fr")
    actions.register_organisation(name="Association Mazingira", country="CD", tier="service", by=amina)


if __name__ == "__main__":
    import sys

    django.setup()
    make(sys.argv[1])
