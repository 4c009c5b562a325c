"""How much text the cells of a sheet would hold, when many of them show one shared text."""

from __future__ import annotations

import re

from lode.rmi.container import limits

_SHARED = re.compile(rb'<c [^>]*t="s"[^>]*>\s*<v>([0-9]+)</v>')
_ITEM = re.compile(rb"<si\b[^>]*/>|<si\b.*?</si>", re.DOTALL)


class TooMuch(Exception):
    """A part that holds more than any form does: `what` it holds, and the `limit`."""

    def __init__(self, what: str, limit: str) -> None:
        super().__init__(what)
        self.what, self.limit = what, limit


class SharedStrings:
    """The table of shared texts, by the length of each. Raises TooMuch for a table larger than any form's."""

    def __init__(self, xml: bytes) -> None:
        if xml.count(b"<si") > limits.STRINGS:
            raise TooMuch(f"{xml.count(b'<si')} texts", f"{limits.STRINGS} texts")
        self._xml = xml
        self._lengths: list[int] | None = None
        self._longest = max(map(len, xml.split(b"</si>")))

    def check(self, sheet: bytes) -> None:
        """Raises TooMuch where the sheet's cells would hold more text than is looked at."""
        shared = sheet.count(b't="s"')
        if self._longest * shared <= limits.TEXT:
            return
        if self._lengths is None:
            self._lengths = [len(item) for item in _ITEM.findall(self._xml)]
        lengths, found = self._lengths, _SHARED.findall(sheet)
        total = sum(lengths[i] for i in map(int, found) if i < len(lengths)) + (shared - len(found)) * self._longest
        if total > limits.TEXT:
            raise TooMuch(f"{total // limits.MB} MB of text", f"{limits.TEXT // limits.MB} MB of text")
