"""The demo's smelter register: invented smelters, in a workbook made from nothing, loaded as anybody would load theirs.

Every name is invented and marked (demo); the numbers begin with CID9, which no real one does. Statuses are offsets in
days from the day the demo is made.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.reference import queries
from eprm.reference.actions.loading import process_loading, receive_list
from eprm.reference.models import ReferenceList
from lode.rmi.declaration import Declaration, LookupLine
from lode.rmi.generate import generate

SMELTERS = Path(__file__).parent / "data" / "demo_smelters.csv"
SANCTIONS = Path(__file__).parent / "data" / "demo_sanctions.xml"
# Older than any edition a publisher gives out, so that a real list counts as soon as it is loaded.
SANCTIONS_DAY = date(2000, 1, 1)
# Revisions that no publisher gave out, so that a real register can be loaded beside the invented one.
REVISIONS = {"6.41": date(2024, 4, 26), "6.51": date(2025, 4, 25)}
# What a look-up offers, in every template, for a smelter it does not hold.
NOT_KNOWN = ("Smelter not listed", "Smelter not yet identified")
# Who keeps a register of their own in the story.
KEEPERS = ("noor", "jonas", "petra", "uwe", "eva")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSmelter:
    """An invented smelter. `former` is its name in revisions before the last one."""

    cid: str
    metal: str
    name: str
    country: str
    city: str
    state: str
    revisions: tuple[str, ...]
    aliases: tuple[str, ...]
    former: str
    status: str
    since_days: int | None
    until_days: int | None


def smelters() -> list[DemoSmelter]:
    """The invented smelters, for the other apps' demos too."""
    with SMELTERS.open(encoding="utf-8", newline="") as file:
        return [_smelter(row) for row in csv.DictReader(file)]


def _smelter(row: dict[str, str]) -> DemoSmelter:
    return DemoSmelter(
        cid=row["cid"],
        metal=row["metal"],
        name=row["name"],
        country=row["country"],
        city=row["city"],
        state=row["state"],
        revisions=tuple(revision for revision in REVISIONS if row["first"] <= revision <= row["last"]),
        aliases=tuple(row["aliases"].split(";")),
        former=row["former"],
        status=row["status"],
        since_days=int(row["since"]) if row["since"] else None,
        until_days=int(row["until"]) if row["until"] else None,
    )


def lookup(revision: str) -> tuple[LookupLine, ...]:
    """The Smelter Look-up of the demo's workbook of this revision ("6.41", "6.51")."""
    lines = []
    for smelter in smelters():
        if revision not in smelter.revisions:
            continue
        standard = smelter.former if smelter.former and revision != max(REVISIONS) else smelter.name
        names = dict.fromkeys((standard, *smelter.aliases, *([smelter.former] if smelter.former else [])))
        lines += [
            LookupLine(
                metal=smelter.metal,
                lookup=name,
                standard=standard,
                country=smelter.country,
                cid=smelter.cid,
                source="demo",
                city=smelter.city,
                state=smelter.state,
            )
            for name in names
        ]
    for metal in {line.metal for line in lines}:
        lines += [LookupLine(metal=metal, lookup=words, standard="Unknown") for words in NOT_KNOWN]
    return tuple(sorted(lines, key=lambda line: (line.metal, line.lookup.casefold())))


def workbook(revision: str) -> bytes:
    """A blank workbook in the shape of a CMRT with the invented look-up."""
    declaration = Declaration(
        template="CMRT", revision=revision, revision_date=REVISIONS[revision], lookup=lookup(revision)
    )
    return generate(declaration)


def make(*, seed: int, scale: int, password: str) -> None:
    """Two revisions of the register for each keeper of the story; for all, what schemes and sanctions lists say."""
    for address in KEEPERS:
        _load_registers(person(address))
    _load_statuses(person("femke"), timezone.localdate())
    _load_sanctions(person("femke"))


def _load_registers(keeper: Person) -> None:
    list_ = ReferenceList.objects.get(key="smelter-register")
    organisation = keeper.current_memberships[0].organisation
    with acting_for(keeper, path="demo"):
        for revision in REVISIONS:
            known = queries.releases_visible_to(keeper).filter(
                list=list_, organisation=organisation, edition=f"CMRT {revision}"
            )
            if not known.exists():
                file = (f"demo-cmrt-{revision}.xlsx", workbook(revision))
                receive_list(list_, file=file, organisation=organisation, by=keeper)


def _load_statuses(keeper: Person, today: date) -> None:
    list_ = ReferenceList.objects.get(key="smelter-status")
    organisation = keeper.current_memberships[0].organisation
    lines = ["cid,metal,scheme,status,since,until,source"]
    for smelter in smelters():
        if smelter.since_days is not None:
            since = today + timedelta(days=smelter.since_days)
            until = (today + timedelta(days=smelter.until_days)).isoformat() if smelter.until_days else ""
            told = f"{smelter.cid},{smelter.metal},RMAP (demo),{smelter.status},{since},{until},invented for the demo"
            lines.append(told)
    with acting_for(keeper, path="demo"):
        if queries.release_in_force(list_, None) is None:
            receive_list(
                list_,
                file=("demo-statuses.csv", "\n".join(lines).encode()),
                organisation=organisation,
                by=keeper,
                edition="demo",
                published_on=today,
                note="Invented for the demo.",
            )


def _load_sanctions(keeper: Person) -> None:
    list_ = ReferenceList.objects.get(key="sanctions-un")
    if queries.release_in_force(list_, None) is not None:
        return
    with acting_for(keeper, path="demo"):
        loading = receive_list(
            list_,
            file=(SANCTIONS.name, SANCTIONS.read_bytes()),
            organisation=keeper.current_memberships[0].organisation,
            by=keeper,
            edition="demo",
            published_on=SANCTIONS_DAY,
            note="Invented for the demo.",
        )
        # Not left to the worker: suppliers' files are judged by it next.
        process_loading(loading.pk, by=keeper)
