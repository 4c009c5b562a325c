"""Membership through the API: reading, for programs of the secretariat."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.members import rules
from eprm.members.models import Application, Invoice, Member
from eprm.members.queries.applications import applications_visible_to
from eprm.members.queries.contributions import invoices_visible_to
from eprm.members.queries.duties import lights_of, worst_of
from eprm.members.queries.membership import members_visible_to

router = Router()


class Message(Schema):
    message: str


class MemberOut(Schema):
    """A membership; `light` is the gravest of its duties today, `owed` names what is overdue."""

    id: int
    organisation: str
    country: str
    pillar: str
    fee_class: str
    since: date
    until: date | None
    state: str
    light: str
    owed: list[str]


class ApplicationOut(Schema):
    id: int
    organisation: str
    pillar: str
    state: str
    fee_class: str
    submitted_at: datetime | None
    decided_at: datetime | None


class InvoiceOut(Schema):
    id: int
    number: str
    organisation: str
    kind: str
    for_year: int
    issued_on: date
    due_on: date
    currency: str
    amount: Decimal
    credited: Decimal
    paid: Decimal
    owed: Decimal


class Shown:
    """A queryset whose pages come as the API's shape, a page at a time."""

    def __init__(self, rows: Any, shape: Any) -> None:
        self.rows, self.shape = rows, shape

    def __getitem__(self, part: slice) -> list[Any]:
        return self.shape(list(self.rows[part]))

    def __len__(self) -> int:
        return self.rows.count()


@router.get("/members", response=list[MemberOut])
@paginate(Pages)
def list_members(request: HttpRequest, state: str = "") -> Any:
    """The memberships with their lights of today; narrowed by `state`."""
    rules.can_see_members(request.user).require()
    found = members_visible_to(request.user)
    return Shown(found.filter(state=state.replace("\x00", "")) if state else found, _members)


def _members(members: list[Member]) -> list[MemberOut]:
    lights = lights_of(members, timezone.localdate())
    return [
        MemberOut(
            id=member.pk,
            organisation=str(member.organisation),
            country=member.organisation.country,
            light=worst_of(lights[member.pk]),
            owed=[one.duty.key for one in lights[member.pk] if one.light in ("red", "yellow")],
            **{name: getattr(member, name) for name in ("pillar", "fee_class", "since", "until", "state")},
        )
        for member in members
    ]


@router.get("/applications", response=list[ApplicationOut])
@paginate(Pages)
def list_applications(request: HttpRequest, state: str = "") -> Any:
    """The applications that were sent, newest first; narrowed by `state`."""
    rules.can_see_members(request.user).require()
    found = applications_visible_to(request.user).exclude(state="draft")
    return Shown(found.filter(state=state.replace("\x00", "")) if state else found, _applications)


def _applications(applications: list[Application]) -> list[ApplicationOut]:
    names = ("pillar", "state", "fee_class", "submitted_at", "decided_at")
    return [
        ApplicationOut(id=one.pk, organisation=str(one.organisation), **{name: getattr(one, name) for name in names})
        for one in applications
    ]


@router.get("/invoices", response=list[InvoiceOut])
@paginate(Pages)
def list_invoices(request: HttpRequest, year: int | None = None) -> Any:
    """Invoices and credit notes, newest number first; narrowed by the `year` of the number."""
    rules.can_see_members(request.user).require()
    found = invoices_visible_to(request.user)
    return Shown(found.filter(year=year) if year is not None and 0 < year < 10_000 else found, _invoices)


def _invoices(invoices: list[Invoice]) -> list[InvoiceOut]:
    names = ("kind", "for_year", "issued_on", "due_on", "currency", "amount", "credited", "paid", "owed")
    return [
        InvoiceOut(
            id=one.pk, number=one.label, organisation=str(one.organisation), **{n: getattr(one, n) for n in names}
        )
        for one in invoices
    ]
