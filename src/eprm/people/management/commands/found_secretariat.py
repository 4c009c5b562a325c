"""`eprm found_secretariat`: the first person of the secretariat of a new site, who can then invite the others."""

from __future__ import annotations

from argparse import ArgumentParser

from django.contrib.auth.hashers import make_password
from django.core.management import BaseCommand, CommandError

from eprm.base.errors import NotAllowed
from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import Person


class Command(BaseCommand):
    help = "Make the secretariat and its first manager, who signs in by a mailed code and chooses a password later."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--person", default="", help="the manager's name")
        parser.add_argument("--name", default="EPRM Secretariat")
        parser.add_argument("--country", default="NL")
        parser.add_argument("--place", default="")

    def handle(
        self, *args: object, email: str, person: str, name: str, country: str, place: str, **options: object
    ) -> None:
        manager = Person.objects.filter(email__iexact=email).first()
        if manager is None:
            manager = actions.open_account(email=email, name=person, password=make_password(None))
        try:
            with acting_for(manager, path="found_secretariat"):
                actions.found_secretariat(name=name, country=country, place=place, by=manager)
        except NotAllowed as refusal:
            raise CommandError(refusal.reason) from None
