"""This year against the year before, judged by the same lists: a new edition of a list is no progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q

from eprm.diligence.company.queries.smelters import NamedSmelter, smelters_named
from eprm.diligence.company.queries.sums import part
from eprm.diligence.company.queries.year import YEAR_OF_ROW, CompanyYear, accepted_in_both
from eprm.diligence.models import DeclaredAnswer, Supplier


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSmelter:
    """A smelter named in both years whose standing differs: `last` a year ago, `this` on the day asked about."""

    last: NamedSmelter
    this: NamedSmelter


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A supplier's answer that differs from its answer of the year before."""

    supplier: str
    template: str
    question: str
    mineral: str
    last: str
    this: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SmelterChanges:
    """Smelters added and gone, and those whose standing changed; `stayed` counts all named in both years."""

    added: tuple[NamedSmelter, ...]
    gone: tuple[NamedSmelter, ...]
    changed: tuple[ChangedSmelter, ...]
    stayed: int


def compared(this: list[NamedSmelter], last: list[NamedSmelter]) -> SmelterChanges:
    """What two years' smelters have in common, and what not."""
    now, then = {smelter.key: smelter for smelter in this}, {smelter.key: smelter for smelter in last}
    both = [key for key in now if key in then]
    return SmelterChanges(
        added=tuple(smelter for key, smelter in now.items() if key not in then),
        gone=tuple(smelter for key, smelter in then.items() if key not in now),
        changed=tuple(
            ChangedSmelter(last=then[key], this=now[key])
            for key in both
            if then[key].standing.key != now[key].standing.key
        ),
        stayed=len(both),
    )


def smelter_changes(view: CompanyYear, this: list[NamedSmelter] | None = None) -> SmelterChanges:
    """The two years compared; `this` spares asking for a year that is already at hand."""
    return compared(smelters_named(view) if this is None else this, smelters_named(view.before()))


def answers_changed(view: CompanyYear) -> list[ChangedAnswer]:
    """Every answer that a supplier with accepted declarations in both years gave otherwise than the year before."""
    rows = part(view, "changed", add_up_changed)
    names = dict(Supplier.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name"))
    told = [ChangedAnswer(names[supplier], *answer) for supplier, *answer in rows if supplier in names]
    return sorted(told, key=lambda answer: (answer.supplier, answer.template, answer.question, answer.mineral))


def add_up_changed(view: CompanyYear) -> list[list[Any]]:
    """The supplier's number, template, question, mineral, and both answers."""
    last, this = (Max("value", filter=Q(of=year)) for year in (view.year - 1, view.year))
    found = (
        DeclaredAnswer.objects.filter(
            organisation=view.organisation, upload__in=accepted_in_both(view), upload__supplier__isnull=False
        )
        .annotate(of=YEAR_OF_ROW)
        .values_list("upload__supplier", "upload__declaration__template", "question", "mineral")
        .annotate(last=last, this=this)
        .filter(last__isnull=False, this__isnull=False)
        .exclude(last=F("this"))
    )
    return [list(row) for row in found]
