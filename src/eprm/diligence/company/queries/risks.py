"""What the declarations say that asks for a closer look, and what is still wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, Min, QuerySet, Value, When

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
    counted = (
        FindingRow.objects.filter(organisation=view.organisation, upload__in=accepted(view))
        .values("code", "level")
        .annotate(count=Count("pk"), declarations=Count("upload", distinct=True))
        .order_by("-declarations", "-count", "code")
    )
    return [FindingCount(**row) for row in counted]


def risks_visible_to(person: Person) -> QuerySet[RiskRow]:
    """The risks in the files of the person's organisations."""
    return RiskRow.objects.filter(organisation__in=person.organisation_ids())


def risks(view: CompanyYear) -> QuerySet[RiskRow]:
    """The risks in the year's accepted declarations, one row a declaration and fact."""
    return risks_visible_to(view.person).filter(organisation=view.organisation, upload__in=accepted(view))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskKind:
    """One kind of risk at one place (`country` blank: none is named), with one fact of it as the example."""

    country: str
    code: str
    level: str
    facts: int
    suppliers: int
    example: RiskRow


def risk_kinds(view: CompanyYear) -> list[RiskKind]:
    """The risks by place and kind, the place most suppliers touch first. Two queries."""
    rows = list(
        risks(view)
        .values("country_iso2", "code", "level")
        .annotate(facts=Count("values", distinct=True), suppliers=Count(SENDER, distinct=True), first=Min("pk"))
        .order_by("-suppliers", "country_iso2", "code")
    )
    examples = RiskRow.objects.in_bulk([row["first"] for row in rows])
    return [
        RiskKind(
            country=row["country_iso2"],
            code=row["code"],
            level=row["level"],
            facts=row["facts"],
            suppliers=row["suppliers"],
            example=examples[row["first"]],
        )
        for row in rows
    ]


def risk_facts(view: CompanyYear) -> QuerySet[RiskRow, dict[str, object]]:
    """The same fact told by several suppliers is one risk: `suppliers` says by how many, `pk` leads to one of them."""
    return (
        risks(view)
        .values("code", "level", "country_iso2", "region", "values")
        .annotate(
            suppliers=Count(SENDER, distinct=True),
            first=Min("pk"),
            nowhere=Case(When(country_iso2="", then=Value(1)), default=Value(0)),
        )
        .order_by("nowhere", "country_iso2", "-suppliers", "code", "first")
    )
