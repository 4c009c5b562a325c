"""The plan is the secretariat's, and the board reads it; campaigns and addresses are the secretariat's alone."""

from django.db import migrations

from eprm.base.isolation import holds, policies

SECRETARIAT = holds("secretariat")
PLAN = f"{SECRETARIAT} OR {holds('board')}"
READ_BY_THE_BOARD = "target targetevent entry entryevent".split()
OWN = "contact contactevent segment segmentevent campaign campaignevent campaigntext sending".split()


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_initial"), ("base", "0002_isolation")]
    operations = [
        *(policies(f"engagement_{table}", seen=PLAN, written=SECRETARIAT) for table in READ_BY_THE_BOARD),
        *(policies(f"engagement_{table}", seen=SECRETARIAT, written=SECRETARIAT) for table in OWN),
        # Who wants no more of our mails need not sign in to say so.
        policies("engagement_refusal", seen=SECRETARIAT, written="false", added="true"),
    ]
