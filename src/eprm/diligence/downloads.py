"""Files handed out: the sender's own, untouched, and the same with a note on each cell that has a finding."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import get_language

from eprm.base.files import file_bytes
from eprm.diligence.intake import annotated_file
from eprm.diligence.models import Upload
from eprm.diligence.queries.uploads import findings_of


def original(upload: Upload) -> HttpResponse:
    """The file exactly as it was sent."""
    return _attachment(file_bytes(upload.file), upload.file.name)


def annotated(upload: Upload) -> HttpResponse:
    """The sender's file with notes in the reader's language; of one that takes no notes, a workbook that lists them."""
    name, content = annotated_file(upload, findings_of(upload), get_language() or "en")
    return _attachment(content, name)


def _attachment(content: bytes, name: str) -> HttpResponse:
    """A download under this name; a browser never opens it as a page of ours."""
    response = HttpResponse(content, content_type="application/octet-stream")
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    encoded = quote(name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
