"""The function every row-level security policy asks, and the first table behind it."""

from django.db import migrations

from eprm.base.isolation import CREATE_ORGS, DROP_ORGS, isolate


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunSQL(CREATE_ORGS, DROP_ORGS), isolate("base_storedfile")]
