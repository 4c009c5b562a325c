"""Received and made files, kept by what they hold: the SHA-256 is the address, so the same bytes lie there once.

The bytes go through Django's storage, a local folder by default. A file is there whole or not at all, also when the
machine stops in the middle of writing it. Bytes that no row names any more are removed after a time
(`remove_unnamed`); until then, giving the same bytes again makes them young again.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.utils import timezone

from eprm.base.models import StoredFile

AT_ONCE = 1000
# Bytes given again are written again where they are older: what is young is never removed (`apps.py`, two days).
YOUNG = timedelta(days=1)
BYTE = re.compile(r"[0-9a-f]{2}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class WholeFileStorage(FileSystemStorage):
    """A local folder into which a file appears at once, after its bytes are on the disk."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name as it is: it says what the bytes are, so an existing file of that name is the same file."""
        return name

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with open(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too, must survive a power cut
        finally:
            os.close(folder)
        return name


def keep_file(content: bytes, *, name: str, organisation_id: int, by: AbstractBaseUser) -> StoredFile:
    """Keep these bytes for an organisation under the name they came with; the name's length is cut to 255."""
    return StoredFile.objects.create(
        organisation_id=organisation_id,
        sha256=keep_bytes(content),
        name=name[-255:],
        size=len(content),
        stored_by=by,
    )


def keep_bytes(content: bytes) -> str:
    """Keep these bytes and answer their SHA-256: for rows that say themselves whose they are."""
    sha256 = hashlib.sha256(content).hexdigest()
    address = _address(sha256)
    if not default_storage.exists(address) or default_storage.get_modified_time(address) < timezone.now() - YOUNG:
        default_storage.save(address, ContentFile(content))
    return sha256


def file_bytes(file: StoredFile) -> bytes:
    """The bytes exactly as they were kept."""
    return bytes_of(file.sha256)


def bytes_of(sha256: str) -> bytes:
    """The bytes whose SHA-256 this is. For whoever has seen the file's row, or a row that goes with it."""
    with default_storage.open(_address(sha256)) as stored:
        return stored.read()


def remove_unnamed(before: datetime) -> int:
    """Remove the bytes written before then that no row of anybody's names any more; answers how many files."""
    count, addresses = 0, _kept_before(before)
    while some := dict(islice(addresses, AT_ONCE)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT eprm_unnamed(%s)", [list(some)])
            unnamed = [sha256 for (sha256,) in cursor.fetchall()]
        for sha256 in unnamed:
            # Somebody may have given the same bytes again since they were listed.
            if default_storage.get_modified_time(some[sha256]) < before:
                default_storage.delete(some[sha256])
                count += 1
    return count


def _kept_before(before: datetime) -> Iterator[tuple[str, str]]:
    """SHA-256 and address of what the storage holds from before then."""
    for first in _folders(""):
        for second in _folders(first):
            for name in default_storage.listdir(f"{first}/{second}")[1]:
                address = f"{first}/{second}/{name}"
                if SHA256.fullmatch(name) and default_storage.get_modified_time(address) < before:
                    yield name, address


def _folders(of: str) -> list[str]:
    return (
        [name for name in default_storage.listdir(of)[0] if BYTE.fullmatch(name)] if default_storage.exists(of) else []
    )


def _address(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
