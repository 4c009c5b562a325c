"""An .xlsx being changed: replace a part, add one with its relation and content type, take one out; all others stay.

Source: ECMA-376 Part 2 (packages, relationships, content types).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from lode.findings import finding
from lode.rmi.container import limits
from lode.rmi.container.package import (
    OFFICE_DOCUMENT,
    PACKAGE_RELATIONS,
    RELATIONS_MAIN,
    Package,
    Refused,
    in_mb,
    relations,
    xml_root,
)

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


def part_bytes(root: etree._Element) -> bytes:
    """A tree as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class EditablePackage(Package):
    """A package whose changes are kept aside until `data()` writes the whole file anew. Raises Refused as `Package`."""

    def __init__(self, data: bytes, where: str) -> None:
        super().__init__(data, where)
        self._changed: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether there is such a part, now."""
        return name in self._changed or (super().has(name) and name not in self._removed)

    def read(self, name: str) -> bytes:
        """The part's bytes as they are now. Raises Refused where it is missing, too big or damaged."""
        if name in self._changed:
            return self._changed[name]
        if not self.has(name):
            raise Refused(finding("FILE-20", self.where, part=name))
        return super().read(name)

    def root(self, name: str) -> etree._Element:
        """The root element of a part. Raises Refused where it is missing or no XML."""
        return xml_root(self.read(name), name, self.where)

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add it; `declare` says what a new one is."""
        self._changed[name] = content

    def remove(self, name: str) -> None:
        """Take a part out, with its content type; the relation to it is the caller's to take out."""
        self._changed.pop(name, None)
        self._removed.add(name)
        for override in self._types.findall(f"{{{_TYPES}}}Override"):
            if override.get("PartName") == f"/{name}":
                self._types.remove(override)

    def free_name(self, pattern: str) -> str:
        """The first name of the pattern ("xl/comments{}.xml") that no part has yet, counting from 1."""
        taken = {name.lower() for name in (*self.names, *self._changed)}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def declare(self, name: str, content_type: str) -> None:
        """Say what kind of part `name` is."""
        override = etree.SubElement(self._types, f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what kind of part every name with this ending is, where nothing says so yet."""
        defaults = self._types.findall(f"{{{_TYPES}}}Default")
        if all((default.get("Extension") or "").lower() != extension for default in defaults):
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, default)

    def related(self, name: str, kind: str) -> tuple[str, str] | None:
        """The first relation of the part `name` of a kind ("comments"): its id and the part it leads to, if there."""
        for identifier, (of, target) in relations(self, name).items():
            if of.endswith(f"/{kind}") and self.has(target):
                return identifier, target
        return None

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let the part `name` lead to `target` as its `kind`; returns the new relation's id."""
        where = _relations_of(name)
        empty = f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'.encode()
        root = self.root(where) if self.has(where) else xml_root(empty, where, self.where)
        taken = {each.get("Id") for each in root}
        number = len(root) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{RELATIONS_MAIN}/{kind}")
        relation.set("Target", f"/{target}")
        self.write(where, part_bytes(root))
        return f"rId{number}"

    def unrelate(self, name: str, identifier: str) -> None:
        """Take out one relation of the part `name`."""
        root = self.root(_relations_of(name))
        for each in root:
            if each.get("Id") == identifier:
                root.remove(each)
        self.write(_relations_of(name), part_bytes(root))

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook part. Raises Refused where there is none."""
        for kind, target in relations(self, "").values():
            if kind.endswith(OFFICE_DOCUMENT) and self.has(target):
                return target
        raise Refused(finding("FILE-20", self.where, part="xl/workbook.xml"))

    def sheets(self) -> dict[str, str]:
        """Sheet name -> part name, in the order of the tabs."""
        targets = relations(self, self.workbook)
        sheets = list(self.root(self.workbook).iter("{*}sheet"))
        found = {sheet.get("name") or "": targets.get(relation_id(sheet), ("", ""))[1] for sheet in sheets}
        return {name: part for name, part in found.items() if self.has(part)}

    @cached_property
    def _types(self) -> etree._Element:
        return self.root(_CONTENT_TYPES)

    def data(self) -> bytes:
        """The whole file: changed parts in the place of the old ones, new ones at the end, the rest untouched."""
        self.write(_CONTENT_TYPES, part_bytes(self._types))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
            for name in self.names:
                if name in self._changed:
                    package.writestr(_entry(name), self._changed[name])
                elif name not in self._removed and not name.endswith("/"):
                    package.writestr(_entry(name), self._content(name))
            for name in [name for name in self._changed if name not in self.names]:
                package.writestr(_entry(name), self._changed[name])
        return out.getvalue()

    def _content(self, name: str) -> bytes:
        """An untouched part, whatever it holds: a picture may well begin like a document in another encoding."""
        try:
            with self._zip.open(self._entries[name]) as part:
                content = part.read(limits.PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Refused(finding("FILE-20", self.where, part=name)) from None
        if len(content) > limits.PART_BYTES:
            size = in_mb(self._entries[name].compress_size)
            raise Refused(finding("FILE-06", self.where, size=size, claimed=in_mb(limits.PART_BYTES), part=name))
        return content


def relation_id(element: etree._Element) -> str:
    """The `r:id` of an element, whichever edition of the standard its namespace is from; "" where it has none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")
