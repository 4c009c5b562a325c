"""Events through the API: read only, and never more than the token's person reads on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.events import queries
from eprm.events.models import Event

router = Router()


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


class EventOut(Schema):
    """An event; its text is Markdown. `group` is the slug of the group it is for; `capacity` null: as many as come."""

    id: int
    uid: str
    kind: str
    title: str
    text: str
    audience: str
    group: str | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    capacity: int | None
    seats_taken: int
    waiting_count: int
    cancelled: bool
    cancelled_because: str

    @staticmethod
    def resolve_uid(event: Any) -> str:
        return str(event.uid)

    @staticmethod
    def resolve_group(event: Any) -> str | None:
        return event.group.slug if event.group else None

    @staticmethod
    def resolve_cancelled(event: Any) -> bool:
        return event.cancelled_at is not None


@router.get("", response=list[EventOut])
@paginate(Pages)
def list_events(request: HttpRequest, past: bool = False) -> Any:
    """The events you may see that are to come, soonest first; with `past=true` those that are over, latest first."""
    at = timezone.now()
    return queries.past(request.user, at) if past else queries.coming(request.user, at)


@router.get("/{pk}", response={200: EventOut, 401: Message, 404: Message})
def read_event(request: HttpRequest, pk: int) -> Event:
    """One event."""
    return get_object_or_404(queries.events_visible_to(request.user), pk=pk)
