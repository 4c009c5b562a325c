"""Who was asked, who has answered, and how far the answers are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import CharField, Count, Func, Q, QuerySet
from django.db.models.functions import Coalesce

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.sums import part
from eprm.diligence.company.queries.year import CompanyYear, accepted, files_in_force
from eprm.diligence.models import Declaration, DeclaredAnswer, Enquiry, Supplier, Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStates:
    """How many suppliers stand where this year. Each supplier counts once, at the furthest point any file reached."""

    accepted: int
    to_decide: int
    sent_back: int
    unanswered: int

    @property
    def suppliers(self) -> int:
        return self.accepted + self.to_decide + self.sent_back + self.unanswered

    @property
    def answered(self) -> int:
        return self.suppliers - self.unanswered


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from a supplier for the year: whether a file of it is accepted, and the state of the last."""

    is_accepted: bool
    latest: str


def heard(view: CompanyYear) -> Mapping[int, Heard]:
    """The suppliers heard from for the year, by number."""
    return view.once("heard", _heard)


def _heard(view: CompanyYear) -> dict[int, Heard]:
    # One reading of the files. Asked of each supplier by itself, PostgreSQL reads them eight times over.
    files = files_in_force(view.person, view.organisation).filter(year=view.year, supplier__isnull=False)
    last = Func(ArrayAgg("state", order_by="-received_at"), template="(%(expressions)s)[1]", output_field=CharField())
    rows = (
        files.order_by().values_list("supplier").annotate(is_accepted=BoolOr(Q(state=lifecycle.ACCEPTED)), latest=last)
    )
    return {supplier: Heard(is_accepted, latest) for supplier, is_accepted, latest in rows}


def answer_states(view: CompanyYear) -> AnswerStates:
    """The suppliers asked for the year or heard from for it. Two queries."""
    enquiries = Enquiry.objects.filter(
        organisation__in=view.person.organisation_ids(), organisation=view.organisation, year=view.year
    )
    answered = heard(view)
    open_ones = [each.latest for each in answered.values() if not each.is_accepted]
    came_back = sum(state in (lifecycle.RETURNED, lifecycle.UNREADABLE) for state in open_ones)
    return AnswerStates(
        accepted=len(answered) - len(open_ones),
        to_decide=len(open_ones) - came_back,
        sent_back=came_back,
        unanswered=len(set(enquiries.values_list("supplier", flat=True)) - answered.keys()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnquiry:
    """An enquiry nobody has answered acceptably yet; `overdue` in days, negative while there is time."""

    supplier: Supplier
    template: str
    asked_on: date
    due_on: date
    overdue: int
    latest: str | None


def unanswered(view: CompanyYear) -> list[OpenEnquiry]:
    """The year's open enquiries, longest overdue first, with the state of the file that came last, if any."""
    asked = Enquiry.objects.filter(
        organisation__in=view.person.organisation_ids(), organisation=view.organisation, year=view.year, closed_on=None
    ).select_related("supplier")
    answered = heard(view)
    return [
        OpenEnquiry(
            supplier=enquiry.supplier,
            template=enquiry.template,
            asked_on=enquiry.asked_on,
            due_on=enquiry.due_on,
            overdue=(view.on - enquiry.due_on).days,
            latest=answered[enquiry.supplier_id].latest if enquiry.supplier_id in answered else None,
        )
        for enquiry in asked.order_by("due_on", "supplier__name")
    ]


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many declarations gave one answer to one question; `mineral` is blank for company-level questions."""

    question: str
    mineral: str
    value: str
    declarations: int


def answers_given(view: CompanyYear) -> list[AnswerCount]:
    """The answers of the year's CMRT declarations, counted by question, mineral and answer."""
    return [AnswerCount(*row) for row in part(view, "answers", add_up_answers)]


def add_up_answers(view: CompanyYear) -> list[list[Any]]:
    given = (
        DeclaredAnswer.objects.filter(
            organisation=view.organisation, upload__in=accepted(view), upload__declaration__template="CMRT"
        )
        .values_list("question", "mineral", "value")
        .annotate(declarations=Count("upload", distinct=True))
        .order_by("question", "mineral", "-declarations", "value")
    )
    return [list(row) for row in given]


class AcceptedDeclaration(NamedTuple):
    """An accepted declaration: who sent it (the supplier's name, else the one it gives), when, and its file."""

    supplier: str
    template: str
    revision: str
    effective_date: date | None
    accepted_at: datetime | None
    sha256: str


def declarations_accepted(view: CompanyYear) -> list[AcceptedDeclaration]:
    """The accepted declarations themselves, by the sender's name."""
    found = Declaration.objects.filter(organisation=view.organisation, upload__in=accepted(view))
    told = found.order_by("company_name", "pk").values_list(
        Coalesce("upload__supplier__name", "company_name"),
        *("template", "revision", "effective_date", "upload__accepted_at", "upload__sha256"),
    )
    return [AcceptedDeclaration(*row) for row in told]


def editions_used(view: CompanyYear) -> list[str]:
    """The editions of the lists by which the year's declarations were judged, each once."""
    return part(view, "editions", add_up_editions)


def add_up_editions(view: CompanyYear) -> list[str]:
    judged = accepted(view).order_by().values_list("judged_by", flat=True).distinct()
    return sorted({line.strip() for text in judged for line in text.splitlines() if line.strip()})


def latest_files(view: CompanyYear, count: int = 5) -> QuerySet[Upload]:
    """The files that came last, of whatever year and state."""
    files = files_in_force(view.person, view.organisation).select_related("supplier", "file", "declaration")
    return files.order_by("-received_at")[:count]
