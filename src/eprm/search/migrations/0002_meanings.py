"""What an entry means is written beside it, so that a synonym is one look-up (docs/decisions/0047-meanings-beside-entries.md)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from eprm.search.configurations import ALL, CONFIGURATIONS, MARK, MEAN, MEANT

CONFIGURE = "UPDATE search_entry SET configuration = %s WHERE split_part(language, '-', 1) = %s"


GIN = django.contrib.postgres.indexes.GinIndex


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Meaning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=80)),
                ("configuration", models.CharField(max_length=12)),
                ("query", django.contrib.postgres.search.SearchQueryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("term", "configuration"), name="meaning_once")],
            },
        ),
        migrations.RunSQL(MEANT, "DROP FUNCTION search_meant(text, tsvector, tsvector)"),
        migrations.AddField(
            model_name="entry",
            name="configuration",
            field=models.CharField(default="eprm_words", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entry",
            name="meanings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=81), default=list, size=None
            ),
        ),
        migrations.RunSQL(
            [
                *((CONFIGURE, [configuration, language]) for language, configuration in CONFIGURATIONS.items()),
                (MEAN, [list(ALL)]),
                MARK,
            ],
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RemoveIndex(model_name="entry", name=name)
            for name in ("search_audience", "search_title", "search_text")
        ),
        migrations.AddIndex(
            model_name="entry", index=GIN(fields=["title_vector"], name="search_title", fastupdate=False)
        ),
        migrations.AddIndex(model_name="entry", index=GIN(fields=["vector"], name="search_text", fastupdate=False)),
        migrations.AddIndex(model_name="entry", index=GIN(fields=["audience", "meanings"], name="search_meant")),
        migrations.AddIndex(
            model_name="entry",
            index=GIN(
                fields=["meanings", "vector"], name="search_undated", fastupdate=False, condition=models.Q(on=None)
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(models.F("on").desc(), models.F("id").desc(), name="search_last_written"),
        ),
    ]
