"""Compound files: the old .xls, and the wrapper an encrypted workbook comes in.

A workbook locked with Excel's built-in password is what Excel itself opens without asking; so do we. An .xls stream is
walked record by record before the parser sees it, in a compound file written here.
Source: [MS-CFB] (compound files), [MS-OFFCRYPTO] 2.3 (encryption, default password), [MS-XLS] 2.1 (records).
"""

from __future__ import annotations

import io
import re
import struct
from functools import partial
from xml.parsers import expat

import msoffcrypto
import olefile
from msoffcrypto import exceptions

from lode.findings import Finding, finding
from lode.rmi.container import limits
from lode.rmi.container.biff import NotBiff8, scan_biff, wrapped
from lode.rmi.container.grid import Grid
from lode.rmi.container.package import Refused, in_mb, refuse_definitions
from lode.rmi.container.spreadsheet import open_package, parse
from lode.rmi.container.workbook import Workbook

DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - [MS-OFFCRYPTO] 2.4.2.3: known to everybody, no secret
_SPIN_COUNT = re.compile(rb'spinCount\s*=\s*["\']\s*(\d+)')
# What olefile and msoffcrypto raise on bytes that lie about themselves.
_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    struct.error,
    OverflowError,
    expat.ExpatError,
    exceptions.FileFormatError,
    exceptions.ParseError,
    exceptions.DecryptionError,
)
_DOCUMENTS = (
    ("WordDocument", "a Word document (.doc)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("VisioDocument", "a Visio drawing"),
    ("__properties_version1.0", "an Outlook message (.msg)"),
)


def open_compound(data: bytes, where: str) -> Workbook:
    """The book in a compound file. Raises Refused where there is none or a password locks it."""
    streams = _streams(data, where)
    if "EncryptedPackage" in streams:
        _check_spin_count(data, where)
        book = open_package(_decrypted(data, where), where)
        book.facts["encrypted_default"] = "yes"
        book.findings.insert(0, finding("FILE-19", where))
        return book
    name = next((name for name in ("Workbook", "Book") if name in streams), "")
    if not name:
        kind = next((words for stream, words in _DOCUMENTS if stream in streams), "a compound file without a workbook")
        raise Refused(finding("FILE-01", where, kind=kind))
    return _open_xls(data, name, where)


def _open_xls(data: bytes, name: str, where: str) -> Workbook:
    if len(data) > limits.XLS_BYTES:
        raise Refused(finding("FILE-03", where, size=in_mb(len(data)), limit=in_mb(limits.XLS_BYTES)))
    stream = _stream(data, name, where)
    facts, findings = {"legacy_xls": "yes"}, [finding("FILE-18", where)]
    try:
        biff = scan_biff(stream)
        if biff.encrypted:
            stream = _stream(_decrypted(data, where), name, where)
            biff = scan_biff(stream)
            facts["encrypted_default"] = "yes"
            findings.insert(0, finding("FILE-19", where))
    except NotBiff8:
        raise Refused(finding("FILE-23", where)) from None
    if biff.too_much:
        raise Refused(finding("FILE-07", where, what=biff.too_much, limit=f"{limits.CELLS} cells"))
    if not biff.whole:
        raise Refused(finding("FILE-05", where, size=in_mb(len(data))))
    return Workbook(
        sheets=tuple(biff.sheets),
        hidden=frozenset(name for name, hidden in biff.sheets.items() if hidden),
        load=partial(_load, wrapped(stream)),
        facts=facts,
        findings=findings,
    )


def _load(data: bytes, names: tuple[str, ...]) -> tuple[dict[str, Grid], list[Finding]]:
    return parse(data, names)


def _streams(data: bytes, where: str) -> set[str]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return {path[0] for path in compound.listdir()}
    except _DAMAGE:
        raise Refused(finding("FILE-05", where, size=in_mb(len(data)))) from None


def _stream(data: bytes, name: str, where: str) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            content: bytes = compound.openstream(name).read()
            return content
    except _DAMAGE:
        raise Refused(finding("FILE-05", where, size=in_mb(len(data)))) from None


def _check_spin_count(data: bytes, where: str) -> None:
    """A key is made by hashing as often as the file says: refuse to be kept busy. Raises Refused."""
    described = _stream(data, "EncryptionInfo", where)
    refuse_definitions(described, "EncryptionInfo", where)
    counts = [int(count[:12]) for count in _SPIN_COUNT.findall(described)]
    if any(count > limits.SPIN_COUNT for count in counts):
        raise Refused(finding("FILE-04", where))


def _decrypted(data: bytes, where: str) -> bytes:
    """The file unlocked with Excel's built-in password. Raises Refused where that is not the password."""
    out = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=DEFAULT_PASSWORD)
        locked.decrypt(out)
    except exceptions.InvalidKeyError:
        raise Refused(finding("FILE-04", where)) from None
    except _DAMAGE:
        raise Refused(finding("FILE-05", where, size=in_mb(len(data)))) from None
    return out.getvalue()
