"""What the dated lists say: of an upload's smelters, of areas, and whether a list is newer than a judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from eprm.diligence import lifecycle
from eprm.diligence.models import Upload
from eprm.diligence.standing import Standing, standing_on
from eprm.reference.models import Area, ReferenceList, Release, SmelterStatus
from eprm.reference.queries import NEWEST_FIRST, releases_in_force
from lode.area_list import ListedArea


def standings_of(cids: Iterable[str], on: date) -> dict[str, Standing]:
    """What the schemes said of each smelter on the day, by the newest release of each list; one query."""
    intervals: dict[str, list[SmelterStatus]] = defaultdict(list)
    releases = Release.objects.filter(list__kind=ReferenceList.Kind.STATUS)
    newest = releases.order_by("list", "organisation", *NEWEST_FIRST).distinct("list", "organisation")
    for row in SmelterStatus.objects.filter(cid__in=set(cids), release__in=newest.values("pk")):
        intervals[row.cid].append(row)
    return {cid: standing_on(rows, on) for cid, rows in intervals.items()}


def releases_judged_by(organisation_id: int) -> tuple[int, ...]:
    """The numbers of every release that counts for the organisation: when they change, judgements may."""
    counting = Release.objects.filter(Q(organisation=None) | Q(organisation=organisation_id))
    return tuple(counting.order_by("pk").values_list("pk", flat=True))


def has_register(organisation_id: int) -> bool:
    """Whether the organisation has loaded a smelter register."""
    return Release.objects.filter(list__kind=ReferenceList.Kind.REGISTER, organisation=organisation_id).exists()


def listed_areas(kind: str) -> tuple[ListedArea, ...]:
    """Every dated row of the newest releases of a kind ("cahra", "covered")."""
    rows = Area.objects.filter(release__in=releases_in_force(kind).values("pk")).order_by("pk")
    return tuple(
        ListedArea(
            iso2=row.iso2,
            region=row.region,
            name=row.name,
            category=row.category,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
            verified=row.verified,
        )
        for row in rows
    )


def judged_by_older_lists() -> QuerySet[Upload]:
    """The uploads on their way that were checked before a list that counts for them was loaded."""
    counting = Release.objects.filter(Q(organisation=None) | Q(organisation=OuterRef("organisation")))
    newest = Subquery(counting.order_by("-loaded_at").values("loaded_at")[:1])
    checked = Upload.objects.filter(state__in=lifecycle.OPEN - {lifecycle.RECEIVED})
    return checked.annotate(newest_list=newest).filter(checked_at__lt=F("newest_list"))
