"""Who changed what in an organisation: the history that the database's triggers wrote, over all apps.

An app names its tracked models in `apps.py`: `trail.add(Supplier)`. What a row points to is told by its `__str__`; a
field is hidden where that would need a further query. This is for reading only; what is recorded, and that nobody can
alter it, is the triggers' affair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_tables2.data import TableData

from eprm.people.models import Organisation, Person

CHUNK = 500
# The fields that say what a thing is called, the most telling first.
TELLING = (
    *("name", "title", "label", "edition", "email", "person", "supplier", "file", "pdf", "code", "question", "what"),
    *("value", "mineral", "country", "topic", "field", "for_year", "year", "number"),
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A model whose history is shown: `of` finds an organisation's events, `hidden` fields are not told.

    `words` say the model itself (key "") and its fields where their own `verbose_name` does not; `values` say what a
    field's stored value is called where the field has no choices of its own.
    """

    model: type[models.Model]
    of: Callable[[Organisation], Q]
    hidden: frozenset[str]
    words: Mapping[str, str | Promise]
    values: Mapping[str, Mapping[str, str | Promise]]

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    @property
    def noun(self) -> str:
        return str(self.words.get("", self.model._meta.verbose_name))

    @property
    def events(self) -> type[models.Model]:
        return self.model.pgh_event_model


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change. `fields` gives each changed field's name, what stood there and what stands there now.

    `kind` and `number` lead to the history of the changed thing alone.
    """

    at: datetime
    who: str
    verb: str
    noun: str
    thing: str
    fields: tuple[tuple[str | Promise, str, str], ...]
    kind: str
    number: object


class Head(NamedTuple):
    """An event by its number and the model it is of, and when it was."""

    number: int
    kind: str
    at: datetime


# What a row is called, by its model and number.
Names = Mapping[tuple[type[models.Model], int], str]
_tracked: dict[str, Tracked] = {}


def _own(organisation: Organisation) -> Q:
    return Q(organisation__in=organisation.ids)


def own_or_shared(organisation: Organisation) -> Q:
    """For models whose rows without an organisation are everybody's: the secretariat keeps those."""
    if organisation.tier == Organisation.Tier.SECRETARIAT:
        return _own(organisation) | Q(organisation=None)
    return _own(organisation)


def add(
    model: type[models.Model],
    *,
    of: Callable[[Organisation], Q] = _own,
    hidden: Iterable[str] = ("organisation",),
    words: Mapping[str, str | Promise] | None = None,
    values: Mapping[str, Mapping[str, str | Promise]] | None = None,
) -> None:
    """Show the history of a model tracked by pghistory on the page "Who changed what"."""
    tracked = Tracked(model, of, frozenset(hidden), words or {}, values or {})
    _tracked[tracked.key] = tracked


def kinds() -> list[tuple[str, str]]:
    """The registered models by key and noun, for a filter."""
    return sorted(((tracked.key, tracked.noun) for tracked in _tracked.values()), key=lambda pair: pair[1])


def find(kind: str) -> Tracked | None:
    return _tracked.get(kind)


class Trail(TableData):
    """An organisation's changes, newest first, read a page at a time: django-tables2 asks for slices.

    Narrowed to one `kind` ("diligence.supplier"), one person's deeds, or one `thing` of that kind by its number.
    """

    def __init__(
        self, organisation: Organisation, *, kind: str = "", person_id: int | None = None, thing: int | None = None
    ) -> None:
        super().__init__(data=())
        self.tracked: Mapping[str, Tracked] = _tracked
        chosen = [tracked for key, tracked in _tracked.items() if kind in ("", key)]
        self.heads = Heads([_heads(tracked, tracked.of(organisation), person_id, thing) for tracked in chosen])

    def order_by(self, aliases: Any) -> None:
        """Always by time, newest first."""

    def __len__(self) -> int:
        return len(self.heads)

    def __getitem__(self, part: slice) -> list[Change]:
        return _changes(self.heads[part], self.tracked)

    def __iter__(self) -> Iterator[Change]:
        start = 0
        while page := self[start : start + CHUNK]:
            yield from page
            start += CHUNK


class PartsTrail(Trail):
    """The changes of one thing and its parts, whosever they are: each model, the condition that finds its events of
    this thing, and the fields that are not told. For things that belong to no organisation."""

    def __init__(self, parts: Sequence[tuple[type[models.Model], Q, Iterable[str]]]) -> None:
        TableData.__init__(self, data=())
        told = [(Tracked(model, _own, frozenset(hidden), {}, {}), of) for model, of, hidden in parts]
        self.tracked = {tracked.key: tracked for tracked, _of in told}
        self.heads = Heads([_heads(tracked, of, None, None) for tracked, of in told])


class Heads:
    """Which events there are, newest first, of all models together.

    Written out once: the count and the page of thirty models each took Django as long to write as the page to draw.
    """

    def __init__(self, found: Sequence[QuerySet[Any]]) -> None:
        try:
            self._sql, self._values = found[0].union(*found[1:], all=True).query.sql_with_params()
        except (IndexError, EmptyResultSet):  # no model is tracked, or nothing can be the organisation's
            self._sql, self._values = "", ()

    def __len__(self) -> int:
        rows = self._ask(f"SELECT count(*) FROM ({self._sql}) AS heads")  # noqa: S608 - Django wrote it
        return rows[0][0] if rows else 0

    def __getitem__(self, part: slice) -> list[Head]:
        start = part.start or 0
        most = "ALL" if part.stop is None else part.stop - start
        return [Head(*row) for row in self._ask(f"{self._sql} ORDER BY 3 DESC, 1 DESC LIMIT {most} OFFSET {start}")]

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        if not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, self._values)
            return cursor.fetchall()


def _heads(tracked: Tracked, of: Q, person_id: int | None, thing: int | None) -> QuerySet[Any]:
    found = tracked.events.objects.filter(of)
    if thing is not None:
        found = found.filter(pgh_obj_id=thing)
    if person_id is not None:
        found = found.filter(pgh_context__metadata__person=person_id)
    return found.order_by().values(
        "pgh_id",
        pgh_model=Value(tracked.key, models.TextField()),
        pgh_at=F("pgh_created_at"),
    )


def _changes(heads: Sequence[Head], known_models: Mapping[str, Tracked]) -> list[Change]:
    """The heads as changes, with three queries a model however many there are, and however long the things' history."""
    numbers = defaultdict(set)
    for head in heads:
        numbers[head.kind].add(head.number)
    events, before = {}, {}
    for kind, found in numbers.items():
        history = known_models[kind].events.objects
        earlier = history.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
        page = history.filter(pgh_id__in=found).annotate(earlier=Subquery(earlier.values("pgh_id")[:1]))
        told = list(page.select_related("pgh_context"))
        known = {event.pgh_id: event for event in told}
        known |= history.in_bulk({event.earlier for event in told} - known.keys() - {None})
        for event in told:
            events[kind, event.pgh_id] = event
            before[kind, event.pgh_id] = known.get(event.earlier)
    names = _names(_related(events, known_models))
    return [
        _change(known_models[head.kind], events[head.kind, head.number], before[head.kind, head.number], names)
        for head in heads
    ]


def _related(
    events: Mapping[tuple[str, int], models.Model], known_models: Mapping[str, Tracked]
) -> dict[type[models.Model], set[int]]:
    """The people these events were made by, and every row they point to, by model."""
    related: dict[type[models.Model], set[int]] = defaultdict(set)
    for (kind, _number), event in events.items():
        related[Person].add(_author(event))
        for field in _fields(known_models[kind]):
            if field.remote_field:
                related[field.related_model].add(getattr(event, field.attname))
    return {model: found for model, keys in related.items() if (found := keys - {None})}


def _author(event: Any) -> int | None:
    return event.pgh_context.metadata.get("person") if event.pgh_context else None


def _names(related: Mapping[type[models.Model], set[int]]) -> Names:
    """What each of these rows is called; one query a model."""
    return {
        (model, row.pk): str(row)
        for model, keys in related.items()
        for row in model._default_manager.filter(pk__in=keys)
    }


def _fields(tracked: Tracked) -> list[models.Field]:
    recorded = {field.name for field in tracked.events._meta.concrete_fields}
    return [
        field
        for field in tracked.model._meta.concrete_fields
        if field.name in recorded and field.name not in tracked.hidden and not field.primary_key
    ]


def _change(tracked: Tracked, event: Any, before: Any, names: Names) -> Change:
    # Of a row whose making was not recorded one event says that it changed, not what it was before.
    known = before is not None or event.pgh_label == "insert"
    told = _fields(tracked) if known else []
    fields = [(field, *(_said(tracked, field, each, names) for each in (before, event))) for field in told]
    author = _author(event)
    return Change(
        at=event.pgh_created_at,
        who=names.get((Person, author), "") if author else "",
        verb=event.pgh_label,
        noun=tracked.noun,
        thing=_named(tracked, event, names),
        fields=tuple(
            (tracked.words.get(field.name, field.verbose_name), old, new) for field, old, new in fields if old != new
        ),
        kind=tracked.key,
        number=event.pgh_obj_id,
    )


def _named(tracked: Tracked, event: Any, names: Names) -> str:
    """What the changed thing is called: by its first telling field, else by its kind."""
    told = {field.name: _said(tracked, field, event, names) for field in _fields(tracked)}
    return next((told[name] for name in TELLING if told.get(name)), tracked.noun)


def _said(tracked: Tracked, field: models.Field, event: Any, names: Names) -> str:
    if event is None:
        return ""
    value = getattr(event, field.attname)
    if value is None:
        return ""
    if words := tracked.values.get(field.name):
        return str(words.get(value, value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.remote_field:
        return names.get((field.related_model, value), f"#{value}")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value)
