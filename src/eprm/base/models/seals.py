"""The seals over the audit trail. The site's role reads them; only the owner's function `eprm_seal()` writes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Shape(models.Model):
    """The columns that a history table had when rows of it were sealed."""

    table = models.TextField()
    columns = ArrayField(models.TextField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "columns"], name="shape_once")]

    def __str__(self) -> str:
        return self.table


class Seal(models.Model):
    """One link of the chain: `sha256` is over the seal before and the hashes of the rows sealed with this one.

    `reached` holds, by table, the highest row number sealed so far.
    """

    at = models.DateTimeField()
    rows = models.IntegerField()
    previous = models.BinaryField(max_length=32)
    sha256 = models.BinaryField(max_length=32)
    reached = models.JSONField()

    def __str__(self) -> str:
        return f"{self.pk} {bytes(self.sha256).hex()}"


class SealedRow(models.Model):
    """The hash of one history row as it was when sealed."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+", db_constraint=False)
    shape = models.ForeignKey(Shape, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    row = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shape", "row"], name="row_sealed_once")]

    def __str__(self) -> str:
        return f"{self.shape_id}:{self.row}"


class Amendment(models.Model):
    """A history row that was changed after its seal, by law: a person was erased from it. Itself sealed."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_created_at = models.DateTimeField()
    table = models.TextField()
    row = models.BigIntegerField()
    before = models.BinaryField(max_length=32)
    after = models.BinaryField(max_length=32)
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["table", "row"], name="amendment_of_row")]

    def __str__(self) -> str:
        return f"{self.table}:{self.row}"
