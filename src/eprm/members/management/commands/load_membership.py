"""`eprm load_membership`: the rules, forms and texts of membership that the platform comes with. Safe to run again."""

from django.core.management import BaseCommand

from eprm.members.actions.shipping import ship_membership


class Command(BaseCommand):
    help = "Load the first editions of fees, forms, texts and duties; what is there already stays as it is."

    def handle(self, *args: object, **options: object) -> None:
        for line in ship_membership():
            self.stdout.write(line)
