"""The report as a tagged PDF (PDF/UA-1), set by typst from `report.typ`.

Only the shipped fonts are used, so that the same report gives the same pages on every machine.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.diligence.reports import plots
from eprm.diligence.reports.document import Document, Section
from eprm.diligence.reports.shown import note, shown
from eprm.ui import charts, words
from lode.sheets import Table

HERE = Path(__file__).parent
# The widest column is at most this many times the narrowest.
NARROW, WIDE = 6, 34
MISSING = "□"
# What Libertinus Serif holds: Latin, Greek and Cyrillic, punctuation, currencies and signs (a test sets them all).
HELD = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x2B0, 0x2FF), (0x384, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052), (0x20A0, 0x20BF), (0x2190, 0x226F), (0x25A0, 0x25FF)),
)


def write_pdf(document: Document) -> bytes:
    """The report's bytes. typst refuses a picture without words or a skipped heading: then this raises TypstError."""
    with translation.override(document.language):
        data = printable(_data(document))
        if MISSING in json.dumps(data["sections"], ensure_ascii=False):
            data["missing"] = _("□ stands for a character this PDF’s fonts do not hold; the workbook has it.")
    import typst  # noqa: PLC0415 - a compiler that only who sets a document needs in memory

    return typst.compile(
        HERE / "report.typ",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        timestamp=int(datetime(document.on.year, document.on.month, document.on.day, tzinfo=UTC).timestamp()),
    )


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "organisation": document.organisation,
        "kind": document.kind_words,
        "language": document.language,
        "as_of": _("as of %(day)s") % {"day": words.day(document.on)},
        "missing": "",
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "words": section.words,
        "figures": [asdict(figure) for figure in section.figures],
        "items": [asdict(item) for item in section.items],
        "tables": [_table(table) for table in section.tables],
        "charts": [
            {
                "title": str(chart.title),
                "svg": plots.draw(chart),
                "alt": f"{chart.title}. {charts.description(chart)}",
                "note": note(chart.source, chart.on),
            }
            for chart in section.charts
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [[shown(value) for value in row] for row in table.rows]
    columns = [column.heading for column in table.columns]
    return {
        "title": table.title,
        "columns": columns,
        "rows": rows,
        "widths": [_width(columns[at], [row[at] for row in rows]) for at in range(len(columns))],
        "numbers": [bool(column.unit) for column in table.columns],
        "note": note(table.note.source, table.note.on),
    }


def _width(heading: str, texts: list[str]) -> int:
    """A column's share: what nine of ten of its texts need, within bounds; its longest word always fits."""
    lengths = sorted(len(text) for text in texts)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    longest_word = max((len(word) for text in (heading, *texts) for word in text.split(" ")), default=0)
    return max(NARROW, min(WIDE, max(usual, round(longest_word * 1.15) + 3)))


def printable(value: Any) -> Any:
    """The same with every character the fonts lack as □: typst writes no page with a character it cannot show."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "".join(character if _has_glyph(character) else MISSING for character in text)
    if isinstance(value, dict):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def _has_glyph(character: str) -> bool:
    point = ord(character)
    return character == "\n" or any(first <= point <= last for first, last in HELD)
