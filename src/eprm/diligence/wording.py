"""What stored codes are called in the reader's language: findings, and how a line came to its smelter."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from eprm.diligence.company.words import said
from eprm.diligence.models import FindingRow, RiskRow, SmelterRow, Upload
from lode.findings import Finding

METHODS = {
    "number": _("same number"),
    "alias": _("known name"),
    "match": _("nearly the same name"),
    "decision": _("decided"),
    "": "",
}


def finding_of(row: FindingRow | RiskRow) -> Finding:
    """A stored finding or risk, in the reader's language."""
    return said(row.code, row.where, row.values)


def method_words(line: SmelterRow) -> str:
    """How the line came to its smelter; a person's decision names the person."""
    if line.method == "decision" and (name := getattr(line, "decided_by_name", "")):
        return name
    return str(METHODS[line.method])


def what_stands_open(upload: Upload) -> str:
    """Its errors and undecided names, as words; blank where nothing is left."""
    said_of = []
    if upload.error_count:
        said_of.append(ngettext("%d error", "%d errors", upload.error_count) % upload.error_count)
    if upload.open_count:
        said_of.append(ngettext("%d open name", "%d open names", upload.open_count) % upload.open_count)
    return ", ".join(said_of)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate fits, or why not."""

    words: str
    speaks_for: bool


def said_reason(reason: dict[str, object]) -> Reason:
    """A stored reason of the matcher in the reader's language."""
    return Reason(str(reason), True)
