"""What a report is made from: every figure, read once. A fixed number of queries, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from eprm.diligence.company.queries import answers, changes, risks, smelters
from eprm.diligence.company.queries.year import CompanyYear, accepted
from eprm.diligence.models import Decision, Report
from eprm.reference.models import Area, Release
from eprm.reference.queries import areas_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The year as the data holds it; which of it may be told is the report's matter."""

    organisation: str
    country: str
    year: int
    on: date
    states: answers.AnswerStates
    unanswered: list[answers.OpenEnquiry]
    declarations: list[answers.AcceptedDeclaration]
    given: list[answers.AnswerCount]
    smelters: list[smelters.NamedSmelter]
    lines: dict[str, int]
    origins: dict[str, int]
    areas: list[Area]
    risks: list[dict[str, Any]]
    change: changes.SmelterChanges
    decisions: int
    editions: list[str]
    releases: list[Release]
    earlier: list[Report]


def facts_of(view: CompanyYear, kind: str) -> Facts:
    """Read everything a report of the year needs; the single declarations only for the version that tells of them."""
    named = smelters.smelters_named(view)
    decided = Decision.objects.filter(organisation=view.organisation, upload__in=accepted(view))
    earlier = Report.objects.filter(organisation=view.organisation).select_related("made_by")
    return Facts(
        organisation=view.organisation.name,
        country=view.organisation.country,
        year=view.year,
        on=view.on,
        states=answers.answer_states(view),
        unanswered=answers.unanswered(view),
        declarations=answers.declarations_accepted(view) if kind == Report.Kind.INTERNAL else [],
        given=answers.answers_given(view),
        smelters=named,
        lines=smelters.lines_by_outcome(view),
        origins=smelters.origins_stated(view),
        areas=list(areas_on(view.on)),
        risks=risks.risk_facts(view),
        change=changes.smelter_changes(view, named),
        decisions=decided.filter(superseded_by=None).count(),
        editions=answers.editions_used(view),
        releases=smelters.status_releases(view),
        earlier=list(earlier.filter(kind=Report.Kind.PUBLIC).order_by("-made_at")[:5]),
    )
