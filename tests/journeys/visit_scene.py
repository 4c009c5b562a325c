"""A secretariat that waits no day with its stories, and somebody of a company whom it can invite."""

import sys
from datetime import date

import django


def make(password: str) -> None:
    """Everybody signs in with this password."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - Django must be set up first

    from eprm.people import actions  # noqa: PLC0415
    from eprm.people.identity import acting_for  # noqa: PLC0415
    from eprm.people.models import Membership, Organisation, Person  # noqa: PLC0415
    from eprm.visits.actions import editions  # noqa: PLC0415

    hashed = make_password(password)
    femke, noor = (
        actions.open_account(email=f"{name.lower()}@visits.example", name=name, password=hashed, language="en")
        for name in ("Femke", "Noor")
    )
    if secretariat := Organisation.objects.filter(tier="secretariat").first():  # another journey's
        Membership.objects.create(person=femke, organisation=secretariat, role="officer", since=date(2026, 1, 1))
    else:
        actions.found_secretariat(name="EPRM Secretariat (journey)", country="NL", place="The Hague", by=femke)
    actions.register_organisation(name="Halden of the visit", country="NL", tier="brand", by=noor)
    femke = Person.objects.get(pk=femke.pk)
    with acting_for(femke, path="journey"):
        editions.set_delay(since=date(2026, 1, 1), days=0, source="a journey", verified=False, by=femke)


if __name__ == "__main__":
    django.setup()
    make(sys.argv[1])
