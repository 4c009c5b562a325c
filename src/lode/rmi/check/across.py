"""Rules that need another declaration: last year's, another supplier's, the company-wide one, or what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, fold, is_no, is_yes, listed, metals, quoted
from lode.rmi.check.rows import same_name
from lode.rmi.check.words import limit
from lode.rmi.declaration import Declaration

Smelters = frozenset[tuple[str, str]]


def smelters_of(declaration: Declaration) -> Smelters:
    """The smelters a declaration lists, each as its mineral and its number, or its name where it has none."""
    rows = Book(declaration).rows
    return frozenset(
        (row.mineral, fold(row.cid) or fold(row.name or row.lookup))
        for row in rows
        if not row.not_identified and (row.cid or row.name or row.lookup)
    )


def check_against(declaration: Declaration, previous: Declaration) -> list[Finding]:
    """Against the same supplier's earlier declaration: a list that changed more than supply chains do."""
    now, before = smelters_of(declaration), smelters_of(previous)
    both = now | before
    if not now or not before or len(now ^ before) <= limit("changed_share") * len(both):
        return []
    share = round(100 * len(now ^ before) / len(both))
    where = Book(declaration).column("smelters", "lookup")
    day = previous.effective_date.isoformat() if previous.effective_date else "?"
    return [finding("CMRT-P44", where, share=share, added=len(now - before), gone=len(before - now), day=day)]


def check_copied(declaration: Declaration, others: Iterable[tuple[str, Declaration]]) -> list[Finding]:
    """Against other suppliers' declarations, each with whose it is: a long list that is the same to the last smelter.

    One of the others is looked at after the other, so they need not all be in memory.
    """
    own = smelters_of(declaration)
    if len(own) <= limit("copied_length"):
        return []
    same = dict.fromkeys(name for name, other in others if smelters_of(other) == own)
    where = Book(declaration).column("smelters", "lookup")
    return [finding("CMRT-P42", where, count=len(own), suppliers=listed(list(same)))] if same else []


def marks_of(declaration: Declaration) -> list[str]:
    """A few numbers or names, as `fold` gives them, that an equal list must have too: others need no comparing."""
    plain = sorted({said for _mineral, said in smelters_of(declaration) if said.isascii() and " " not in said})
    return [plain[at] for at in sorted({0, len(plain) // 2, len(plain) - 1})] if plain else []


def check_scope(declaration: Declaration, company_wide: Declaration) -> list[Finding]:
    """A declaration for some products against the same supplier's for the whole company: nothing differs."""
    if declaration.scope not in ("B", "C") or company_wide.scope != "A":
        return []
    answers = {(answer.question, answer.mineral): answer.value for answer in declaration.answers}
    wide = {(answer.question, answer.mineral): answer.value for answer in company_wide.answers}
    own = smelters_of(declaration)
    if not own or answers != wide or own != smelters_of(company_wide):
        return []
    where = Book(declaration).place("scope")
    return [finding("CMRT-P45", where, scope=declaration.scope, count=len(own))]


def check_sender(declaration: Declaration, asked: Sequence[str]) -> list[Finding]:
    """Against the supplier who was asked, by each name known of it: another company declares."""
    name = declaration.company.name
    if not name or not asked or any(same_name(name, each) for each in asked):
        return []
    return [finding("CMRT-P46", Book(declaration).place("name"), found=quoted(name), asked=quoted(asked[0]))]


def check_materials(declaration: Declaration, contains: Mapping[str, bool]) -> list[Finding]:
    """Against what the buyer knows of the goods: minerals in them by key, True or False."""
    book = Book(declaration)
    findings = []
    for mineral, present in contains.items():
        value = book.value("used", mineral)
        if (present and is_no(value)) or (not present and is_yes(value)):
            code = "CMRT-P50" if present else "CMRT-P57"
            where = cells.where([book.cell("used", mineral)])
            number = book.form.number("used") or ""
            findings.append(finding(code, where, metal=metals([mineral]), question=number, found=quoted(value)))
    return findings
