"""Files handed out: the sender's own, untouched, and the same with a note on each cell that has a finding."""

from __future__ import annotations

from django.http import HttpResponse

from eprm.base.files import file_bytes
from eprm.diligence.intake import annotated_file
from eprm.diligence.models import Upload
from eprm.diligence.queries.uploads import findings_of
from eprm.ui.downloads import attachment
from eprm.ui.languages import second_language


def original(upload: Upload) -> HttpResponse:
    """The file exactly as it was sent."""
    return attachment(file_bytes(upload.file), upload.file.name)


def annotated(upload: Upload) -> HttpResponse:
    """The sender's file with notes in the reader's language; of one that takes no notes, a workbook that lists them."""
    name, content = annotated_file(upload, findings_of(upload), second_language())
    return attachment(content, name)
