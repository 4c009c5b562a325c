"""The register from look-up sheets: invented cases, and the counts of the publisher's own revisions."""

import json
from datetime import date
from itertools import permutations

import pytest
from tests.lode.smelters.lookups import REVISIONS, line, release, shared_book, shared_books

from lode.smelters.document import from_document, to_document
from lode.smelters.register import (
    Changes,
    Name,
    Smelter,
    StatusInterval,
    build,
    changes,
    conflicts,
    dropped_since,
    listed_in,
    revision_key,
)
from lode.smelters.status import status_on

OLD = (
    release("6.22"),
    (
        line("Tin", "Pulau Metal", "CID990118", city="Muntok", state="Bangka"),
        line("Tin", "PBM", "CID990118", standard="Pulau Metal", city="Muntok", state="Bangka"),
        line("Tin", "Timah Lama", "CID990119"),
        line("Tin", "Smelter not listed", None),
    ),
)
NEW = (
    release("6.31"),
    (
        line("Tin", "Pulau Bangka Metals Tbk", "CID990118", city="Pangkal Pinang", state="Bangka"),
        line("Tin", "PBM", "CID990118", standard="Pulau Bangka Metals Tbk", city="Pangkal Pinang", state="Bangka"),
        line("Tin", "Timah Baru", "CID990120"),
    ),
)


def smelter(cid, name, first, last, *names, **place):
    return Smelter(
        cid=cid,
        metal="Tin",
        name=name,
        country="INDONESIA",
        state=place.get("state"),
        city=place.get("city"),
        first=first,
        last=last,
        names=names,
    )


PULAU = smelter(
    "CID990118",
    "Pulau Bangka Metals Tbk",
    "6.22",
    "6.31",
    Name(name="PBM", kind="alias", first="6.22", last="6.31"),
    Name(name="Pulau Bangka Metals Tbk", kind="standard", first="6.31", last="6.31"),
    Name(name="Pulau Metal", kind="former", first="6.22", last="6.22"),
    city="Pangkal Pinang",
    state="Bangka",
)
LAMA = smelter(
    "CID990119", "Timah Lama", "6.22", "6.22", Name(name="Timah Lama", kind="standard", first="6.22", last="6.22")
)
BARU = smelter(
    "CID990120", "Timah Baru", "6.31", "6.31", Name(name="Timah Baru", kind="standard", first="6.31", last="6.31")
)


@pytest.mark.parametrize("books", list(permutations([OLD, NEW])))
def test_build_keeps_names_and_revisions_whatever_the_order_of_files(books):
    register = build(books)

    assert register.releases == (OLD[0], NEW[0])
    assert register.smelters == (PULAU, LAMA, BARU)


def test_build_of_nothing_is_an_empty_register():
    register = build([])

    assert (register.releases, register.smelters) == ((), ())


def test_revisions_are_ordered_as_decimal_fractions():
    revisions = ["6.5", "6.1", "2.03a", "6.31", "6.01", "2.03", "6.22", "6.4"]

    assert sorted(revisions, key=revision_key) == ["2.03", "2.03a", "6.01", "6.1", "6.22", "6.31", "6.4", "6.5"]


def test_releases_of_several_templates_are_ordered_by_date():
    books = [
        (release("2.0", date(2024, 4, 1), "EMRT"), ()),
        (release("6.5", date(2025, 4, 25)), ()),
        (release("6.4", date(2024, 4, 26)), ()),
    ]

    assert [(r.template, r.revision) for r in build(books).releases] == [
        ("EMRT", "2.0"),
        ("CMRT", "6.4"),
        ("CMRT", "6.5"),
    ]


def test_changes_between_two_revisions():
    assert changes(build([OLD, NEW]), "6.22", "6.31") == Changes(added=(BARU,), removed=(LAMA,))


def test_dropped_since_names_the_first_release_without_the_smelter():
    register = build([OLD, NEW])

    assert dropped_since(register, LAMA) == NEW[0]
    assert dropped_since(register, PULAU) is None


def test_dropped_since_asks_only_releases_that_list_the_metal():
    cobalt = (release("2.1", date(2026, 1, 1), "EMRT"), (line("Cobalt", "Kobalt", "CID990301"),))

    register = build([OLD, NEW, cobalt])

    assert dropped_since(register, PULAU) is None


def test_conflicts_tell_a_name_that_means_two_numbers():
    moved = (release("6.4"), (line("Tin", "pbm", "CID990120", standard="Timah Baru"),))

    found = conflicts([OLD, NEW, moved])

    assert [(each.code, each.message) for each in found] == [
        ("REGISTER-01", "For Tin, “PBM” leads to CID990118 (CMRT 6.22), CID990120 (CMRT 6.4).")
    ]


def test_the_same_name_for_another_metal_is_no_conflict():
    tungsten = (release("6.4"), (line("Tungsten", "PBM", "CID990200"),))

    assert conflicts([OLD, tungsten]) == ()


def test_document_reads_back_as_the_same_register():
    register = build([OLD, NEW])

    assert from_document(json.loads(json.dumps(to_document(register)))) == register


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "list indices must be integers or slices, not str"),
        ({"releases": []}, "'smelters' is missing"),
        ({"releases": [{"template": "CMRT", "revision": 6.5, "date": None, "sha256": ""}], "smelters": []}, "6.5"),
        ({"releases": [], "smelters": to_document(build([OLD]))["smelters"]}, "6.22 is among its smelters"),
    ],
)
def test_document_that_is_no_register_says_why(document, reason):
    with pytest.raises(ValueError, match=reason):
        from_document(document)


def interval(scheme, status, since, until, published=date(2025, 1, 1)):
    return StatusInterval(
        cid="CID990118",
        metal="Tin",
        scheme=scheme,
        status=status,
        since=since,
        until=until,
        source="list",
        published=published,
    )


def test_status_on_a_day_gives_one_answer_a_scheme():
    past = interval("RMAP", "Conformant", date(2022, 1, 1), date(2024, 12, 31))
    now = interval("RMAP", "Active", date(2025, 1, 1), None)
    other = interval("LBMA", "Listed", date(2020, 1, 1), None)

    assert status_on([now, past, other], "cid990118", "tin", date(2024, 12, 31)) == (other, past)
    assert status_on([now, past, other], "CID990118", "Tin", date(2025, 1, 1)) == (other, now)
    assert status_on([now, past, other], "CID990119", "Tin", date(2025, 1, 1)) == ()


def test_a_smelter_on_the_look_up_sheet_has_no_status_by_that():
    register = build([OLD, NEW])

    assert not [field for each in register.smelters for field in type(each).__slots__ if "status" in field]


@pytest.mark.parametrize(("revision", "rows", "numbers"), [("6.01", 587, 311), ("6.22", 628, 350), ("6.5", 637, 349)])
def test_a_real_revision_has_its_known_size(revision, rows, numbers):
    book = shared_book(revision)
    without_number = 8  # "not listed" and "not yet identified", one each a metal; the CSV leaves them out

    register = build([book])

    assert len(book[1]) + without_number == rows
    assert len({smelter.cid for smelter in register.smelters}) == numbers


def test_six_real_revisions_merge_to_415_smelters_of_which_66_are_gone():
    register = build(shared_books())

    assert [each.revision for each in register.releases] == list(REVISIONS)
    assert len(register.smelters) == 415
    assert len(listed_in(register, "6.5")) == 349
    assert sum(dropped_since(register, each) is not None for each in register.smelters) == 66
    assert len(changes(register, "6.4", "6.5").removed) == len({s.cid for s in register.smelters if s.last == "6.4"})
