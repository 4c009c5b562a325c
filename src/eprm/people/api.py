"""The directory through the API: what the token's organisation may see, found and filtered as on the page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.people.models import DirectoryEntry
from eprm.people.queries import directory

router = Router()


class DirectoryEntryOut(Schema):
    """An organisation as your circle sees it; a field that is hidden from you is empty, as one nobody filled in."""

    organisation_id: int
    name: str
    country: str
    place: str
    pillar: str
    tier: str
    staff: int | None
    minerals: list[str]
    regions: list[str]
    offers: list[str]
    seeks: list[str]
    names: list[str]
    identifiers: list[str]
    about: str
    among_members: str
    website: str
    contact: str


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


@router.get("/directory", response=list[DirectoryEntryOut])
@paginate(Pages)
def list_directory(
    request: HttpRequest,
    q: str = "",
    tier: str = "",
    pillar: str = "",
    country: str = "",
    mineral: str = "",
    offers: str = "",
    seeks: str = "",
    members: bool = False,
) -> Any:
    """The organisations listed for you, by name, or those most like the words of `q` first."""
    asked = {"q": q, "tier": tier, "pillar": pillar, "country": country, "mineral": mineral}
    asked |= {"offers": offers, "seeks": seeks}
    plain = {name: value.replace("\0", "") for name, value in asked.items()}  # PostgreSQL's text holds no NUL
    return directory.entries_found(directory.circle_of_viewer(), plain | {"members": members})


@router.get("/directory/{pk}", response={200: DirectoryEntryOut, 401: Message, 404: Message})
def read_directory_entry(request: HttpRequest, pk: int) -> DirectoryEntry:
    """One organisation by its number; a merged one answers as the organisation it became."""
    entry = directory.entry_of(directory.successor_of(pk) or pk, directory.circle_of_viewer())
    if entry is None:
        raise Http404
    return entry
