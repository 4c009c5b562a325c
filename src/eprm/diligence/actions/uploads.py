"""Receiving files, saying whose they are, and putting a corrected one in the place of another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from eprm.base import jobs, limits
from eprm.base.files import keep_file
from eprm.diligence import lifecycle, rules
from eprm.diligence.models import Batch, SkippedFile, Supplier, Upload
from eprm.diligence.queries.reference import judged_by_older_lists
from eprm.diligence.unpack import Limits, Sent, Skipped, unpack
from eprm.people.models import Organisation, Person
from eprm.ui.words import day

FILES = limits.Limit("files", most=3000, seconds=3600)
CHECK = "diligence.check_upload"


class AlreadyReceived(Exception):
    """The only file that was sent is here already; `first` is the upload it became."""

    def __init__(self, first: Upload) -> None:
        super().__init__(first.file.name)
        self.first = first


@transaction.atomic
def receive_uploads(
    *,
    files: Iterable[BinaryIO],
    organisation: Organisation,
    by: Person,
    supplier: Supplier | None = None,
    replaces: Upload | None = None,
) -> Batch:
    """Keep each file (also each of a zip) byte for byte and queue its check; all of it or nothing.

    A file whose bytes are here already is not received twice: the batch names the first one. If nothing else was sent,
    AlreadyReceived is raised. With `replaces`, one corrected file takes that upload's place.
    """
    rules.can_write(by, organisation.pk).require()
    if replaces is not None:
        replaces = Upload.objects.select_for_update().get(pk=replaces.pk)
        rules.can_replace(by, replaces).require()
        supplier = supplier or replaces.supplier
    batch = Batch.objects.create(organisation=organisation, received_by=by)
    received: list[Upload] = []
    skipped: list[SkippedFile] = []
    for item in unpack(files, Limits(settings.MAX_UPLOAD_BYTES, settings.MAX_BATCH_FILES)):
        if isinstance(item, Sent):
            upload, first = _receive(item, batch, supplier, by)
            if first is None:
                received.append(upload)
                continue
            values = {"file": item.name, "first": first.file.name, "day": day(first.received_at)}
            item = Skipped(item.name, "SEND-08", values)
        else:
            first = None
        skipped.append(
            SkippedFile(
                organisation=organisation,
                batch=batch,
                name=item.name,
                code=item.code,
                values=item.values,
                first=first,
            )
        )
    if not received and len(skipped) == 1 and skipped[0].first is not None:
        raise AlreadyReceived(skipped[0].first)
    SkippedFile.objects.bulk_create(skipped)
    if replaces is not None and received:
        _put_in_place(replaces, received[0])
    if received and (wait := limits.take(FILES, organisation.pk, len(received))) is not None:
        told = {"organisation": organisation, "most": FILES.most, "minutes": -(-wait // 60)}
        said = _("%(organisation)s may send %(most)s files an hour. Nothing was kept; go on in %(minutes)s minutes.")
        raise limits.TooMany(said % told, wait)
    queue_checks(received, by=by)
    return batch


def _receive(sent: Sent, batch: Batch, supplier: Supplier | None, by: Person) -> tuple[Upload | None, Upload | None]:
    """The new upload, or else the first one with these bytes. Two clicks at once end here: the database keeps one."""
    sha256 = hashlib.sha256(sent.content).hexdigest()
    same = Upload.objects.select_related("file").filter(organisation_id=batch.organisation_id, sha256=sha256)
    if first := same.first():
        return None, first
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                organisation_id=batch.organisation_id,
                batch=batch,
                file=keep_file(sent.content, name=sent.name, organisation_id=batch.organisation_id, by=by),
                sha256=sha256,
                supplier=supplier,
                received_by=by,
            )
    except IntegrityError:
        return None, same.get()
    return upload, None


def _put_in_place(old: Upload, new: Upload) -> None:
    """An accepted declaration stays in force until the new one is accepted; anything else gives way at once."""
    old.superseded_by = new
    if old.state != lifecycle.ACCEPTED:
        old.state = lifecycle.SUPERSEDED
    old.save(update_fields=["superseded_by", "state"])


@transaction.atomic
def assign_supplier(*, upload: Upload, supplier: Supplier, by: Person) -> Upload:
    """Say which supplier the file is from."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    rules.can_assign(by, upload).require()
    upload.supplier = supplier
    upload.save(update_fields=["supplier"])
    return upload


@transaction.atomic
def recheck_uploads(*, organisation: Organisation, by: Person) -> int:
    """Check every upload that is still on its way again, as after a new register or list; how many."""
    rules.can_write(by, organisation.pk).require()
    waiting = list(
        Upload.objects.filter(organisation=organisation, state__in=lifecycle.OPEN).only("pk", "organisation")
    )
    queue_checks(waiting, by=by)
    return len(waiting)


def recheck_outdated() -> int:
    """Check again what was judged by older lists than there are now; how many. The clock asks for it, no person.

    While checks still wait nothing is added: one that is on its way uses the new lists anyway.
    """
    if jobs.is_waiting(CHECK):
        return 0
    outdated = list(judged_by_older_lists())
    jobs.queue(
        CHECK,
        *({"upload_id": u.pk, "person_id": u.received_by_id, "organisation_id": u.organisation_id} for u in outdated),
    )
    return len(outdated)


def queue_checks(uploads: Iterable[Upload], *, by: Person) -> None:
    """Let each be checked once this transaction is committed."""
    jobs.queue(
        CHECK,
        *({"upload_id": u.pk, "person_id": by.pk, "organisation_id": u.organisation_id} for u in uploads),
    )
