"""Surveys through the API: read only, and never more than the token's person reads on the pages; no single answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.surveys import rules
from eprm.surveys.models import Survey
from eprm.surveys.queries import results as figures
from eprm.surveys.queries import surveys as queries

router = Router()


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


class SurveyOut(Schema):
    """A survey. `state`: draft, planned, open, closed, shown; `group` is the slug of the group it asks."""

    id: int
    title: dict[str, str]
    edition: int
    audience: str
    group: str | None
    by_name: bool
    counted_by: str
    opens_on: date
    closes_on: date
    state: str

    @staticmethod
    def resolve_title(survey: Any) -> dict[str, str]:
        told = {language: getattr(survey, f"title_{language}") for language in ("en", "fr", "es")}
        return {language: title for language, title in told.items() if title}

    @staticmethod
    def resolve_group(survey: Any) -> str | None:
        return survey.group.slug if survey.group else None

    @staticmethod
    def resolve_state(survey: Any) -> str:
        return survey.state_on(timezone.localdate())


class FigureOut(Schema):
    """One figure, as counted at the close; shares of groups are rounded to 5 points. `note`: why nothing is told."""

    question: str
    part: str
    label: str
    measure: str
    base: int | None
    count: int | None
    share: Decimal | None
    value: Decimal | None
    unit: str
    note: str


class ResultsOut(Schema):
    """All figures of a survey in one language, and the day they were counted."""

    survey: int
    counted_on: date
    answers: int
    figures: list[FigureOut]


@router.get("", response=list[SurveyOut])
@paginate(Pages)
def list_surveys(request: HttpRequest) -> Any:
    """The surveys that ask you, whose results you may read, or that you keep; those that close last first."""
    return queries.surveys_visible_to(request.user)


@router.get("/{pk}/results", response={200: ResultsOut, 401: Message, 403: Message, 404: Message})
def read_results(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What was answered, in numbers."""
    survey: Survey = get_object_or_404(queries.surveys_visible_to(request.user), pk=pk)
    keeping = rules.can_keep(request.user, survey, queries.member_for(request.user, survey))
    rules.can_see_results(request.user, survey, keeping).require()
    questions = queries.questions_of(survey)
    found = figures.results_of(survey, questions, queries.language_of(survey, questions))
    counted_on = survey.counted_at.date() if survey.counted_at else survey.closes_on
    return {"survey": survey.pk, "counted_on": counted_on, "answers": found.count, "figures": found.rows}
