"""Files as a person sends them, one by one or in a zip: each comes out as a `Sent` file, or is named with the reason.

A zip is untrusted: its sizes may lie, its names may point anywhere, a small one may hold a mountain. Nothing is ever
written under a name from inside it, and no member is read further than a file may be large.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
# A workbook is compressed already; whatever shrinks more than this in a zip is there to fill the disk.
MOST_SHRUNK = 100
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """`file_bytes` for one file, `files` for a batch."""

    file_bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to check."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not checked: `code` is the finding that says why, `values` its words' values."""

    name: str
    code: str
    values: dict[str, str] = field(default_factory=dict)


def unpack(files: Iterable[BinaryIO], limits: Limits) -> Iterator[Sent | Skipped]:
    """Every file among `files`, which have a `name`; a zip gives each of its own. Reads one file at a time."""
    count = 0
    for file in files:
        for item in _each(file, limits):
            count += isinstance(item, Sent)
            if count > limits.files:
                yield Skipped(item.name, "SEND-05", {"most": str(limits.files)})
                return
            yield item


def _each(file: BinaryIO, limits: Limits) -> Iterator[Sent | Skipped]:
    name = clean_name(file.name)
    if name.lower().endswith(".zip"):
        yield from _members(file, name, limits)
        return
    content = file.read(limits.file_bytes + 1)
    yield _too_large(name, limits) if len(content) > limits.file_bytes else Sent(name, content)


def _members(file: BinaryIO, name: str, limits: Limits) -> Iterator[Sent | Skipped]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                file.seek(0)  # a workbook whose name was changed
                yield from _each(_Renamed(file, name + ".xlsx"), limits)
                return
            found = 0
            for member in members:
                if _is_clutter(member):
                    continue
                found += 1
                yield _member(archive, member, limits)
            if not found:
                yield Skipped(name, "SEND-06", {"file": name})
    except _BROKEN:
        yield Skipped(name, "SEND-01", {"file": name})


@dataclass
class _Renamed:
    file: BinaryIO
    name: str

    def read(self, size: int) -> bytes:
        return self.file.read(size)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> Sent | Skipped:
    name = clean_name(_decoded(member))
    if name.lower().endswith(".zip"):
        return Skipped(name, "SEND-02", {"file": name})
    if not name.lower().endswith(WORKBOOKS):
        return Skipped(name, "SEND-03", {"file": name})
    if member.flag_bits & 1:
        return Skipped(name, "SEND-04", {"file": name})
    if member.file_size > limits.file_bytes or member.file_size > MOST_SHRUNK * max(member.compress_size, 1):
        return _too_large(name, limits)
    try:
        with archive.open(member) as opened:
            content = opened.read(limits.file_bytes + 1)
    except _BROKEN:
        return Skipped(name, "SEND-01", {"file": name})
    return _too_large(name, limits) if len(content) > limits.file_bytes else Sent(name, content)


def _too_large(name: str, limits: Limits) -> Skipped:
    return Skipped(name, "SEND-07", {"file": name, "most": str(limits.file_bytes // 1_000_000)})


def _is_clutter(member: zipfile.ZipInfo) -> bool:
    """Folders, and what systems leave in a zip without being asked."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return (
        member.is_dir()
        or not parts
        or "__MACOSX" in parts
        or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
        or parts[-1].startswith(("._", "~$"))
    )


def _decoded(member: zipfile.ZipInfo) -> str:
    """The member's name; many programs write UTF-8 without saying so, which zipfile then reads as code page 437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def clean_name(name: str) -> str:
    """A name to show: without folders and unprintable characters, at most 255 long, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[-255:] or "-"
