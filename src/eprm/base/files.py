"""Received and made files, kept by what they hold: the SHA-256 is the address, so the same bytes lie there once.

The bytes go through Django's storage, a local folder by default. A file is there whole or not at all, also when the
machine stops in the middle of writing it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

from eprm.base.models import StoredFile


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
    if not default_storage.exists(address):
        default_storage.save(address, ContentFile(content))
    return sha256


def file_bytes(file: StoredFile) -> bytes:
    """The bytes exactly as they were kept."""
    return bytes_of(file.sha256)


def bytes_of(sha256: str) -> bytes:
    """The bytes whose SHA-256 this is. For whoever has seen the file's row, or a row that goes with it."""
    with default_storage.open(_address(sha256)) as stored:
        return stored.read()


def _address(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
