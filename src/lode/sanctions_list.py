"""Sanctions lists as their publishers give them out: the United Nations' XML, and the OFAC's SDN.CSV with ALT.CSV.

Source: schema of the UN Security Council Consolidated List (sc-sanctions.xsd); OFAC, "SDN List Data Formats".
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from lxml import etree

from lode.findings import Finding, finding

NOTHING = "-0-"  # how the OFAC writes a blank value
SDN_COLUMNS, ALT_COLUMNS = 12, 5
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParty:
    """A listed person, entity, vessel or aircraft. `names` are all it is listed under, the main one first."""

    reference: str
    kind: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    programme: str = ""
    listed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionsList:
    """What a file gave. `published_on` is the day the file itself names, if it does."""

    parties: tuple[ListedParty, ...] = ()
    published_on: date | None = None
    findings: tuple[Finding, ...] = ()


def read_un(data: bytes) -> SanctionsList:
    """The Consolidated List. A document type definition or external entity in the file is refused, never followed."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return SanctionsList(findings=(finding("LIST-12", "the file", found="<!DOCTYPE"),))
    parties: list[ListedParty] = []
    published: date | None = None
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in events:
            if event == "start":
                if element.tag == "CONSOLIDATED_LIST":
                    published = _day(element.get("dateGenerated", ""))
                continue
            if element.tag in ("INDIVIDUAL", "ENTITY"):
                parties.append(_un_party(element))
                element.clear()
    except etree.XMLSyntaxError as problem:
        return SanctionsList(findings=(finding("LIST-12", f"line {problem.lineno}", found=_shown(data)),))
    return SanctionsList(parties=tuple(parties), published_on=published)


def _shown(data: bytes) -> str:
    return data[:30].decode("utf-8", errors="replace").strip()


def _un_party(element: etree._Element) -> ListedParty:
    individual = element.tag == "INDIVIDUAL"
    names = [" ".join(part for tag in NAME_PARTS if (part := _text(element, tag)))]
    names.append(_text(element, "NAME_ORIGINAL_SCRIPT"))
    names += [_text(alias, "ALIAS_NAME") for alias in element.iter("INDIVIDUAL_ALIAS", "ENTITY_ALIAS")]
    places = element.iter("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS")
    countries = [_text(place, "COUNTRY") for place in places]
    countries += [" ".join((value.text or "").split()) for value in element.findall("NATIONALITY/VALUE")]
    return ListedParty(
        reference=_text(element, "REFERENCE_NUMBER") or _text(element, "DATAID"),
        kind="individual" if individual else "entity",
        names=_once(names),
        countries=_once(countries),
        programme=_text(element, "UN_LIST_TYPE"),
        listed_on=_day(_text(element, "LISTED_ON")),
    )


def _text(element: etree._Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_ofac(sdn: bytes, alt: bytes | None = None) -> SanctionsList:
    """The SDN list, and the other names of its parties from ALT.CSV."""
    findings: list[Finding] = []
    others: defaultdict[str, list[str]] = defaultdict(list)
    for _, values in _rows(alt or b"", ALT_COLUMNS, "ALT.CSV", findings):
        others[values[0]].append(values[3])
    parties: dict[str, ListedParty] = {}
    for number, values in _rows(sdn, SDN_COLUMNS, "SDN.CSV", findings):
        reference, name = values[0], values[1]
        if not reference.isdigit() or not name:
            findings.append(finding("LIST-13", f"SDN.CSV row {number}", found=", ".join(values[:2])))
            continue
        parties[reference] = ListedParty(
            reference=reference,
            kind=values[2] or "entity",
            names=_once([name, *others[reference]]),
            programme=values[3],
        )
    return SanctionsList(parties=tuple(parties.values()), findings=tuple(findings))


def _rows(data: bytes, columns: int, name: str, findings: list[Finding]) -> list[tuple[int, list[str]]]:
    """The rows of a file of the OFAC: no headings, a fixed number of columns, a control character at its end."""
    text = data.decode("utf-8-sig", errors="replace").replace("\x1a", "")
    found = []
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        for line in lines:
            if not any(value.strip() for value in line):
                continue
            if len(line) < columns:
                findings.append(finding("LIST-13", f"{name} row {lines.line_num}", found=", ".join(line)[:60]))
                if len(findings) > 20:
                    break
                continue
            found.append((lines.line_num, ["" if value.strip() == NOTHING else value.strip() for value in line]))
    except csv.Error:
        findings.append(finding("LIST-01", f"{name} row {lines.line_num}", found=text[:40]))
    return found
