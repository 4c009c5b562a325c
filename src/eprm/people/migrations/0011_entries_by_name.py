"""A page of the directory far in is found from an index alone: it holds what the policy asks of a row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_by_name"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="directoryentry",
            name="entry_by_name",
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(fields=["circle", "sort_name", "id"], include=("organisation",), name="entry_by_name"),
        ),
    ]
