"""The five steps, as the Guidance orders them."""

from lode import oecd


def test_steps_are_the_five_of_the_guidance_with_their_parts():
    told = {step.key: [part.key for part in step.parts] for step in oecd.steps()}

    assert told == {
        "1": ["1A", "1B", "1C", "1D", "1E"],
        "2": ["2A", "2B", "2C", "2D"],
        "3": ["3A", "3B", "3C", "3D"],
        "4": ["4A"],
        "5": ["5A"],
    }


def test_steps_and_parts_are_worded_in_three_languages():
    named = [each.names for step in oecd.steps() for each in (step, *step.parts)]
    named += [step.plain_words for step in oecd.steps()]

    assert [words for words in named if set(words) != {"en", "fr", "es"} or not all(words.values())] == []


def test_name_in_an_unknown_language_is_english():
    assert oecd.step("4").name("sw") == "Independent audit"


def test_name_in_a_regional_language_is_that_languages():
    assert oecd.step("4").name("fr-be") == "Audit indépendant"
