"""What a year's accepted declarations add up to is kept, an organisation's own as all the rest."""

import django.db.models.deletion
from django.db import migrations, models

from eprm.base.isolation import isolate


class Migration(migrations.Migration):
    dependencies = [("diligence", "0006_supplier_screening")]

    operations = [
        migrations.CreateModel(
            name="YearSums",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("stamp", models.TextField()),
                ("sums", models.JSONField()),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "year"], name="diligence_y_organis_bc4acb_idx")],
            },
        ),
        isolate("diligence_yearsums"),
    ]
