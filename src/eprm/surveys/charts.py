"""The charts of a survey's results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext_lazy

from eprm.surveys.models import Figure, Survey
from eprm.surveys.queries.results import Result, label_of, part_words
from eprm.ui import words
from eprm.ui.charts import Chart, Series
from lode.survey import Kind

ANSWERS = words.Counted(npgettext_lazy("survey", "answer", "answers", "n"))


def turnout_chart(survey: Survey, turnout: Sequence[Figure], source: str, on: date) -> Chart | None:
    """Answers by pillar, place in the chain or country; parts that are not told are left out and said in the table."""
    parts = [each for each in turnout if each.part and each.base is not None]
    if not parts:
        return None
    most = max(parts, key=lambda each: each.base or 0)
    return Chart(
        kind="bars",
        title=_("Most answers come from: %(part)s") % {"part": part_words(survey, most.part)},
        unit=ANSWERS,
        source=source,
        on=on,
        across=str(survey.get_counted_by_display()),
        labels=tuple(part_words(survey, each.part) for each in parts),
        series=(Series(_("Answers"), tuple(each.base for each in parts)),),
        note=_("Groups under five are left out.") if len(parts) < len([each for each in turnout if each.part]) else "",
        key="turnout",
    )


def result_chart(result: Result, language: str, source: str, on: date) -> Chart | None:
    """One question's answers; None where nothing is told or there is nothing to draw."""
    lines = result.lines
    if not lines or result.is_hidden:
        return None
    ranked = result.question.kind == Kind.RANKING
    if ranked:
        lines = sorted(lines, key=lambda each: -(each.share or 0))
    values = tuple((each.share if ranked else each.count) for each in lines)
    labels = tuple(label_of(each, language) for each in lines)
    return Chart(
        kind="bars",
        title=_title(result, labels, values, lines),
        unit=_("points of 100") if ranked else ANSWERS,
        source=source,
        on=on,
        across=_("Rating") if result.question.kind == Kind.RATING else _("Option"),
        labels=labels,
        series=(Series(_("Points (Borda)") if ranked else _("Answers"), values),),
        note=ngettext("%(count)s answer to this question.", "%(count)s answers to this question.", result.base)
        % {"count": words.number(result.base)},
        key=f"question-{result.question.pk}",
    )


def _title(
    result: Result, labels: Sequence[str], values: Sequence[Decimal | int | None], lines: Sequence[Figure]
) -> str:
    if result.question.kind == Kind.RATING:
        return _("%(mean)s of 5 on average") % {"mean": words.number(result.mean)}
    at = max(range(len(values)), key=lambda place: values[place] or 0)
    if result.question.kind == Kind.RANKING:
        return _("Ranked highest: %(option)s, mean rank %(rank)s") % {
            "option": labels[at],
            "rank": words.number(lines[at].value),
        }
    return _("Chosen most: %(option)s, by %(count)s of %(base)s") % {
        "option": labels[at],
        "count": words.number(values[at]),
        "base": words.number(result.base),
    }
