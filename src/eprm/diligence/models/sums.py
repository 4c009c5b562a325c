"""What a year's accepted declarations add up to, taken once and kept until one of them changes."""

from __future__ import annotations

from django.db import models

from eprm.diligence.models.owned import OwnedModel


class YearSums(OwnedModel):
    """The sums of one organisation's year, by part; `stamp` says of which declarations, and they count for no others.

    Two organisations that become one bring a row each for a year, so nothing keeps the year to one row; neither row's
    stamp fits any more, and the next taking of the sums puts one in the place of both.
    """

    year = models.PositiveSmallIntegerField()
    stamp = models.TextField()
    sums = models.JSONField()
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "year"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
