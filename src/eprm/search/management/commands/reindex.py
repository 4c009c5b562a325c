"""`eprm reindex [kind ...]`: build the search index anew from the things themselves. Safe while the site runs."""

from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError

from eprm.base.identity import acting_as
from eprm.search import actions
from eprm.search.kinds import known


class Command(BaseCommand):
    help = "Build the search index anew, all kinds or those named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", help="the kinds to index; all by default")

    def handle(self, *args: object, kinds: list[str], **options: object) -> None:
        if unknown := [kind for kind in kinds if kind not in known()]:
            raise CommandError(f"“{unknown[0]}” is not a kind; there are {', '.join(sorted(known()))}.")
        with acting_as(None):
            for kind, count in actions.rebuild(*kinds).items():
                self.stdout.write(f"{kind}: {count}")
        actions.gather_words()
