"""The charts of shares: a member's own over the years and beside the group, and the group's alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from eprm.returns.models import Figure
from eprm.returns.queries.answers import YearScore
from eprm.returns.queries.figures import GroupShares
from eprm.returns.scoring import Score
from eprm.ui.charts import Chart, Series
from eprm.ui.languages import second_language
from lode import oecd
from lode.progress import percent

UNIT = "%"


def step_labels() -> tuple[str, ...]:
    language = second_language()
    return tuple(f"{step.key} {step.name(language)}" for step in oecd.steps())


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else percent(share)


def steps_chart(score: Score, before: Score | None, year: int, on: date) -> Chart:
    """The five steps of one year; beside the year before where there is one."""
    values = tuple(_percent(step.share) for step in score.steps)
    total = _percent(score.total)
    title = (
        _("%(year)d: %(total)d %% in all") % {"year": year, "total": total}
        if total is not None
        else _("%(year)d, step by step") % {"year": year}
    )
    source = _("Your own answers, sent about %(year)d") % {"year": year}
    note = _("A share is of what was answered and applies. No bar: no share, see the steps.")
    if before is None:
        series: tuple[Series, ...] = (Series(_("Share"), values),)
        return Chart(
            kind="bars", title=title, unit=UNIT, source=source, on=on, labels=step_labels(), series=series, note=note
        )
    earlier = tuple(_percent(step.share) for step in before.steps)
    series = (Series(str(year - 1), earlier), Series(str(year), values))
    return Chart(
        kind="change", title=title, unit=UNIT, source=source, on=on, labels=step_labels(), series=series, note=note
    )


def over_the_years(history: Sequence[YearScore], group: GroupShares, on: date) -> list[Chart]:
    """A line for each step and for the total: the member's own, and the group's mean where it is told."""
    years = sorted({each.year for each in history} | set(group.years))
    own = {each.year: each.score for each in history}
    charts = []
    for at, key in enumerate([Figure.TOTAL, *(step.key for step in oecd.steps())]):
        mine = tuple(_own(own.get(year), key) for year in years)
        theirs = tuple(group.value(year, key) for year in years)
        if all(value is None for value in mine):
            continue
        series = [Series(_("You"), mine)]
        if any(value is not None for value in theirs):
            series.append(Series(_("Members"), theirs, tone="blue"))
        charts.append(
            Chart(
                kind="line",
                title=_("All five steps") if key == Figure.TOTAL else step_labels()[at - 1],
                unit=UNIT,
                source=_("Your returns; the group’s figures as made by the secretariat, rounded to 5 points"),
                on=on,
                labels=tuple(str(year) for year in years),
                series=tuple(series),
                across=_("Year"),
                key=f"years-{key}",
            )
        )
    return charts


def _own(score: Score | None, key: str) -> int | None:
    if score is None:
        return None
    return _percent(score.total if key == Figure.TOTAL else score.by_step[key].share)


def group_steps_chart(group: GroupShares, on: date) -> Chart | None:
    """The group's five steps of the newest year, beside the year before where both are told."""
    told = [year for year in group.years if any(group.value(year, step.key) is not None for step in oecd.steps())]
    if not told:
        return None
    year = told[-1]
    values = tuple(group.value(year, step.key) for step in oecd.steps())
    total = group.value(year, Figure.TOTAL)
    said = {"year": year, "total": total}
    title = _("In %(year)d members stood at %(total)d %% on average") % said if total is not None else str(year)
    source = _("Members’ closed returns, mean by step, rounded to 5 points; never of fewer than five members")
    if year - 1 in told:
        earlier = tuple(group.value(year - 1, step.key) for step in oecd.steps())
        series: tuple[Series, ...] = (Series(str(year - 1), earlier), Series(str(year), values))
        return Chart(kind="change", title=title, unit=UNIT, source=source, on=on, labels=step_labels(), series=series)
    one = (Series(_("All members, mean"), values),)
    return Chart(kind="bars", title=title, unit=UNIT, source=source, on=on, labels=step_labels(), series=one)
