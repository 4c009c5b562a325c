"""A declaration as a person would read it from the workbook, whatever template, revision or language it came in.

`Reading` is what `lode.rmi.read.read` answers: the declaration if there is one, and the findings about the file itself.
Everything is immutable. A blank cell is None; so are a formula's 0 or error text, never an empty string.
Source: RMI CMRT 1.00-6.5, EMRT 1.1-2.1, CRT 2.2-2.21, AMRT 1.2-1.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from lode.findings import Finding

Template = Literal["CMRT", "EMRT", "CRT", "AMRT"]
Scope = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company block. `authority` names who gave out `unique_id` (DUNS, VAT, ...)."""

    name: str | None = None
    unique_id: str | None = None
    authority: str | None = None
    address: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    authorizer_name: str | None = None
    authorizer_title: str | None = None
    authorizer_email: str | None = None
    authorizer_phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. `question` is "1".."8" (then `mineral` is a key of `lode.minerals`) or "A".."J" (mineral None, but
    for questions asked per mineral, such as EMRT 2.x's C).

    `value` is the answer in the templates' English wording ("Yes", "Greater than 90%"), or the text as typed where it
    is no option of this question; `raw` is the cell as found (a number 1 for "100%", a Chinese option, ...).
    """

    question: str
    mineral: str | None = None
    value: str | None = None
    raw: str | None = None
    comment: str | None = None
    cell: str = ""
    comment_cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmelterLine:
    """One used row of the Smelter List, as typed; `row` is the sheet's row number.

    `cid_input` is column A (what the sender typed), `cid` the number the row names, from A or else the identification
    column; `lookup`, `name` ... are the cells' own texts and None where blank, 0 or an error. Nothing is resolved here.
    """

    row: int
    metal: str | None = None
    cid_input: str | None = None
    lookup: str | None = None
    name: str | None = None
    country: str | None = None
    cid: str | None = None
    cid_source: str | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None
    contact: str | None = None
    email: str | None = None
    next_steps: str | None = None
    mines: str | None = None
    mine_countries: str | None = None
    recycled: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLine:
    """One used row of the Product List. The requester's columns exist in EMRT 2.1 and AMRT only."""

    row: int
    number: str | None = None
    name: str | None = None
    requester_number: str | None = None
    requester_name: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MineLine:
    """One used row of the Mine List (EMRT 2.x, AMRT)."""

    row: int
    metal: str | None = None
    smelter: str | None = None
    name: str | None = None
    mine_id: str | None = None
    id_source: str | None = None
    country: str | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None
    contact: str | None = None
    email: str | None = None
    next_steps: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupLine:
    """One row of the book's own Smelter Look-up: `lookup` is the name people choose, `standard` the register's name."""

    metal: str
    lookup: str
    standard: str
    country: str | None = None
    cid: str | None = None
    source: str | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A whole declaration.

    `revision` is the bare number ("6.5", "2.03a"). `revision_date` is the date printed beside it. `language` is a code
    ("en", "zh", "ja", "ko", "fr", "pt", "de", "es", "it", "tr"). `minerals` are the keys the declaration is about, in
    the sheet's order. `cells` gives, for each field of this class and of `Company` and each list column, the cell or
    column it was read from, such as `cells["contact_email"] == "Declaration!D16"` and `cells["smelters.metal"] ==
    "Smelter List!B"`. `facts` are what the file itself shows: "protected", "cached_values", "anchored_by_label",
    "missing_sheets", "macros", "legacy_xls", "encrypted_default".
    """

    template: Template
    revision: str
    revision_date: date | None = None
    language: str = "en"
    company: Company = field(default_factory=Company)
    scope: Scope | None = None
    scope_raw: str | None = None
    scope_description: str | None = None
    effective_date: date | None = None
    effective_date_raw: str | None = None
    minerals: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    smelters: tuple[SmelterLine, ...] = ()
    products: tuple[ProductLine, ...] = ()
    mines: tuple[MineLine, ...] = ()
    lookup: tuple[LookupLine, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def answer(self, question: str, mineral: str | None = None) -> Answer | None:
        """The answer to a question, or None where the template has no such question or row."""
        for answer in self.answers:
            if answer.question == question and answer.mineral == mineral:
                return answer
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading a file gave: `declaration` is None where the bytes are no declaration; then `findings` says why."""

    declaration: Declaration | None = None
    findings: tuple[Finding, ...] = ()
