"""The first edition of the dated rules."""

from datetime import date

from django.db import migrations


def first_edition(apps, schema_editor):
    """The rows the platform starts with; the secretariat and each authority set others, from a day on."""
    apps.get_model("authorities.KeepingRule").objects.create(
        keep_years=5,
        check_within_years=10,
        since=date(2021, 1, 1),
        source="Regulation (EU) 2017/821, Article 12 (records, at least five years); practice of the Austrian authority "
        "(those of least risk, once in ten years)",
        verified=False,
    )
    points = {
        "bound_line": 10,
        "volume_multiple": 5,
        "high_risk_origin": 25,
        "origin_unknown": 10,
        "document_missing": 8,
        "concern": 40,
        "infringement": 30,
        "never_checked": 15,
        "year_unchecked": 4,
    }
    weight = apps.get_model("authorities.RankingWeight")
    weight.objects.bulk_create(
        weight(
            key=key,
            points=number,
            since=date(2021, 1, 1),
            source="A start of the platform's own, in the order of Regulation (EU) 2017/821, Article 11: set your own",
        )
        for key, number in points.items()
    )


def no_edition(apps, schema_editor):
    apps.get_model("authorities.KeepingRule").objects.all().delete()
    apps.get_model("authorities.RankingWeight").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("authorities", "0002_isolation")]
    operations = [migrations.RunPython(first_edition, no_edition)]
