"""The words of files, and files that are damaged, locked, scanned, huge or hostile."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib

import pytest

from eprm.search import reading
from eprm.search.agreed import ENDINGS, MOST_CHARACTERS
from eprm.search.extracting import READERS
from eprm.search.reading import Outcome, read
from tests.documents import docx, locked_pdf, office, pdf, pptx, xlsx


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "coltan à Rubaya".encode(), "coltan à Rubaya"),
        ("a.docx", docx(), "cassiterite Bisie"),
        ("a.xlsx", xlsx(), "wolframite 12.0"),
        ("A.PDF", pdf("Le péage de Masisi", "Second page"), "Le péage de Masisi Second page"),
        ("a.pdf", locked_pdf("Opens for everybody", password=""), "Opens for everybody"),
        ("a.pptx", pptx(*(f"slide{n}" for n in range(1, 12))), " ".join(f"slide{n}" for n in range(1, 12))),
        ("a.odp", office({"content.xml": "<d><p>pegmatite</p></d>"}), "pegmatite"),
    ],
)
def test_words_of_a_file(name, content, words):
    found = read(name, content)

    assert (found.outcome, " ".join(found.words.split())) == (Outcome.READ, words)


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.docx", b"no archive", Outcome.DAMAGED),
        ("a.docx", docx()[:-20], Outcome.DAMAGED),
        ("a.docx", docx(part="other.xml"), Outcome.DAMAGED),
        ("a.docx", docx(content="<d><p>"), Outcome.DAMAGED),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 500, Outcome.LOCKED),
        ("a.xlsx", b"no workbook", Outcome.DAMAGED),
        ("a.xlsx", xlsx()[:2000], Outcome.DAMAGED),
        ("a.pdf", b"no pdf", Outcome.DAMAGED),
        ("a.pdf", b"", Outcome.DAMAGED),
        ("a.pdf", locked_pdf("secret"), Outcome.LOCKED),
        ("a.pdf", pdf("", ""), Outcome.EMPTY),
        ("a.txt", b"", Outcome.EMPTY),
        ("a.png", b"\x89PNG", Outcome.OTHER),
        ("no ending", b"words", Outcome.OTHER),
    ],
)
def test_a_file_without_words_says_why(name, content, outcome):
    assert read(name, content) == reading.Read(outcome)


def test_a_damaged_file_is_named_in_the_log(caplog):
    read("a.docx", b"no archive")

    assert "Of a.docx only 0 characters are searched: BadZipFile" in caplog.text


def test_a_long_file_is_found_by_its_beginning():
    found = read("a.txt", b"tailings " * 50_000)

    assert (found.outcome, len(found.words)) == (Outcome.PART, MOST_CHARACTERS)


def test_a_pdf_cut_in_the_middle_ends_in_time_and_breaks_nothing():
    whole = pdf(*(f"Page {n} of the audit" for n in range(20)))

    outcomes = {read("a.pdf", whole[: len(whole) * n // 8]).outcome for n in range(1, 8)}

    assert outcomes <= {Outcome.READ, Outcome.PART, Outcome.DAMAGED, Outcome.EMPTY}


def hostile_pdf(*streams: bytes, count: int = 1) -> bytes:
    """A page for each of these compressed contents, all of them so many times over."""
    pages = [f"{4 + 2 * n} 0 R" for n in range(len(streams))]
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count * len(pages)}/Kids[{' '.join(pages * count)}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, stream in enumerate(streams):
        page = f"/MediaBox[0 0 9 9]/Contents {5 + 2 * n} 0 R/Resources<</Font<</F 3 0 R>>>>"
        parts.append(f"<</Type/Page/Parent 2 0 R{page}>>".encode())
        parts.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head, size = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1), b"%d" % (len(parts) + 1)
    return made + head + table + b"trailer<</Size %s/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))


ENDLESS = zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * 3_000_000, 9)


@pytest.mark.parametrize(
    "content",
    [
        hostile_pdf(zlib.compress(b"\0" * 1_000_000_000, 9)),
        hostile_pdf(ENDLESS),
        hostile_pdf(zlib.compress(b"q " * 200_000 + b"BT (x) Tj ET"), count=100_000),
    ],
    ids=["bomb", "endless text", "the same page again and again"],
)
def test_a_hostile_pdf_is_given_up_within_its_limits(content, monkeypatch):
    monkeypatch.setattr(reading, "MOST_SECONDS", 4)
    started = time.monotonic()

    found = read("a.pdf", content)

    assert found.outcome in (Outcome.LARGE, Outcome.DAMAGED, Outcome.PART, Outcome.EMPTY)
    assert time.monotonic() - started < 20


def test_what_was_read_before_the_time_was_up_is_kept(monkeypatch):
    monkeypatch.setattr(reading, "MOST_SECONDS", 8)

    found = read("a.pdf", hostile_pdf(zlib.compress(b"BT /F 9 Tf (ore) Tj ET"), ENDLESS))

    assert found == reading.Read(Outcome.PART, "ore")


def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked():
    bomb = office({"word/document.xml": "<d>" + "a" * 100_000_000 + "</d>"})

    assert (len(bomb) < 200_000, read("a.docx", bomb).outcome) == (True, Outcome.LARGE)


def test_entities_and_links_of_a_document_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("password")
    document = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{secret}">]><d>before &a; after</d>'

    assert "password" not in read("a.docx", docx(content=document)).words


def test_the_reader_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql://")

    assert set(reading.environment()) <= set(reading.KEPT_ENVIRONMENT)


def test_every_ending_that_is_read_has_its_reader():
    assert set(READERS) == ENDINGS


def test_the_site_itself_loads_no_library_that_reads_strangers_files():
    code = "import django; django.setup(); import sys; print('pypdf' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "False"
