"""The hub through the API: resources by facets, and the search. Each caller gets what its person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.knowledge.forms import chosen_facets
from eprm.knowledge.models import Resource
from eprm.knowledge.queries import shelves
from eprm.search import queries as search

router = Router()


class ResourceOut(Schema):
    """A resource with its facets, its source, and how sure it is."""

    id: int
    title: str
    publisher: str
    year: int | None
    address: str
    kind: str
    languages: list[str]
    cost: str
    tiers: list[str]
    minerals: list[str]
    steps: list[str]
    regions: list[str]
    summary: str
    confirmed: str
    checked_on: date | None


class HitOut(Schema):
    """One thing found: `kind` is what it is, `url` where it stands on the site."""

    kind: str
    key: str
    language: str
    title: str
    url: str
    on: date | None
    facets: list[str]


class FoundOut(Schema):
    """`count` is of all you may see, of which the `listed` that fit best can be paged through, with `more` beyond them.

    `mended` is the search as corrected, where it found nothing as typed.
    """

    count: int
    listed: int
    more: bool
    mended: str
    hits: list[HitOut]


@router.get("/resources", response=list[ResourceOut])
@paginate(Pages)
def list_resources(request: HttpRequest, q: str = "") -> Any:
    """The resources you may see; `tier`, `mineral`, `step`, `kind`, `language`, `cost` and `region` narrow them."""
    keys = shelves.keys_holding(request.user, q[:200].replace("\x00", ""))
    return shelves.resources_found(request.user, chosen_facets(request.GET), keys)


@router.get("/resources/{pk}", response=ResourceOut)
def read_resource(request: HttpRequest, pk: int) -> Resource:
    """One resource."""
    return get_object_or_404(shelves.resources_visible_to(request.user), pk=pk)


@router.get("/search", response=FoundOut)
def find(request: HttpRequest, q: str = Query(max_length=200), page: int = Query(1, ge=1, le=50)) -> search.Found:
    """What you find by these words, over everything you may see."""
    return search.found_by(request.user, q, page=page)
