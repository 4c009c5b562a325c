"""`eprm load_knowledge`: the hub's drafted content, synonyms, figures and editors' rights. Safe to run again."""

from django.core.management import BaseCommand

from eprm.base.identity import acting_as
from eprm.knowledge.actions.loading import load_content


class Command(BaseCommand):
    help = "Load the content the hub comes with; what is there already stays as its editors left it."

    def handle(self, *args: object, **options: object) -> None:
        with acting_as(None, secretariat=True):
            counts = load_content()
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count} new")
