"""Who sees a mail: the person and the organisation it concerns, whoever wrote it, and the secretariat where it was held
for its look, where the secretariat itself wrote it, or where it concerns nobody here. Anybody may hand one in; only the
secretariat and the sending job change it.
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, of_acting, policies

OFFICE = f"({holds('secretariat')} AND (held OR by_secretariat OR (organisation_id IS NULL AND person_id IS NULL)))"
WORKS = f"{does('outbox')} OR {does('erasure')} OR {does('retention')}"
CONCERNED = f"{is_acting('person_id')} OR {is_acting('posted_by_id')} OR {of_acting('organisation_id')}"
OF_MAIL = "EXISTS (SELECT FROM base_outgoingmail mail WHERE mail.id = mail_id)"


class Migration(migrations.Migration):
    dependencies = [("base", "0003_outbox")]
    operations = [
        policies(
            "base_outgoingmail",
            seen=f"{CONCERNED} OR {OFFICE} OR {WORKS}",
            written=f"{OFFICE} OR {WORKS}",
            added="true",
        ),
        policies(
            "base_outgoingmailevent",
            seen=f"{is_acting('person_id')} OR {of_acting('organisation_id')} OR {OFFICE} OR {does('erasure')}",
            written="false",
        ),
        policies("base_mailattachment", seen=OF_MAIL, written=OF_MAIL, added="true"),
    ]
