"""Every read of the dated lists. Row-level security shows shared releases and the acting organisations' own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from eprm.people.models import Person
from eprm.reference.models import Area, ReferenceList, RegisterLine, Release, SanctionedName, SmelterStatus
from lode.rmi.declaration import LookupLine
from lode.smelters import register
from lode.smelters.register import Register, StatusInterval

Kind = ReferenceList.Kind


def releases_visible_to(person: Person) -> QuerySet[Release]:
    """The shared releases and those of the person's organisations, newest edition first."""
    seen = Release.objects.filter(Q(organisation=None) | Q(organisation__in=person.organisation_ids()))
    return seen.select_related("list").order_by("-published_on", "-loaded_at")


def register_for(organisation_id: int) -> tuple[Register, str]:
    """The smelter register from every workbook the organisation loaded, and which editions it rests on.

    Without any workbook the register is empty and the edition is blank.
    """
    releases = list(
        Release.objects.filter(list__kind=Kind.REGISTER, organisation=organisation_id).order_by("published_on", "pk")
    )
    books = []
    for release in releases:
        template, _, revision = release.edition.partition(" ")
        lines = RegisterLine.objects.filter(release=release).order_by("pk")
        books.append(
            (
                register.Release(
                    template=template, revision=revision, date=release.published_on, sha256=release.sha256
                ),
                tuple(_lookup_line(line) for line in lines),
            )
        )
    return register.build(books), ", ".join(release.edition for release in releases)


def _lookup_line(line: RegisterLine) -> LookupLine:
    return LookupLine(
        metal=line.metal,
        lookup=line.lookup,
        standard=line.standard,
        country=line.country or None,
        cid=line.cid or None,
        source=line.source or None,
        street=line.street or None,
        city=line.city or None,
        state=line.state or None,
    )


def areas_on(on: date, kind: str = Kind.CAHRA) -> QuerySet[Area]:
    """The areas on the lists of `kind` ("cahra", "covered") in force on that day."""
    return Area.objects.filter(_in_force(on, "valid"), release__list__kind=kind).select_related("release__list")


def statuses() -> list[StatusInterval]:
    """What schemes said of smelters, over all visible releases, oldest first."""
    rows = SmelterStatus.objects.select_related("release").order_by("since", "pk")
    return [
        StatusInterval(
            cid=row.cid,
            metal=row.metal,
            scheme=row.scheme,
            status=row.status,
            since=row.since,
            until=row.until,
            source=row.source,
            published=row.release.published_on or row.since,
        )
        for row in rows
    ]


def sanctioned_parties() -> QuerySet[SanctionedName]:
    """Every name on the newest release of each sanctions list."""
    newest = Release.objects.filter(list__kind=Kind.SANCTIONS).order_by("list", "-published_on", "-loaded_at")
    return SanctionedName.objects.filter(release__in=newest.distinct("list").values("pk")).select_related("party")


def _in_force(on: date, field: str) -> Q:
    return Q(**{f"{field}_from__lte": on}) & (Q(**{f"{field}_to": None}) | Q(**{f"{field}_to__gte": on}))
