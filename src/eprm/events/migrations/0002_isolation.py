"""An event is seen by those it is for; who registered, by themselves and its organiser; the link, by seat holders.

The job "events" gives out seats, reminds and answers signed links: it must count rows that whoever registers may not
see. Each of its actions asks first whether the person may see the event.
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, policies

JOB = does("events")
SIGNED_IN = "nullif(current_setting('eprm.person', true), '') IS NOT NULL"
MEMBERS = "group_id = ANY ((SELECT eprm_groups())::bigint[])"
SEEN = f"audience = 'public' OR (audience = 'signed_in' AND {SIGNED_IN}) OR {MEMBERS} OR {JOB}"
WRITTEN = f"(audience <> 'group' AND {holds('secretariat')}) OR {MEMBERS} OR {JOB}"
# Sub-selects are under the tables' own policies.
OF_SEEN = "event_id IN (SELECT id FROM events_event)"
ORGANISED = (
    f"event_id IN (SELECT id FROM events_event WHERE {is_acting('organiser_id')} "  # noqa: S608
    f"AND (group_id IS NOT NULL OR {holds('secretariat')}))"
)
SEATED = (
    "event_id IN (SELECT event_id FROM events_registration "  # noqa: S608
    f"WHERE state = 'seat' AND {is_acting('person_id')})"
)
MINE = is_acting("person_id")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("base", "0002_isolation"), ("groups", "0002_isolation")]
    operations = [
        policies("events_event", seen=SEEN, written=WRITTEN, deleted="false"),
        policies("events_eventevent", seen="pgh_obj_id IN (SELECT id FROM events_event)", written="false"),
        policies(
            "events_registration",
            seen=f"{MINE} OR {ORGANISED} OR {JOB}",
            written=f"{ORGANISED} OR {JOB}",
            added=JOB,
            deleted=JOB,
        ),
        policies(
            "events_room", seen=f"{ORGANISED} OR ({SEATED} AND {OF_SEEN}) OR {JOB}", written=f"{ORGANISED} OR {JOB}"
        ),
        policies("events_material", seen=OF_SEEN, written=ORGANISED),
    ]
