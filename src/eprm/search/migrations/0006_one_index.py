from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

FOUND = GinIndex(fields=["audience", "meanings", "title_vector", "vector"], name="search_found", fastupdate=False)
NEAR = GinIndex(OpClass(models.F("word"), name="gin_trgm_ops"), name="search_word_near", fastupdate=False)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_beginning")]
    operations = [
        migrations.AddIndex(model_name="entry", index=FOUND),
        *(
            migrations.RemoveIndex(model_name="entry", name=name)
            for name in ("search_title", "search_text", "search_meant")
        ),
        migrations.RemoveIndex(model_name="word", name="search_word_near"),
        migrations.AddIndex(model_name="word", index=NEAR),
    ]
