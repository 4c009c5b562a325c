"""The job that builds the search's index anew reads the reports that members read."""

from django.db import migrations

from eprm.base.isolation import does, holds

CIRCLE = f"({holds('secretariat')} OR visit_id = ANY ((SELECT eprm_visits('part'))::bigint[]))"
WORKS = "cardinality((SELECT eprm_orgs())::bigint[]) > 0"
SEEN = "ALTER POLICY eprm_select ON visits_report USING ({})"


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_versions")]
    operations = [
        migrations.RunSQL(
            SEEN.format(f"{CIRCLE} OR (shared_at IS NOT NULL AND ({WORKS} OR {does('visits')}))"),
            SEEN.format(f"{CIRCLE} OR (shared_at IS NOT NULL AND {WORKS})"),
        )
    ]
