"""`eprm load_reference`: the lists the platform knows, and the dated rows it comes with. Safe to run again."""

from django.core.management import BaseCommand

from eprm.reference.actions.releases import ship_lists


class Command(BaseCommand):
    help = "Load the reference lists the platform comes with; what is there already stays as it is."

    def handle(self, *args: object, **options: object) -> None:
        for release in ship_lists():
            self.stdout.write(f"{release.list.title}: {release.edition}, {release.rows} rows")
