"""Who sees what of the network and the desks, in the database."""

from django.db import migrations

from eprm.base.isolation import holds, isolate, of_acting, policies

IS_AUTHORITY = """
CREATE FUNCTION eprm_is_authority() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM authorities_competentauthority
                 WHERE until IS NULL AND organisation_id = ANY (eprm_orgs())) $$;
"""
# Whoever holds a receipt code reads the one concern it opens, and nothing else: the code's digest is the key.
BY_RECEIPT = """
CREATE FUNCTION authorities_concern_of_receipt(wanted text) RETURNS SETOF authorities_concern
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM authorities_concern WHERE digest = wanted AND digest <> '' $$;
"""

SECRETARIAT = holds("secretariat")
NETWORK = f"(SELECT eprm_is_authority()) OR {SECRETARIAT}"
OWN_CONTACT = (
    "EXISTS (SELECT 1 FROM authorities_competentauthority own "  # noqa: S608 - no value of anybody's in it
    f"WHERE own.id = authority_id AND {of_acting('own.organisation_id')})"
)
IMPORTER, AUTHORITY, OF = of_acting("organisation_id"), of_acting("authority_id"), of_acting("of_id")
BOTH = f"{IMPORTER} OR {AUTHORITY}"
OWN_CONCERN = f"{IMPORTER} OR submitted_by_id::text = nullif(current_setting('eprm.person', true), '')"

POLICIES = {
    "competentauthority": {"seen": "true", "written": SECRETARIAT, "deleted": "false"},
    "contact": {"seen": NETWORK, "written": f"{SECRETARIAT} OR {OWN_CONTACT}", "deleted": "false"},
    "topic": {"seen": NETWORK, "written": f"{OF} AND ({NETWORK})", "deleted": "false"},
    "reply": {"seen": NETWORK, "written": f"{OF} AND ({NETWORK})", "deleted": "false"},
    "filing": {"seen": BOTH, "written": IMPORTER, "deleted": f"{AUTHORITY} AND keep_until < CURRENT_DATE"},
    "filedmass": {"seen": BOTH, "written": IMPORTER, "deleted": AUTHORITY},
    "fileddocument": {"seen": BOTH, "written": IMPORTER, "deleted": AUTHORITY},
    "message": {"seen": BOTH, "added": f"({BOTH}) AND {OF}", "written": "false", "deleted": AUTHORITY},
    "case": {"seen": BOTH, "written": AUTHORITY},
    "check": {"seen": IMPORTER, "written": IMPORTER, "deleted": f"{IMPORTER} AND keep_until < CURRENT_DATE"},
    "concern": {"seen": OWN_CONCERN, "added": "true", "written": IMPORTER, "deleted": "false"},
    "keepingrule": {"seen": "true", "written": SECRETARIAT, "deleted": "false"},
}
# A file given with a concern is seen by whoever sees the concern.
CONCERN_FILE = "EXISTS (SELECT 1 FROM authorities_concern concern WHERE concern.id = concern_id)"
HISTORY = "competentauthority contact topic reply filing message case check concern keepingrule".split()


class Migration(migrations.Migration):
    dependencies = [("authorities", "0001_initial"), ("base", "0002_isolation")]
    operations = [
        migrations.RunSQL(IS_AUTHORITY, "DROP FUNCTION eprm_is_authority()"),
        *(policies(f"authorities_{table}", **rules) for table, rules in POLICIES.items()),
        *(policies(f"authorities_{table}event", seen=POLICIES[table]["seen"], written="false") for table in HISTORY),
        policies("authorities_concernfile", seen=CONCERN_FILE, written="false", added="true"),
        isolate("authorities_rankingweight", shared=True),
        isolate("authorities_rankingweightevent", shared=True),
        migrations.RunSQL(BY_RECEIPT, "DROP FUNCTION authorities_concern_of_receipt(text)"),
    ]
