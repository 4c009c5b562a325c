"""Files as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from django.core.files.base import ContentFile

from eprm.diligence.unpack import Limits, Sent, Skipped, clean_name, unpack

LIMITS = Limits(file_bytes=1000, files=3)


def zipped(*members: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def unpacked(name: str, content: bytes) -> list[tuple[str, str]]:
    """(name, code or "sent") of what comes out."""
    found = unpack([ContentFile(content, name=name)], LIMITS)
    return [(item.name, "sent" if isinstance(item, Sent) else item.code) for item in found]


def test_workbook_comes_out_as_it_is():
    assert list(unpack([ContentFile(b"x", name="a.xlsx")], LIMITS)) == [Sent("a.xlsx", b"x")]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xlsx", b"x" * 1001, [("a.xlsx", "SEND-07")]),
        ("a.zip", b"no zip at all", [("a.zip", "SEND-01")]),
        ("a.zip", zipped(), [("a.zip", "SEND-06")]),
        ("a.zip", zipped(("__MACOSX/._a.xlsx", b"-")), [("a.zip", "SEND-06")]),
        ("a.zip", zipped(("b.zip", zipped(("c.xlsx", b"1")))), [("b.zip", "SEND-02")]),
        ("a.zip", zipped(("note.txt", b"hi"), ("b.xls", b"1")), [("note.txt", "SEND-03"), ("b.xls", "sent")]),
        ("a.zip", zipped(("C:\\x\\..\\b.xlsx", b"1"), ("/etc/c.xlsx", b"2")), [("b.xlsx", "sent"), ("c.xlsx", "sent")]),
        ("a.zip", zipped(("big.xlsx", b"x" * 1001)), [("big.xlsx", "SEND-07")]),
        ("book.zip", zipped(("[Content_Types].xml", b"<Types/>")), [("book.zip.xlsx", "sent")]),
    ],
)
def test_unpack(name, content, expected):
    assert unpacked(name, content) == expected


def test_bomb_is_not_unpacked():
    bomb = zipped(("bomb.xlsx", b"\0" * 900_000), compression=zipfile.ZIP_DEFLATED)

    assert list(unpack([ContentFile(bomb, name="a.zip")], Limits(1_000_000, 3))) == [
        Skipped("bomb.xlsx", "SEND-07", {"file": "bomb.xlsx", "most": "1"})
    ]


def test_size_that_lies_is_found_out():
    content = bytearray(zipped(("a.xlsx", b"x" * 2000)))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.index(signature) + offset
        content[at : at + 4] = struct.pack("<I", 10)

    assert unpacked("a.zip", bytes(content)) == [("a.xlsx", "SEND-01")]


def test_zip_cut_off_anywhere_is_a_finding():
    content = zipped(("a.xlsx", b"x" * 50), ("b.xlsx", b"y" * 50))

    assert all(unpacked("a.zip", content[:length]) == [("a.zip", "SEND-01")] for length in range(0, len(content), 7))


def test_password_is_named():
    content = bytearray(zipped(("a.xlsx", b"x")))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert unpacked("a.zip", bytes(content)) == [("a.xlsx", "SEND-04")]


def test_more_files_than_a_batch_takes():
    content = zipped(*((f"{n}.xlsx", b"x") for n in range(5)))

    assert unpacked("a.zip", content) == [
        ("0.xlsx", "sent"),
        ("1.xlsx", "sent"),
        ("2.xlsx", "sent"),
        ("3.xlsx", "SEND-05"),
    ]


def test_name_in_utf8_that_does_not_say_so():
    content = zipped(("Erklärung.xlsx", b"x")).replace(struct.pack("<H", 0x800), b"\0\0")

    assert unpacked("a.zip", content) == [("Erklärung.xlsx", "sent")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../a.xlsx", "a.xlsx"), ("a\x00\n.xlsx", "a.xlsx"), ("x" * 300 + ".xls", "x" * 251 + ".xls"), ("/", "-")],
)
def test_clean_name(name, shown):
    assert clean_name(name) == shown
