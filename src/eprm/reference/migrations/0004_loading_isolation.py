"""What an organisation sent, and what was found in it, is its own."""

from django.db import migrations

from eprm.base.isolation import isolate


class Migration(migrations.Migration):
    dependencies = [("reference", "0003_loading"), ("base", "0002_isolation")]
    operations = [isolate("reference_loading"), isolate("reference_loadingfinding")]
