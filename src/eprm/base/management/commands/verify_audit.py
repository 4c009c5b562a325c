"""`eprm verify_audit`: whether the audit trail is what was sealed. Run it as the owner of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import islice

from django.core.management import BaseCommand, CommandError
from django.db import connection

from eprm.base import seals
from eprm.base.postgres import APP

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Recompute every seal and every sealed history row; name what was changed, cut or inserted. "
        "Exit status 0: all holds; 1: it does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--published", metavar="NUMBER:HASH", help="a seal as it was mailed; it must still stand")

    def handle(self, *args: object, published: str | None, **options: object) -> None:
        given = _parsed(published) if published else None
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone() == (APP,):
                raise CommandError(f"The role {APP} does not see every row: set DATABASE_URL to the owner's.")
            found = list(islice(seals.problems(cursor, published=given), SHOWN))
        if found:
            raise CommandError("\n".join(map(str, found)), returncode=1)
        last = seals.newest()
        if last is None:
            self.stdout.write("Nothing is sealed yet.")
        else:
            self.stdout.write(
                f"All holds up to seal {last.pk}:{bytes(last.sha256).hex()}, {last.at:%Y-%m-%d %H:%M} UTC."
            )


def _parsed(published: str) -> tuple[int, bytes]:
    number, _colon, sha256 = published.partition(":")
    try:
        return int(number), bytes.fromhex(sha256)
    except ValueError:
        raise CommandError(f"“{published}” is not a seal. Give it as it was mailed, such as 12:5f0c…") from None
