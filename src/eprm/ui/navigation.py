"""The six areas, the pages apps put into them, and what the header says needs attention.

An app registers in `apps.py`; an area without a page a person may open is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Person = AbstractBaseUser | AnonymousUser
Rows = Callable[[Person], Iterable[QuerySet]]

AREAS: dict[str, str | Promise] = {
    "learn": _("Learn"),
    "meet": _("Meet"),
    "check": _("Check"),
    "mines": _("Mines"),
    "fund": _("Fund"),
    "results": _("Results"),
}
ACCOUNT = "account"
FOOT = "foot"
SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page of an area: `url_name` without arguments, `order` within the area, `visible` to whom.

    `office` pages are for who runs the partnership; they stand in a row of their own, after everybody's.
    """

    area: str
    label: str | Promise
    url_name: str
    order: int
    visible: Callable[[Person], bool]
    office: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page shows it."""

    label: str | Promise
    url: str
    current: bool
    office: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Something that may wait for a person: its rows, how many are told in words, and the page where they are."""

    rows: Rows
    words: Promise
    url_name: str
    query: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of a kind that wait for the person, and where."""

    words: str
    url: str


_entries: dict[str, Entry] = {}
_attention: list[Source] = []


def signed_in(person: Person) -> bool:
    return person.is_authenticated


def everyone(_person: Person) -> bool:
    return True


def add(
    area: str,
    label: str | Promise,
    url_name: str,
    *,
    order: int = 50,
    visible: Callable[[Person], bool] = signed_in,
    office: bool = False,
) -> None:
    """Put a page into an area, the person's own menu ("account"), the foot ("foot"), or the magnifier
    of the head ("search"). ValueError for anything else."""
    if area not in (places := (*AREAS, ACCOUNT, FOOT, SEARCH)):
        raise ValueError(f"“{area}” is not an area; use one of {', '.join(places)}.")
    _entries[url_name] = Entry(area=area, label=label, url_name=url_name, order=order, visible=visible, office=office)


def attention(rows: Rows, words: Promise, url_name: str, *, query: str = "") -> None:
    """Let what `rows(person)` names add to the number beside the organisation, and to the list on the start page.

    `rows` names querysets and asks nothing itself: all areas' rows are counted on every page, in one query together.
    `words` is an `ngettext_lazy` of "n"; the page of `url_name` shows the rows, by the `query` where it has filters.
    """
    source = Source(rows, words, url_name, query)
    if all(known.words != words or known.url_name != url_name for known in _attention):
        _attention.append(source)


def attention_count(person: Person) -> int:
    """How many things wait for this person, over all apps; 0 for a visitor."""
    if not person.is_authenticated:
        return 0
    things = _things(person)
    return things[0].union(*things[1:], all=True).count() if things else 0


def attention_list(person: Person) -> list[Waiting]:
    """What waits for this person, kind by kind, in one query."""
    things = _things(person)
    if not things:
        return []
    counts = Counter(things[0].union(*things[1:], all=True).values_list("source", flat=True))
    return [
        Waiting(_attention[at].words % {"n": counts[at]}, reverse(_attention[at].url_name) + _attention[at].query)
        for at in sorted(counts)
    ]


def _things(person: Person) -> list[QuerySet]:
    return [
        rows.order_by().annotate(source=Value(at)).values("source")
        for at, source in enumerate(_attention)
        for rows in source.rows(person)
    ]


def areas_for(request: HttpRequest) -> list[Link]:
    """The areas this person can open, each leading to its first page."""
    here = current_area(request)
    links = []
    for area, label in AREAS.items():
        if entries := _visible(area, request):
            links.append(Link(label, reverse(entries[0].url_name), area == here))
    return links


def pages_for(request: HttpRequest, area: str | None = None) -> list[Link]:
    """The pages of an area (the current one unless named) that this person can open, in order."""
    area = area or current_area(request)
    if area is None:
        return []
    entries = _visible(area, request)
    here = _current_entry(request, entries)
    return [Link(entry.label, reverse(entry.url_name), entry is here, entry.office) for entry in entries]


def current_area(request: HttpRequest) -> str | None:
    """The area the current page belongs to: that of the entry it is or lies under, else that of its app's entries."""
    match = request.resolver_match
    if match is None:
        return None
    if match.view_name in _entries:
        return _entries[match.view_name].area
    of_app = [entry for entry in _sorted() if match.namespace and entry.url_name.partition(":")[0] == match.namespace]
    entry = _current_entry(request, of_app) or next(iter(of_app), None)
    return entry.area if entry else None


def _current_entry(request: HttpRequest, entries: list[Entry]) -> Entry | None:
    """The entry whose address is the page's own or, failing that, the longest one it lies under."""
    above = [entry for entry in entries if request.path.startswith(reverse(entry.url_name))]
    return max(above, key=lambda entry: len(reverse(entry.url_name)), default=None)


def _visible(area: str, request: HttpRequest) -> list[Entry]:
    """What the person of this request can open in the area. Each entry is asked once per request and person."""
    known = request.__dict__.setdefault("_entries_seen", {})
    if request.user not in known:
        known[request.user] = [entry for entry in _sorted() if entry.visible(request.user)]
    return [entry for entry in known[request.user] if entry.area == area]


def _sorted() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.office, entry.order, entry.url_name))
