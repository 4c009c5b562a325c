"""The first edition of themes and of the delay, from `data/editions.toml`."""

import tomllib
from pathlib import Path

from django.db import migrations

EDITIONS = Path(__file__).parent.parent / "data" / "editions.toml"


def first_edition(apps, schema_editor):
    """The rows the platform starts with; the secretariat adds and ends others."""
    told = tomllib.loads(EDITIONS.read_text("utf-8"))
    delay = told["delay"]
    apps.get_model("visits.Delay").objects.create(**delay)
    for theme in told["theme"]:
        apps.get_model("visits.Theme").objects.create(
            key=theme["key"],
            name_en=theme["en"],
            name_fr=theme["fr"],
            name_es=theme["es"],
            source=theme["source"],
            since=delay["since"],
        )


def no_edition(apps, schema_editor):
    apps.get_model("visits.Delay").objects.all().delete()
    apps.get_model("visits.Theme").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_isolation")]
    operations = [migrations.RunPython(first_edition, no_edition)]
