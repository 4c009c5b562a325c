"""A visit is its delegation's and the secretariat's; its safety notes are the delegation's and its lead's alone.

`eprm_visits(wanted)` are the visits of the acting person: 'led' those they lead (while they are of the secretariat, or
in the group it belongs to), 'gone' also those they go on, 'part' also those they are invited to. As SECURITY DEFINER it
reads who goes past the table's own policy, once a statement. What members and the public read are rows of their own
(docs/decisions/0042-a-visit-stands-alone.md).
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, of_acting, policies

PERSON = "nullif(current_setting('eprm.person', true), '')::bigint"
FUNCTIONS = f"""
CREATE FUNCTION eprm_visits(wanted text) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(found.id), '{{}}') FROM (
    SELECT id FROM visits_visit WHERE lead_id = {PERSON}
      AND ({holds("secretariat")} OR group_id = ANY ((SELECT eprm_groups())::bigint[]))
    UNION
    SELECT visit_id FROM visits_delegate WHERE person_id = {PERSON} AND wanted <> 'led'
      AND (state = 'accepted' OR (state = 'invited' AND wanted = 'part'))
  ) AS found $$;
CREATE FUNCTION visits_task_done() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE visits_followup SET done_at = NEW.done_at WHERE task_id = NEW.id AND done_at IS DISTINCT FROM NEW.done_at;
  RETURN NULL;
END $$;
CREATE TRIGGER visits_task_done AFTER UPDATE OF done_at ON groups_task
  FOR EACH ROW EXECUTE FUNCTION visits_task_done();
"""  # noqa: S608 - no value of anybody's is in it
DROP = """
DROP TRIGGER visits_task_done ON groups_task;
DROP FUNCTION visits_task_done();
DROP FUNCTION eprm_visits(text);
"""


def _of(wanted, column="visit_id"):
    return f"{column} = ANY ((SELECT eprm_visits('{wanted}'))::bigint[])"


OFFICE = holds("secretariat")
CIRCLE = f"({OFFICE} OR {_of('part')})"
WRITERS = f"({OFFICE} OR {_of('gone')})"
LED = f"({OFFICE} OR {_of('led')})"
CARRIED = does("visits")
CLEANED = f"({does('retention')} OR {does('erasure')})"
# The sub-selects are under the named table's own policies.
SHARED = "visit_id IN (SELECT visit_id FROM visits_report WHERE shared_at IS NOT NULL)"
PUBLISHED = "approved_at IS NOT NULL AND withheld_because = '' AND publish_on <= current_date"
OF_PUBLISHED = f"visit_id IN (SELECT visit_id FROM visits_story WHERE {PUBLISHED})"  # noqa: S608
SHOWN = f"in_story AND faces <> '' AND withdrawn_at IS NULL AND {OF_PUBLISHED}"

# What only the circle reads, by who writes it.
BY_LEAD = ("programmeitem",)
BY_WRITERS = ("localactor", "observation", "position", "consent", "findingsource")


def _of_the_visit():
    leads = f"({is_acting('lead_id')} AND ({OFFICE} OR group_id = ANY ((SELECT eprm_groups())::bigint[])))"
    yield policies(
        "visits_visit",
        seen=f"{OFFICE} OR {leads} OR {_of('part', 'id')}",
        written=f"{OFFICE} OR {leads}",
        added=leads,
        deleted="false",
    )
    mine = is_acting("person_id")
    yield policies("visits_delegate", seen=f"{CIRCLE} OR {mine}", written=f"{LED} OR {mine}", added=LED)
    # Not the secretariat's: whoever of it must know takes the lead over, which stands in the visit's history.
    near = _of("gone")
    yield policies("visits_safetynote", seen=f"{near} OR {CLEANED}", written=near, deleted=f"{near} OR {CLEANED}")
    for table in BY_LEAD:
        yield policies(f"visits_{table}", seen=CIRCLE, written=LED)
    for table in BY_WRITERS:
        yield policies(f"visits_{table}", seen=CIRCLE, written=WRITERS)


def _of_what_follows():
    yield policies("visits_visitfinding", seen=f"{CIRCLE} OR {SHARED}", written=WRITERS)
    theirs = f"{is_acting('owner_id')} OR {of_acting('organisation_id')}"
    yield policies("visits_followup", seen=f"{CIRCLE} OR {theirs}", written=f"{WRITERS} OR {theirs}", added=WRITERS)


def _of_what_others_read():
    works = "cardinality((SELECT eprm_orgs())::bigint[]) > 0"
    yield policies("visits_report", seen=f"{CIRCLE} OR (shared_at IS NOT NULL AND {works})", written=LED)
    told = f"{CIRCLE} OR {CARRIED} OR ({PUBLISHED})"
    yield policies("visits_story", seen=told, written=f"{LED} OR {CARRIED}", added=LED)
    yield policies("visits_voice", seen=f"{CIRCLE} OR {OF_PUBLISHED}", written=WRITERS)
    yield policies("visits_photo", seen=f"{CIRCLE} OR ({SHOWN})", written=WRITERS)
    shown = "photo_id IN (SELECT id FROM visits_photo)"
    yield policies("visits_photobytes", seen=f"{CIRCLE} OR {shown}", written=WRITERS)


def _of_histories():
    yield policies("visits_visitevent", seen="pgh_obj_id IN (SELECT id FROM visits_visit)", written="false")
    for model in ("delegate", "localactor", "observation", "photo", "visitfinding", "report", "story"):
        yield policies(f"visits_{model}event", seen=CIRCLE, written="false")
    yield policies("visits_followupevent", seen=f"{CIRCLE} OR {of_acting('organisation_id')}", written="false")


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("groups", "0002_isolation"), ("base", "0002_isolation")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *_of_the_visit(),
        *_of_what_follows(),
        *_of_what_others_read(),
        *_of_histories(),
    ]
