"""Rules about age: an old declaration, and one in an old revision of the template (`data/revisions.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from lode.findings import Finding, finding
from lode.rmi.check.book import Book
from lode.rmi.check.words import limit


@dataclass(frozen=True, slots=True)
class Revision:
    """A release of a template; one that `corrects` mends the one before it within weeks."""

    name: str
    released: date
    corrects: bool


@cache
def revisions() -> Mapping[str, tuple[Revision, ...]]:
    """Each template's releases in order of time, those of what it became among them."""
    data = tomllib.loads(files("lode").joinpath("data/revisions.toml").read_text(encoding="utf-8"))
    became = {template: entries.pop("became", "") for template, entries in data.items()}
    own = {
        template: [Revision(name, entry["released"], entry.get("corrects", False)) for name, entry in entries.items()]
        for template, entries in data.items()
    }
    after = {
        template: [Revision(f"{later} {each.name}", each.released, each.corrects) for each in own.get(later, ())]
        for template, later in became.items()
    }
    return {
        template: tuple(sorted(own[template] + after[template], key=lambda revision: revision.released))
        for template in own
    }


def check_age(book: Book, on: date) -> Iterator[Finding]:
    """A declaration more than a year old, and a revision outdated on its effective date (else on the day `on`)."""
    declaration = book.declaration
    day = declaration.effective_date
    if day is not None and (on - day).days > limit("old_days"):
        yield finding("CMRT-P37", book.place("effective_date"), found=day.isoformat(), days=(on - day).days)
    released = _released(book)
    if released is None:
        return
    at = day or on
    later = [each for each in revisions()[declaration.template] if released < each.released <= at and not each.corrects]
    old = (at - released).days > limit("old_revision_days")
    if later and (old or len(later) >= limit("old_revision_releases")):
        yield finding(
            "CMRT-P36",
            book.place("revision"),
            template=declaration.template,
            revision=declaration.revision,
            released=released.isoformat(),
            day=at.isoformat(),
            newest=later[-1].name,
            newest_released=later[-1].released.isoformat(),
        )


def _released(book: Book) -> date | None:
    declaration = book.declaration
    for each in revisions().get(declaration.template, ()):
        if each.name == declaration.revision:
            return each.released
    return declaration.revision_date
