"""A word of five letters with one of them wrong shares three trigrams in ten with the right one."""

from django.db import migrations

# The setting can be named once the extension's library is loaded, which its first function does in each session.
SEARCH = "SELECT similarity('', ''); ALTER FUNCTION people_directory_search(text[], integer) SET pg_trgm.similarity_threshold = "


class Migration(migrations.Migration):
    dependencies = [("people", "0006_isolation_and_search")]

    operations = [migrations.RunSQL(SEARCH + "0.3", SEARCH + "0.35")]
