"""Shared releases are read by everybody; an organisation's own register by that organisation alone."""

from django.db import migrations

from eprm.base.isolation import isolate

TABLES = "release releaseevent area sanctionedparty sanctionedname registerline smelterstatus threshold".split()


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial"), ("base", "0002_isolation")]
    operations = [isolate(f"reference_{table}", shared=True) for table in TABLES]
