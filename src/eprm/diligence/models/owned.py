"""What every row of this area is: one organisation's own."""

from __future__ import annotations

from django.db import models

from eprm.people.models import Organisation


class OwnedModel(models.Model):
    """A row of one organisation, isolated by the database."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
