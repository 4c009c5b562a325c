"""Who sees and who writes each kind of row.

Rules, forms and texts are everybody's to read. An application is its organisation's to write; the secretariat writes
what it finds, the board its own seats' votes. What a screening found, and how anybody voted, the applicant never sees.
"""

from django.db import migrations

from eprm.base.isolation import policies

OWN = "organisation_id = ANY ((SELECT eprm_orgs())::bigint[])"
SECRETARIAT = "current_setting('eprm.secretariat', true) = '1'"
BOARD = "current_setting('eprm.board', true) = '1'"
ALL_THREE = f"{OWN} OR {SECRETARIAT} OR {BOARD}"
OFFICES = f"{SECRETARIAT} OR {BOARD}"
OWN_OR_SECRETARIAT = f"{OWN} OR {SECRETARIAT}"
OWN_SEAT = f"{SECRETARIAT} OR ({BOARD} AND {OWN})"

# Table: who sees, who writes, whether its history is kept.
TABLES = {
    "application": (ALL_THREE, OWN_OR_SECRETARIAT, True),
    "answer": (ALL_THREE, OWN, True),
    "evidence": (ALL_THREE, OWN, False),
    "figures": (ALL_THREE, OWN, True),
    "holding": (ALL_THREE, OWN, True),
    "comment": (OWN_OR_SECRETARIAT, SECRETARIAT, False),
    "screening": (OFFICES, SECRETARIAT, False),
    "signature": (ALL_THREE, OWN, False),
    "ballot": (OFFICES, SECRETARIAT, True),
    "ballotseat": (OFFICES, OWN_SEAT, True),
    "notice": (ALL_THREE, OWN, False),
    "invoice": (ALL_THREE, SECRETARIAT, True),
    "payment": (ALL_THREE, SECRETARIAT, False),
    "earmark": (ALL_THREE, SECRETARIAT, False),
    "pledge": (ALL_THREE, OWN_OR_SECRETARIAT, True),
    "workedday": (ALL_THREE, OWN_OR_SECRETARIAT, True),
    "duty": (ALL_THREE, OWN_OR_SECRETARIAT, True),
    "reminder": (ALL_THREE, SECRETARIAT, False),
    "invoiceseries": (SECRETARIAT, SECRETARIAT, False),
    **dict.fromkeys(
        ("feerule", "sizerule", "boardrule", "dutyrule", "termsrule") + ("formedition", "section", "question", "text"),
        ("true", SECRETARIAT, False),
    ),
}


class Migration(migrations.Migration):
    dependencies = [("members", "0003_membership"), ("base", "0002_isolation")]
    operations = [
        policies(f"members_{table}{ending}", seen=seen, written=written)
        for table, (seen, written, kept) in TABLES.items()
        for ending in (("", "event") if kept else ("",))
    ]
