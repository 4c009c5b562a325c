"""How often something was done within a stretch of time."""

from django.db import models


class Counter(models.Model):
    """`count` deeds under `key` since `since`. Old rows are removed each day."""

    key = models.CharField(max_length=200)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
