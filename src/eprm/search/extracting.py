"""Runs as a process of its own: a file on standard input, its ending as the argument, its words on standard output.

A hostile file can keep this process busy or break it, and nothing else: it knows no database and no secret, and
`eprm.search.reading` ends it when it takes too long. What it has said until then is kept. Its exit code is an `Ended`.
"""

from __future__ import annotations

import logging
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from python_calamine import CalamineWorkbook, PasswordError

from eprm.search.agreed import MOST_CHARACTERS, Ended
from lode.rmi.container.spreadsheet import contained

MOST_PART_BYTES = 30_000_000
MOST_PAGES, MOST_SHEETS, MOST_ROWS = 500, 20, 2000
MOST_MEMORY, MOST_SECONDS = 600_000_000, 20


class Locked(Exception):
    """The file opens with a password only."""


class TooMuch(Exception):
    """There is more in it than we read."""


def pdf_words(content: bytes) -> Iterator[str]:
    """Page by page. A page that cannot be read does not keep the others from being found."""
    reader = PdfReader(BytesIO(content))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        count = len(reader.pages)
    except (FileNotDecryptedError, DependencyError) as problem:
        raise Locked from problem
    failed = None
    for number in range(min(count, MOST_PAGES)):
        try:
            yield reader.pages[number].extract_text()
        except MemoryError:
            raise
        except Exception as problem:  # whatever a stranger's page makes the library stumble over
            failed = problem
    if failed is not None:
        raise failed
    if count > MOST_PAGES:
        raise TooMuch


def office_words(*parts: str) -> Callable[[bytes], Iterator[str]]:
    """Of the parts of an office file whose names begin so, in the order of their numbers."""

    def words(content: bytes) -> Iterator[str]:
        if content.startswith(b"\xd0\xcf\x11\xe0"):  # how an office file with a password begins
            raise Locked
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [name for part in parts for name in sorted(archive.namelist(), key=_by_number) if _is(name, part)]
            if not names:
                raise KeyError(parts[0])
            for name in names:
                if archive.getinfo(name).file_size > MOST_PART_BYTES:
                    raise TooMuch
                try:
                    read = archive.read(name)
                except RuntimeError as problem:  # zipfile's word for a part with a password
                    raise Locked from problem
                yield " ".join(etree.fromstring(read, parser).itertext())

    return words


def _is(name: str, part: str) -> bool:
    return name == part or (part.endswith("*") and name.startswith(part[:-1]) and name.endswith(".xml"))


def _by_number(name: str) -> tuple[int, str]:
    """slide2 comes before slide10."""
    return len(name), name


def book_words(content: bytes) -> Iterator[str]:
    with contained():
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(content))
        except PasswordError as problem:
            raise Locked from problem
        for name in book.sheet_names[:MOST_SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)
            yield "\n".join(" ".join(str(cell) for cell in row if cell != "") for row in rows)


def plain_words(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": pdf_words,
    "docx": office_words("word/document.xml"),
    "pptx": office_words("ppt/slides/slide*", "ppt/notesSlides/notesSlide*"),
    "odt": office_words("content.xml"),
    "ods": office_words("content.xml"),
    "odp": office_words("content.xml"),
    "xlsx": book_words,
    "csv": plain_words,
    "txt": plain_words,
}


def main(ending: str) -> int:
    _limit()
    logging.disable()  # libraries tell of each oddity, and a hostile file has millions
    said = 0
    try:
        for words in READERS[ending](sys.stdin.buffer.read()):
            sys.stdout.buffer.write(words[: MOST_CHARACTERS - said].encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
            said += len(words) + 1
            if said > MOST_CHARACTERS:
                return Ended.CUT
    except Locked:
        return Ended.LOCKED
    except (TooMuch, MemoryError):
        return Ended.CUT
    except Exception as problem:  # whatever a stranger's file makes a library stumble over
        sys.stderr.write(f"{type(problem).__name__}: {problem}"[:300])
        return Ended.DAMAGED
    return Ended.WHOLE


def _limit() -> None:
    """Memory and processor time; where the system knows no such limits, the reader's clock alone ends us."""
    try:
        import resource  # noqa: PLC0415 - exists on POSIX only
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
