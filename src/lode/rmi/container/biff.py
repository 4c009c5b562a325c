"""The records of an .xls stream: what is in it and how far its cells reach, before the parser builds its tables.

Source: [MS-XLS] 2.1.4 (records), 2.4 (BOF, BOUNDSHEET, FILEPASS, SST and cell records); [MS-CFB] 2 (compound files).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from lode.rmi.container import limits

BOF, EOF, FILEPASS, BOUNDSHEET, SST, DIMENSIONS = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200
BIFF8 = 0x0600
# NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, FORMULA: each begins with row and column.
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006, 0x0406})
_MANY_CELLS = frozenset({0x00BD, 0x00BE})  # MULRK, MULBLANK: row, first column ... last column
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class NotBiff8(Exception):
    """An .xls older than Excel 97, or no workbook stream at all."""


@dataclass(slots=True)
class Biff:
    """`sheets` are the names and whether each is hidden. `whole` is false for a stream cut off in the middle."""

    sheets: dict[str, bool] = field(default_factory=dict)
    encrypted: bool = False
    whole: bool = True
    too_much: str = ""


def scan_biff(stream: bytes) -> Biff:
    """Walk all records. Raises NotBiff8 for a stream of another age."""
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[0::2] != (BOF, BIFF8):
        raise NotBiff8
    found, place, rows, columns, cells, ends = Biff(), 0, 0, 0, 0, 0
    size = len(stream)
    while place + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, place)
        body = place + 4
        place = body + length
        if kind == 0 and length == 0:
            break
        if place > size:
            found.whole = False
            break
        if (kind in _CELLS and length >= 4) or (kind in _MANY_CELLS and length >= 6):
            row, column = struct.unpack_from("<HH", stream, body)
            last = struct.unpack_from("<H", stream, place - 2)[0] if kind in _MANY_CELLS else column
            cells += 1
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        elif kind == BOF:
            rows = columns = 0
        elif kind == EOF:
            ends += 1
            if rows * columns > limits.RECTANGLE:
                found.too_much = f"a sheet of {rows} rows and {columns} columns"
        elif kind == FILEPASS:
            found.encrypted = True
            return found
        elif kind == SST and length >= 8 and struct.unpack_from("<I", stream, body + 4)[0] > size:
            found.too_much = "more texts than the file has bytes"
        elif kind == BOUNDSHEET and length >= 8:
            _add_sheet(found, stream[body:place])
    if cells > limits.CELLS:
        found.too_much = f"{cells} cells"
    found.whole = found.whole and ends > len(found.sheets) > 0
    return found


def _add_sheet(found: Biff, record: bytes) -> None:
    """BOUNDSHEET: position (4), visibility (1), type (1), name length (1), wide flag (1), name."""
    hidden, kind, length, wide = record[4] & 3, record[5], record[6], record[7] & 1
    if kind == 0:
        name = record[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
        found.sheets[name] = bool(hidden)


def wrapped(stream: bytes) -> bytes:
    """A compound file that holds just this stream, named Workbook: its chains are ours and have no loops."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % _SECTOR)
    sectors = len(stream) // _SECTOR
    fat_sectors = -(-(sectors + 1) // (_SECTOR // 4 - 1))
    listed = max(0, fat_sectors - 109)
    extra = -(-listed // 127)
    fat_sectors = -(-(sectors + 1 + fat_sectors + extra) // (_SECTOR // 4))
    first_fat, first_extra = sectors + 1, sectors + 1 + fat_sectors
    chain = [*range(1, sectors), _END, _END, *[_FAT] * fat_sectors, *[0xFFFFFFFC] * extra]
    chain += [_FREE] * (fat_sectors * 128 - len(chain))
    fat_places = list(range(first_fat, first_fat + fat_sectors))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, sectors, 0, 4096, _END, 0, first_extra if extra else _END, extra,
    )  # fmt: skip
    header += struct.pack("<109I", *(fat_places[:109] + [_FREE] * (109 - len(fat_places[:109]))))
    directory = (
        _entry("Root Entry", 5, 1, _END, 0)
        + _entry("Workbook", 2, _FREE, 0, len(stream))
        + 2 * _entry("", 0, _FREE, 0, 0)
    )
    more = b""
    for number in range(extra):
        part = fat_places[109 + number * 127 : 109 + (number + 1) * 127]
        following = first_extra + number + 1 if number + 1 < extra else _END
        more += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), following)
    return header + stream + directory + struct.pack(f"<{len(chain)}I", *chain) + more


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """A directory entry of 128 bytes."""
    text = name.encode("utf-16-le").ljust(64, b"\0")
    return text + struct.pack(
        "<HBBIII16sI8s8sIQ", len(name) * 2 + 2 if name else 0, kind, 1, _FREE, _FREE, child,
        bytes(16), 0, bytes(8), bytes(8), start, size,
    )  # fmt: skip
