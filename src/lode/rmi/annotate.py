"""The sender's own file back: a note on each cell that has a finding, and one sheet more that lists them all.

Everything else in the file stays: formulas, styles, drawings, notes, validations, protection.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lode.findings import LEVELS, Finding, Level, in_language
from lode.rmi.cells import cells_of
from lode.rmi.container.editable import EditablePackage
from lode.rmi.container.package import Refused
from lode.rmi.extra_sheet import add_sheet
from lode.rmi.notes import Note, add_notes
from lode.xlsx import HEADING, LINK, NOTE, TITLE, WRAPPED, Cell, Sheet, Value, sheet_name, workbook

AUTHOR = "lode"
MOST_NOTES = 5_000
_COLOURS = {"error": "#f9dcd6", "warning": "#fff3c9", "plausibility": "#eae0f5", "note": "#e3ecf5"}
_HEADINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    sheet: str
    title: str
    noted: str
    listed: str
    nothing: str
    columns: tuple[str, str, str, str, str]
    levels: Mapping[Level, str]


_WORDS = {
    "en": _Words(
        sheet="Findings",
        title="Findings in this file",
        noted="Each cell concerned has a note. Nothing else in the file was changed.",
        listed="The file itself could not be given notes; this list stands for them.",
        nothing="Nothing was found.",
        columns=("Level", "Where", "What was found", "What to do", "Code"),
        levels={"error": "Error", "warning": "Warning", "plausibility": "Plausibility", "note": "Note"},
    ),
    "fr": _Words(
        sheet="Constats",
        title="Constats dans ce fichier",
        noted="Chaque cellule concernée porte une note. Rien d’autre n’a été modifié dans le fichier.",
        listed="Le fichier lui-même n’a pas pu recevoir de notes\u00a0; cette liste en tient lieu.",
        nothing="Rien n’a été trouvé.",
        columns=("Niveau", "Où", "Ce qui a été trouvé", "Que faire", "Code"),
        levels={"error": "Erreur", "warning": "Avertissement", "plausibility": "Plausibilité", "note": "Remarque"},
    ),
    "es": _Words(
        sheet="Hallazgos",
        title="Hallazgos en este archivo",
        noted="Cada celda afectada lleva una nota. No se ha cambiado nada más en el archivo.",
        listed="No fue posible poner notas en el archivo; esta lista las sustituye.",
        nothing="No se encontró nada.",
        columns=("Nivel", "Dónde", "Qué se encontró", "Qué hacer", "Código"),
        levels={"error": "Error", "warning": "Advertencia", "plausibility": "Plausibilidad", "note": "Nota"},
    ),
}


def annotate(data: bytes, findings: Sequence[Finding], *, language: str = "en") -> bytes:
    """The .xlsx `data` with the findings in it, in a language of the catalogue.

    An .xls, an encrypted or a damaged file cannot be changed in place: then a new workbook that lists the findings.
    """
    words = _WORDS.get(language, _WORDS["en"])
    worded = [in_language(each, language) for each in findings]
    try:
        return _annotated(EditablePackage(data, ""), worded, words)
    except Refused:
        return workbook([_list(worded, words, name=words.sheet, about=words.listed, sheets=())], creator=AUTHOR)


def _annotated(package: EditablePackage, findings: Sequence[Finding], words: _Words) -> bytes:
    parts = package.sheets()
    for sheet, notes in _notes(findings, words).items():
        if sheet in parts:
            add_notes(package, parts[sheet], notes, AUTHOR)
    name = sheet_name(words.sheet, taken=parts)
    add_sheet(package, _list(findings, words, name=name, about=words.noted, sheets=parts))
    return package.data()


def _notes(findings: Sequence[Finding], words: _Words) -> dict[str, dict[str, list[Note]]]:
    """Notes by sheet and cell, the gravest first. Beyond `MOST_NOTES` the list has to do."""
    notes: dict[str, dict[str, list[Note]]] = {}
    cells = ((each, cell) for each in sorted(findings, key=_gravity) for cell in cells_of(each))
    for each, (sheet, cell) in islice(cells, MOST_NOTES):
        heading = f"{words.levels[each.level]} {each.code}"
        note = Note(heading, f"{each.message}\n{each.fix}", _COLOURS[each.level])
        notes.setdefault(sheet, {}).setdefault(cell, []).append(note)
    return notes


def _gravity(finding: Finding) -> int:
    return LEVELS.index(finding.level)


def _list(findings: Sequence[Finding], words: _Words, *, name: str, about: str, sheets: Container[str]) -> Sheet:
    """The sheet that lists the findings, each with a link to its first cell where the book has that sheet."""
    rows: list[tuple[int, Mapping[str, Value | Cell]]] = [
        (1, {"A": Cell(words.title, TITLE)}),
        (2, {"A": Cell(about if findings else words.nothing, NOTE)}),
        (_HEADINGS, {letter: Cell(label, HEADING) for letter, label in zip("ABCDE", words.columns, strict=True)}),
    ]
    links: dict[str, str] = {}
    for number, each in enumerate(sorted(findings, key=_gravity), _HEADINGS + 1):
        texts = (words.levels[each.level], each.where, each.message, each.fix, each.code)
        rows.append((number, {letter: Cell(text, WRAPPED) for letter, text in zip("ABCDE", texts, strict=True)}))
        first = next(iter(cells_of(each)), None)
        if first and first[0] in sheets:
            links[f"B{number}"] = "'{}'!{}".format(first[0].replace("'", "''"), first[1])
            rows[-1] = (number, {**rows[-1][1], "B": Cell(each.where, LINK)})
    widths = {"A": 14, "B": 28, "C": 60, "D": 60, "E": 14}
    return Sheet(name=name, rows=rows, widths=widths, frozen=_HEADINGS, links=links)
