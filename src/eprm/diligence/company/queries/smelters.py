"""Which smelters the declarations name, how often, and what the schemes said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf, Replace

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.sums import part
from eprm.diligence.company.queries.year import SENDER, YEAR_OF_ROW, CompanyYear, accepted, files_in_force
from eprm.diligence.models import Decision, SmelterRow
from eprm.diligence.standing import Standing, standing_on
from eprm.people.models import Organisation, Person
from eprm.reference.models import ReferenceList, Release, SmelterStatus
from eprm.reference.queries import releases_visible_to
from lode.places import places_in

Outcome = SmelterRow.Outcome


METAL_KEY = Lower(Replace("metal", Value(" "), Value("-")))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSmelter:
    """A smelter as the accepted declarations name it. `cid` is blank for one in no register: then `name` is all."""

    metal: str
    cid: str
    name: str
    country: str
    suppliers: int
    lines: int
    standing: Standing

    @property
    def key(self) -> tuple[str, str]:
        return (self.metal, self.cid or self.name.casefold())


def smelters_named(view: CompanyYear) -> list[NamedSmelter]:
    """Every smelter the year's declarations name, most named first."""
    rows = part(view, "smelters", add_up_smelters)
    intervals = statuses_of(view, {number for _metal, number, *_rest in rows})
    return [
        NamedSmelter(
            metal=metal,
            cid=number,
            name=name,
            country=country,
            suppliers=suppliers,
            lines=lines,
            standing=standing_on(intervals.get((metal, number), ()), view.on),
        )
        for metal, number, name, country, suppliers, lines in rows
    ]


def add_up_smelters(view: CompanyYear) -> list[list[Any]]:
    """Metal, number, name, country, suppliers and lines of each smelter, most named first."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _senders_by_country(view):
        found[row["metal_key"], row["number"], row["written"]].append(row)
    rows = [
        [
            metal,
            number,
            rows[0]["known_as"] if number and rows[0]["known_as"] else rows[0]["typed"],
            rows[0]["country"],
            sum(row["suppliers"] for row in rows),
            sum(row["lines"] for row in rows),
        ]
        for (metal, number, _written), rows in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[4], row[2].casefold(), row[1]))


def _senders_by_country(view: CompanyYear) -> list[dict[str, Any]]:
    """How many senders name each smelter in each country, the country most senders give first.

    A sender counts once for a smelter, whatever its list repeats. The inner query has one row a smelter and sender, so
    that the outer one counts rows: counting distinct senders takes PostgreSQL three times as long at 100,000 lines.
    """
    lines = SmelterRow.objects.filter(
        organisation=view.organisation, upload__in=accepted(view), outcome__in=(Outcome.MATCHED, Outcome.UNLISTED)
    )
    by_sender = (
        lines.order_by()
        .annotate(
            metal_key=METAL_KEY,
            number=Case(When(outcome=Outcome.MATCHED, then="cid"), default=Value(""), output_field=CharField()),
            written=Case(
                When(outcome=Outcome.MATCHED, then=Value("")), default=F("normalised"), output_field=TextField()
            ),
            sender=SENDER,
        )
        .values("metal_key", "number", "written", "sender")
        .annotate(known_as=Max("smelter_name"), typed=Max("name"), country=Max("country_iso2"), lines=Count("pk"))
    )
    inner, values = by_sender.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT metal_key, number, written, country, max(known_as) AS known_as, max(typed) AS typed,"  # noqa: S608
            " count(*) AS suppliers, sum(lines)::int AS lines"
            f" FROM ({inner}) AS senders GROUP BY metal_key, number, written, country ORDER BY suppliers DESC, country",
            values,
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def status_releases(view: CompanyYear) -> list[Release]:
    """The newest release of each list of smelter statuses, shared or the organisation's own.

    The day asked about does not choose the release: both years of a comparison rest on the same ones, so that a change
    of a list never looks like a change of a smelter.
    """
    return list(_status_releases(view))


def _status_releases(view: CompanyYear) -> QuerySet[Release]:
    own = Q(organisation=None) | Q(organisation=view.organisation)
    releases = releases_visible_to(view.person).filter(own, list__kind=ReferenceList.Kind.STATUS)
    return releases.order_by("list", "-published_on", "-loaded_at").distinct("list")


class StatusInterval(NamedTuple):
    """What one scheme said of a smelter from `since` to `until`, and where that stands."""

    scheme: str
    status: str
    since: date
    until: date | None
    source: str


def statuses_of(view: CompanyYear, cids: Iterable[str]) -> dict[tuple[str, str], list[StatusInterval]]:
    """What schemes said of these smelters, by (metal, number), from the newest release of each list."""
    found: dict[tuple[str, str], list[StatusInterval]] = defaultdict(list)
    newest = _status_releases(view).values("pk")
    said = SmelterStatus.objects.filter(release__in=newest, cid__in=[cid for cid in cids if cid])
    for metal, cid, *interval in said.values_list("metal", "cid", *StatusInterval._fields):
        found[metal.lower().replace(" ", "-"), cid].append(StatusInterval(*interval))
    return found


def lines_by_outcome(view: CompanyYear) -> dict[str, int]:
    """How many lines of the Smelter Lists ended in each outcome."""
    return part(view, "outcomes", add_up_outcomes)


def add_up_outcomes(view: CompanyYear) -> dict[str, int]:
    counted = SmelterRow.objects.filter(organisation=view.organisation, upload__in=accepted(view))
    return dict(counted.values_list("outcome").annotate(lines=Count("pk")).order_by("outcome"))


def origins_stated(view: CompanyYear) -> dict[str, int]:
    """How many suppliers name a country as their mines' (by ISO code); under "" those whose text names none."""
    return part(view, "origins", add_up_origins)


def add_up_origins(view: CompanyYear) -> dict[str, int]:
    lines = SmelterRow.objects.filter(organisation=view.organisation, upload__in=accepted(view))
    written = lines.exclude(mine_countries="").order_by().values_list("mine_countries", SENDER).distinct()
    senders: dict[str, set[int]] = defaultdict(set)
    for text, sender in written:
        for iso2 in {place.iso2 for place in places_in(text)} or {""}:
            senders[iso2].add(sender)
    return {iso2: len(those) for iso2, those in senders.items()}


def lines_naming(person: Person, organisation: Organisation, metal: str, cid: str) -> QuerySet[SmelterRow]:
    """The lines of accepted declarations of any `year` that mean this smelter."""
    declarations = files_in_force(person, organisation).filter(state=lifecycle.ACCEPTED)
    lines = SmelterRow.objects.filter(
        organisation=organisation, upload__in=declarations, outcome=Outcome.MATCHED, cid=cid
    )
    return (
        lines.annotate(metal_key=METAL_KEY, year=YEAR_OF_ROW)
        .filter(metal_key=metal)
        .select_related("upload__supplier")
        .order_by("-year", "upload__supplier__name", "row")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A name under which suppliers wrote one smelter."""

    name: str
    suppliers: int
    lines: int


def names_written(lines: QuerySet[SmelterRow]) -> list[WrittenName]:
    """The names on these lines, most frequent first."""
    written = Coalesce(NullIf("name", Value("")), NullIf("lookup", Value("")), F("cid_input"), output_field=TextField())
    counted = (
        lines.order_by().values(written=written).annotate(suppliers=Count(SENDER, distinct=True), lines=Count("pk"))
    )
    return [
        WrittenName(name=row["written"], suppliers=row["suppliers"], lines=row["lines"])
        for row in counted.order_by("-lines", "written")
    ]


def decisions_about(person: Person, organisation: Organisation, metal: str, cid: str) -> QuerySet[Decision]:
    """What people of the organisation decided to mean this smelter, newest first."""
    made = Decision.objects.filter(organisation__in=person.organisation_ids(), organisation=organisation, cid=cid)
    return (
        made.annotate(metal_key=METAL_KEY).filter(metal_key=metal).select_related("decided_by").order_by("-decided_at")
    )
