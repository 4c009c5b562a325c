"""The register as a JSON document, as `lode register` writes it and `lode check` and `lode match` read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lode.smelters.register import Name, Register, Release, Smelter


def to_document(register: Register) -> dict[str, Any]:
    """Plain lists, mappings and strings, ready for `json.dumps`."""
    return {
        "releases": [
            {
                "template": release.template,
                "revision": release.revision,
                "date": release.date.isoformat() if release.date else None,
                "sha256": release.sha256,
            }
            for release in register.releases
        ],
        "smelters": [
            {
                "cid": smelter.cid,
                "metal": smelter.metal,
                "name": smelter.name,
                "country": smelter.country,
                "state": smelter.state,
                "city": smelter.city,
                "first": smelter.first,
                "last": smelter.last,
                "names": [
                    {"name": name.name, "kind": name.kind, "first": name.first, "last": name.last}
                    for name in smelter.names
                ],
            }
            for smelter in register.smelters
        ],
    }


def from_document(document: object) -> Register:
    """The register in a document. Raises ValueError, with what is missing or wrong, for anything else."""
    try:
        return _register(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"This is no register as `lode register` writes it: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _register(document: Any) -> Register:
    register = Register(
        releases=tuple(
            Release(
                template=_text(each, "template"),
                revision=_text(each, "revision"),
                date=date.fromisoformat(each["date"]) if each["date"] else None,
                sha256=_text(each, "sha256"),
            )
            for each in document["releases"]
        ),
        smelters=tuple(_smelter(each) for each in document["smelters"]),
    )
    known = {release.revision for release in register.releases}
    named = {revision for smelter in register.smelters for revision in (smelter.first, smelter.last)}
    if named - known:
        raise ValueError(f"revision {min(named - known)} is among its smelters but not among its releases")
    return register


def _smelter(each: Mapping[str, Any]) -> Smelter:
    return Smelter(
        cid=_text(each, "cid"),
        metal=_text(each, "metal"),
        name=_text(each, "name"),
        country=_text(each, "country") if each["country"] is not None else None,
        state=_text(each, "state") if each["state"] is not None else None,
        city=_text(each, "city") if each["city"] is not None else None,
        first=_text(each, "first"),
        last=_text(each, "last"),
        names=tuple(
            Name(name=_text(name, "name"), kind=_kind(name), first=_text(name, "first"), last=_text(name, "last"))
            for name in each["names"]
        ),
    )


def _text(each: Mapping[str, Any], key: str) -> str:
    value = each[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is {value!r}, where a text is expected")
    return value


def _kind(name: Mapping[str, Any]) -> Any:
    kind = _text(name, "kind")
    if kind not in ("standard", "alias", "former"):
        raise ValueError(f"a name's kind is {kind!r}, where standard, alias or former is expected")
    return kind
