"""The two ways an upload leaves the desk: accepted, or back to the supplier."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from eprm.base import hooks
from eprm.diligence import lifecycle, rules
from eprm.diligence.actions.sums import ask_for_sums
from eprm.diligence.models import Upload
from eprm.diligence.queries.suppliers import enquiries_answered_by
from eprm.diligence.telling import told_of
from eprm.people.models import Person


@transaction.atomic
def accept_declaration(*, upload: Upload, by: Person) -> Upload:
    """From now on its lines count. What it replaces is superseded, and the supplier's enquiry is answered."""
    upload = _locked(upload)
    rules.require_acceptable(by, upload)
    upload.state = lifecycle.ACCEPTED
    upload.accepted_at = timezone.now()
    upload.accepted_by = by
    upload.save(update_fields=["state", "accepted_at", "accepted_by"])
    for old in Upload.objects.filter(superseded_by=upload).exclude(state=lifecycle.SUPERSEDED):
        old.state = lifecycle.SUPERSEDED
        old.save(update_fields=["state"])
    if upload.supplier_id:
        for enquiry in enquiries_answered_by(upload, upload.declaration.effective_date):
            enquiry.closed_on = timezone.localdate()
            enquiry.answered_by = upload
            enquiry.save(update_fields=["closed_on", "answered_by"])
    ask_for_sums(upload.organisation_id)
    hooks.emit(upload.organisation_id, "declaration.accepted", partial(told_of, upload))
    return upload


@transaction.atomic
def return_declaration(*, upload: Upload, text: str, by: Person) -> Upload:
    """Note that the supplier was asked to correct it, and with which words; the person sends them."""
    upload = _locked(upload)
    rules.can_return(by, upload).require()
    upload.state = lifecycle.RETURNED
    upload.returned_at = timezone.now()
    upload.returned_by = by
    upload.returned_text = text
    upload.save(update_fields=["state", "returned_at", "returned_by", "returned_text"])
    return upload


def _locked(upload: Upload) -> Upload:
    # First the lock, then the row: what is joined to a row that was waited for is as old as the wait's beginning.
    Upload.objects.select_for_update().get(pk=upload.pk)
    return Upload.objects.select_related("accepted_by", "returned_by").get(pk=upload.pk)
