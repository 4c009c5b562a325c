"""A group's rows are the group's own, in the database too (docs/decisions/0036-a-group-keeps-its-rows.md).

`eprm_groups()` are the groups of the acting person, each only while the person acts for the organisation they joined
for. As SECURITY DEFINER it reads the memberships past their own policy, once a statement. The platform's own job
"groups", which carries the groups' mail, sees every group's rows; no page ever acts as that job.
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, policies

FUNCTIONS = """
CREATE FUNCTION eprm_groups() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(group_id), '{}') FROM groups_groupmember
  WHERE person_id = nullif(current_setting('eprm.person', true), '')::bigint AND state = 'member'
    AND organisation_id = ANY ((SELECT eprm_orgs())::bigint[]) $$;
CREATE FUNCTION eprm_groups_invited() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(i.group_id), '{}') FROM groups_invitation i
  JOIN account_emailaddress e ON lower(e.email) = lower(i.email)
  WHERE i.answered_at IS NULL AND e.verified
    AND e.user_id = nullif(current_setting('eprm.person', true), '')::bigint $$;
CREATE FUNCTION groups_recount(wanted bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  UPDATE groups_group SET
    people_count = found.people, supply_chain_count = found.supply_chain,
    government_count = found.government, civil_society_count = found.civil_society
  FROM (
    SELECT count(*) AS people,
      count(DISTINCT organisation_id) FILTER (WHERE pillar = 'supply_chain') AS supply_chain,
      count(DISTINCT organisation_id) FILTER (WHERE pillar = 'government') AS government,
      count(DISTINCT organisation_id) FILTER (WHERE pillar = 'civil_society') AS civil_society
    FROM groups_groupmember WHERE group_id = wanted AND state = 'member'
  ) AS found WHERE id = wanted $$;
"""
DROP = """
DROP FUNCTION groups_recount(bigint);
DROP FUNCTION eprm_groups_invited();
DROP FUNCTION eprm_groups();
"""

MINE = is_acting("person_id")
CARRIED = does("groups")
MEMBERS = f"(group_id = ANY ((SELECT eprm_groups())::bigint[]) OR {CARRIED})"
INVITED = "group_id = ANY ((SELECT eprm_groups_invited())::bigint[])"
# The sub-select is under the groups' own policy, and hashed once a statement.
OPEN = "group_id IN (SELECT id FROM groups_group WHERE access = 'open')"
MODERATED = f"({holds('secretariat')} AND {OPEN})"

# What everybody reads of an open group, and only its members of another.
READ = (
    "thread threadevent post postevent postversion posttranslation posttranslationevent reaction proposal "
    "proposalevent stance stanceevent pillartally minutes minutesevent attendance grouppage grouppageevent "
    "pageversion groupfile groupfileevent calendardate calendardateevent"
).split()
# What only members read, also of an open group; of its members and moderation the secretariat reads as well.
KEPT = ("task", "taskevent", "invitationevent")
# What is one person's own.
PERSONAL = ("follow", "readmark", "preference")


def _of_the_group():
    seen = "access <> 'hidden' OR id = ANY ((SELECT eprm_groups() || eprm_groups_invited())::bigint[])"
    kept = f"id = ANY ((SELECT eprm_groups())::bigint[]) OR {CARRIED}"
    founded = f"{holds('secretariat')} AND access <> 'hidden'"
    yield policies("groups_group", seen=f"{seen} OR {CARRIED}", written=kept, added=founded)
    yield policies("groups_groupevent", seen="pgh_obj_id IN (SELECT id FROM groups_group)", written="false")
    # Whoever founds a group, finds it open, asks or accepts writes the row of their own membership.
    yield policies(
        "groups_groupmember", seen=f"{MEMBERS} OR {MINE} OR {MODERATED}", written=f"{MEMBERS} OR {MINE} OR {MODERATED}"
    )
    yield policies("groups_groupmemberevent", seen=f"{MEMBERS} OR {MINE} OR {MODERATED}", written="false")
    yield policies("groups_invitation", seen=f"{MEMBERS} OR {INVITED}", written=f"{MEMBERS} OR {INVITED}")


def _of_what_it_says():
    for table in READ:
        yield policies(f"groups_{table}", seen=f"{MEMBERS} OR {OPEN}", written=f"{MEMBERS} OR {MODERATED}")
    for table in KEPT:
        yield policies(f"groups_{table}", seen=MEMBERS, written=MEMBERS)
    reported = f"{MEMBERS} OR {MODERATED} OR ({is_acting('reporter_id')} AND {OPEN})"
    for table in ("report", "reportevent"):
        yield policies(f"groups_{table}", seen=reported, written=reported)
    yield policies("groups_act", seen=f"{MEMBERS} OR {MODERATED}", written=f"{MEMBERS} OR {MODERATED}")
    # A moderator's act is added, and neither changed nor deleted by anybody.
    yield migrations.RunSQL(
        "DROP POLICY eprm_update ON groups_act; DROP POLICY eprm_delete ON groups_act",
        "CREATE POLICY eprm_update ON groups_act FOR update USING (false);"
        "CREATE POLICY eprm_delete ON groups_act FOR delete USING (false)",
    )


def _of_one_person():
    for table in PERSONAL:
        yield policies(f"groups_{table}", seen=f"{MINE} OR {CARRIED}", written=f"{MINE} OR {CARRIED}")
    yield policies("groups_draft", seen=MINE, written=MINE)
    told = f"{MEMBERS} OR {is_acting('by_id')}"
    yield policies("groups_notice", seen=told, written=told)
    # Keys and marks name no group and hold no words; a mail that belongs to nobody is the job's alone.
    for table in ("incomingmail", "personkey", "digestmark"):
        yield policies(f"groups_{table}", seen=f"{MINE} OR {CARRIED}", written=f"{MINE} OR {CARRIED}")


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial"), ("base", "0004_outbox_isolation"), ("account", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP), *_of_the_group(), *_of_what_it_says(), *_of_one_person()]
