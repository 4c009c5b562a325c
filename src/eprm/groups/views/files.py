"""A group's files: received bytes are downloads; pictures are shown only as what their bytes say they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from eprm.base.files import bytes_of
from eprm.groups.queries import work as queries

SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@require_GET
def file_download(request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    return _served(bytes_of(file.sha256), "application/octet-stream", content_disposition_header(True, file.name))


@require_GET
def file_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture within a post; 404 for a file whose bytes are no picture, whatever its name says."""
    file = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    content = bytes_of(file.sha256)
    kind = next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    if kind is None:
        raise Http404
    return _served(content, kind, content_disposition_header(False, file.name))


def _served(content: bytes, kind: str, disposition: str) -> HttpResponse:
    headers = {
        "Content-Disposition": disposition,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
