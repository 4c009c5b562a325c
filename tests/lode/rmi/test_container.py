"""Opening bytes: what is no workbook is said to be what it is, and nothing of it can keep the reader busy."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from tests import workbooks
from tests.lode.rmi import hostile

from lode.findings import in_language
from lode.rmi.container import open_workbook
from lode.rmi.container.biff import wrapped
from lode.rmi.read import read

LIMIT_MB = 150
LIMIT_SECONDS = 5


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0 picture", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"<!DOCTYPE html><html></html>", "a web page (HTML)"),
        (b"\n<table>", "an XML document"),
        (b"metal,name\nTin,Dowa\n", "a table as text (CSV)"),
        (b"metal;name\nTin;Dowa\n", "a table as text (CSV)"),
        ("Grüße aus Goslar".encode(), "a plain text"),
        (b'{"template": "CMRT"}', "a JSON text"),
        (b"\x00\x01\x02\x03", "a file of unknown kind"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
        (hostile.packed({"word/document.xml": "<x/>"}), "a Word document"),
        (hostile.packed({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation"),
        (hostile.packed({"xl/workbook.bin": "x"}), "a binary Excel workbook (.xlsb)"),
        (hostile.packed({"mimetype": "x"}), "an OpenDocument file (LibreOffice)"),
        (hostile.packed({"a.txt": "x", "b.txt": "y"}), "a zip archive of 2 files"),
        (hostile.nested_zip(), "a zip archive of 8 files"),
    ],
)
def test_file_of_another_kind_is_named(data: bytes, kind: str) -> None:
    reading = read(data, filename="supplier.xlsx")

    assert reading.declaration is None
    assert [(found.code, found.where, found.values) for found in reading.findings] == [
        ("FILE-01", "supplier.xlsx", {"kind": kind})
    ]


@pytest.mark.parametrize("data", [b"", b"\0" * 2048])
def test_empty_file(data: bytes) -> None:
    assert [found.code for found in read(data).findings] == ["FILE-02"]


def test_file_too_large_is_not_opened() -> None:
    found = read(b"PK\x03\x04" + bytes(26 * 1024 * 1024)).findings

    assert [finding.code for finding in found] == ["FILE-03"]
    assert found[0].message == "The file has 26.0 MB; at most 25.0 MB are read. A filled template has 1 to 3 MB."


def test_zip_of_workbooks_names_the_first() -> None:
    found = read(hostile.packed({"2024/a.xlsx": workbooks.book(), "2024/b.xlsx": b"x"}), filename="all.zip").findings

    assert [(finding.code, dict(finding.values)) for finding in found] == [
        ("FILE-22", {"count": "2", "first": "2024/a.xlsx"})
    ]


BAD_BOOKS = {
    "claims 2 GiB": (lambda: hostile.claiming(2**31), ["FILE-06"], False),
    "claims 4 GiB": (lambda: hostile.claiming(2**32 - 1), ["FILE-06"], False),
    "claims less than it holds": (lambda: hostile.lying(30_000_000), ["FILE-20"], True),
    "bomb beside the sheets": (hostile.bomb, ["FILE-06"], False),
    "bomb as a sheet": (hostile.sheet_bomb, ["FILE-06"], False),
    "billion laughs": (hostile.laughs, ["FILE-08"], False),
    "outside entity": (hostile.outside_entity, ["FILE-08"], False),
    "definition in a part nobody reads": (hostile.unread_definition, ["FILE-08"], False),
    "cell at the end of the sheet": (hostile.far_cell, ["FILE-09"], True),
    "cell at ZZ9999": (lambda: hostile.far_cell("ZZ9999"), ["FILE-09"], True),
    "cells without addresses": (hostile.nameless_cells, ["FILE-07"], True),
    "one text in 60 000 cells": (hostile.repeated_text, ["FILE-07"], True),
    "a hundred and one sheets": (lambda: hostile.many_sheets(101), ["FILE-07"], False),
    "five thousand parts": (lambda: hostile.many_sheets(5_000), ["FILE-07"], False),
    "path out of the package": (lambda: hostile.declaration_book(**{"..__..__x.xml": "<a/>"}), ["FILE-10"], True),
    "macros": (lambda: hostile.declaration_book(**{"xl__vbaProject.bin": b"x"}), ["FILE-11"], True),
    "sheet that is no XML": (lambda: hostile.book_of({"Declaration": "<worksheet><c"}), ["FILE-21"], False),
}


@pytest.mark.parametrize("name", list(BAD_BOOKS))
def test_bad_book_gives_its_finding_and_what_can_be_read(name: str) -> None:
    build, codes, readable = BAD_BOOKS[name]

    reading = read(build(), filename="supplier.xlsx")

    assert [found.code for found in reading.findings] == codes
    assert (reading.declaration is not None) == readable


GUARDED = """
import resource, sys, time
from lode.rmi.read import read
from tests.lode.rmi import hostile, test_container
from tests import workbooks
read(workbooks.book())
data = test_container.BAD_BOOKS[sys.argv[1]][0]()
with open("/proc/self/clear_refs", "w") as peak: peak.write("5")
def peak_kb():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
before, started = peak_kb(), time.process_time()
read(data)
print((peak_kb() - before) // 1024, time.process_time() - started)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is measured by Linux's /proc")
@pytest.mark.parametrize(
    "name",
    [
        "claims less than it holds",
        "bomb as a sheet",
        "billion laughs",
        "cell at the end of the sheet",
        "cells without addresses",
        "one text in 60 000 cells",
    ],
)
def test_bad_book_is_read_within_150_mb_and_5_seconds(name: str) -> None:
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}

    run = subprocess.run(
        [sys.executable, "-c", GUARDED, name], cwd=root, env=environment, capture_output=True, text=True, timeout=120
    )

    assert run.returncode == 0, run.stderr
    grown_mb, seconds = run.stdout.split()
    assert int(grown_mb) <= LIMIT_MB
    assert float(seconds) <= LIMIT_SECONDS


def test_book_cut_off_anywhere_gives_one_finding_and_no_declaration() -> None:
    data = workbooks.book()

    readings = [read(data[:length], filename="cut.xlsx") for length in range(4, len(data), 1024)]

    assert {(reading.declaration, tuple(found.code for found in reading.findings)) for reading in readings} == {
        (None, ("FILE-05",))
    }


def test_xls_cut_off_anywhere_never_raises() -> None:
    data = wrapped(hostile.xls({"Declaration": {(1, 3): "Conflict Minerals Reporting Template (CMRT)"}}))

    codes = {found.code for length in range(8, len(data), 512) for found in read(data[:length]).findings}

    assert codes <= {"FILE-05", "FILE-18", "FILE-23"}


def test_xls_is_read_and_its_age_said() -> None:
    stream = hostile.xls(
        {
            "Declaration": {
                (1, 3): "Conflict Minerals Reporting Template (CMRT)",
                (2, 9): "Revision 3.01",
                (7, 1): "Company Name (*):",
                (7, 3): "Solder Ltd.",
            },
            "Smelter List": {(4, 1): "Tin", (4, 2): "Dowa"},
        }
    )

    reading = read(wrapped(stream))

    assert reading.declaration is not None
    assert (reading.declaration.revision, reading.declaration.company.name) == ("3.01", "Solder Ltd.")
    assert [(line.row, line.metal, line.lookup) for line in reading.declaration.smelters] == [(5, "Tin", "Dowa")]
    assert [found.code for found in reading.findings] == ["FILE-18"]


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (hostile.xls({"Declaration": {(65_535, 255): "far"}}), "FILE-07"),
        (b"\x09\x08\x08\x00" + bytes(200), "FILE-23"),
        (hostile.xls({"Declaration": {(0, 0): "x"}})[:-6] + b"\xff\xff\xff\xff", "FILE-05"),
    ],
)
def test_xls_with_absurd_records_gives_a_finding(stream: bytes, code: str) -> None:
    assert [found.code for found in read(wrapped(stream)).findings] == [code]


def test_xls_full_of_noise_never_raises() -> None:
    stream = bytearray(hostile.xls({"Declaration": {(1, 3): "CMRT"}, "Smelter List": {(4, 1): "Tin"}}))

    for place in range(20, len(stream)):
        noisy = bytes(stream[:place]) + bytes([stream[place] ^ 0xFF]) + bytes(stream[place + 1 :])
        reading = read(wrapped(noisy))
        assert reading.declaration is not None or reading.findings


@pytest.mark.parametrize(("password", "codes"), [("VelvetSweatshop", ["FILE-19"]), ("our own secret", ["FILE-04"])])
def test_encrypted_book_opens_only_with_excels_own_password(password: str, codes: list[str]) -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(workbooks.book())).encrypt(password, locked)

    reading = read(locked.getvalue(), filename="locked.xlsx")

    assert [found.code for found in reading.findings] == codes
    assert (reading.declaration is not None) == (password == "VelvetSweatshop")
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue())).is_encrypted()


def test_encrypted_book_that_asks_for_endless_hashing_is_refused() -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(workbooks.book())).encrypt("VelvetSweatshop", locked)
    data = locked.getvalue().replace(b'spinCount="100000"', b'spinCount="999999"')

    assert [found.code for found in read(data).findings] == ["FILE-04"]


def test_damaged_sheet_leaves_the_others_readable() -> None:
    parts = hostile.parts_of(workbooks.book())
    smelters = next(name for name, content in parts.items() if b"Ulan Tantalum" in content and b"CID900202" in content)
    data = hostile.packed(parts | {smelters: parts[smelters][:-400]})

    reading = read(data)

    assert reading.declaration is not None
    assert reading.declaration.company == workbooks.COMPANY
    assert [(found.code, found.where) for found in reading.findings] == [("FILE-21", "Smelter List")]


def test_sheet_written_with_prefixes_and_without_addresses_reads_the_same() -> None:
    rows = (
        '<x:row r="5"><x:c t="inlineStr"><x:is><x:t>CID002544</x:t></x:is></x:c>'
        "<x:c t='inlineStr'><x:is><x:t>Tan</x:t></x:is></x:c></x:row>"
    )
    smelters = f'<x:worksheet xmlns:x="{hostile.MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    data = hostile.book_of({"Declaration": hostile.sheet(hostile.DECLARATION_ROWS), "Smelter List": smelters})

    declaration = read(data).declaration

    assert declaration is not None
    assert [(line.row, line.cid_input, line.metal) for line in declaration.smelters] == [(5, "CID002544", "Tan")]


def test_findings_of_a_file_are_worded_in_three_languages() -> None:
    _, (found,) = open_workbook(b"%PDF-1.7", filename="a.xlsx")

    assert [in_language(found, language).title for language in ("en", "fr", "es")] == [
        "The file is no workbook",
        "Le fichier n’est pas un classeur",
        "El archivo no es un libro de cálculo",
    ]
