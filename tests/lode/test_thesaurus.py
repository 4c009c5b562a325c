"""Searches as people type them."""

import pytest

from lode.thesaurus import fold, nearest, phrases, spread, words_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Minerai d’Étain", "minerai d etain"),
        ("COLTÁN", "coltan"),
        ("3TG", "3tg"),
        ("2017/821", "2017/821"),
        ("  columbite-tantalite ", "columbite tantalite"),
        ("'; DROP TABLE", "drop table"),
        ("", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


def test_words_of_takes_the_first_twelve():
    assert words_of(" ".join(map(str, range(5000)))) == [str(number) for number in range(12)]


def test_words_of_single_letters_are_none():
    assert (words_of("a & | b"), words_of("d etain")) == ([], ["d", "etain"])


def test_phrases_are_runs_of_up_to_four_words():
    assert phrases(["tin", "ore", "mine"]) == ["tin", "ore", "mine", "tin ore", "ore mine", "tin ore mine"]


def test_spread_takes_the_longest_known_phrase():
    meanings = {"tin ore": ["cassiterite", "tin ore"], "tin": ["Sn"], "mine": []}

    assert spread(["tin", "ore", "mine"], meanings) == [["tin ore", "cassiterite"], ["mine"]]


def test_spread_of_a_word_with_many_meanings_is_bounded():
    assert len(spread(["gold"], {"gold": map(str, range(100))})[0]) == 12


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tantalm", "tantalum"),
        ("casiterite", "cassiterite"),
        ("smetler", "smelter"),
        ("tin", None),
        ("xylophone", None),
        ("smelter", None),
    ],
)
def test_nearest(typed, meant):
    assert nearest(typed, ["tantalum", "cassiterite", "smelter", "tungsten"]) == meant
