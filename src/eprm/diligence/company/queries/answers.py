"""Who was asked, who has answered, and how far the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from eprm.diligence import lifecycle
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


def suppliers_with_state(view: CompanyYear) -> QuerySet[Supplier]:
    """The suppliers asked for the year, or heard from for it, with `is_accepted` and the `latest` file's state."""
    theirs = files_in_force(view.person, view.organisation).filter(supplier=OuterRef("pk"), year=view.year)
    asked = Enquiry.objects.filter(supplier=OuterRef("pk"), year=view.year)
    return (
        Supplier.objects.filter(organisation__in=view.person.organisation_ids(), organisation=view.organisation)
        .annotate(
            asked=Exists(asked),
            is_accepted=Exists(accepted(view).filter(supplier=OuterRef("pk"))),
            latest=Subquery(theirs.order_by("-received_at").values("state")[:1]),
        )
        .filter(Q(asked=True) | Q(latest__isnull=False))
    )


def answer_states(view: CompanyYear) -> AnswerStates:
    """Counted in one query."""
    done = Q(is_accepted=True)
    came_back = Q(latest__in=(lifecycle.RETURNED, lifecycle.UNREADABLE))
    return AnswerStates(
        **suppliers_with_state(view).aggregate(
            accepted=Count("pk", filter=done),
            sent_back=Count("pk", filter=~done & came_back),
            to_decide=Count("pk", filter=~done & Q(latest__isnull=False) & ~came_back),
            unanswered=Count("pk", filter=~done & Q(latest=None)),
        )
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
    theirs = files_in_force(view.person, view.organisation).filter(supplier=OuterRef("supplier"), year=view.year)
    asked = Enquiry.objects.filter(
        organisation__in=view.person.organisation_ids(), organisation=view.organisation, year=view.year, closed_on=None
    ).select_related("supplier")
    found = asked.annotate(latest=Subquery(theirs.order_by("-received_at").values("state")[:1]))
    return [
        OpenEnquiry(
            supplier=enquiry.supplier,
            template=enquiry.template,
            asked_on=enquiry.asked_on,
            due_on=enquiry.due_on,
            overdue=(view.on - enquiry.due_on).days,
            latest=enquiry.latest,
        )
        for enquiry in found.order_by("due_on", "supplier__name")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """How many declarations gave one answer to one question; `mineral` is blank for company-level questions."""

    template: str
    question: str
    mineral: str
    value: str
    declarations: int


def answers_given(view: CompanyYear, template: str = "CMRT") -> list[AnswerCount]:
    """The answers of the year's declarations of one template, counted by question, mineral and answer."""
    given = (
        DeclaredAnswer.objects.filter(
            organisation=view.organisation, upload__in=accepted(view), upload__declaration__template=template
        )
        .values("question", "mineral", "value")
        .annotate(declarations=Count("upload", distinct=True))
        .order_by("question", "mineral", "-declarations", "value")
    )
    return [AnswerCount(template=template, **row) for row in given]


def declarations_accepted(view: CompanyYear) -> QuerySet[Declaration]:
    """The accepted declarations themselves, with their files, by the sender's name."""
    found = Declaration.objects.filter(organisation=view.organisation, upload__in=accepted(view))
    return found.select_related("upload__supplier", "upload__file").order_by("company_name", "pk")


def editions_used(view: CompanyYear) -> list[str]:
    """The editions of the lists by which the year's declarations were judged, each once."""
    judged = accepted(view).order_by().values_list("judged_by", flat=True).distinct()
    return sorted({line.strip() for text in judged for line in text.splitlines() if line.strip()})


def latest_files(view: CompanyYear, count: int = 5) -> QuerySet[Upload]:
    """The files that came last, of whatever year and state."""
    files = files_in_force(view.person, view.organisation).select_related("supplier", "file", "declaration")
    return files.order_by("-received_at")[:count]
