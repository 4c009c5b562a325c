"""`eprm compile_languages`: builds the `.mo` files Django reads from every app's `.po`. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

import eprm
from eprm.ui.translations import compile_all


class Command(BaseCommand):
    help = "Builds the compiled translations of every app; those that are newer than their source stay."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_all(Path(eprm.__file__).parent)
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(written)} languages compiled.")
