"""What a template asks and what its own Checker counts, by template and age (`data/forms.toml`).

Rules speak of what a question means ("covered": does anything come from the covered countries?), because its number
changed from revision to revision.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One entry of `data/forms.toml`, whose head explains each field."""

    template: str
    since: str
    questions: Mapping[str, str]
    company: Mapping[str, str]
    by_mineral: Mapping[str, str] = field(default_factory=dict)
    minerals: tuple[str, ...] = ("tantalum", "tin", "gold", "tungsten")
    chosen: bool = False
    seen: bool = True
    required: tuple[str, ...]
    email: Literal["at", "text"]
    closes: tuple[str, ...]
    closed_by: Literal["either", "both"]
    gated: bool = False
    not_asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    url: str = ""
    url_test: Literal["length", "www"] = "length"
    survey_comment: bool = False
    products: bool = False
    smelters: Literal["pair", "metal", "any", "crt"]
    scrap: Literal["all", "any"] = "all"
    not_listed: bool = False
    lookup: bool = True

    def number(self, meaning: str) -> str | None:
        """The number or letter under which the form asks this, or None where it does not."""
        return self.questions.get(meaning) or self.by_mineral.get(meaning) or self.company.get(meaning)


@cache
def forms() -> tuple[Form, ...]:
    """Every form, oldest first within its template."""
    data = tomllib.loads(files("lode").joinpath("data/forms.toml").read_text(encoding="utf-8"))
    return tuple(_form(entry) for entry in data["form"])


def form_for(template: str, revision: str) -> Form:
    """The form of a revision: the newest that is not newer than it; the newest of the template for an odd revision."""
    mine = [form for form in forms() if form.template == template]
    order = revision_order(revision)
    older = [form for form in mine if order is not None and (revision_order(form.since) or (0, "")) <= order]
    return older[-1] if older else mine[-1] if order is None else mine[0]


def revision_order(revision: str) -> tuple[int, str] | None:
    """A key that puts revisions in order of time: "6.01" before "6.1" before "6.22". None for what is no revision."""
    found = re.fullmatch(r"(\d{1,3})(?:\.(\w{1,9}))?", revision.strip().lower())
    return (int(found[1]), found[2] or "0") if found else None


def _form(entry: dict[str, Any]) -> Form:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    fields["not_asked"] = {meaning: tuple(minerals) for meaning, minerals in entry.get("not_asked", {}).items()}
    return Form(**fields)
