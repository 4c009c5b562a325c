"""Two working groups and who is in them: one a newcomer can join, one closed; and an event with a single seat."""

from datetime import datetime, timedelta
from uuid import uuid4

import django
from django.utils import timezone

CLOSED_WORD = "quartzipede"


def make(password: str) -> None:
    """Everybody signs in with this password."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - Django must be set up first

    from eprm.groups.actions import groups, joining, notices, threads  # noqa: PLC0415
    from eprm.people import actions  # noqa: PLC0415
    from eprm.people.identity import acting_for  # noqa: PLC0415

    hashed = make_password(password)

    def account(address: str, organisation: str = "", tier: str = "service"):
        person = actions.open_account(
            email=f"{address}@groups.example", name=address.title(), password=hashed, language="en"
        )
        if organisation:
            actions.register_organisation(name=organisation, country="RW", tier=tier, by=person)
        return person

    femke = account("femke")
    actions.found_secretariat(name="Secretariat (groups journey)", country="NL", place="The Hague", by=femke)
    jean = account("jean", "Ministry of Great Lakes", "government")
    marie = account("marie", "Observers of Kivu", "civil_society")
    account("pia", "Quillfeather Castings", "component")

    def found(name: str, access: str):
        with acting_for(femke, path="journey"):
            return groups.found_group(
                name=name,
                aims="Receipts, roads and prices between mine and smelter.",
                access=access,
                minerals=["tin"],
                countries=["CD", "RW"],
                region="Great Lakes",
                by=femke,
                organisation=femke.memberships.get().organisation,
            )

    lakes, closed = found("Tin, Great Lakes (journey)", "open"), found("Donors of the lakes", "closed")
    for group, who in ((lakes, jean), (lakes, marie), (closed, jean)):
        with acting_for(femke, path="journey"):
            invitation = joining.invite(group, email=who.email, message="", by=femke)
        with acting_for(who, path="journey"):
            joining.accept_invitation(invitation, organisation=who.memberships.get().organisation, by=who)
            notices.choose_rhythm(group, kind="post", rhythm="instant", by=who)
    with acting_for(jean, path="journey"):
        about = {"title": f"The {CLOSED_WORD} tranche", "text": f"A {CLOSED_WORD} in spring."}
        threads.start_thread(closed, **about, nonce=uuid4(), by=jean)
    one_seat(femke)


def one_seat(organiser) -> None:
    from eprm.events.actions import events  # noqa: PLC0415
    from eprm.people.identity import acting_for  # noqa: PLC0415

    begins = (timezone.now() + timedelta(days=9)).replace(hour=13, minute=0, second=0, microsecond=0)
    told = {"kind": "webinar", "audience": "public", "zone": "Africa/Kigali", "capacity": 1, "text": "How to read one."}
    with acting_for(organiser, path="journey"):
        events.announce(
            title="Receipts on the road", starts_at=begins, ends_at=begins + timedelta(hours=2), by=organiser, **told
        )


def take_in_mail() -> None:
    """What the worker does each minute."""
    from eprm.groups.tasks import read_mail  # noqa: PLC0415

    read_mail(0)


def send_weekly_digests() -> None:
    """What the worker does each Monday."""
    from eprm.groups.tasks import weekly_digests  # noqa: PLC0415

    weekly_digests(int(datetime.now().timestamp()) + 60)


if __name__ == "__main__":
    import sys

    django.setup()
    {"make": make, "take-in-mail": take_in_mail, "send-weekly-digests": send_weekly_digests}[sys.argv[1]](*sys.argv[2:])
