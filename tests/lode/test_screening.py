"""Names against sanctions lists: true names, slips of the pen, and names that are only near."""

from datetime import date
from pathlib import Path

import pytest

from lode.sanctions_list import ListedParty, read_un
from lode.screening import Screen, ScreenedList

UN_FILE = Path(__file__).resolve().parents[3] / "shared/data/sanctions/UN_consolidated.xml"
PARTIES = (
    ListedParty(
        reference="XDe.001", kind="entity", names=("RUWENZORI COMMERCIAL IMPEX (RCI) LTD",), countries=("Uganda",)
    ),
    ListedParty(reference="XDe.002", kind="entity", names=("MACHUPA LTD", "Machupa Or"), countries=("Uganda",)),
    ListedParty(reference="XDe.003", kind="entity", names=("QRF",)),
    ListedParty(reference="XDi.004", kind="individual", names=("Hamadi Okonkwo Baruti",)),
    ListedParty(reference="XDv.005", kind="vessel", names=("KIVU STAR",)),
    *(ListedParty(reference=f"XDi.1{n:02d}", kind="individual", names=(f"Mohammed Name{n:02d}",)) for n in range(40)),
)
LIST = ScreenedList(title="Test list", edition="2026-02-27", published_on=date(2026, 2, 27), parties=PARTIES)


@pytest.fixture(scope="module")
def screen():
    return Screen([LIST])


def hits(screen, name, country=None):
    return [(hit.party.reference, hit.is_same_name) for hit in screen.find(name, country)]


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Ruwenzori Commercial Impex Ltd.", "Uganda", [("XDe.001", True)]),
        ("RUWENZORI COMMERCIAL IMPEX (RCI)", None, [("XDe.001", True)]),
        ("Machupa", "UGANDA", [("XDe.002", True)]),
        ("QRF", None, [("XDe.003", True)]),
        # a letter missing, too many or wrong
        ("Ruwenzory Commercial Impex", None, [("XDe.001", False)]),
        ("Machuppa Ltd", None, [("XDe.002", False)]),
        # part of the name and a common word more: near enough to look
        ("Machupa Gold Refinery", "Uganda", [("XDe.002", False)]),
        # a person's whole name in a company's
        ("Hamadi Okonkwo Baruti Minerals", None, [("XDi.004", True)]),
        # only near: one word of a person, a short acronym among words, a vessel, common words
        ("Okonkwo Trading", "Nigeria", []),
        ("Mohammed Metals", None, []),
        ("QRF Yancheng New Material", "China", []),
        ("Kivu Star", None, []),
        ("Commercial Trading Company", None, []),
        ("Uganda Refinery Ltd", "Uganda", []),
        ("QRG", None, []),
        ("", None, []),
        ("...", None, []),
    ],
)
def test_name_is_held_against_the_list(screen, name, country, found):
    assert hits(screen, name, country) == found


def test_hit_tells_its_reasons_and_its_list(screen):
    (hit,) = screen.find("Machupa Gold", "Rwanda")

    assert (hit.source.edition, hit.name, hit.is_same_name) == ("2026-02-27", "MACHUPA LTD", False)
    assert [reason.code for reason in hit.reasons] == ["listed_near", "listed_elsewhere"]
    assert all(reason.said("fr") for reason in hit.reasons)


def test_no_list_finds_nobody():
    assert Screen([]).find("Machupa Ltd") == ()


def test_every_entity_of_the_real_list_is_found_by_its_own_name():
    if not UN_FILE.exists():
        pytest.skip(f"{UN_FILE} is not there")
    parties = read_un(UN_FILE.read_bytes()).parties
    real = Screen([ScreenedList(title="UN", edition="", published_on=None, parties=parties)])
    entities = [party for party in parties if party.kind == "entity" and party.names[0].isascii()]

    lost = [
        party.names[0]
        for party in entities
        if party.reference not in {hit.party.reference for hit in real.find(party.names[0])}
    ]

    assert lost == []
