"""`eprm demo`: one partnership whose parts tell one story; each app makes its own part, in the order of the layers."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.management import BaseCommand

from eprm.people.demo import logins

LAYERS = (
    "people",
    "reference",
    "groups",
    "events",
    "surveys",
    "visits",
    "knowledge",
    "diligence",
    "members",
    "engagement",
    "authorities",
    "returns",
)


class Command(BaseCommand):
    help = "Fill the demo partnership. Safe to run again: what is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", required=True, help="the password of everybody in the demo")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same demo")
        parser.add_argument("--scale", type=int, default=1, help="1 is the story; 1000 is for load tests")

    def handle(self, *args: object, password: str, seed: int, scale: int, **options: object) -> None:
        for layer in LAYERS:
            if find_spec(f"eprm.{layer}.demo") is not None:
                import_module(f"eprm.{layer}.demo").make(seed=seed, scale=scale, password=password)
        told = [(login.email, login.organisation, login.task) for login in logins()]
        widths = [max(len(line[column]) for line in told) + 2 for column in (0, 1)]
        lines = [f"  {email:<{widths[0]}}{organisation:<{widths[1]}}{task}" for email, organisation, task in told]
        settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
        (settings.FILES_DIR / "logins.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
