"""The five steps of due diligence with their parts, as data in `data/oecd.toml`, worded by us in three languages.

Source: OECD Due Diligence Guidance for Responsible Supply Chains of Minerals from Conflict-Affected and High-Risk
Areas, 3rd edition (2016), Annex I and the supplements.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a step, "1A". `verified` is false while it waits to be compared with the published text."""

    key: str
    names: Mapping[str, str]
    verified: bool

    def name(self, language: str = "en") -> str:
        return _in(language, self.names)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps; `clause` says where the Guidance tells of it, `plain` what it asks, in a line."""

    key: str
    names: Mapping[str, str]
    plain_words: Mapping[str, str]
    clause: str
    verified: bool
    parts: tuple[Part, ...]

    def name(self, language: str = "en") -> str:
        return _in(language, self.names)

    def plain(self, language: str = "en") -> str:
        return _in(language, self.plain_words)


@cache
def steps() -> tuple[Step, ...]:
    """Steps 1 to 5 in their order."""
    return tuple(
        Step(
            key=told["key"],
            names=told["name"],
            plain_words=told["plain"],
            clause=told["clause"],
            verified=told["verified"],
            parts=tuple(Part(part["key"], part["name"], part["verified"]) for part in told["part"]),
        )
        for told in _data()["step"]
    )


def step(key: str) -> Step:
    """The step "1" to "5". KeyError for anything else."""
    return {each.key: each for each in steps()}[key]


@cache
def parts() -> Mapping[str, Part]:
    """Every part by its key, in the order of the Guidance."""
    return {part.key: part for each in steps() for part in each.parts}


def source() -> str:
    """The work the steps are taken from, as a reference cites it."""
    return str(_data()["source"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("lode").joinpath("data/oecd.toml").read_text("utf-8"))


def _in(language: str, told: Mapping[str, str]) -> str:
    return told.get(language.split("-")[0], told["en"])
