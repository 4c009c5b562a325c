import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0005_beginning")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["audience", "meanings", "title_vector", "vector"], name="search_found", fastupdate=False
            ),
        ),
        *(
            migrations.RemoveIndex(model_name="entry", name=name)
            for name in ("search_title", "search_text", "search_meant")
        ),
    ]
