import django.contrib.postgres.search
from django.db import migrations

from eprm.search.configurations import BEGINNING

BEGIN = """
UPDATE search_entry SET beginning = setweight(title_vector, 'A')
  || setweight(to_tsvector(configuration::regconfig, left(text, %s)), 'C') WHERE length(text) > %s
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_thing")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="beginning",
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.RunSQL([(BEGIN, [BEGINNING, BEGINNING])], migrations.RunSQL.noop),
    ]
