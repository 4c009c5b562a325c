"""The platform's own dated figures beside a brief: production, and the areas on the indicative list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery

from eprm.knowledge.models import ProductionFigure
from eprm.reference.models import Area
from eprm.reference.queries import areas_on


@dataclass(frozen=True, slots=True)
class Output:
    """A country's mine production of one metal over the years, and its part of the world's in the last of them."""

    mineral: str
    figures: list[ProductionFigure]
    share: Decimal | None


def production_of(country: str, minerals: list[str]) -> list[Output]:
    """Each year by the newest edition that tells of it; a metal the lists are silent on is left out."""
    found = []
    for mineral in minerals:
        figures = list(_newest(mineral, country))
        if not figures:
            continue
        world = _newest(mineral, "").filter(year=figures[-1].year).first()
        found.append(Output(mineral, figures, figures[-1].tonnes / world.tonnes if world else None))
    return found


@dataclass(frozen=True, slots=True)
class Producers:
    """Who mined a metal in the last year told of, the largest first, and how much the world did."""

    mineral: str
    year: int
    figures: list[ProductionFigure]
    world: ProductionFigure

    def share_of(self, figure: ProductionFigure) -> Decimal | None:
        return figure.tonnes / self.world.tonnes if self.world.tonnes else None


def producers_of(mineral: str) -> Producers | None:
    """The producing countries of the last year for which the lists give the world's output, by its newest edition."""
    world = ProductionFigure.objects.filter(mineral=mineral, country="").order_by("-year", "-published_on").first()
    if world is None:
        return None
    same = ProductionFigure.objects.filter(mineral=mineral, country=OuterRef("country"), year=world.year)
    newest = Subquery(same.order_by("-published_on").values("pk")[:1])
    told = ProductionFigure.objects.filter(mineral=mineral, year=world.year, pk=newest).exclude(country="")
    return Producers(mineral, world.year, list(told.filter(tonnes__gt=0).order_by("-tonnes", "country")), world)


def _newest(mineral: str, country: str) -> QuerySet[ProductionFigure]:
    same = ProductionFigure.objects.filter(mineral=mineral, country=country, year=OuterRef("year"))
    newest = same.order_by("-published_on").values("pk")[:1]
    told = ProductionFigure.objects.filter(mineral=mineral, country=country, pk=Subquery(newest))
    return told.order_by("year")


def areas_of(country: str, on: date) -> list[Area]:
    """The country's rows on the newest indicative list of that day."""
    return list(areas_on(on).filter(iso2=country).select_related("release__list").order_by("name"))


def countries_with_areas(codes: Iterable[str], on: date) -> dict[str, int]:
    """How many areas the newest indicative list of that day names in each of these countries."""
    found = areas_on(on).filter(iso2__in=list(codes)).order_by().values_list("iso2")
    return dict(found.annotate(n=Count("pk")))
