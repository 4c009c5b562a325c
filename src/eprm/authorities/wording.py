"""What stored codes are called in the reader's language: ranking facts, duties, how something is known, what lacks."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eprm.authorities.models import FiledDocument
from lode.concerns import Lack
from lode.importer_ranking import Key, Point

Words = str | Promise

RANKED_BY: Mapping[Key, Words] = {
    "bound_line": _("A line of Annex I at or above its threshold"),
    "volume_multiple": _("The highest volume, for each further time the threshold"),
    "high_risk_origin": _("Origin in a country with listed high-risk areas"),
    "origin_unknown": _("A mass whose country of origin is not known"),
    "document_missing": _("A document the duties ask for, not in the file"),
    "concern": _("A substantiated concern"),
    "infringement": _("An infringement found before"),
    "never_checked": _("Never checked"),
    "year_unchecked": _("Each year since the last check"),
}
DUTIES: Mapping[str, Words] = {
    "4": _("Management system and policy (Article 4)"),
    "5": _("Finding and answering risks (Article 5)"),
    "6": _("Third-party audit (Article 6)"),
    "7": _("Disclosure (Article 7)"),
}
KNOWN_BY: Mapping[str, Words] = {
    "seen": _("I saw it myself"),
    "told": _("People who were there told me"),
    "document": _("From documents"),
    "published": _("From something published"),
}
LACKING: Mapping[Lack, Words] = {
    "who": _("Say which company it is about."),
    "duty": _("Say which duty you think is not met."),
    "what": _("Tell more of what happened: a few sentences, in the order of the events."),
    "when": _("Say when it happened, or since when."),
    "future": _("The day you gave lies ahead: say when it happened."),
    "known": _("Say how you know."),
    "evidence": _("Add a document, a photograph or the address of something published."),
}


def point_words(point: Point) -> str:
    """One reason of a rank: what, how often, and what is meant by it."""
    words = str(RANKED_BY[point.key])
    shown = [_kind(value) if point.key == "document_missing" else value for value in point.values]
    return f"{words}: {', '.join(shown)}" if shown else words


def _kind(value: str) -> str:
    return str(FiledDocument.Kind(value).label)
