"""A declaration as the plain JSON object the command line prints and takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lode.rmi.declaration import Declaration


def to_document(declaration: Declaration) -> dict[str, Any]:
    """The declaration as JSON-ready dicts and lists; a blank is None."""
    return {"template": declaration.template, "revision": declaration.revision}


def from_document(document: Mapping[str, Any]) -> Declaration:
    """The declaration in such an object."""
    return Declaration(template=document["template"], revision=document["revision"])
