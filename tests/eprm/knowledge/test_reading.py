"""The words of files that resources carry, and files that are damaged."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from django.core.files.base import ContentFile

from eprm.knowledge.reading import text_of_file


def docx(part: str = "word/document.xml", content: str = "<d><p>cassiterite</p><p>Bisie</p></d>") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return made.getvalue()


def xlsx() -> bytes:
    book, made = openpyxl.Workbook(), BytesIO()
    book.active.append(["wolframite", 12])
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "coltan à Rubaya".encode(), "coltan à Rubaya"),
        ("a.docx", docx(), "cassiterite Bisie"),
        ("a.xlsx", xlsx(), "wolframite 12"),
        ("a.pdf", b"%PDF-1.7", ""),
    ],
)
def test_words_of_a_file(name, content, words):
    assert text_of_file(ContentFile(content, name=name)).replace(".0", "") == words


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"no archive"),
        ("a.docx", docx()[:-20]),
        ("a.docx", docx(part="other.xml")),
        ("a.docx", docx(content="<d><p>")),
        ("a.xlsx", b"no workbook"),
        ("a.xlsx", xlsx()[:2000]),
    ],
)
def test_damaged_file_is_not_searched_and_the_log_says_so(name, content, caplog):
    assert text_of_file(ContentFile(content, name=name)) == ""
    assert f"The words of {name} are not searched" in caplog.text
