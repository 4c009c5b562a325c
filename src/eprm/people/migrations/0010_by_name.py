from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_token_scopes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name"], name="organisation_by_name"),
        ),
    ]
