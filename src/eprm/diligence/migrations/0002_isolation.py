"""An organisation's suppliers, files, findings and decisions are its own, in the database too; so is their history."""

from django.db import migrations

from eprm.base.isolation import isolate

TABLES = (
    "supplier supplierevent enquiry enquiryevent batch upload uploadevent declaration declaredanswer smelterrow "
    "candidaterow productrow minerow findingrow riskrow decision decisionevent"
).split()


class Migration(migrations.Migration):
    dependencies = [("diligence", "0001_initial"), ("base", "0002_isolation")]
    operations = [isolate(f"diligence_{table}") for table in TABLES]
