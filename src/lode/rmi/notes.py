"""Notes on the cells of somebody else's sheet, beside those it has: the comments part, and the drawing of each box.

Source: ECMA-376 Part 1, 18.7 (comments); Part 4, 19.4 (VML, ClientData of a note).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from lode.rmi.box import WIDTH, Geometry
from lode.rmi.container.editable import EditablePackage, part_bytes
from lode.rmi.patch import legacy_drawing, split
from lode.xlsx import column_number, storable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_BLOCK = 1024  # shape numbers a drawing reserves at a time


@dataclass(frozen=True, slots=True)
class Note:
    """A note's heading and text, and the colour of its box ("#ffffe1")."""

    heading: str
    text: str
    colour: str


def add_notes(package: EditablePackage, sheet: str, notes: Mapping[str, Sequence[Note]], author: str) -> None:
    """Put notes on cells (by address) of the sheet part `sheet`. A cell that has one keeps it; ours follow in it."""
    drawn = _write_comments(package, sheet, notes, author)
    _draw(package, sheet, {cell: notes[cell] for cell in drawn})


def _write_comments(
    package: EditablePackage, sheet: str, notes: Mapping[str, Sequence[Note]], author: str
) -> list[str]:
    """Write the texts; the cells that had no note before."""
    found = package.related(sheet, "comments")
    if found:
        part, root = found[1], package.root(found[1])
    else:
        part = package.free_name("xl/comments{}.xml")
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, "comments", part)
        root = etree.fromstring(f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>')
    authors, comments = _child(root, "authors", 0), _child(root, "commentList", 1)
    number = str(len(authors))
    etree.SubElement(authors, f"{{{_MAIN}}}author").text = storable(author)
    there = {comment.get("ref"): comment for comment in comments}
    for cell, each in notes.items():
        if cell in there:
            text = _child(there[cell], "text", 0)
            for plain in text.findall(f"{{{_MAIN}}}t"):
                etree.SubElement(text, f"{{{_MAIN}}}r").append(plain)
            _add_run(text, "\n\n")
        else:
            comment = etree.SubElement(comments, f"{{{_MAIN}}}comment", ref=cell, authorId=number)
            text = etree.SubElement(comment, f"{{{_MAIN}}}text")
        for position, note in enumerate(each):
            _add_run(text, ("\n\n" if position else "") + note.heading + "\n", bold=True)
            _add_run(text, note.text)
    package.write(part, part_bytes(root))
    return [cell for cell in notes if cell not in there]


def _child(parent: etree._Element, name: str, at: int) -> etree._Element:
    found = parent.find(f"{{{_MAIN}}}{name}")
    if found is None:
        found = parent.makeelement(f"{{{_MAIN}}}{name}")
        parent.insert(at, found)
    return found


def _add_run(text: etree._Element, words: str, *, bold: bool = False) -> None:
    run = etree.SubElement(text, f"{{{_MAIN}}}r")
    style = etree.SubElement(run, f"{{{_MAIN}}}rPr")
    if bold:
        etree.SubElement(style, f"{{{_MAIN}}}b")
    etree.SubElement(style, f"{{{_MAIN}}}sz", val="9")
    etree.SubElement(style, f"{{{_MAIN}}}rFont", val="Tahoma")
    content = etree.SubElement(run, f"{{{_MAIN}}}t")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = storable(words)


def _draw(package: EditablePackage, sheet: str, notes: Mapping[str, Sequence[Note]]) -> None:
    """A hidden box for each note, shown when the pointer is on the cell; in the sheet's drawing of old notes if any."""
    found = package.related(sheet, "vmlDrawing")
    if found:
        part, vml = found[1], package.read(found[1])
    else:
        part, vml = package.free_name("xl/drawings/vmlDrawing{}.vml"), _EMPTY_DRAWING
        package.declare_extension("vml", _VML_TYPE)
        relation = package.relate(sheet, "vmlDrawing", part)
        package.write(sheet, legacy_drawing(package.read(sheet), relation, sheet))
    end = vml.rfind(b"</")
    if end < 0:
        return
    first = max(map(int, _SHAPE_NUMBER.findall(vml)), default=_BLOCK) + 1
    geometry = Geometry(package.read(sheet))
    shapes = "".join(_shapes(geometry, notes, first, _missing_prefixes(vml)))
    if b"_x0000_t202" not in vml:
        shapes = _SHAPE_TYPE.replace("<v:shapetype", f"<v:shapetype{_missing_prefixes(vml)}") + shapes
    package.write(part, _reserved(vml[:end], first + len(notes)) + shapes.encode() + vml[end:])


def _missing_prefixes(vml: bytes) -> str:
    head = vml[: vml.find(b">", vml.find(b"<xml")) + 1].decode("utf-8", "replace")
    return "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _VML.items() if f"xmlns:{prefix}=" not in head)


def _reserved(vml: bytes, last: int) -> bytes:
    """The drawing with the blocks of shape numbers up to `last` reserved, where it reserves any."""

    def extend(found: re.Match[bytes]) -> bytes:
        blocks = [int(number) for number in re.findall(rb"\d+", found[2])]
        more = range(max(blocks, default=0) + 1, last // _BLOCK + 1)
        return found[1] + b",".join(b"%d" % block for block in (*blocks, *more)) + found[3]

    return re.sub(rb"""(<o:idmap\b[^>]*\bdata=["'])([^"']*)(["'])""", extend, vml, count=1)


def _shapes(geometry: Geometry, notes: Mapping[str, Sequence[Note]], first: int, prefixes: str) -> Iterator[str]:
    for number, (cell, each) in enumerate(notes.items(), first):
        letters, row = split(cell)
        column = column_number(letters)
        anchor = geometry.anchor(column, row, "\n".join(f"{note.heading}\n{note.text}\n" for note in each))
        yield (
            f'<v:shape{prefixes} id="_x0000_s{number}" type="#_x0000_t202"'
            f' style="position:absolute;width:{WIDTH}px;visibility:hidden"'
            f' fillcolor="{each[0].colour}" o:insetmode="auto"><v:fill color2="{each[0].colour}"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{', '.join(map(str, anchor))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )


_EMPTY_DRAWING = (
    "<xml" + "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _VML.items()) + ">"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
