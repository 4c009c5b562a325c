"""What stored codes are called in the reader's language: findings, standings, and the way to a smelter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from eprm.diligence.models import FindingRow, RiskRow, SmelterRow, Upload
from eprm.diligence.standing import Standing, StandingKey
from eprm.ui import parts
from eprm.ui.languages import second_language
from eprm.ui.words import country, day
from lode import places
from lode.findings import Finding, Level, Rule, catalogue, in_language
from lode.smelters import reasons

METHODS = {
    "number": _("same number"),
    "alias": _("known name"),
    "match": _("nearly the same name"),
    "decision": _("decided"),
    "": "",
}
# Tone and words. "No scheme says anything" is drawn as unknown, never as a refusal.
STANDINGS: dict[StandingKey, tuple[str, str | Promise]] = {
    "conformant": ("green", _("conformant")),
    "active": ("blue", _("assessment under way")),
    "lapsed": ("yellow", _("assurance has ended")),
    "not_conformant": ("red", _("not conformant")),
    "unknown": ("none", _("no scheme says anything")),
}
NOT_AN_EMBARGO = _("A risk is a reason to look closer, not to stop buying.")
LISTED_IS_NOT_CONFORMANT = _(
    "A number in a template’s Smelter Look-up says that a smelter is known, not that it was assessed."
)


def standing_pill(standing: Standing) -> SafeString:
    tone, words = STANDINGS[standing.key]
    return parts.status(tone, words)


def standing_words(standing: Standing) -> str:
    return str(STANDINGS[standing.key][1])


def said(code: str, where: str, values: Mapping[str, str]) -> Finding:
    """A stored finding or risk in the reader's language.

    A row from an older edition may have a code or values that today's catalogue words otherwise: it is told as stored.
    """
    values = {name: SPOKEN[name](value) if name in SPOKEN else value for name, value in values.items()}
    stored = Finding(code=code, level="note", where=where, message="", fix="", values=values)
    try:
        return in_language(stored, second_language())
    except KeyError:
        told = ", ".join(f"{name}: {value}" for name, value in values.items())
        return replace(stored, title=title_of(code), message=told)


def _place_said(value: str) -> str:
    region, _comma, name = value.rpartition(", ")
    place = places.country(name)
    return ", ".join(filter(None, [region, country(place.iso2)])) if place else value


def _day_said(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def _metals_said(value: str) -> str:
    return ", ".join(parts.mineral_name(name.lower()) if name.isalpha() else name for name in value.split(", "))


# Values that are the platform's own words, not a quotation from the file: told in the reader's language too.
SPOKEN: Mapping[str, Callable[[str], str]] = {
    "place": _place_said,
    "metals": _metals_said,
    "since": _day_said,
    "until": _day_said,
    "day": _day_said,
}


class _Unsaid(dict[str, str]):
    """Stands for the values where a text is told of many findings at once."""

    def __missing__(self, name: str) -> str:
        return "…"


def title_of(code: str) -> str:
    """A finding's title for many of its kind; the code itself where no catalogue holds it."""
    rule = rule_of(code)
    if rule is None:
        return code
    return rule.title.get(second_language(), rule.title["en"]).format_map(_Unsaid())


def rule_of(code: str) -> Rule | None:
    """The catalogue's entry, or None for a code that an older edition gave."""
    return catalogue().get(code)


def level_words(level: Level) -> str:
    return str(parts.statuses.find(level).words)


def days_overdue(days: int) -> str:
    """How late, or how much time there is."""
    if days > 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
    if days == 0:
        return str(_("due today"))
    return ngettext("%(days)d day left", "%(days)d days left", -days) % {"days": -days}


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


def said_reason(reason: Mapping[str, Any]) -> Reason:
    """A stored reason of the matcher in the reader's language; one of an older edition as it was stored."""
    known = reasons.Reason(reason["code"], reason["values"])
    try:
        return Reason(known.said(second_language()), known.speaks_for)
    except KeyError:
        return Reason(", ".join([known.code, *known.values.values()]), True)
