"""The words of a resource's own file, for the search. What cannot be read is not searched, and the log says so."""

from __future__ import annotations

import logging
import zipfile
import zlib
from io import BytesIO

from django.db.models.fields.files import FieldFile
from lxml import etree
from python_calamine import CalamineWorkbook

from lode.rmi.container.spreadsheet import Damaged, contained

logger = logging.getLogger(__name__)

MOST_BYTES = 30_000_000
MOST_WORDS = 100_000
# A missing file; an archive that is damaged, locked or lacks the part; a damaged part; a damaged workbook.
UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    KeyError,
    ValueError,
    etree.XMLSyntaxError,
    Damaged,
)
# Where each kind of document keeps its words.
PARTS = {"docx": ("word/document.xml",), "odt": ("content.xml",), "ods": ("content.xml",)}


def text_of_file(file: FieldFile) -> str:
    """The text of a .docx, .odt, .ods, .xlsx, .csv or .txt, to 100,000 characters; "" for anything else."""
    ending = file.name.rpartition(".")[2].lower()
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES)
        return _text(content, ending)[:MOST_WORDS]
    except UNREADABLE as problem:
        logger.warning("The words of %s are not searched: %s", file.name, problem)
        return ""


def _text(content: bytes, ending: str) -> str:
    if ending in ("txt", "csv"):
        return content.decode("utf-8", "replace")
    if ending == "xlsx":
        with contained():
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            sheets = [book.get_sheet_by_name(name).to_python(nrows=2000) for name in book.sheet_names[:20]]
        return "\n".join(" ".join(str(cell) for cell in row if cell != "") for sheet in sheets for row in sheet)
    if ending in PARTS:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(_words(archive, name) for name in PARTS[ending])
    return ""


def _words(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > MOST_BYTES:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return " ".join(etree.fromstring(archive.read(name), parser).itertext())
