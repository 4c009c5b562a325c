"""Decisions by pillar: the numbers of the look's thread page, and the cases around a quorum."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.voting import Outcome, Position, Result, VotingRule, count, outcome

ENTITLED = {"supply_chain": 14, "government": 5, "civil_society": 6}


def positions(**by_pillar):
    return [
        (pillar, said) for pillar, counts in by_pillar.items() for said, times in counts.items() for _ in range(times)
    ]


def test_quorum_is_half_of_each_pillar_rounded_up():
    counts = count(ENTITLED, positions(supply_chain={"agree": 8, "disagree": 1}, government={"agree": 2}))

    assert [(each.pillar, each.needed, each.missing, each.open) for each in counts] == [
        ("supply_chain", 7, 0, 5),
        ("government", 3, 1, 3),
        ("civil_society", 3, 3, 6),
    ]


@pytest.mark.parametrize(
    ("government", "expected"),
    [
        ({"agree": 2}, Outcome(Result.NO_QUORUM, ("government",))),
        ({"agree": 2, "abstain": 1}, Outcome(Result.ADOPTED)),
        ({"agree": 1, "disagree": 1, "abstain": 1}, Outcome(Result.REJECTED, ("government",))),
        ({"abstain": 3}, Outcome(Result.REJECTED, ("government",))),
        ({"agree": 4, "block": 1}, Outcome(Result.BLOCKED, ("government",))),
    ],
)
def test_outcome_no_pillar_outvotes_another(government, expected):
    said = positions(supply_chain={"agree": 14}, civil_society={"agree": 6}, government=government)

    assert outcome(count(ENTITLED, said)) == expected


def test_outcome_a_pillar_without_anybody_stops_nothing():
    counts = count({"supply_chain": 2, "government": 0}, [("supply_chain", "agree")])

    assert outcome(counts) == Outcome(Result.ADOPTED)


def test_outcome_of_nobody_is_nothing():
    assert outcome(count({"supply_chain": 0}, [])) == Outcome(Result.NO_QUORUM)


def test_outcome_by_a_two_thirds_rule_without_blocks():
    rule = VotingRule(quorum=Fraction(2, 3), majority=Fraction(2, 3), block_stops=False)
    counts = count({"government": 4}, [("government", "agree")] * 3 + [("government", "block")], rule)

    assert (counts[0].needed, outcome(counts)) == (3, Outcome(Result.ADOPTED))


def test_count_refuses_a_pillar_that_is_not_entitled():
    with pytest.raises(KeyError, match="civil_society"):
        count({"government": 4}, [("civil_society", "agree")])


@given(st.lists(st.sampled_from(list(Position)), max_size=30), st.integers(0, 30))
def test_count_loses_nobody(said, silent):
    counted = count({"government": len(said) + silent}, [("government", each) for each in said])[0]

    assert (counted.given, counted.open) == (len(said), silent)


@given(st.lists(st.sampled_from(list(Position)), min_size=1, max_size=30))
def test_outcome_adopted_means_more_for_than_against_and_no_block(said):
    decided = outcome(count({"government": len(said)}, [("government", each) for each in said]))

    adopted = said.count(Position.AGREE) > said.count(Position.DISAGREE) and Position.BLOCK not in said
    assert (decided.result == Result.ADOPTED) == adopted
