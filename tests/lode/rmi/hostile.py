"""Files nobody sends by mistake, and some that people do, built in memory.

Each function answers bytes. `packed` makes an .xlsx from parts as written, lies included; `sheet` and `book_of` the
smallest workbook around given sheet XML.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(data: bytes, **changes: bytes | None) -> bytes:
    """The zip with parts changed; a double underscore in a name stands for "/", and None drops the part."""
    parts = parts_of(data) | {name.replace("__", "/"): content for name, content in changes.items()}
    return packed({name: content for name, content in parts.items() if content is not None})


def sheet(rows: str) -> str:
    """Sheet XML around `<row>` elements."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


DECLARATION_ROWS = (
    '<row r="2">' + text_cell("D2", "Conflict Minerals Reporting Template (CMRT)") + "</row>"
    '<row r="3">' + text_cell("D3", "English") + text_cell("J3", "Revision 6.5") + "</row>"
    '<row r="8">' + text_cell("B8", "Company Name (*):") + text_cell("D8", "Solder Ltd.") + "</row>"
    '<row r="14">' + text_cell("B14", "Address:") + "</row>"
)


def book_of(sheets: Mapping[str, str], *, compression: int = zipfile.ZIP_DEFLATED, **more: str | bytes) -> bytes:
    """A workbook of these sheets (name -> XML), and other parts as in `with_parts`."""
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/s{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    if "xl__sharedStrings.xml" in more:
        related += f'<Relationship Id="rs" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
    }
    parts |= {f"xl/worksheets/s{i}.xml": xml for i, xml in enumerate(sheets.values(), 1)}
    parts |= {name.replace("__", "/"): content for name, content in more.items()}
    return packed(parts, compression=compression)


def declaration_book(
    rows: str = "", smelters: str = "", *, compression: int = zipfile.ZIP_DEFLATED, **more: str | bytes
) -> bytes:
    """A CMRT 6.5 with little in it, and these rows besides on its two main sheets."""
    return book_of(
        {"Declaration": sheet(DECLARATION_ROWS + rows), "Smelter List": sheet(smelters)},
        compression=compression,
        **more,
    )


def bomb(size: int = 400 * 1024 * 1024) -> bytes:
    """A workbook whose first sheet is `size` zeros: some hundred kB in the zip."""
    return _with_raw_part(declaration_book(), "xl/media/image1.png", *_deflated_zeros(size), size)


def sheet_bomb(size: int = 60 * 1024 * 1024) -> bytes:
    """A workbook whose Smelter List unpacks to `size` blanks."""
    return book_of({"Declaration": sheet(DECLARATION_ROWS), "Smelter List": sheet(" " * size)})


def claiming(size: int) -> bytes:
    """A workbook with a small sheet that claims to unpack to `size` bytes."""
    content = sheet("").encode()
    return _with_raw_part(declaration_book(), "xl/worksheets/s2.xml", _deflate(content), zlib.crc32(content), size)


def lying(size: int) -> bytes:
    """A workbook with a sheet of `size` blanks that claims to have 100 bytes."""
    crc, compressed = zlib.crc32(b" " * size), _deflate(b" " * size)
    return _with_raw_part(declaration_book(), "xl/worksheets/s2.xml", compressed, crc, 100)


def nested_zip() -> bytes:
    """A zip in a zip in a zip."""
    inner = packed({"zeros": b"\0" * 1_000_000})
    for level in range(3):
        inner = packed({f"level{level}-{i}.zip": inner for i in range(8)})
    return inner


def laughs() -> bytes:
    """A workbook part of entities that double thirty times."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{i} "&l{i - 1};&l{i - 1};">' for i in range(1, 31))
    xml = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst xmlns="{MAIN}"><si><t>&l30;</t></si></sst>'
    return declaration_book(**{"xl__sharedStrings.xml": xml})


def outside_entity() -> bytes:
    """A sheet that asks for a file of the machine that reads it."""
    xml = sheet('<row r="8">' + text_cell("D8", "&secret;") + "</row>")
    xml = xml.replace('<?xml version="1.0"?>', '<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>')
    return book_of({"Declaration": xml, "Smelter List": sheet("")})


def unread_definition() -> bytes:
    """A part nobody needs, in UTF-16, with a document type definition."""
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")
    return declaration_book(**{"docProps__core.xml": xml})


def far_cell(address: str = "XFD1048576") -> bytes:
    """A Smelter List with a text in the last cell Excel has."""
    digits = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = '<row r="5">' + text_cell("B5", "Tin") + text_cell("C5", "Dowa") + "</row>"
    return declaration_book(smelters=rows + f'<row r="{digits}">' + text_cell(address, "far") + "</row>")


def nameless_cells(count: int = 1_200_000) -> bytes:
    """A sheet of cells without addresses, which the parser would lay out in one row."""
    return declaration_book(
        compression=zipfile.ZIP_STORED, smelters='<row r="9000">' + "<c><v>1</v></c>" * count + "</row>"
    )


def repeated_text() -> bytes:
    """One text of 30 000 characters shown by 60 000 cells: 1.8 GB once unfolded."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJKLMNOPQ")
        + "</row>"
        for row in range(5, 3_600)
    )
    return declaration_book(smelters=cells, **{"xl__sharedStrings.xml": strings})


def many_sheets(count: int) -> bytes:
    """A workbook of `count` empty sheets."""
    return book_of({f"S{i}": "<x/>" for i in range(count)})


def xls(sheets: Mapping[str, Mapping[tuple[int, int], str]]) -> bytes:
    """The stream of an .xls with these texts by (row, column), both from 0: LABEL records, no formats."""
    bodies = []
    for cells in sheets.values():
        labels = b"".join(
            _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))
            for (row, column), text in cells.items()
        )
        bodies.append(_bof(0x10) + labels + _record(0x0A, b""))
    size = sum(12 + len(name) * 2 for name in sheets)
    place, listed = len(_bof(5)) + size + 4, b""
    for name, body in zip(sheets, bodies, strict=True):
        listed += _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + name.encode("utf-16-le"))
        place += len(body)
    return _bof(5) + listed + _record(0x0A, b"") + b"".join(bodies)


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 0x0600))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _deflated_zeros(size: int) -> tuple[bytes, int]:
    packer, crc, out, block = zlib.compressobj(9, zlib.DEFLATED, -15), 0, [], b"\0" * 1_048_576
    for _ in range(size // len(block)):
        crc = zlib.crc32(block, crc)
        out.append(packer.compress(block))
    return b"".join(out) + packer.flush(), crc


def _with_raw_part(data: bytes, name: str, compressed: bytes, crc: int, size: int) -> bytes:
    """The zip with one more entry whose headers say what we want, whatever the content."""
    size &= 0xFFFFFFFF
    kept = packed({part: content for part, content in parts_of(data).items() if part != name})
    end = kept.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", kept, end + 16)[0]
    count = struct.unpack_from("<H", kept, end + 10)[0]
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(compressed), size, len(name), 0)
    local += name.encode() + compressed
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII",
        0x02014B50,
        20,
        20,
        0,
        8,
        0,
        33,
        crc,
        len(compressed),
        size,
        len(name),
        0,
        0,
        0,
        0,
        0,
        directory,
    )
    entries = kept[directory:end] + entry + name.encode()
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(entries), directory + len(local), 0)
    return kept[:directory] + local + entries + tail
