"""What an organisation's webhooks are told of a declaration: how it stands, and where the rest can be read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from eprm.base.confidential import Level, pick
from eprm.diligence.models import Upload


def told_of(upload: Upload) -> dict[str, Any]:
    """The upload as the organisation's own programs may know it, with its address in the API."""
    told = pick(upload, "id", "state", "error_count", "open_count", "supplier_id", level=Level.ORGANISATION)
    return told | {"address": settings.PUBLIC_URL + reverse("api:read_upload", args=[upload.pk])}
