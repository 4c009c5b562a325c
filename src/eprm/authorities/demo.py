"""The authorities' part of the demo: two named authorities, three importers' files, a check, a concern, a question."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from eprm.authorities import queries
from eprm.authorities.actions import concerns, desk, network
from eprm.authorities.actions.desk import Document, Mass
from eprm.authorities.models import CompetentAuthority, Filing
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.reference.queries import thresholds_on

SOURCE = "Invented for the demo; Regulation (EU) 2017/821, Article 10"
WIRE, ORE, TIN = "8101 96 00", "2611 00 00", "8001"


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    ruben, silke = person("ruben"), person("silke")
    if queries.authority_of(ruben) is not None:
        return
    femke = person("femke")
    dutch, german = _named(ruben, "NL", femke), _named(silke, "DE", femke)
    ruben, silke = person("ruben"), person("silke")  # who they were before they had an authority is kept with them
    _contact(dutch, ruben, "Ruben (demo)")
    _contact(german, silke, "Silke (demo)")
    year = timezone.localdate().year - 1
    halden = _file(person("noor"), dutch, year, [(WIRE, 410, "CN"), (WIRE, 35, "")], ("policy", "risks"))
    _file(person("jonas"), dutch, year, [(TIN, 92_000, "ID")], ("policy", "smelters", "risks", "audit", "report"))
    _file(person("uwe"), german, year, [("8103 90", 140, "")], ("policy", "report"))
    _check(ruben, halden)
    _concern(person("marieke"), dutch)
    with acting_for(ruben, path="demo"):
        topic = network.write_topic(
            of=dutch.organisation,
            kind="question",
            title="What do you take as other substantive evidence?",
            clause="Article 6(2)",
            text="An importer of metals sends scheme reports of a scheme that the Union has not recognised. "
            "Do you take them as a ground for exemption from the audit?",
            by=ruben,
        )
    with acting_for(silke, path="demo"):
        network.answer_topic(
            topic=topic,
            of=german.organisation,
            text="Only together with the importer’s own look at each smelter’s report, and we say so in the answer.",
            by=silke,
        )


def _named(of: Person, state: str, by: Person) -> CompetentAuthority:
    with acting_for(by, path="demo"):
        return network.name_authority(
            organisation=of.current_memberships[0].organisation,
            member_state=state,
            source=SOURCE,
            languages="English",
            takes_filings=True,
            by=by,
        )


def _contact(authority: CompetentAuthority, by: Person, name: str) -> None:
    with acting_for(by, path="demo"):
        network.keep_contact(authority=authority, name=name, email=by.email, task="ex-post checks", by=by)


def _file(by: Person, authority: CompetentAuthority, year: int, masses: list, kinds: tuple[str, ...]) -> Filing:
    lines = {line.code: line for line in thresholds_on(timezone.localdate())}
    with acting_for(by, path="demo"):
        return desk.file_pack(
            organisation=by.current_memberships[0].organisation,
            authority=authority,
            year=year,
            exemption="none",
            statement="We asked every supplier for a declaration, decided each name, and looked into the risks.",
            masses=[Mass(line=lines[code], mass_kg=Decimal(kg), origin=origin) for code, kg, origin in masses],
            documents=[
                Document(kind=kind, name=f"{kind}-{year}.txt", content=f"Demo document: {kind} {year}\n".encode())
                for kind in kinds
            ],
            by=by,
        )


def _check(by: Person, filing: Filing) -> None:
    today = timezone.localdate()
    authority: Organisation = filing.authority
    with acting_for(by, path="demo"):
        desk.take_up(filing=filing, by=by)
        desk.write_message(filing=filing, text="The file has no audit report yet. When may we expect it?", by=by)
        desk.record_check(
            authority=authority,
            importer=filing.organisation,
            filing=filing,
            nature="documents",
            checked_on=today,
            result="partly",
            findings="Policy and risk records are in order; the third-party audit report is missing.",
            remedy="Send the audit report, or show the ground for an exemption.",
            remedy_due_on=today + timedelta(days=60),
            by=by,
        )


def _concern(by: Person, authority: CompetentAuthority) -> None:
    with acting_for(by, path="demo"):
        concerns.put_concern(
            authority=authority,
            importer_name="Veldkamp Mobility N.V.",
            duty="5",
            text="The company’s public report names a smelter that buys at a road where armed men take a toll, and "
            "does not say what it did about it. We wrote to the company twice and had no answer.",
            place="Road near Masisi",
            happened_on=timezone.localdate() - timedelta(days=40),
            known_by="published",
            sources="https://example.org/report",
            submitted_for=by.current_memberships[0].organisation,
            by=by,
        )
