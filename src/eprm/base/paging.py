"""Lists of the API come in pages, bounded so that no number in an address asks the database for the impossible."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from ninja import Schema
from ninja.pagination import PaginationBase
from pydantic import Field

MOST_PAGES, MOST_ROWS = 100_000, 200


class Pages(PaginationBase):
    """`page` from 1, `page_size` up to 200; the answer says how many rows there are in all."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=MOST_PAGES)
        page_size: int = Field(50, ge=1, le=MOST_ROWS)

    class Output(Schema):
        items: list[Any]
        count: int
        page: int

    def paginate_queryset(self, queryset: QuerySet[Any] | list[Any], pagination: Input, **_params: Any) -> Any:
        first = (pagination.page - 1) * pagination.page_size
        items = list(queryset[first : first + pagination.page_size])
        return {"items": items, "count": self._items_count(queryset), "page": pagination.page}
