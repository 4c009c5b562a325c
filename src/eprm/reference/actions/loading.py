"""A list's file on its way to a release: kept, read, checked, then saved whole or refused whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from eprm.base.errors import NotAllowed
from eprm.base.files import file_bytes, keep_file
from eprm.base.jobs import queue
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.reference import queries, rules
from eprm.reference.actions.releases import already_loaded, digest, save_release
from eprm.reference.models import Loading, LoadingFinding, ReferenceList, Release, ReleaseRow
from eprm.reference.reading import ListFile, ReadList, read_list
from lode.findings import Finding, finding

State = Loading.State
# What takes longer than about two seconds to load is left to the worker; a sanctions list has thousands of names.
AT_ONCE_BYTES = 2_000_000
# Not an error of the file, yet there is nothing in it to load.
SAME_ROWS = "REF-05"


def receive_list(
    list_: ReferenceList,
    *,
    file: tuple[str, bytes],
    organisation: Organisation,
    by: Person,
    aliases: tuple[str, bytes] | None = None,
    edition: str = "",
    published_on: date | None = None,
    verified: bool = False,
    partial: bool = False,
    note: str = "",
) -> Loading:
    """Keep a list's file untouched and see to its loading: at once where that is quick, else by the worker.

    The same bytes twice are refused with the edition they were loaded as.
    """
    rules.can_load(by, list_.kind, organisation).require()
    shared = rules.is_shared(list_.kind, organisation)
    if loaded := queries.release_of(list_, digest(file[1], aliases[1] if aliases else None), organisation, shared):
        raise NotAllowed(already_loaded(loaded))
    with transaction.atomic():
        kept = keep_file(file[1], name=file[0], organisation_id=organisation.pk, by=by)
        kept_aliases = (
            keep_file(aliases[1], name=aliases[0], organisation_id=organisation.pk, by=by) if aliases else None
        )
        loading = Loading.objects.create(
            list=list_,
            organisation=organisation,
            shared=shared,
            file=kept,
            aliases=kept_aliases,
            edition=edition.strip(),
            published_on=published_on,
            verified=verified,
            partial=partial,
            note=note.strip(),
            received_by=by,
        )
        if list_.kind == ReferenceList.Kind.SANCTIONS or len(file[1]) > AT_ONCE_BYTES:
            queue("reference.load_list", {"loading_id": loading.pk, "person_id": by.pk})
            return loading
    return process_loading(loading.pk, by=by)


def process_loading(loading_id: int, *, by: Person) -> Loading:
    """Read the file, then save all its rows or none. Safe to run again: a loading that is finished stays as it is.

    Reading and saving are transactions of their own where none is open, so that a page can show how far it is.
    """
    path = f"loading {loading_id}"
    with acting_for(by, path=path):
        loading = Loading.objects.select_related("list", "organisation", "file", "aliases").get(pk=loading_id)
        if loading.state in (State.LOADED, State.REFUSED):
            return loading
        Loading.objects.filter(pk=loading_id).update(state=State.READING)
    file = ListFile(
        name=loading.file.name,
        content=file_bytes(loading.file),
        aliases=file_bytes(loading.aliases) if loading.aliases else None,
    )
    read = read_list(loading.list.key, file)
    with acting_for(by, path=path):
        Loading.objects.filter(pk=loading_id).update(state=State.SAVING, rows_read=len(read.rows))
    with acting_for(by, path=path):
        loading = Loading.objects.select_for_update().get(pk=loading_id)
        if loading.state == State.SAVING:
            _finish(loading, file, read, by)
    return loading


def _finish(loading: Loading, file: ListFile, read: ReadList, by: Person) -> None:
    sha256 = digest(file.content, file.aliases)
    owner = None if loading.shared else loading.organisation
    edition = read.edition or loading.edition
    published_on = read.published_on or loading.published_on
    findings = list(read.findings)
    if not _errors(findings):
        findings += _against_former(loading.list, owner, edition, read.rows)
    if _errors(findings):
        loading.state = State.REFUSED
    else:
        loading.release = save_release(
            loading.list,
            read,
            owner=owner,
            sha256=sha256,
            edition=edition,
            published_on=published_on,
            verified=loading.verified,
            partial=loading.partial,
            note=loading.note,
            file=loading.file,
            by=by,
        )
        loading.state = State.LOADED
    loading.rows_read = len(read.rows)
    loading.save(update_fields=["state", "release", "rows_read"])
    LoadingFinding.objects.bulk_create(
        LoadingFinding(
            loading=loading,
            organisation_id=loading.organisation_id,
            position=position,
            code=found.code,
            level=found.level,
            where=found.where,
            values=dict(found.values),
        )
        for position, found in enumerate(findings, 1)
    )


def _errors(findings: Sequence[Finding]) -> bool:
    """Whether the findings stand against loading."""
    return any(found.level == "error" or found.code == SAME_ROWS for found in findings)


def _against_former(
    list_: ReferenceList, owner: Organisation | None, edition: str, rows: Sequence[ReleaseRow]
) -> list[Finding]:
    """What only shows beside the editions already loaded."""
    if list_.kind == ReferenceList.Kind.REGISTER:
        return _same_edition(list_, owner, edition, rows)
    if list_.kind == ReferenceList.Kind.CAHRA and (former := queries.release_in_force(list_, owner)):
        return _lost_history(former, rows)
    return []


def _same_edition(
    list_: ReferenceList, owner: Organisation | None, edition: str, rows: Sequence[ReleaseRow]
) -> list[Finding]:
    former = Release.objects.filter(list=list_, organisation=owner, edition=edition).select_related("file").first()
    if former is None:
        return []
    known = set(former.registerline_rows.values_list("metal", "lookup", "standard", "country", "cid"))
    new = {(row.metal, row.lookup, row.standard, row.country, row.cid) for row in rows}
    told = {"edition": edition, "other": former.file.name if former.file else former.edition}
    if different := sorted(known ^ new):
        return [finding("REF-02", "Smelter Look-up", **told, count=len(different), first=different[0][1])]
    return [finding(SAME_ROWS, "Smelter Look-up", **told)]


def _lost_history(former: Release, rows: Sequence[ReleaseRow]) -> list[Finding]:
    named = {(row.iso2, row.region or row.name.casefold()) for row in rows}
    return [
        finding("REF-03", area.name, area=area.name, former=former.edition, since=area.valid_from.isoformat())
        for area in former.area_rows.filter(valid_to=None).order_by("iso2", "name")
        if (area.iso2, area.region or area.name.casefold()) not in named
    ]
