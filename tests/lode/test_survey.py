"""What an answer may be, and what many of them say: numbers worked by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.anonymous import Hidden
from lode.survey import (
    Answer,
    Kind,
    Line,
    Misfit,
    Question,
    Tally,
    Wrong,
    borda,
    mean_ranks,
    number_of,
    read_answer,
    tally,
    tally_parts,
)

MINERALS = ("tin", "tungsten", "gold")
SINGLE = Question(Kind.SINGLE, options=MINERALS)
SEVERAL = Question(Kind.SEVERAL, options=MINERALS, most=2)
RANKING = Question(Kind.RANKING, options=MINERALS)
NUMBER = Question(Kind.NUMBER, low=Decimal(0), high=Decimal(5000))


@pytest.mark.parametrize(
    ("question", "sent", "read"),
    [
        (SINGLE, ["tin"], Answer(options=("tin",))),
        (SINGLE, [], Answer()),
        (SINGLE, ["lead"], Misfit(Wrong.NO_OPTION, "lead")),
        (SINGLE, ["tin", "gold"], Misfit(Wrong.TOO_MANY, "2", "1")),
        (SEVERAL, ["gold", "tin", "tin"], Answer(options=("tin", "gold"))),
        (SEVERAL, ["gold", "tin", "tungsten"], Misfit(Wrong.TOO_MANY, "3", "2")),
        (Question(Kind.RATING), ["4"], Answer(number=Decimal(4))),
        (Question(Kind.RATING), ["6"], Misfit(Wrong.NO_RATING, "6")),
        (Question(Kind.RATING, required=True), [""], Misfit(Wrong.MISSING)),
        (RANKING, ["2", "", "1"], Answer(options=("gold", "tin"))),
        (RANKING, ["1", "1", ""], Misfit(Wrong.RANKED_TWICE, "1")),
        (RANKING, ["1", "3", ""], Misfit(Wrong.GAP, "3", "2")),
        (RANKING, ["first", "", ""], Misfit(Wrong.NO_RANK, "first", "3")),
        (RANKING, ["4", "", ""], Misfit(Wrong.NO_RANK, "4", "3")),
        (RANKING, ["1", "2", "3", "3"], Misfit(Wrong.TOO_MANY, "4", "3")),
        (NUMBER, ["1 250,5"], Answer(number=Decimal("1250.5"))),
        (NUMBER, ["about 20"], Misfit(Wrong.NO_NUMBER, "about 20")),
        (NUMBER, ["-1"], Misfit(Wrong.TOO_SMALL, "-1", "0")),
        (NUMBER, ["6000"], Misfit(Wrong.TOO_LARGE, "6000", "5000")),
        (Question(Kind.SHORT_TEXT), [" a\r\nb\x00 "], Answer(text="a\nb")),
        (Question(Kind.SHORT_TEXT), ["x" * 301], Misfit(Wrong.TOO_LONG, "301", "300")),
        (Question(Kind.LONG_TEXT, required=True), ["  "], Misfit(Wrong.MISSING)),
    ],
)
def test_answer_is_read_or_told_why_not(question, sent, read):
    assert read_answer(question, sent) == read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,250.5", "1250.5"), ("1.250,5", "1250.5"), ("12’500", "12500"), ("0,125", "0.125"), ("-3.5", "-3.5"),
        ("1.250", None), ("1,2,3", None), ("1e9", None), ("NaN", None), ("", None), ("٣", None), ("1" * 19, None),
    ],
)  # fmt: skip
def test_number_is_read_as_people_write_it(text, number):
    assert number_of(text) == (Decimal(number) if number else None)


@given(st.text())
def test_number_reads_anything_without_failing(text):
    number = number_of(text)

    assert number is None or number.is_finite()


def test_ranking_by_borda_and_mean_rank_by_hand():
    """Three rankings of three: tin 2 + 1 + 2 of 6 points, tungsten 1 + 2 + 0.5, gold 0 + 0 + 0.5 (the last one
    ranks tin alone, so the two left out share 1 + 0 points, and the ranks 2 and 3)."""
    rankings = [("tin", "tungsten", "gold"), ("tungsten", "tin", "gold"), ("tin",)]

    points, ranks = borda(MINERALS, rankings), mean_ranks(MINERALS, rankings)

    assert points == {"tin": Fraction(500, 6), "tungsten": Fraction(350, 6), "gold": Fraction(50, 6)}
    assert ranks == {"tin": Fraction(4, 3), "tungsten": Fraction(11, 6), "gold": Fraction(17, 6)}


@given(st.lists(st.permutations(MINERALS).flatmap(lambda all_: st.integers(1, 3).map(lambda n: all_[:n])), min_size=1))
def test_borda_gives_away_half_of_all_points(rankings):
    assert sum(borda(MINERALS, rankings).values()) == Fraction(150)


def test_tally_of_a_choice_counts_each_option():
    """Of eight, five say tin, three gold: 62.5 and 37.5 %."""
    answers = [Answer(options=("tin",))] * 5 + [Answer(options=("gold",))] * 3 + [Answer()]

    assert tally(SINGLE, answers) == Tally(
        8,
        (Line("tin", 5, Decimal("62.5")), Line("tungsten", 0, Decimal(0)), Line("gold", 3, Decimal("37.5"))),
    )


def test_tally_of_ratings_has_mean_and_median():
    """1, 3, 4, 5, 5: the mean is 3.6, the middle 4."""
    told = tally(Question(Kind.RATING), [Answer(number=Decimal(each)) for each in ("1", "3.0000", "4", "5", "5.00")])

    assert (told.base, told.mean, told.middle) == (5, Decimal("3.6"), Decimal(4))
    assert [line.count for line in told.lines] == [1, 0, 1, 1, 2]


def test_tally_of_numbers_tells_no_single_one():
    told = tally(NUMBER, [Answer(number=Decimal(each)) for each in (10, 20, 30, 40, 1000)])

    assert told == Tally(5, mean=Decimal(220), middle=Decimal(30))


def test_tally_of_a_ranking_tells_first_places_points_and_mean_rank():
    told = tally(RANKING, [Answer(options=("tin", "gold", "tungsten"))] * 5)

    assert told.lines == (
        Line("tin", 5, Decimal(100), Decimal(1)),
        Line("tungsten", 0, Decimal(0), Decimal(3)),
        Line("gold", 0, Decimal(50), Decimal(2)),
    )


def test_tally_of_four_answers_tells_nothing():
    assert tally(SINGLE, [Answer(options=("tin",))] * 4) == Tally(4, hidden=Hidden.TOO_FEW)


def test_parts_are_rounded_and_none_can_be_had_by_subtracting():
    """Twelve of the supply chain, six governments, two of civil society: beside the whole of 20 the two would be what
    is left, so the six are hidden with them."""
    answers = [("chain", Answer(options=("tin",)))] * 7 + [("chain", Answer(options=("gold",)))] * 5
    answers += [("state", Answer(options=("gold",)))] * 6 + [("civil", Answer(options=("gold",)))] * 2

    told = tally_parts(SINGLE, answers)

    assert told == {
        "chain": Tally(12, (Line("tin", None, Decimal(60)), Line("tungsten", None, Decimal(0)),
                            Line("gold", None, Decimal(40)))),
        "state": Tally(0, hidden=Hidden.WOULD_TELL),
        "civil": Tally(0, hidden=Hidden.TOO_FEW),
    }  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(MINERALS)), max_size=60))
def test_what_is_left_beside_told_parts_is_nobody_or_five(answers):
    told = tally_parts(SINGLE, [(part, Answer(options=(option,))) for part, option in answers])
    bases = [part.base for part in told.values() if part.hidden is None]
    rest = len(answers) - sum(bases)

    assert not bases or rest == 0 or rest >= 5
