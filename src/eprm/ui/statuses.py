"""What a status looks like: shape and colour by tone, and its words. Apps add their own in `apps.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONES = ("blue", "green", "yellow", "red", "violet", "none")


@dataclass(frozen=True, slots=True)
class Status:
    """`tone` is one of TONES: blue a square, green a disc, yellow a triangle, red an octagon, violet a diamond."""

    tone: str
    words: str | Promise


_known: dict[str, Status] = {}


def add(key: str, tone: str, words: str | Promise) -> None:
    """Make `{% status key %}` known. Raises ValueError for a tone that is not drawn, or a key that means otherwise."""
    if tone not in TONES:
        raise ValueError(f"“{tone}” is not a tone; use one of {', '.join(TONES)}.")
    status = Status(tone, words)
    if _known.setdefault(key, status) != status:
        raise ValueError(f"The status “{key}” is already known with other words.")


def find(key: str) -> Status:
    """The status registered under `key`, or, for a tone, that tone without words. KeyError for anything else."""
    if key in TONES:
        return Status(key, "")
    return _known[key]


# Levels of findings, and what an assurance scheme says of a smelter.
for _key, _tone, _words in (
    ("error", "red", _("Error")),
    ("warning", "yellow", _("Warning")),
    ("plausibility", "violet", _("Plausibility")),
    ("note", "blue", _("Note")),
    ("conformant", "green", _("Conformant")),
    ("active", "blue", _("Active")),
    ("not_conformant", "red", _("Not conformant")),
    ("unknown", "none", _("Unknown")),
):
    add(_key, _tone, _words)
