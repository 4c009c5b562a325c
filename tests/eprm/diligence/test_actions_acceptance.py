"""Accepting, sending back, and putting a corrected file in the place of another."""

from __future__ import annotations

from datetime import date

import pytest

from eprm.base.errors import NotAllowed, Overtaken
from eprm.diligence.actions.acceptance import accept_declaration, return_declaration
from eprm.diligence.actions.uploads import receive_uploads
from eprm.diligence.models import Declaration
from tests import factories


def decided(acting, **fields):
    upload = factories.upload(acting.organisation, acting.officer, **{"state": "decided", **fields})
    Declaration.objects.create(
        organisation=acting.organisation,
        upload=upload,
        template="CMRT",
        revision="6.5",
        language="en",
        effective_date=date(2025, 9, 30),
    )
    return upload


def test_accept_notes_who_and_answers_the_enquiry(acting):
    supplier = factories.supplier(acting.organisation)
    asked, other = factories.enquiry(supplier, 2025), factories.enquiry(supplier, 2024)

    upload = accept_declaration(upload=decided(acting, supplier=supplier), by=acting.officer)

    asked.refresh_from_db()
    other.refresh_from_db()
    assert (upload.state, upload.accepted_by) == ("accepted", acting.officer)
    assert (asked.answered_by, other.closed_on) == (upload, None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"error_count": 2}, "Possible when the 2 errors are gone"),
        ({"state": "checked", "open_count": 4}, "Possible when the 4 open names are decided"),
        ({"state": "checked", "error_count": 1, "open_count": 1}, "the error is gone and the open name is decided"),
        ({"state": "received"}, "still being checked"),
        ({"state": "unreadable"}, "cannot be read"),
        ({"state": "superseded"}, "A newer file has replaced this one"),
    ],
)
def test_accept_refuses_with_the_reason(acting, fields, reason):
    upload = decided(acting, **fields)

    with pytest.raises(NotAllowed, match=reason):
        accept_declaration(upload=upload, by=acting.officer)


def test_accept_refuses_a_reader(acting):
    with pytest.raises(NotAllowed, match="You may read here"):
        accept_declaration(upload=decided(acting), by=acting.reader)


def test_accept_second_person_is_told_who_was_first(acting):
    upload = decided(acting)
    accept_declaration(upload=upload, by=acting.manager)

    with pytest.raises(Overtaken, match="Jonas accepted it on"):
        accept_declaration(upload=upload, by=acting.officer)


def test_return_keeps_the_words(acting):
    upload = return_declaration(upload=decided(acting), text="Cell D20, again.", by=acting.officer)

    assert (upload.state, upload.returned_text, upload.returned_by) == ("returned", "Cell D20, again.", acting.officer)


def test_corrected_file_takes_the_place_at_once(acting):
    old = decided(acting, state="returned")

    batch = receive_uploads(
        files=[factories.sent(b"new")], organisation=acting.organisation, replaces=old, by=acting.officer
    )

    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("superseded", batch.uploads.get())


def test_corrected_file_leaves_an_accepted_one_in_force_until_it_is_accepted(acting):
    old = decided(acting)
    accept_declaration(upload=old, by=acting.officer)
    batch = receive_uploads(
        files=[factories.sent(b"new")], organisation=acting.organisation, replaces=old, by=acting.officer
    )
    new = batch.uploads.get()
    old.refresh_from_db()
    before = old.state
    new.state = "decided"
    new.save()
    Declaration.objects.create(
        organisation=acting.organisation, upload=new, template="CMRT", revision="6.5", language="en"
    )

    accept_declaration(upload=new, by=acting.officer)

    old.refresh_from_db()
    assert (before, old.state) == ("accepted", "superseded")
