"""The catalogue of findings: every entry whole, in three languages, in our words, and used; and its page."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from lode.commands.findings import page
from lode.findings import LANGUAGES, LEVELS, Rule, catalogue

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"file", "parity", "template", "plausibility", "match", "register", "risk"}
AREAS = ("CMRT", "EMRT", "AMRT", "CRT-", "RISK")
RULES = [pytest.param(rule, id=code) for code, rule in catalogue().items() if code[:4] in AREAS]
UNWANTED = {
    "en": r"\b(invalid|please|sorry|illegal|mandatory field)\b|!(?!”)",
    "fr": r"\b(invalide|veuillez)\b",
    "es": r"\b(inválid[oa]|por favor)\b",
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", RULES)
def test_an_entry_is_whole(rule: Rule) -> None:
    assert rule.level in LEVELS
    assert rule.kind in KINDS
    assert rule.source
    for texts in (rule.title, rule.message, rule.fix):
        assert set(texts) == set(LANGUAGES)
        assert len({frozenset(fields(text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("rule", RULES)
def test_an_entry_speaks_our_words(rule: Rule) -> None:
    for texts in (rule.title, rule.message, rule.fix):
        for language, text in texts.items():
            assert not re.search(UNWANTED[language], text, re.IGNORECASE), text
    assert not rule.title["en"].endswith(".")
    assert rule.message["en"].endswith((".", "?"))
    assert rule.fix["en"].endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_french_keeps_its_no_break_spaces(rule: Rule) -> None:
    for texts in (rule.title, rule.message, rule.fix):
        assert not re.search(r" [:;!?»%]|« ", texts["fr"]), texts["fr"]


def test_the_page_of_findings_is_what_the_catalogue_says() -> None:
    committed = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")

    assert committed == page(), "build it anew: lode findings > docs/findings.md"
