"""`read`: open, identify, find the places, collect."""

from __future__ import annotations

from lode.findings import Finding, finding
from lode.rmi.container import Grid, Workbook, open_workbook
from lode.rmi.container.grid import split_address
from lode.rmi.declaration import Company, Declaration, Reading, Scope
from lode.rmi.layout import Layout, layout_for
from lode.rmi.read import lists
from lode.rmi.read.anchor import Moved, Places, places
from lode.rmi.read.answers import answers, minerals_of
from lode.rmi.read.dates import date_in, date_of
from lode.rmi.read.identity import Identity, identify

_COMPANY = tuple(Company.__dataclass_fields__)
_LISTS = ("smelters", "products", "mines")


def read(data: bytes, *, filename: str = "") -> Reading:
    """The declaration in a workbook's bytes, of any template, revision and language.

    Never raises for bad data: a file that cannot be read gives no declaration and the findings that say why; one that
    can be read in part gives that part. `filename` only names the file in findings.
    """
    book, findings = open_workbook(data, filename=filename)
    if book is None:
        return Reading(findings=findings)
    where = filename or "the file"
    name = book.named("Declaration")
    if name is None:
        return Reading(findings=(*findings, _no_declaration(book, where)))
    book.open(sheet for sheet in map(book.named, _OPENED) if sheet)
    grid = book.grid(name)
    if grid is None:
        return Reading(findings=tuple(book.findings))
    identity = identify(book, grid)
    if identity is None:
        return Reading(findings=(*book.findings, finding("FILE-12", where, sheets=_sheets(book))))
    return _declaration(book, grid, identity, where)


# Opened together, which costs one pass; a sheet no layout asks for is not among them.
_OPENED = (
    "Declaration",
    "Smelter List",
    "Smelter and Mine List",
    "Product List",
    "Mine List",
    "Smelter Look-up",
    "Standard Smelter Names",
)


def _no_declaration(book: Workbook, where: str) -> Finding:
    """Whether a template lost its main sheet, or the book was never one."""
    template = any(book.named(sheet) for sheet in ("Smelter List", "Smelter Look-up", "Smelter and Mine List"))
    return finding("FILE-13" if template else "FILE-12", where, sheets=_sheets(book))


def _sheets(book: Workbook) -> str:
    names = [f"“{sheet}”" for sheet in book.sheets[:8]]
    return ", ".join(names) + (", ..." if len(book.sheets) > 8 else "")


def _declaration(book: Workbook, grid: Grid, identity: Identity, where: str) -> Reading:
    layout, known = layout_for(identity.template, identity.revision)
    findings = _about_revision(grid, identity, layout, known, where)
    place = places(grid, layout)
    facts = dict(book.facts) | {"anchored_by_label": "no"}
    if "legacy_xls" not in facts:
        facts["protected"] = "yes" if grid.name in book.protected else "no"
    if place.moved and not layout.by_label:
        findings.append(_moved(grid, place.moved))
    if place.moved or layout.by_label:
        facts["anchored_by_label"] = "yes"
    cells = {name: grid.where(*split_address(cell)) for name, cell in place.fields.items()}
    listed = _lists(book, layout, cells, facts, findings)
    about = minerals_of(grid, layout, place)
    declaration = Declaration(
        template=identity.template,
        revision=identity.revision,
        revision_date=identity.revision_date,
        language=identity.language,
        minerals=about,
        answers=answers(book, grid, layout, place, about),
        cells=cells,
        facts=_with_cached_values(book, facts, findings),
        **_fields(grid, layout, place),  # type: ignore[arg-type]
        **listed,  # type: ignore[arg-type]
    )
    if declaration.scope == "B" and layout.products and book.named(layout.products.sheet) is None:
        findings.append(finding("FILE-14", layout.products.sheet, sheet=layout.products.sheet))
    return Reading(declaration=declaration, findings=(*book.findings, *findings))


def _about_revision(grid: Grid, identity: Identity, layout: Layout, known: bool, where: str) -> list[Finding]:
    """That the revision is not said, or is not one we hold a layout of."""
    if known:
        return []
    cell = layout.fields["revision"]
    nearest = f"{layout.template} {layout.revisions[-1]}" if layout.revisions else ""
    if not identity.revision:
        shown = identity.revision_text or grid.text(*split_address(cell)) or ""
        return [finding("FILE-24", where, sheet=grid.name, cell=cell, found=shown, nearest=nearest)]
    said = {"template": identity.template, "revision": identity.revision}
    place = grid.where(*split_address(cell))
    if layout.by_label:
        return [finding("FILE-25", place, **said)]
    return [finding("FILE-15", place, nearest=nearest, **said)]


def _moved(grid: Grid, moved: Moved) -> Finding:
    return finding(
        "FILE-16",
        f"{grid.name}!{moved.found}",
        sheet=grid.name,
        label=moved.label,
        found=moved.found,
        expected=moved.expected,
    )


def _fields(grid: Grid, layout: Layout, place: Places) -> dict[str, object]:
    """The company block, scope and date."""

    def text(name: str) -> str | None:
        return grid.text(*split_address(place.fields[name])) if name in place.fields else None

    scope_raw = text("scope")
    letter = (scope_raw or " ").lstrip()[0].upper() if scope_raw else ""
    meaning = layout.scopes.get(letter, letter)
    scope: Scope | None = meaning if meaning in {"A", "B", "C"} else None  # type: ignore[assignment]
    if "effective_day" in place.fields:
        parts = [text(f"effective_{part}") for part in ("day", "month", "year")]
        raw = " ".join(part for part in parts if part) or None
        day = date_in(raw) if raw else None
    else:
        raw = text("effective_date")
        day = date_of(grid.value(*split_address(place.fields["effective_date"]))) if raw else None
    return {
        "company": Company(**{name: text(name) for name in _COMPANY}),
        "scope": scope,
        "scope_raw": scope_raw,
        "scope_description": text("scope_description"),
        "effective_date": day,
        "effective_date_raw": raw,
    }


def _lists(
    book: Workbook, layout: Layout, cells: dict[str, str], facts: dict[str, str], findings: list[Finding]
) -> dict[str, object]:
    """The lines of every list sheet the layout has; what is missing or moved goes to `facts` and `findings`."""
    found: dict[str, object] = {}
    missing = []
    for kind in _LISTS:
        table = getattr(layout, kind)
        if table is None:
            continue
        sheet = book.named(table.sheet)
        if sheet is None:
            missing.append(table.sheet)
            if kind == "smelters":
                findings.append(finding("FILE-14", table.sheet, sheet=table.sheet))
            continue
        grid = book.grid(sheet)
        if grid is None:
            continue
        place = lists.columns_of(grid, table, kind)
        if place.moved:
            facts["anchored_by_label"] = "yes"
            findings.append(_moved(grid, place.moved))
        cells |= {f"{kind}.{name}": f"{grid.name}!{column}" for name, column in place.columns.items()}
        found[kind] = getattr(lists, f"{kind[:-1]}_lines")(grid, place)
    if layout.lookup:
        grid = book.grid(book.named(layout.lookup.sheet))
        if grid is None:
            missing.append(layout.lookup.sheet)
        else:
            found["lookup"] = lists.lookup_lines(grid, layout.lookup)
    facts["missing_sheets"] = ", ".join(missing)
    return found


def _with_cached_values(book: Workbook, facts: dict[str, str], findings: list[Finding]) -> dict[str, str]:
    uncached = [sheet for sheet in book.sheets if sheet in book.uncached and sheet in _OPENED]
    if uncached:
        findings.append(finding("FILE-17", uncached[0], sheet=uncached[0]))
    return facts | {"cached_values": "no" if uncached else "yes"}
