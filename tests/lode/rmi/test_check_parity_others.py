"""What the Checkers of EMRT, CRT and AMRT count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.lode.rmi.declarations import (
    answered,
    blank,
    clean,
    codes,
    emrt,
    found,
)

from lode.rmi.check import open_items
from lode.rmi.declaration import Answer, Declaration

# EMRT 2.x


@pytest.mark.parametrize("answer", ["No", "Unknown", "Not declaring"])
def test_emrt_question_1_closes_a_mineral(answer: str) -> None:
    declaration = answered(emrt(), "1", "nickel", answer)
    for question in "234567C":
        declaration = answered(declaration, question, "nickel", None)
    declaration = replace(declaration, smelters=declaration.smelters[:1])

    assert open_items(declaration) == []


def test_emrt_answers_count_before_question_1_is_answered() -> None:
    assert codes(open_items(answered(emrt(), "1", "cobalt", None))) == ["EMRT-010"]


def test_emrt_question_c_is_asked_for_each_mineral() -> None:
    declaration = answered(emrt(), "C", "nickel", None)

    assert [(each.code, each.where, each.values) for each in open_items(declaration)] == [
        ("EMRT-017", "Declaration!D121", {"question": "C", "metal": "Nickel"})
    ]


def test_emrt_without_minerals() -> None:
    assert codes(open_items(emrt(minerals=(), smelters=()))) == ["EMRT-001"]


def test_emrt_other_format_counts_without_a_comment_in_2_and_not_in_1() -> None:
    other = "Yes, Using Other Format (Describe)"
    newer = answered(emrt(), "E", None, other)
    older = replace(newer, revision="1.3", minerals=("cobalt", "mica"))

    assert codes(open_items(newer)) == []
    assert "CMRT-046" in codes(open_items(older))
    assert "CMRT-046" not in codes(open_items(answered(older, "E", None, other, "by letter")))


def test_emrt_1_does_not_count_recycled_mica() -> None:
    missing = codes(open_items(blank("EMRT", "1.3")))

    assert (missing.count("EMRT-012"), missing.count("EMRT-013")) == (2, 1)


def test_emrt_mineral_without_a_smelter() -> None:
    declaration = emrt(smelters=emrt().smelters[:1])

    assert [(each.code, each.values) for each in open_items(declaration)] == [("EMRT-018", {"metal": "Nickel"})]


# CRT and AMRT


def crt() -> Declaration:
    answers = [
        Answer(question=number, mineral="cobalt", value=value, raw=value)
        for number, value in zip("123456", ("Yes", "No", "No", "100%", "Yes", "Yes"), strict=True)
    ]
    answers += [
        Answer(question=letter, value=value, comment="www.solder.example/cobalt" if letter == "A" else None)
        for letter, value in zip("ABCDEFGHI", (*["Yes"] * 6, "Yes, CRT", "Yes", "Yes"), strict=True)
    ]
    return clean(template="CRT", revision="2.21", minerals=("cobalt",), answers=tuple(answers), smelters=(), lookup=())


def test_crt_does_not_count_a_missing_smelter_but_a_reader_asks() -> None:
    assert open_items(crt()) == []
    assert "CMRT-P13" in found(crt())


def test_crt_counts_a_missing_smelter_only_behind_a_blank_question_1() -> None:
    declaration = answered(answered(crt(), "1", "cobalt", None), "2", "cobalt", "Yes")

    assert codes(open_items(declaration)) == ["EMRT-010", "EMRT-018"]


@pytest.mark.parametrize(("letter", "code"), [("B", "CRT-001"), ("D", "CRT-002"), ("F", "CRT-003")])
def test_crt_has_questions_of_its_own(letter: str, code: str) -> None:
    assert codes(open_items(answered(crt(), letter, None, None))) == [code]


def test_amrt_asks_question_1_and_a_smelter_but_does_not_count_question_2() -> None:
    lines = (replace(emrt().smelters[0], metal="Silver"),)
    answers = (Answer(question="1", mineral="silver", value="Yes"),)
    declaration = clean(
        template="AMRT", revision="1.3", minerals=("silver",), answers=answers, smelters=lines, lookup=()
    )

    assert open_items(declaration) == []
    assert codes(open_items(replace(declaration, smelters=()))) == ["EMRT-018"]
    assert codes(open_items(replace(declaration, answers=()))) == ["EMRT-010"]
