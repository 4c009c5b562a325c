"""Every read of the dated lists. Row-level security shows shared releases and the acting organisations' own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from eprm.people.models import Organisation, Person
from eprm.reference.models import (
    Area,
    Loading,
    ReferenceList,
    RegisterLine,
    Release,
    ReleaseRow,
    SanctionedName,
    SanctionedParty,
    SmelterStatus,
    Threshold,
)
from lode.rmi.declaration import LookupLine
from lode.sanctions_list import ListedParty
from lode.screening import ScreenedList
from lode.smelters import register
from lode.smelters.register import Register, StatusInterval

Kind = ReferenceList.Kind
ROW_MODELS: dict[str, type[ReleaseRow]] = {
    Kind.CAHRA: Area,
    Kind.COVERED: Area,
    Kind.SANCTIONS: SanctionedParty,
    Kind.REGISTER: RegisterLine,
    Kind.STATUS: SmelterStatus,
    Kind.THRESHOLD: Threshold,
}
NEWEST_FIRST = (F("published_on").desc(nulls_last=True), F("loaded_at").desc())
AREA_FIELDS = ("iso2", "region", "name", "category", "valid_from", "valid_to", "source", "verified")


def releases_visible_to(person: Person) -> QuerySet[Release]:
    """The shared releases and those of the person's organisations, newest edition first."""
    seen = Release.objects.filter(Q(organisation=None) | Q(organisation__in=person.organisation_ids()))
    return seen.select_related("list", "organisation", "loaded_by").order_by(*NEWEST_FIRST)


def lists_visible_to(person: Person, organisation: Organisation | None) -> list[ReferenceList]:
    """Every list, with the releases that count for this organisation in `seen`, newest first."""
    owner = organisation.pk if organisation else None
    releases = releases_visible_to(person).filter(Q(organisation=None) | Q(organisation=owner))
    return list(
        ReferenceList.objects.order_by("kind", "title").prefetch_related(Prefetch("releases", releases, "seen"))
    )


def loadings_visible_to(person: Person) -> QuerySet[Loading]:
    """What the person's organisations sent, newest first."""
    sent = Loading.objects.filter(organisation__in=person.organisation_ids())
    return sent.select_related("list", "file", "release", "received_by").order_by("-received_at")


def release_of(list_: ReferenceList, sha256: str, organisation: Organisation, shared: bool) -> Release | None:
    """The release that these very bytes were loaded as, if any."""
    owner = None if shared else organisation
    return Release.objects.filter(list=list_, organisation=owner, sha256=sha256).first()


def release_in_force(list_: ReferenceList, owner: Organisation | None) -> Release | None:
    """The newest release of the list: its dated rows judge the past too."""
    return Release.objects.filter(list=list_, organisation=owner).order_by(*NEWEST_FIRST).first()


def releases_in_force(kind: str) -> QuerySet[Release]:
    """The newest shared release of each list of a kind."""
    found = Release.objects.filter(list__kind=kind, organisation=None)
    return found.order_by("list", *NEWEST_FIRST).distinct("list")


def rows_of(release: Release) -> QuerySet[ReleaseRow]:
    """The rows of a release, in the order of its file."""
    rows = ROW_MODELS[release.list.kind].objects.filter(release=release).order_by("pk")
    return rows.prefetch_related("names") if release.list.kind == Kind.SANCTIONS else rows


def rows_to_confirm(model: str) -> QuerySet[Area] | QuerySet[Threshold]:
    """The rows of "area" or "threshold" that still wait for somebody to look at their source."""
    rows = Area.objects if model == "area" else Threshold.objects
    return rows.filter(verified=False).select_related("release")


def areas_on(on: date, kind: str = Kind.CAHRA) -> QuerySet[Area]:
    """The areas in force on that day on the lists of `kind` ("cahra", "covered"), as the newest releases date them."""
    areas = Area.objects.filter(_in_force(on), release__in=releases_in_force(kind).values("pk"))
    return areas.select_related("release__list").order_by("iso2", "name")


def area_history(iso2: str, kind: str = Kind.CAHRA) -> QuerySet[Area]:
    """Every dated row about a country or its regions on the newest releases, oldest first."""
    areas = Area.objects.filter(iso2=iso2, release__in=releases_in_force(kind).values("pk"))
    return areas.select_related("release__list").order_by("valid_from", "name")


def thresholds_on(on: date) -> QuerySet[Threshold]:
    """The yearly volumes of Regulation (EU) 2017/821 in force on that day."""
    return Threshold.objects.filter(_in_force(on), release__in=releases_in_force(Kind.THRESHOLD).values("pk"))


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def register_for(organisation_id: int) -> tuple[Register, str]:
    """The smelter register from every workbook the organisation loaded, and which editions it rests on.

    Without any workbook the register is empty and the edition is blank.
    """
    releases = Release.objects.filter(list__kind=Kind.REGISTER, organisation=organisation_id)
    releases = list(releases.order_by("published_on", "pk"))
    books = [(_book(release), _lookup(release)) for release in releases]
    return register.build(books), ", ".join(release.edition for release in releases)


def _book(release: Release) -> register.Release:
    template, _, revision = release.edition.partition(" ")
    return register.Release(template=template, revision=revision, date=release.published_on, sha256=release.sha256)


def _lookup(release: Release) -> tuple[LookupLine, ...]:
    lines: Iterable[RegisterLine] = RegisterLine.objects.filter(release=release).order_by("pk")
    return tuple(
        LookupLine(
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
        for line in lines
    )


def statuses() -> list[StatusInterval]:
    """What schemes said of smelters: the newest shared list and the organisations' own, oldest first."""
    releases = Release.objects.filter(list__kind=Kind.STATUS).order_by("list", "organisation", *NEWEST_FIRST)
    newest = releases.distinct("list", "organisation").values("pk")
    rows = SmelterStatus.objects.filter(release__in=newest).select_related("release").order_by("since", "pk")
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


def screened_lists() -> tuple[ScreenedList, ...]:
    """The newest release of each sanctions list, as lode holds names against it; two queries a list."""
    found = []
    for release in releases_in_force(Kind.SANCTIONS).select_related("list"):
        parties = SanctionedParty.objects.filter(release=release).prefetch_related(
            Prefetch("names", SanctionedName.objects.order_by("-primary", "pk"))
        )
        found.append(
            ScreenedList(
                title=release.list.title,
                edition=release.edition,
                published_on=release.published_on,
                parties=tuple(_listed_party(party) for party in parties.order_by("pk")),
            )
        )
    return tuple(found)


def _listed_party(party: SanctionedParty) -> ListedParty:
    return ListedParty(
        reference=party.reference,
        kind=party.kind,
        names=tuple(name.name for name in party.names.all()),
        countries=tuple(country for country in party.countries.split(", ") if country),
        programme=party.programme,
        listed_on=party.listed_on,
    )


def editions_in_force(organisation_id: int) -> list[str]:
    """The editions a judgement rests on today, one line a list: for the record kept with each checked file."""
    shared = Release.objects.filter(organisation=None).exclude(list__kind=Kind.REGISTER)
    newest = shared.order_by("list", *NEWEST_FIRST).distinct("list").select_related("list")
    own = Release.objects.filter(organisation=organisation_id).select_related("list").order_by("list", "published_on")
    return [f"{release.list.title}: {release.edition}" for release in (*own, *newest)]
