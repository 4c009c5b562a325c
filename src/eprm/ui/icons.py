"""The icons, once per page as symbols; each use names one. A status' shape is its icon."""

from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Inside a 24 by 24 box. `currentColor` is the text's colour; --sheet cuts the sign out of a filled shape.
ICONS = {
    "blue": '<path d="M3 3h18v18H3z" fill="none" stroke="currentColor" stroke-width="2.5"/>'
    '<path d="M7 12h10" stroke="currentColor" stroke-width="3"/>',
    "green": '<circle cx="12" cy="12" r="10"/>'
    '<path d="m7 12.5 3.5 3.5 6.5-7.5" fill="none" stroke="var(--sheet)" stroke-width="2.8"/>',
    "yellow": '<path d="M12 1.5 23.5 22H.5z"/><path d="M12 9v6" stroke="var(--sheet)" stroke-width="2.8"/>'
    '<circle cx="12" cy="18.5" r="1.6" fill="var(--sheet)"/>',
    "red": '<path d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z"/>'
    '<path d="m8 8 8 8m0-8-8 8" stroke="var(--sheet)" stroke-width="2.8"/>',
    "violet": '<path d="M12 1 23 12 12 23 1 12z"/>'
    '<path d="M9.3 9.5c.3-3.5 6-3.3 5.3.4-.3 1.7-2.6 1.9-2.6 4" fill="none" stroke="var(--sheet)" stroke-width="2.2"/>'
    '<circle cx="12" cy="17" r="1.4" fill="var(--sheet)"/>',
    "none": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="2.5" '
    'stroke-dasharray="4 3.46"/>',
    "info": '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    '<path d="M12 11v6" stroke="currentColor" stroke-width="2.4"/><circle cx="12" cy="7.3" r="1.5"/>',
    "clock": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    '<path d="M12 6.5V12l4 2.5" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "lock": '<path d="M5 10.5h14V21H5zM8 10V7a4 4 0 0 1 8 0v3" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "up": '<path d="M12 16V4M7 9l5-5 5 5M4 20h16" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "down": '<path d="M12 3v12m-5-5 5 5 5-5M4 20h16" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "offline": '<path d="M2 9a15 15 0 0 1 20 0M6 13.5a9 9 0 0 1 12 0" fill="none" stroke="currentColor" '
    'stroke-width="2.2"/><circle cx="12" cy="18.5" r="2"/>'
    '<path d="M3 2l18 20" stroke="currentColor" stroke-width="2.2"/>',
    "language": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M2.5 12h19M12 2.5c-6 6-6 13 0 19 6-6 6-13 0-19" fill="none" stroke="currentColor" stroke-width="2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="7" fill="none" stroke="currentColor" stroke-width="2.4"/>'
    '<path d="m16 16 6 6" stroke="currentColor" stroke-width="2.6"/>',
    "person": '<circle cx="12" cy="7.5" r="4.5" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    '<path d="M3 22c0-11 18-11 18 0" fill="none" stroke="currentColor" stroke-width="2.2"/>',
}
# "todo" is what a duty not yet begun is called; it is drawn as the tone "none".
SAME = {"todo": "none"}


@cache
def icon(name: str) -> SafeString:
    """One icon, beside words that say the same. Raises KeyError for a name that is not drawn."""
    name = SAME.get(name, name)
    if name not in ICONS:
        raise KeyError(f"There is no icon “{name}”; there are {', '.join(ICONS)}.")
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def sprite() -> SafeString:
    """Every icon as a symbol, drawn nowhere: the page holds it once, so that parts fetched later find it too."""
    symbols = ((name, mark_safe(drawing)) for name, drawing in ICONS.items())  # noqa: S308 our own constants
    return format_html(
        "<svg hidden>{}</svg>",
        format_html_join("", '<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>', symbols),
    )
