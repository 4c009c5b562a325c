"""Answers as people or programs hand them in: the JSON that `lode read` prints, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from lode.findings import Finding, finding
from lode.rmi.declaration import Company, Declaration, MineLine, ProductLine, SmelterLine
from lode.rmi.document import DocumentError, from_document, to_document

_LINES = {"smelters": SmelterLine, "products": ProductLine, "mines": MineLine}
_KEYS = tuple(to_document(Declaration(template="CMRT", revision="6.5")))


def load_answers(data: bytes, where: str) -> tuple[Declaration | None, tuple[Finding, ...]]:
    """The declaration in a JSON file's bytes, None where there is none; and what is wrong or was left out."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return None, (_no_json(where, f"Byte {error.start + 1} is no UTF-8."),)
    except json.JSONDecodeError as error:
        return None, (_no_json(where, f"Line {error.lineno}, column {error.colno}: {error.msg}."),)
    except RecursionError:
        return None, (_no_json(where, "Objects stand in objects without end."),)
    try:
        declaration = from_document(document)
    except DocumentError as error:
        return None, (finding("WRITE-23", where, found=str(error)),)
    return declaration, tuple(_unknown_keys(document, where))


def _no_json(where: str, found: str) -> Finding:
    return finding("WRITE-21", where, found=found)


def _unknown_keys(document: Mapping[str, Any], where: str) -> Iterator[Finding]:
    yield from _unknown(document, _KEYS, "", where)
    yield from _unknown(document.get("company") or {}, [field.name for field in fields(Company)], "company.", where)
    for kind, line in _LINES.items():
        used = {key for entry in document.get(kind) or () for key in entry}
        yield from _unknown(sorted(used), [field.name for field in fields(line)], f"{kind}[].", where)


def _unknown(given: Collection[str], known: Collection[str], place: str, where: str) -> Iterator[Finding]:
    for key in given:
        if key not in known:
            yield finding("WRITE-22", where, found=f"{place}{key}", known=", ".join(known))
