"""Whose a return is, in the database too.

A member's answers and evidence are its own; the secretariat sees them from the moment they are sent, and never writes
them. The board sees that a return is there and how it stands. What was sent can no longer be written by anybody, nor can
the questions of an edition that is no draft. The group's figures hold no member: everybody reads them.
"""

from django.db import migrations

from eprm.base.isolation import isolate, policies

OWN = "organisation_id = ANY ((SELECT eprm_orgs())::bigint[])"
SECRETARIAT = "current_setting('eprm.secretariat', true) = '1'"
DRAFT = "EXISTS (SELECT 1 FROM returns_version v WHERE v.id = version_id AND v.sent_at IS NULL)"
SENT = "EXISTS (SELECT 1 FROM returns_version v WHERE v.id = version_id AND v.sent_at IS NOT NULL)"
DRAFT_EDITION = "EXISTS (SELECT 1 FROM returns_edition e WHERE e.id = edition_id AND e.state = 'draft')"


def by_verb(table: str, **clauses: str) -> migrations.RunSQL:
    """Row-level security with a clause of its own for each verb; a verb without one is refused."""
    forward = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
    forward += [f"CREATE POLICY eprm_{verb} ON {table} FOR {verb} {clause}" for verb, clause in clauses.items()]
    backward = [f"DROP POLICY eprm_{verb} ON {table}" for verb in clauses]
    return migrations.RunSQL(forward, [*backward, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"])


# A reader of the secretariat opens the files of sent evidence, and of nothing else.
EVIDENCE_FILES = """
CREATE POLICY returns_evidence ON base_storedfile FOR SELECT USING (
  (SELECT current_setting('eprm.secretariat', true)) = '1'
  AND EXISTS (SELECT 1 FROM returns_evidence e WHERE e.file_id = base_storedfile.id)
)
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("base", "0004_outbox_isolation")]
    operations = [
        policies("returns_edition", seen=f"state <> 'draft' OR {SECRETARIAT}", written=SECRETARIAT),
        policies("returns_editionevent", seen=SECRETARIAT, written=SECRETARIAT),
        policies("returns_question", seen="true", written=f"{SECRETARIAT} AND {DRAFT_EDITION}"),
        policies("returns_questionevent", seen=SECRETARIAT, written=SECRETARIAT),
        isolate("returns_return", seen_also_by=("board",), written_also_by=("secretariat",)),
        isolate("returns_returnevent", seen_also_by=("secretariat",)),
        by_verb(
            "returns_version",
            select=f"USING ({OWN} OR ({SECRETARIAT} AND sent_at IS NOT NULL))",
            insert=f"WITH CHECK ({OWN} AND sent_at IS NULL)",
            update=f"USING ({OWN} AND sent_at IS NULL) WITH CHECK ({OWN})",
        ),
        isolate("returns_versionevent"),
        *(
            policies(f"returns_{table}", seen=f"{OWN} OR ({SECRETARIAT} AND {SENT})", written=f"{OWN} AND {DRAFT}")
            for table in ("answer", "evidence")
        ),
        isolate("returns_answerevent"),
        isolate("returns_evidenceevent"),
        policies(
            "returns_comment",
            seen=f"{OWN} OR {SECRETARIAT}",
            written=f"{SECRETARIAT} OR ({OWN} AND category = 'reply')",
        ),
        isolate("returns_commentevent", seen_also_by=("secretariat",)),
        isolate("returns_reminder", written_also_by=("secretariat",)),
        by_verb("returns_publication", select="USING (true)", insert=f"WITH CHECK ({SECRETARIAT})"),
        by_verb("returns_figure", select="USING (true)", insert=f"WITH CHECK ({SECRETARIAT})"),
        by_verb("returns_counted", select=f"USING ({SECRETARIAT})", insert=f"WITH CHECK ({SECRETARIAT})"),
        migrations.RunSQL(EVIDENCE_FILES, "DROP POLICY returns_evidence ON base_storedfile"),
    ]
