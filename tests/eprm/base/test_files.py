"""Bytes in the storage: as long as some row names them, and no longer."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from eprm.base.files import keep_bytes, keep_file, remove_unnamed
from eprm.base.identity import acting_as
from tests import factories


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    """An empty storage of the test's own."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    return tmp_path


def age(storage, sha256, days):
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(storage / sha256[:2] / sha256[2:4] / sha256, (then, then))


def kept(storage):
    return {path.name for path in storage.rglob("*") if path.is_file()}


def month_ago():
    return timezone.now() - timedelta(days=30)


def test_bytes_that_no_row_names_are_removed_once_old(db, storage):
    noor = factories.member()
    halden = noor.memberships.get().organisation
    with acting_as(noor.pk, [halden.pk]):
        named = keep_file(b"named", name="a.txt", organisation_id=halden.pk, by=noor).sha256
    old, young = keep_bytes(b"old"), keep_bytes(b"young")
    (storage / "notes.txt").write_text("not ours")
    for sha256 in (named, old):
        age(storage, sha256, 31)

    removed = remove_unnamed(month_ago())

    assert removed == 1
    assert kept(storage) == {named, young, "notes.txt"}


def test_bytes_given_again_are_young_again(db, storage):
    sha256 = keep_bytes(b"twice")
    age(storage, sha256, 31)

    keep_bytes(b"twice")

    assert remove_unnamed(month_ago()) == 0
    assert kept(storage) == {sha256}


def test_empty_storage_has_nothing_to_remove(db, storage):
    storage.rmdir()

    assert remove_unnamed(month_ago()) == 0
