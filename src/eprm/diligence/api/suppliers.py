"""Suppliers and enquiries through the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.diligence.actions import suppliers as actions
from eprm.diligence.api.shapes import EnquiryOut, Message, SupplierIn, SupplierOut, cleaned
from eprm.diligence.forms import SupplierForm
from eprm.diligence.models import Supplier
from eprm.diligence.queries import suppliers as queries

router = Router()


@router.get("/suppliers", response=list[SupplierOut])
@paginate(Pages)
def list_suppliers(request: HttpRequest) -> Any:
    """The suppliers of your organisation, by name."""
    return queries.suppliers_visible_to(request.user)


@router.post("/suppliers", response={201: SupplierOut, 401: Message, 403: Message, 422: Message})
def add_supplier(request: HttpRequest, supplier: SupplierIn) -> Status:
    """Add a supplier."""
    fields = cleaned(SupplierForm(supplier.dict()))
    added = actions.add_supplier(organisation=request.organisation, by=request.user, **fields)
    return Status(201, queries.suppliers_visible_to(request.user).get(pk=added.pk))


@router.get("/suppliers/{pk}", response={200: SupplierOut, 401: Message, 404: Message})
def read_supplier(request: HttpRequest, pk: int) -> Supplier:
    """One supplier."""
    return get_object_or_404(queries.suppliers_visible_to(request.user), pk=pk)


@router.put("/suppliers/{pk}", response={200: SupplierOut, 401: Message, 403: Message, 404: Message, 422: Message})
def change_supplier(request: HttpRequest, pk: int, supplier: SupplierIn) -> Supplier:
    """Change what is noted about a supplier."""
    known = get_object_or_404(queries.suppliers_visible_to(request.user), pk=pk)
    fields = cleaned(SupplierForm(supplier.dict(), instance=known))
    actions.change_supplier(supplier=known, by=request.user, **fields)
    return queries.suppliers_visible_to(request.user).get(pk=pk)


@router.get("/enquiries", response=list[EnquiryOut])
@paginate(Pages)
def list_enquiries(request: HttpRequest, open: bool | None = None, year: int | None = None) -> Any:
    """What suppliers were asked; `open` for those nobody has answered yet."""
    found = queries.enquiries_visible_to(request.user)
    if open is not None:
        found = found.filter(closed_on__isnull=open)
    return found.filter(year=year) if year is not None else found
