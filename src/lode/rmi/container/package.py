"""An .xlsx (a zip of XML parts) opened with distrust: only the parts needed, each inflated under a limit.

What the workbook parser gets is a package written here, so that names, sizes and checksums are ours.
Source: ECMA-376 Part 2 (packages) and Part 1, 12.3 (workbook part).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from lode.findings import Finding, finding
from lode.rmi.container import limits

OFFICE_DOCUMENT = "/officeDocument"
SHEETS_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Refused(Exception):
    """The file is not read; the argument is the finding that says why."""

    def __init__(self, why: Finding) -> None:
        super().__init__(why.message)
        self.finding = why


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet as the workbook lists it: the part it stands in, and whether people see it."""

    name: str
    part: str
    hidden: bool


class Package:
    """The zip. `read` inflates a part under the limits; what all parts may hold together is limited too."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self.findings: list[Finding] = []
        self._left = limits.READ_BYTES
        listed = data.count(b"PK\x01\x02")
        if listed > limits.PARTS:
            raise Refused(finding("FILE-07", where, what=f"{listed} parts", limit=f"{limits.PARTS} parts"))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise Refused(finding("FILE-05", where, size=in_mb(len(data)))) from None
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._check_claims(len(data))

    def _check_claims(self, size: int) -> None:
        entries = self._zip.infolist()
        claimed = sum(entry.file_size for entry in entries)
        biggest = max(entries, key=lambda entry: entry.file_size, default=None)
        swollen = claimed > limits.RATIO * max(size, 1) and claimed > limits.MB
        if biggest is not None and (claimed > limits.CLAIMED_BYTES or swollen):
            raise Refused(
                finding("FILE-06", self.where, size=in_mb(size), claimed=in_mb(claimed), part=biggest.filename)
            )
        strange = [entry.filename for entry in entries if is_path_trick(entry.filename)]
        if strange:
            self.findings.append(finding("FILE-10", self.where, part=strange[0], count=len(strange)))
            self._entries = {name: entry for name, entry in self._entries.items() if name not in set(strange)}

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in the zip's order."""
        return tuple(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The part's bytes. Raises Refused where it is too big or damaged, or holds a document type definition."""
        entry = self._entries[name]
        limit = min(limits.PART_BYTES, self._left)
        if entry.file_size > limit:
            raise Refused(self._too_big(entry))
        try:
            with self._zip.open(entry) as part:
                content = part.read(limit + 1)
        except _DAMAGE:
            raise Refused(finding("FILE-20", self.where, part=name)) from None
        if len(content) > limit:
            raise Refused(self._too_big(entry))
        self._left -= len(content)
        refuse_definitions(content, name, self.where)
        return content

    def _too_big(self, entry: zipfile.ZipInfo) -> Finding:
        claimed, size = in_mb(entry.file_size), in_mb(entry.compress_size)
        if entry.file_size > limits.RATIO * max(entry.compress_size, 1):
            return finding("FILE-06", self.where, size=size, claimed=claimed, part=entry.filename)
        return finding("FILE-07", self.where, what=f"{entry.filename} of {claimed}", limit=in_mb(limits.PART_BYTES))

    def check_other_parts(self, seen: Iterable[str]) -> None:
        """Raises Refused where a part that is not read begins with a document type definition all the same."""
        skip = set(seen)
        for name, entry in self._entries.items():
            if name in skip or not name.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                with self._zip.open(entry) as part:
                    refuse_definitions(part.read(2048), name, self.where)
            except _DAMAGE:
                continue


def refuse_definitions(content: bytes, part: str, where: str) -> None:
    """Raises Refused for XML that defines entities (billion laughs, outside files), in UTF-16 too."""
    if b"\0" in content[:200]:
        content = content.replace(b"\0", b"")
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise Refused(finding("FILE-08", where, part=part))


def is_path_trick(name: str) -> bool:
    """Whether a part's name would lead outside the package: "../x", "/x", "C:\\x"."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":"


def in_mb(size: int) -> str:
    """A size as people say it."""
    return f"{size / limits.MB:.1f} MB" if size >= limits.MB / 10 else f"{max(size, 0) / 1024:.1f} kB"


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id -> (type, part name); links to outside are left out."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if not package.has(name):
        return {}
    found = {}
    for element in xml_root(package.read(name), name, package.where):
        target = element.get("Target", "")
        if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = (element.get("Type", ""), path)
    return found


def xml_root(content: bytes, part: str, where: str) -> etree._Element:
    """The root element of a part that says how others hang together. Raises Refused where it is no XML, or vast."""
    if len(content) > limits.CONTROL_BYTES:
        raise Refused(
            finding("FILE-07", where, what=f"{part} of {in_mb(len(content))}", limit=in_mb(limits.CONTROL_BYTES))
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(finding("FILE-20", where, part=part)) from None


def small_package(sheets: Mapping[str, bytes], strings: bytes | None, styles: bytes | None, date1904: bool) -> bytes:
    """A package that holds just these sheets, as the parser gets it."""
    listed, related = [], []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for number, (name, xml) in enumerate(sheets.items(), 1):
            package.writestr(f"xl/worksheets/sheet{number}.xml", xml)
            listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>')
            related.append(_relationship(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        for kind, content in (("sharedStrings", strings), ("styles", styles)):
            if content is not None:
                package.writestr(f"xl/{kind}.xml", content)
                related.append(_relationship(kind, kind, f"{kind}.xml"))
        dates = '<workbookPr date1904="1"/>' if date1904 else ""
        package.writestr(
            "xl/workbook.xml",
            f'<workbook {SHEETS_MAIN} xmlns:r="{RELATIONS_MAIN}">{dates}<sheets>{"".join(listed)}</sheets></workbook>',
        )
        package.writestr("xl/_rels/workbook.xml.rels", _relationships(related))
        package.writestr("_rels/.rels", _relationships([_relationship("rId1", "officeDocument", "xl/workbook.xml")]))
    return out.getvalue()


def _relationship(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{RELATIONS_MAIN}/{kind}" Target="{target}"/>'


def _relationships(related: Iterable[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(related)}</Relationships>'
