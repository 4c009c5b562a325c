"""What the platform comes with: the first edition of the questionnaire, from `data/questionnaire.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eprm.people.models import Organisation

FILE = Path(__file__).parent / "data" / "questionnaire.toml"
Tier = Organisation.Tier
TIERS = {
    "up": [Tier.MINE, Tier.COOPERATIVE, Tier.TRADER],
    "mid": [Tier.SMELTER],
    "down": [Tier.COMPONENT, Tier.BRAND, Tier.SERVICE],
}
WORDED = ("text", "help", "evidence")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def shipped_rules(year: int) -> dict[str, Any]:
    """The dates of an edition about `year`, reported in the year after; the other rules are the defaults."""
    return {
        "source": _data()["source"],
        "opens_on": date(year + 1, 1, 15),
        "due_on": date(year + 1, 4, 30),
        "late_on": date(year + 1, 5, 31),
        "close_by": date(year + 1, 9, 15),
    }


def shipped_questions() -> list[dict[str, Any]]:
    """The questions as `Question` takes them, without an edition."""
    return [_question(told, position) for position, told in enumerate(_data()["question"], 1)]


def _question(told: dict[str, Any], position: int) -> dict[str, Any]:
    fields = {name: value for name, value in told.items() if name not in (*WORDED, "tiers")}
    for name in WORDED:
        words = told.get(name, {})
        fields |= {name: words.get("en", ""), f"{name}_fr": words.get("fr", ""), f"{name}_es": words.get("es", "")}
    tiers = [
        tier.value
        for each in told.get("tiers", ())
        for tier in TIERS.get(each, [Tier(each)] if each in Tier.values else [])
    ]
    return {**fields, "tiers": tiers, "step": told["part"][0], "position": position * 10}
