"""An importer, an authority with its officer, and what one files with the other."""

from datetime import date
from decimal import Decimal

from eprm.authorities.actions import desk, network
from eprm.authorities.actions.desk import Document, Mass
from eprm.authorities.models import KeepingRule
from eprm.people.identity import acting_for
from eprm.people.models import Organisation
from eprm.reference.models import Area, ReferenceList, Release, Threshold
from tests import factories

WIRE = ("8101 96 00", "tungsten", "Tungsten wire", 250)
ORE = ("2609 00 00", "tin", "Tin ores and concentrates", 5000)


def make_rules():
    """The dated rules and lists of a fresh database, where a test that commits has emptied it."""
    from eprm.base.identity import acting_as  # noqa: PLC0415 - needs the settings

    with acting_as(None, secretariat=True):
        KeepingRule.objects.get_or_create(
            since=date(2021, 1, 1), defaults={"keep_years": 5, "check_within_years": 10, "source": "test"}
        )
        for kind in ("threshold", "cahra"):
            list_, _made = ReferenceList.objects.get_or_create(
                key=f"{kind}-test", defaults={"kind": kind, "title": kind, "publisher": "P", "licence": "L"}
            )
            release, made = Release.objects.get_or_create(
                list=list_, sha256=kind, defaults={"edition": "1", "published_on": date(2025, 1, 1)}
            )
            if made and kind == "threshold":
                for code, mineral, description, kg in (WIRE, ORE):
                    Threshold.objects.create(
                        release=release,
                        code=code,
                        mineral=mineral,
                        description=description,
                        threshold_kg=kg,
                        valid_from=date(2021, 1, 1),
                        source="Annex I",
                    )
            elif made:
                Area.objects.create(
                    release=release, iso2="CD", name="Nord-Kivu", valid_from=date(2021, 1, 1), source="list"
                )


def make_secretariat():
    found = Organisation.objects.filter(tier="secretariat").first()
    return factories.member("manager", found or factories.organisation("EPRM", tier="secretariat"), "Femke")


def make_authority(by, name="Authority NL", state="NL", *, takes_filings=True):
    """The authority's organisation, named by the secretariat."""
    organisation = factories.organisation(name, tier="government", country=state)
    with acting_for(by, path="test"):
        return network.name_authority(
            organisation=organisation, member_state=state, source="test", takes_filings=takes_filings, by=by
        )


def mass(of=WIRE, kg=300, origin=""):
    line = Threshold.objects.get(code=of[0])
    return Mass(line=line, mass_kg=Decimal(kg), origin=origin)


def file_year(organisation, authority, by, *, year=2025, masses=None, documents=(), **facts):
    with acting_for(by, path="test"):
        return desk.file_pack(
            organisation=organisation,
            authority=authority,
            year=year,
            exemption=facts.pop("exemption", "none"),
            masses=masses or [mass()],
            documents=documents,
            by=by,
            **facts,
        )


def paper(kind="audit", name="audit.pdf", content=b"%PDF-1.7 audit"):
    return Document(kind=kind, name=name, content=content)
