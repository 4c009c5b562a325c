"""A report belongs to the organisation that made it, in the database too; so does its history."""

from django.db import migrations

from eprm.base.isolation import isolate


class Migration(migrations.Migration):
    dependencies = [("diligence", "0003_report"), ("base", "0002_isolation")]
    operations = [isolate("diligence_report"), isolate("diligence_reportevent")]
