"""The tables of surveys, invited addresses, results, and sheets by name."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from eprm.groups.models import Group
from eprm.surveys import lifecycle
from eprm.surveys.models import Question, Response, Survey
from eprm.surveys.queries.surveys import Reader, surveys_of_group
from eprm.ui import parts, words
from eprm.ui.tables import Column, Table


def state_of(survey: Survey) -> str:
    return survey.state_on(timezone.localdate())


def group_panel(group: Group, person: Reader) -> list[tuple[Survey, str, str]]:
    """What a group's own page shows of its surveys: title and state."""
    return [(each, str(each), f"survey.{state_of(each)}") for each in surveys_of_group(group, person)]


class SurveyTable(Table):
    title = Column(_("Survey"), accessor="title_en", link="surveys:survey_detail", show=str, export=str)
    audience = Column(_("Who is asked"), show=lambda row: row.group or row.get_audience_display(), sort=False)
    by_name = Column(_("Answers"), show=lambda row: _("by name") if row.by_name else _("anonymous"))
    opens_on = Column(_("First day"))
    closes_on = Column(_("Last day"))
    state = Column(
        _("State"),
        accessor="closes_on",
        show=lambda row: parts.status(f"survey.{state_of(row)}"),
        export=lambda row: str(lifecycle.STATES[state_of(row)].label),
        sort=False,
    )

    class Meta:
        caption = _("Surveys")
        source = _("Surveys of the secretariat and of groups")


class SurveyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="named")

    class Meta:
        model = Survey
        fields: list[str] = []

    def named(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        names = [f"{name}_{language}" for name in ("title", "purpose") for language in ("en", "fr", "es")]
        wanted = Q()
        for name in names:
            wanted |= Q(**{f"{name}__icontains": value})
        return found.filter(wanted)


def _figure(row: Any) -> object:
    """The figure's name, and below it what is said of it."""
    if not row.note:
        return row.measure
    return format_html('{}<br><span class="small muted">{}</span>', row.measure, row.note)


class FigureTable(Table):
    question = Column(
        _("Question"),
        show=lambda row: f"{row.number}. {Truncator(row.question).chars(24)}" if row.number else row.question,
    )
    part = Column(_("Group"))
    label = Column(_("Option"))
    measure = Column(_("Figure"), show=_figure)
    base = Column(_("Answers to it"), align="end")
    count = Column(_("Chose it"), align="end")
    share = Column(_("Share or points"), unit="%")
    value = Column(
        _("Mean, median or mean rank"), align="end", show=lambda row: words.number(row.value, row.unit or "")
    )
    unit = Column(_("Unit"), visible=False)
    note = Column(_("Note"), visible=False)

    class Meta:
        caption = _("All figures")
        source = _("Answers to the survey, counted once at its close; shares of groups rounded to 5 points")


class TextTable(Table):
    question = Column(_("Question"))
    text = Column(_("What was written"), show=lambda row: linebreaksbr(row.text))
    choose = Column(
        _("Excerpt"),
        accessor="pk",
        sort=False,
        exclude_from_export=True,
        show=lambda row: _("Choose words from it"),
        link=lambda row: reverse("surveys:excerpt_new", args=[row.question.survey_id, row.pk]),
    )

    class Meta:
        caption = _("What was written")
        source = _("Text answers in random order, for you who keep the survey alone")


class InvitationTable(Table):
    email = Column(_("E-mail"))
    language = Column(_("Language"))

    class Meta:
        caption = _("Invited addresses")
        source = _("Who of them has answered is not told")


def sheet_table(survey: Survey, questions: list[Question], sheets: list[Response]) -> Table:
    """Every sheet of a survey by name, a column a question."""
    columns: dict[str, Any] = {
        "person": Column(_("Person"), accessor="signature__person", blank=_("not kept"), sort=False),
        "organisation": Column(_("Organisation"), accessor="signature__organisation", blank=_("none"), sort=False),
        "address": Column(_("Invited address"), accessor="signature__invitation", blank=_("none"), sort=False),
    }
    for place, question in enumerate(questions, 1):
        columns[f"q{place}"] = Column(
            str(question)[:80],
            empty_values=(),
            sort=False,
            show=lambda row, pk=question.pk: _said(row, pk),
            export=lambda row, pk=question.pk: _said(row, pk),
        )
    meta = type("Meta", (), {"caption": str(survey), "source": _("Answers by name, for whoever keeps the survey")})
    made = type("SheetTable", (Table,), {**columns, "Meta": meta})
    return made(sheets)


def _said(sheet: Response, question: int) -> str:
    found = [answer for answer in sheet.answers.all() if answer.question_id == question]
    return ", ".join(str(each.option or each.text or f"{each.number.normalize():f}") for each in found)
