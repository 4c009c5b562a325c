from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_meanings")]

    operations = [
        migrations.CreateModel(
            name="FileWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=60)),
                ("edition", models.CharField(max_length=255)),
                (
                    "outcome",
                    models.CharField(
                        max_length=10,
                        choices=[
                            ("read", "The search finds it by its words."),
                            (
                                "part",
                                "Only a part of its words could be read: the search finds it by these and by its title.",
                            ),
                            (
                                "empty",
                                "No words could be read from this file, as from a scanned page: the search finds it by its title alone.",
                            ),
                            (
                                "locked",
                                "This file opens with a password only, so no words were read: the search finds it by its title alone.",
                            ),
                            (
                                "damaged",
                                "This file is damaged or not what its name says, so no words were read: the search finds it by its title alone. It is kept as it came.",
                            ),
                            (
                                "large",
                                "This file is too large to be read in time: the search finds it by its title alone.",
                            ),
                            (
                                "other",
                                "The search reads no words from files of this kind, and finds it by its title alone.",
                            ),
                        ],
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="file_words_once")],
            },
        ),
    ]
