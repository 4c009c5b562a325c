"""Files handed out: always as a download, never as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def attachment(content: bytes, name: str) -> HttpResponse:
    """A download under this name; a browser never opens it as a page of ours."""
    response = HttpResponse(content, content_type="application/octet-stream")
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    encoded = quote(name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
