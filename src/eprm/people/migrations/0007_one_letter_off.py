"""A word of five letters with one of them wrong shares three trigrams in ten with the right one."""

from django.db import migrations

# The setting can be named once the extension's library is loaded, which its first function does in each session.
SEARCH = "SELECT similarity('', ''); ALTER FUNCTION people_directory_search(text[], integer) SET pg_trgm.similarity_threshold = "


class Migration(migrations.Migration):
    dependencies = [("people", "0006_isolation_and_search")]

    # Until its library is loaded, by any use of it, only a superuser may name its settings.
    operations = [
        migrations.RunSQL("SELECT similarity('', '')", migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH + "0.3", SEARCH + "0.35"),
    ]
