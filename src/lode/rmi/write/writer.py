"""`write`: read the template, see that it fits the answers, fill it sheet by sheet, and save it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lode.findings import Finding, finding
from lode.rmi.container.package import Refused
from lode.rmi.declaration import Company, Declaration
from lode.rmi.layout import layout_for
from lode.rmi.read import read
from lode.rmi.write.blank import Blank
from lode.rmi.write.front import write_front
from lode.rmi.write.lists import write_lists

TEMPLATE = "the template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The filled template, and what is not in it as the answers said. `data` is None where nothing could be written."""

    data: bytes | None = None
    findings: tuple[Finding, ...] = ()


def write(declaration: Declaration, template: bytes) -> Written:
    """Fill the user's own blank template with a declaration. Never raises for bad data.

    Answers take the wording of the template's own lists. A smelter its look-up knows keeps the row's formulas; one it
    does not know is written as "Smelter not listed", typed in full. A field the declaration leaves blank is left to
    the template's formula, so reading the result gives the declaration, completed from the template's look-up.
    """
    reading = read(template, filename=TEMPLATE)
    there = reading.declaration
    if there is None:
        return Written(findings=reading.findings)
    if not declaration.revision:
        declaration = replace(declaration, revision=there.revision)
    misfit = _misfit(declaration, there)
    if misfit:
        return Written(findings=(*reading.findings, misfit))
    findings = [*reading.findings, *_not_blank(there)]
    try:
        blank = Blank(template, there)
        findings += write_front(declaration, blank)
        findings += write_lists(declaration, blank)
        return Written(data=blank.data(), findings=(*findings, *blank.findings))
    except Refused as refused:
        return Written(findings=(*findings, refused.finding))


def _misfit(declaration: Declaration, there: Declaration) -> Finding | None:
    """Why these answers cannot go into this template."""
    if "yes" in (there.facts.get("legacy_xls"), there.facts.get("encrypted_default")):
        return finding("WRITE-02", TEMPLATE)
    answers = f"{declaration.template} {declaration.revision}"
    template = f"{there.template} {there.revision}"
    if declaration.template != there.template:
        return finding("WRITE-01", TEMPLATE, answers=answers, template=template)
    asked = layout_for(declaration.template, declaration.revision)[0]
    if asked is not layout_for(there.template, there.revision)[0]:
        return finding("WRITE-03", TEMPLATE, answers=answers, template=template)
    return None


def _not_blank(there: Declaration) -> list[Finding]:
    """The template already tells of a company or lists something: what is not overwritten is emptied."""
    lines = len(there.smelters) + len(there.products) + len(there.mines)
    if there.company == Company() and not lines:
        return []
    return [finding("WRITE-04", TEMPLATE, found=there.company.name or "", lines=lines)]
