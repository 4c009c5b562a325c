"""Releases: all rows of an edition or none. A row is never edited; one more row is a new release."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from itertools import islice

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.models import StoredFile
from eprm.people.models import Organisation, Person
from eprm.reference import queries, rules
from eprm.reference.models import Area, ReferenceList, Release, ReleaseRow, Threshold
from eprm.reference.reading import ListFile, ReadList, read_list
from eprm.reference.shipped import SHIPPED_LISTS, SHIPPED_ROWS
from eprm.ui.words import day

ROWS_A_STATEMENT = 2_000


def digest(content: bytes, aliases: bytes | None = None) -> str:
    """The SHA-256 by which a release is known: of its file, or of both its files."""
    first = hashlib.sha256(content).hexdigest()
    if aliases is None:
        return first
    return hashlib.sha256(f"{first} {hashlib.sha256(aliases).hexdigest()}".encode()).hexdigest()


def already_loaded(release: Release) -> str:
    """What a person reads who sends the same file again."""
    return _("This very file was loaded already: edition “%(edition)s”, on %(day)s. Nothing was added.") % {
        "edition": release.edition,
        "day": day(release.loaded_at),
    }


def save_release(
    list_: ReferenceList,
    read: ReadList,
    *,
    owner: Organisation | None,
    sha256: str,
    edition: str,
    published_on: date | None,
    by: Person | None,
    verified: bool = False,
    partial: bool = False,
    note: str = "",
    file: StoredFile | None = None,
) -> Release:
    """A release with all its rows, or nothing. `by` is None for what the platform ships."""
    with transaction.atomic():
        release = Release.objects.create(
            list=list_,
            organisation=owner,
            edition=edition,
            published_on=published_on,
            sha256=sha256,
            verified=verified,
            partial=partial,
            note=note,
            file=file,
            rows=len(read.rows),
            loaded_by=by,
        )
        _save_rows(read.rows, release, owner)
        for name in read.names:
            name.party_id = name.party.pk  # known only now that the parties are saved
        _save_rows(read.names, release, owner)
    return release


def _save_rows(rows: Sequence[ReleaseRow], release: Release, owner: Organisation | None) -> None:
    for row in rows:
        row.release, row.organisation = release, owner
    waiting = iter(rows)
    while part := list(islice(waiting, ROWS_A_STATEMENT)):
        type(part[0]).objects.bulk_create(part)


def add_area(
    list_: ReferenceList,
    *,
    iso2: str,
    region: str,
    name: str,
    category: str,
    valid_from: date,
    valid_to: date | None,
    source: str,
    organisation: Organisation,
    by: Person,
) -> Release:
    """One more dated row: a new release with the rows in force and this one. The old release stays as it was."""
    rules.can_keep_shared(by, organisation).require()
    former = queries.release_in_force(list_, None)
    rows = [_copy(area) for area in former.area_rows.order_by("pk")] if former else []
    added = Area(
        iso2=iso2,
        region=region,
        name=name.strip(),
        category=category.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        verified=False,
    )
    said = "\n".join("|".join(str(getattr(row, name)) for name in queries.AREA_FIELDS) for row in [*rows, added])
    sha256 = hashlib.sha256(said.encode()).hexdigest()
    if loaded := queries.release_of(list_, sha256, organisation, shared=True):
        raise NotAllowed(already_loaded(loaded))
    edition = former.edition.partition(" + ")[0] if former else ""
    count = Release.objects.filter(list=list_, organisation=None, edition__startswith=f"{edition} + ").count()
    return save_release(
        list_,
        ReadList(rows=(*rows, added)),
        owner=None,
        sha256=sha256,
        edition=f"{edition} + {count + 1}",
        published_on=former.published_on if former else valid_from,
        verified=False,
        partial=former.partial if former else True,
        note=_("“%(name)s” added by hand, source: %(source)s") % {"name": added.name, "source": added.source},
        by=by,
    )


def _copy(area: Area) -> Area:
    return Area(**{name: getattr(area, name) for name in queries.AREA_FIELDS})


def confirm_row(row: Area | Threshold, *, organisation: Organisation, by: Person) -> None:
    """A person of the secretariat has looked at the source and the row says the same. Who and when is audited."""
    rules.can_keep_shared(by, organisation).require()
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(verified=True)
        left = type(row).objects.filter(release=row.release_id, verified=False).exists()
        if not left:
            Release.objects.filter(pk=row.release_id).update(verified=True)


def ship_lists() -> list[Release]:
    """Make every list the platform knows, and load the dated rows it comes with; answers what was new.

    For whoever runs the site, on the command line. Run again, it changes nothing that is there.
    """
    new = []
    with acting_as(None, secretariat=True), pghistory.context(path="load_reference"):
        for key, told in SHIPPED_LISTS.items():
            ReferenceList.objects.update_or_create(key=key, defaults=told)
        for shipped in SHIPPED_ROWS:
            list_, sha256 = ReferenceList.objects.get(key=shipped.key), digest(shipped.content)
            if Release.objects.filter(list=list_, organisation=None, sha256=sha256).exists():
                continue
            read = read_list(shipped.key, ListFile(name=f"{shipped.key}.csv", content=shipped.content))
            if read.findings:
                raise ValueError(f"The shipped rows of {shipped.key} have findings: {read.findings[0]}")
            new.append(
                save_release(
                    list_,
                    read,
                    owner=None,
                    sha256=sha256,
                    edition=shipped.edition,
                    published_on=shipped.published_on,
                    verified=all(row.verified for row in read.rows),
                    partial=shipped.partial,
                    note=shipped.note,
                    by=None,
                )
            )
    return new
