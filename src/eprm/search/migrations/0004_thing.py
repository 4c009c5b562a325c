from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_file_words")]
    operations = [
        migrations.AddField(
            model_name="entry", name="thing", field=models.CharField(default="", max_length=100), preserve_default=False
        ),
        # What is one thing under several keys is said when it is next indexed.
        migrations.RunSQL("UPDATE search_entry SET thing = kind || ':' || key", migrations.RunSQL.noop),
    ]
