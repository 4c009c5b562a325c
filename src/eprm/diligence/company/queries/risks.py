"""What the declarations say that asks for a closer look, and what is still wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, QuerySet

from eprm.diligence.company.queries.sums import part
from eprm.diligence.company.queries.year import SENDER, CompanyYear, accepted
from eprm.diligence.models import FindingRow, RiskRow
from eprm.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCount:
    """How often a finding stands in the year's declarations."""

    code: str
    level: str
    count: int
    declarations: int


def findings_by_code(view: CompanyYear) -> list[FindingCount]:
    """The findings that accepted declarations still carry, most frequent first."""
    return [FindingCount(**row) for row in part(view, "findings", add_up_findings)]


def add_up_findings(view: CompanyYear) -> list[dict[str, Any]]:
    return list(
        FindingRow.objects.filter(organisation=view.organisation, upload__in=accepted(view))
        .values("code", "level")
        .annotate(count=Count("pk"), declarations=Count("upload", distinct=True))
        .order_by("-declarations", "-count", "code")
    )


def risks_visible_to(person: Person) -> QuerySet[RiskRow]:
    """The risks in the files of the person's organisations."""
    return RiskRow.objects.filter(organisation__in=person.organisation_ids())


def risks(view: CompanyYear) -> QuerySet[RiskRow]:
    """The risks in the year's accepted declarations, one row a declaration and fact."""
    return risks_visible_to(view.person).filter(organisation=view.organisation, upload__in=accepted(view))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskKind:
    """One kind of risk at one place (`country` blank: none is named), with one fact of it as the example.

    `example` is the number of a row that tells it, at `where` in its file and with `values`.
    """

    country: str
    code: str
    level: str
    facts: int
    suppliers: int
    example: int
    where: str
    values: Mapping[str, Any]


def risk_kinds(view: CompanyYear) -> list[RiskKind]:
    """The risks by place and kind, the place most suppliers touch first."""
    return [RiskKind(**row) for row in part(view, "kinds", add_up_kinds)]


def add_up_kinds(view: CompanyYear) -> list[dict[str, Any]]:
    rows = list(
        risks(view)
        .values("code", "level", country=F("country_iso2"))
        .annotate(facts=Count("values", distinct=True), suppliers=Count(SENDER, distinct=True), example=Min("pk"))
        .order_by("-suppliers", "country", "code")
    )
    examples = RiskRow.objects.in_bulk([row["example"] for row in rows])
    told = ((row, examples[row["example"]]) for row in rows)
    return [{**row, "where": example.where, "values": example.values} for row, example in told]


def risk_facts(view: CompanyYear) -> list[dict[str, Any]]:
    """The same fact told by several suppliers is one risk: `suppliers` says by how many, `first` leads to one of them.

    By place, and those that name none last; first what most suppliers tell.
    """
    return part(view, "facts", add_up_facts)


def add_up_facts(view: CompanyYear) -> list[dict[str, Any]]:
    told = (
        risks(view)
        .values("code", "level", "country_iso2", "region", "values")
        .annotate(suppliers=Count(SENDER, distinct=True), first=Min("pk"))
    )
    return sorted(told, key=_by_place)


def _by_place(fact: Mapping[str, Any]) -> tuple[object, ...]:
    return (not fact["country_iso2"], fact["country_iso2"], -fact["suppliers"], fact["code"], fact["first"])
