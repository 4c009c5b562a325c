"""Who sees and writes what is kept for safety's sake; the table behind rate limits at sign-in.

A copy of personal data is its person's alone. Periods, removals and rules for second factors are everybody's to read
and the secretariat's to write. Webhooks are their organisation's. Seals are written by nobody but the owner's functions
(0007).
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, isolate, of_acting, policies

OFFICE = holds("secretariat")
MINE = is_acting("person_id")
ERASING, KEEPING, EXPORTING, HOOKING = (does(job) for job in ("erasure", "retention", "export", "hooks"))
# Django's own table for a cache in the database; what it holds may be lost, so it need not be logged.
CACHE = [
    "CREATE UNLOGGED TABLE eprm_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
    "CREATE INDEX eprm_cache_expires ON eprm_cache (expires)",
]


class Migration(migrations.Migration):
    dependencies = [("base", "0005_safekeeping")]
    operations = [
        policies(
            "base_personalexport",
            seen=f"{MINE} OR {EXPORTING} OR {ERASING} OR {KEEPING}",
            written=f"{MINE} OR {EXPORTING} OR {ERASING} OR {KEEPING}",
        ),
        policies("base_erasure", seen=f"{OFFICE} OR {ERASING}", written=ERASING),
        policies("base_period", seen="true", written=f"{OFFICE} OR {KEEPING}"),
        policies("base_periodevent", seen="true", written="false"),
        policies("base_removal", seen="true", written=KEEPING),
        policies("base_secondfactorrule", seen="true", written=OFFICE),
        policies("base_secondfactorruleevent", seen="true", written="false"),
        policies(
            "base_webhook", seen=f"{of_acting('organisation_id')} OR {HOOKING}", written=of_acting("organisation_id")
        ),
        isolate("base_webhookevent"),
        policies(
            "base_delivery",
            seen=f"{of_acting('organisation_id')} OR {HOOKING} OR {KEEPING}",
            written=f"{HOOKING} OR {KEEPING}",
            added=of_acting("organisation_id"),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE eprm_cache"),
    ]
