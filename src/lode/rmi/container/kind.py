"""What a file is, by its first bytes, when it is not the workbook it should be.

Source: the published signatures of each format.
"""

from __future__ import annotations

ZIP = b"PK\x03\x04"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")

_SIGNATURES = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"From ", "an e-mail"),
    (b"Received:", "an e-mail"),
)


def kind_of(data: bytes) -> str:
    """A few words for what the bytes are, such as "a PDF document"; for texts what they look like."""
    for signature, words in _SIGNATURES:
        if data.startswith(signature):
            return words
    if data[4:8] == b"ftyp":
        return "a picture or film"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf" in head[:1024]:
        return "a PDF document"
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:1024]:
        return "a web page (HTML)"
    if head.startswith(b"<"):
        return "an XML document"
    if head.startswith((b"{", b"[")):
        return "a JSON text"
    return _text_or_unknown(data[:4096])


def _text_or_unknown(head: bytes) -> str:
    try:
        text = head.decode("utf-8", "strict" if len(head) < 4096 else "ignore")
    except UnicodeDecodeError:
        return "a file of unknown kind"
    if any(character < " " and character not in "\t\r\n" for character in text):
        return "a file of unknown kind"
    lines = [line for line in text.splitlines() if line][:5]
    for separator in (",", ";", "\t"):
        if len(lines) > 1 and all(separator in line for line in lines):
            return "a table as text (CSV)"
    return "a plain text"
