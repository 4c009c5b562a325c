"""Files of many kinds that hold given words, as a person would send them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pypdf
import typst


def pdf(*pages: str) -> bytes:
    """A real PDF, a page for each text; an empty text is a page with a drawing alone, as of a scan."""
    drawn = [text or "#rect(width: 4cm, height: 2cm, fill: gray)" for text in pages]
    return typst.compile("\n#pagebreak()\n".join(drawn).encode())


def locked_pdf(text: str, password: str = "pit") -> bytes:
    """One that opens with the password; with "" it opens for everybody, as publishers' files often do."""
    writer, made = pypdf.PdfWriter(clone_from=BytesIO(pdf(text))), BytesIO()
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    writer.write(made)
    return made.getvalue()


def office(parts: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(content: str = "<d><p>cassiterite</p><p>Bisie</p></d>", part: str = "word/document.xml") -> bytes:
    return office({part: content})


def pptx(*slides: str) -> bytes:
    return office({f"ppt/slides/slide{n}.xml": f"<s><t>{text}</t></s>" for n, text in enumerate(slides, 1)})


def xlsx() -> bytes:
    book, made = openpyxl.Workbook(), BytesIO()
    book.active.append(["wolframite", 12])
    book.save(made)
    return made.getvalue()
