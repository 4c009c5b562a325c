"""Which smelter a row means: what is certain, what is likely, and when to abstain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lode.smelters.lookups import line, release, shared_book

from lode.smelters.match import ACCEPT, Key, Matcher, Row, Said
from lode.smelters.register import build

BOOKS = [
    (
        release("6.4"),
        [
            line("Tin", "Pulau Merapi Metal", "CID990101", standard="PT Pulau Merapi"),
            line("Tin", "Karang Bangka Smelter", "CID990102"),
        ],
    ),
    (
        release("6.5"),
        [
            line("Tin", "PT Pulau Merapi", "CID990101"),
            line("Tin", "Karang Bangka Smelter", "CID990102"),
            line("Tin", "Fundición Quillabamba S.A.", "CID990103", country="PERU"),
            line("Gold", "Zürcher Edelmetall AG", "CID990201", country="SWITZERLAND"),
            line("Gold", "Johnson Refining Inc.", "CID990202", country="UNITED STATES OF AMERICA"),
            line("Gold", "Johnson Refining Limited", "CID990203", country="CANADA"),
        ],
    ),
]
REGISTER = build(BOOKS)


@pytest.fixture(scope="module")
def matcher():
    return Matcher(REGISTER)


def told(match):
    """The decision, the method, and the candidates' numbers."""
    return match.decision, match.method, [candidate.cid for candidate in match.candidates]


def codes(candidate):
    return [(reason.code, reason.speaks_for) for reason in candidate.reasons]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # a known name, however it is typed
        (("Tin", "PT. PULAU MERAPI, Tbk", "Indonesia"), ("accepted", "alias", ["CID990101"])),
        (("tin", "Pulau Merapi Metal", None), ("accepted", "alias", ["CID990101"])),
        (("Gold", "zurcher edelmetall", "Suisse"), ("accepted", "alias", ["CID990201"])),
        # the number and a name of the same smelter; the number alone
        (("Tin", "Karang Bangka Smelter", "INDONESIA", "cid990102"), ("accepted", "number", ["CID990102"])),
        (("Tin", None, None, "CID990102"), ("accepted", "number", ["CID990102"])),
        (("Tin", "Karang Banka Smeltr", "INDONESIA", "CID990102"), ("accepted", "number", ["CID990102"])),
        # one name, two smelters: the country tells; without one a person has to
        (("Gold", "Johnson Refining", "Canada"), ("accepted", "alias", ["CID990203"])),
        (("Gold", "Johnson Refining", None), ("review", "", ["CID990202", "CID990203"])),
        # what contradicts itself is for a person
        (("Tin", "Karang Bangka Smelter", None, "CID990101"), ("review", "", ["CID990102", "CID990101"])),
        (("Tin", "Karang Bangka Smelter", None, "CID999999"), ("review", "", ["CID990102"])),
        (("Tin", "Karang Bangka Smelter", None, "CID990201"), ("review", "", ["CID990102"])),
        (("Gold", "Zürcher Edelmetall AG", "Japan"), ("review", "", ["CID990201"])),
        # names that name nothing, metals that no register knows
        (("Tin", "Smelter not yet identified", "PERU"), ("unknown", "", [])),
        (("Tin", "n/a", None), ("unknown", "", [])),
        (("Tin", "", None), ("unknown", "", [])),
        (("Tin", None, None, "CID999999"), ("unknown", "", [])),
        (("Cobalt", "Karang Bangka Smelter", None), ("unknown", "", [])),
        ((None, None), ("unknown", "", [])),
    ],
)
def test_row_is_matched_by_what_is_certain(matcher, row, expected):
    assert told(matcher.match(*row)) == expected


def test_typing_error_is_offered_with_its_reasons(matcher):
    match = matcher.match("Tin", "Karang Banka Smelting", "Indonesia")

    assert match.decision in ("accepted", "review")
    best = match.candidates[0]
    assert best.cid == "CID990102"
    assert codes(best)[:2] == [("near", True), ("country", True)]


def test_number_of_an_unlike_name_is_for_review_with_both_sides_told(matcher):
    match = matcher.match("Tin", "Xylophon Werke", "Peru", "CID990102")

    assert match.decision == "review"
    assert match.candidates[0].cid == "CID990102"
    assert codes(match.candidates[0]) == [("number", True), ("unlike", False), ("country_differs", False)]


def test_name_unlike_every_name_is_unknown(matcher):
    match = matcher.match("Tin", "Xylophon Werke", "Germany")

    assert match.decision == "unknown"
    assert match.method == ""


def test_smelter_no_longer_listed_is_told(matcher):
    register = build([BOOKS[0], (release("6.5"), [line("Tin", "PT Pulau Merapi", "CID990101")])])

    match = Matcher(register).match("Tin", "Karang Bangka Smelter", "INDONESIA")

    assert match.decision == "accepted"
    assert [reason.said() for reason in match.candidates[0].reasons if not reason.speaks_for] == [
        "Last listed in revision 6.4; CMRT 6.5 no longer lists it."
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said("same", "CID990103"), ("accepted", "decision", ["CID990103"])),
        (Said("different"), ("unknown", "decision", [])),
        (Said("not_smelter"), ("unknown", "decision", [])),
        (Said("unsure"), ("review", "", ["CID990102"])),
        (Said("same", "CID000000"), ("accepted", "decision", [])),
    ],
)
def test_decision_of_a_person_comes_first(said, expected):
    decided = Matcher(REGISTER, decisions={Key("tin", "karang bangka smelter", "ID"): said})

    assert told(decided.match("Tin", "KARANG BANGKA SMELTER", "Indonesia", "CID990102")) == expected


def test_decision_counts_for_its_metal_name_and_country_alone():
    decided = Matcher(REGISTER, decisions={Key("tin", "karang bangka smelter", "PE"): Said("not_smelter")})

    assert told(decided.match("Tin", "Karang Bangka Smelter", "Indonesia")) == ("accepted", "alias", ["CID990102"])


def test_reasons_are_said_in_three_languages(matcher):
    reason = matcher.match("Gold", "Zürcher Edelmetall AG", "Japan").candidates[0].reasons[-1]

    assert [reason.said(language) for language in ("en", "fr", "es", "sw")] == [
        "The row says Japan, the register Switzerland.",
        "La ligne indique Japon, le registre Suisse.",
        "La fila dice Japón; el registro, Suiza.",
        "The row says Japan, the register Switzerland.",
    ]


def test_empty_register_knows_nobody():
    assert told(Matcher(build([])).match("Tin", "PT Pulau Merapi", "Indonesia")) == ("unknown", "", [])


def test_rows_come_back_in_their_order_and_equal_rows_alike(matcher):
    rows = [Row("Tin", "PT Pulau Merapi"), Row("Gold", "nobody at all"), Row("Tin", "PT Pulau Merapi")]

    matches = matcher.match_all(rows)

    assert [match.decision for match in matches] == ["accepted", "unknown", "accepted"]
    assert matches[0] is matches[2]


@given(name=st.text(max_size=60), country=st.sampled_from(["Indonesia", "Peru", "", "??"]), cid=st.text(max_size=10))
def test_any_text_gets_an_answer_in_bounds(matcher, name, country, cid):
    match = matcher.match("Tin", name, country, cid)

    assert match.decision in ("accepted", "review", "unknown")
    scores = [candidate.score for candidate in match.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert all(reason.said() for candidate in match.candidates for reason in candidate.reasons)


def test_every_name_of_the_real_register_finds_its_smelter():
    register = build([shared_book("6.5")])
    matcher = Matcher(register)
    rows = [
        (smelter.metal, name.name, smelter.country, cid)
        for smelter in register.smelters
        for name in smelter.names
        for cid in (None, smelter.cid)
    ]

    wrong = [row for row, match in zip(rows, matcher.match_all(rows), strict=True) if match.decision != "accepted"]

    assert wrong == []


def test_smelters_the_real_register_lacks_are_never_accepted():
    """Each real smelter asked for by its names while the register does not list it."""
    release_, lines = shared_book("6.5")
    lines = [each for each in lines if each.cid and each.metal == "Tantalum"]
    accepted = []
    for cid in sorted({each.cid for each in lines}):
        matcher = Matcher(build([(release_, [each for each in lines if each.cid != cid])]))
        own = [(each.metal, each.lookup, each.country, None) for each in lines if each.cid == cid]
        accepted += [
            row for row, match in zip(own, matcher.match_all(own), strict=True) if match.decision == "accepted"
        ]

    assert accepted == []
    assert ACCEPT > 95
