"""A member sees its own rows, the secretariat and the board all; the secretariat writes. The roll alone is public."""

from django.db import migrations

from eprm.base.isolation import policies

OWN = "organisation_id = ANY ((SELECT eprm_orgs())::bigint[])"
SECRETARIAT = "current_setting('eprm.secretariat', true) = '1'"
BOARD = "current_setting('eprm.board', true) = '1'"
# Who belongs to the partnership is public, so the function runs as the tables' owner; what a member pays is not in it.
ROLL = """
CREATE FUNCTION eprm_members_on(day date) RETURNS TABLE (organisation_id bigint, pillar varchar, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT organisation_id, pillar, since FROM members_member
  WHERE members_member.since <= day AND (until IS NULL OR until >= day) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("base", "0002_isolation")]
    operations = [
        *(
            policies(f"members_{table}", seen=f"{OWN} OR {SECRETARIAT} OR {BOARD}", written=SECRETARIAT)
            for table in ("member", "memberevent", "statechange")
        ),
        migrations.RunSQL(ROLL, "DROP FUNCTION eprm_members_on(date)"),
    ]
