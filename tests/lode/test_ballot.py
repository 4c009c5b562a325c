"""Votes by pillars: quorum, weight, majority, and that no pillar dominates."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.ballot import BallotRule, Seat, count

F = Fraction
PILLARS = ("supply_chain", "government", "civil_society")
ORDINARY = BallotRule(quorum=F(2, 3), pillar_quorum=F(1, 3), majority=F(1, 2), pillars=2, open_call=3)
WEIGHTY = BallotRule(quorum=F(2, 3), pillar_quorum=F(1, 3), majority=F(2, 3), or_equal=True, pillars=2, block=F(2, 3))
LETTERS = {"y": "yes", "n": "no", "a": "abstain", "-": None}


def seats(*by_pillar):
    """Each string is a pillar's seats: y, n, a, - (silent), c (conflict)."""
    return [
        Seat(pillar, LETTERS.get(letter), letter == "c")
        for pillar, letters in zip(PILLARS, by_pillar, strict=True)
        for letter in letters
    ]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (("yyy", "yyy", "yyy"), "carried"),
        (("yy-", "yy-", "yy-"), "carried"),
        (("yy-", "yy-", "y--"), "no_quorum"),  # five of nine are fewer than two thirds
        (("yyy", "yyy", "---"), "no_quorum"),  # a pillar is missing, whatever the others say
        (("yyy", "nnn", "nnn"), "lost"),
        (("yyy", "yyn", "nnn"), "carried"),  # 5/9 of the weight, two pillars
        (("yyy", "ynn", "ynn"), "lost"),  # 5/9 of the weight, but one pillar
        (("yyy", "yna", "nnn"), "tied"),
        (("yya", "yaa", "aaa"), "carried"),  # who abstains is there, and does not count
        (("aaa", "aaa", "aaa"), "lost"),
        (("ccc", "yyy", "yyy"), "carried"),  # who has a conflict counts neither way
        (("c--", "yyy", "yyy"), "no_quorum"),
        (("", "yyy", "yyy"), "carried"),
        (("---", "---", "---"), "no_quorum"),
    ],
)
def test_ordinary_decision(said, outcome):
    assert count(seats(*said), ORDINARY, PILLARS).outcome == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (("yyy", "yyy", "yyy"), "carried"),
        (("yyy", "yyy", "nnn"), "lost"),  # two thirds, but a pillar blocks
        (("yyy", "yyn", "ynn"), "lost"),  # two thirds of the weight, blocked by two thirds of a pillar
        (("yyy", "yyn", "yyn"), "carried"),
        (("yyn", "yyn", "yyn"), "carried"),  # exactly two thirds
    ],
)
def test_weighty_decision(said, outcome):
    assert count(seats(*said), WEIGHTY, PILLARS).outcome == outcome


def test_third_call_needs_two_pillars_and_no_quorum():
    thin = seats("y--", "y--", "---")

    outcomes = [count(thin, ORDINARY, PILLARS, call=call).outcome for call in (1, 2, 3)]

    assert outcomes == ["no_quorum", "no_quorum", "carried"]
    assert count(seats("yyy", "---", "---"), ORDINARY, PILLARS, call=3).outcome == "no_quorum"


def test_a_third_of_three_seats_is_one_seat():
    tally = count(seats("y--", "yyy", "yyy"), ORDINARY, PILLARS)

    assert (tally.pillars["supply_chain"].needed, tally.needed, tally.outcome) == (1, 6, "carried")


letters = st.text("ynac-", max_size=7)
said = st.tuples(letters, letters, letters)
rules = st.sampled_from([ORDINARY, WEIGHTY])


@given(said, rules)
def test_no_pillar_carries_alone(said, rule):
    tally = count(seats(*said), rule, PILLARS)

    assert tally.outcome != "carried" or len(tally.pillars_for) >= 2


@given(letters.filter(len), rules, st.integers(1, 5))
def test_more_seats_of_a_pillar_saying_the_same_change_nothing(letters, rule, times):
    once = count(seats(letters, "yyn", "nny"), rule, PILLARS)
    often = count(seats(letters * times, "yyn", "nny"), replace(rule, quorum=F(0)), PILLARS)

    assert once.outcome == "no_quorum" or (once.outcome, once.weight_for) == (often.outcome, often.weight_for)


@given(said, rules, st.randoms())
def test_the_order_of_seats_changes_nothing(said, rule, random):
    mixed = seats(*said)
    random.shuffle(mixed)

    assert count(mixed, rule, PILLARS).outcome == count(seats(*said), rule, PILLARS).outcome


@given(said, rules)
def test_turning_a_no_into_a_yes_never_loses_what_was_carried(said, rule):
    before = seats(*said)
    for at, seat in enumerate(before):
        if seat.choice == "no":
            turned = [*before[:at], Seat(seat.pillar, "yes"), *before[at + 1 :]]
            if count(before, rule, PILLARS).outcome == "carried":
                assert count(turned, rule, PILLARS).outcome == "carried"


@given(said, rules)
def test_a_conflict_is_as_if_the_seat_were_not_there(said, rule):
    without = [seat for seat in seats(*said) if not seat.has_conflict]

    assert count(seats(*said), rule, PILLARS).outcome == count(without, rule, PILLARS).outcome
