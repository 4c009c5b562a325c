"""What was read of the files of things. For the app whose things they are: it says who may know."""

from __future__ import annotations

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from eprm.search.models import FileWords


def words_of_file(kind: str, key: str | int, edition: str) -> str | None:
    """The words of this very file, "" where it has none we can read; None while it has not been read."""
    kept = FileWords.objects.filter(kind=kind, key=str(key), edition=edition)
    return kept.values_list("words", flat=True).first()


def outcome_of_file(kind: str, edition: str) -> Subquery:
    """For lists: how reading ended, for things of this kind whose field `edition` says which file it is."""
    kept = FileWords.objects.filter(kind=kind, key=Cast(OuterRef("pk"), CharField()), edition=OuterRef(edition))
    return Subquery(kept.values("outcome")[:1])


def said_of(outcome: str | None) -> str:
    """What the search can do with a file, as a sentence; "" while it has not been read."""
    return str(FileWords.Outcome(outcome).label) if outcome else ""


def gap_said_of(outcome: str | None) -> str:
    """The same where the search does not know all its words, else ""."""
    return "" if outcome == FileWords.Outcome.READ else said_of(outcome)
