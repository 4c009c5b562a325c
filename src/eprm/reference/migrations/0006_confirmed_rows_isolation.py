"""The history of a row is seen by those who see the row."""

from django.db import migrations

from eprm.base.isolation import isolate


class Migration(migrations.Migration):
    dependencies = [("reference", "0005_confirmed_rows"), ("base", "0002_isolation")]
    operations = [isolate("reference_areaevent", shared=True), isolate("reference_thresholdevent", shared=True)]
