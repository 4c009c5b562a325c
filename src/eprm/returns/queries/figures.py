"""The group's figures: what is published, and what a next publication would count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from eprm.returns.models import Counted, Figure, Publication, Question, Return, Version


def publications() -> QuerySet[Publication]:
    """Every publication, newest first. Public: it holds no member."""
    return Publication.objects.select_related("made_by").order_by("-year", "-number")


def newest_publications() -> list[Publication]:
    """The newest publication of each year, oldest year first."""
    return list(Publication.objects.order_by("year", "-number").distinct("year"))


def newest_publication(year: int) -> Publication | None:
    return Publication.objects.filter(year=year).order_by("-number").first()


def figures_of(published: Iterable[Publication]) -> QuerySet[Figure]:
    return Figure.objects.filter(publication__in=[each.pk for each in published]).select_related("publication")


@dataclass(frozen=True, slots=True)
class GroupShares:
    """Mean shares in per cent by year and key (a step, or "total"), for one group; None where not told."""

    group: str
    years: tuple[int, ...]
    values: dict[tuple[int, str], int | None]
    members: dict[tuple[int, str], int | None]

    def value(self, year: int, key: str) -> int | None:
        return self.values.get((year, key))


def group_shares(group: str = Figure.ALL) -> GroupShares:
    """What is published of a group's shares, all years. Two queries."""
    newest = newest_publications()
    rows = figures_of(newest).filter(measure=Figure.Measure.SHARE, group=group)
    at = {(row.publication.year, row.key): row for row in rows}
    return GroupShares(
        group=group,
        years=tuple(each.year for each in newest),
        values={key: None if row.value is None else int(row.value) for key, row in at.items()},
        members={key: row.members for key, row in at.items()},
    )


def versions_to_count(year: int) -> list[Version]:
    """The versions closed returns of the year count with; for the secretariat, who alone sees them."""
    closed = Return.objects.filter(year=year, counted__isnull=False).values("counted")
    return list(Version.objects.filter(pk__in=closed).select_related("of__edition", "of__organisation"))


def versions_counted(published: Publication | None) -> set[int]:
    if published is None:
        return set()
    return set(Counted.objects.filter(publication=published).values_list("version", flat=True))


def expected_of(year: int) -> int:
    """How many returns of the year were opened."""
    return Return.objects.filter(year=year).count()


def year_with_sums(published: Iterable[Publication]) -> int | None:
    """The newest of these years of which at least one sum is told."""
    told = figures_of(published).exclude(measure=Figure.Measure.SHARE).filter(hidden="")
    return told.order_by("-publication__year").values_list("publication__year", flat=True).first()


def share_figures_of(published: Iterable[Publication]) -> QuerySet[Figure]:
    """The mean shares, of every group."""
    return figures_of(published).filter(measure=Figure.Measure.SHARE)


def questions_told(keys: Iterable[str]) -> dict[str, Question]:
    """The newest wording of the questions with these keys."""
    found = Question.objects.filter(key__in=list(keys)).order_by("edition__year", "edition__number")
    return {question.key: question for question in found}
