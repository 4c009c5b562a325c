"""The small parts of a page as Python functions: for tables, messages and the template tags of the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from eprm.ui import statuses
from eprm.ui.icons import icon
from lode.findings import LEVELS, Finding, Level, in_language
from lode.minerals import MINERALS

Words = str | Promise

# The minerals that have a colour of their own; it marks only quantities of that mineral.
MINERAL_CLASS = {"tin": "c-sn", "tantalum": "c-ta", "tungsten": "c-w", "gold": "c-au"}
MINERAL_NAMES = {
    "tin": gettext_lazy("tin"),
    "tantalum": gettext_lazy("tantalum"),
    "tungsten": gettext_lazy("tungsten"),
    "gold": gettext_lazy("gold"),
    "cobalt": gettext_lazy("cobalt"),
    "mica": gettext_lazy("mica"),
}
LEVEL_TONE: dict[Level, str] = {level: statuses.find(level).tone for level in LEVELS}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process: what it is, what stands there now, and where it leads."""

    label: Words
    note: Words = ""
    state: Literal["done", "current", "todo"] = "todo"
    url: str = ""


class Found(Protocol):
    """What a finding must have to be shown: a `lode.findings.Finding`, or a stored row of one."""

    code: str
    level: Level
    where: str
    message: str
    fix: str
    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding ready for the page: in the reader's language, its cell apart from its sheet, its values marked."""

    code: str
    tone: str
    level: Words
    title: str
    message: SafeString
    fix: SafeString
    cell: str
    place: str


def el(mineral: str, size: str = "") -> SafeString:
    """The element tile of a mineral by key ("tin"); `size` "s" or "l". A mineral without a symbol is a plain tag."""
    key = str(mineral).lower()
    name = mineral_name(key)
    if key not in MINERALS:
        return format_html('<span class="tag">{}</span>', name)
    colour = MINERAL_CLASS.get(key, "c-ink")
    sized = f" el-{size}" if size else ""
    return format_html('<abbr class="el{} {}" title="{}">{}</abbr>', sized, colour, name, MINERALS[key].symbol)


def mineral_name(key: str) -> str:
    """The mineral's word in the reader's language; the key itself for one the platform has no word for."""
    return str(MINERAL_NAMES.get(key, key))


def status(key: str, words: Words = "", size: str = "") -> SafeString:
    """A pill with shape and words: a tone and its words, or a status registered in `ui.statuses`."""
    known = statuses.find(key)
    colour = "" if known.tone == "none" else f" is-{known.tone}"
    sized = f" status-{size}" if size else ""
    return format_html('<span class="status{}{}">{} {}</span>', colour, sized, icon(known.tone), words or known.words)


def undoable(words: Words, undo_url: str) -> SafeString:
    """The words of a message with a button that takes the deed back: a POST to `undo_url`."""
    button = '{} <button class="as-link undo" form="undo" formaction="{}">{}</button>'
    return format_html(button, words, undo_url, _("Undo"))


def shown_finding(found: Found) -> ShownFinding:
    """Word a finding for the page. One stored before the catalogue changed its code or values is shown as stored."""
    this = Finding(
        code=found.code,
        level=found.level,
        where=found.where,
        message=found.message,
        fix=found.fix,
        title=found.title,
        values=dict(found.values),
    )
    with suppress(KeyError):
        this = in_language(this, get_language() or "en")
    sheet, bang, cell = this.where.rpartition("!")
    return ShownFinding(
        code=this.code,
        tone=LEVEL_TONE[this.level],
        level=statuses.find(this.level).words,
        title=this.title,
        message=quoted(this.message, this.values.values()),
        fix=quoted(this.fix, this.values.values()),
        cell=cell if bang else this.where,
        place=sheet,
    )


def quoted(text: str, values: Iterable[str]) -> SafeString:
    """The text with each quoted value set apart as found in the file; quotation marks give way to the marking."""
    html = escape(text)
    for value in sorted({str(value) for value in values if str(value)}, key=len, reverse=True):
        pattern = rf"(?:“|«\s?|&quot;){re.escape(escape(value))}(?:”|\s?»|&quot;)"
        html = re.sub(pattern, lambda _found, shown=value: format_html('<span class="quoted">{}</span>', shown), html)
    return mark_safe(html)  # noqa: S308 every piece was escaped above
