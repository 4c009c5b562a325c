"""The one way to say "your data has a problem".

A check returns findings; it never raises them and never stops at the first. What a finding says stands in the
catalogue (`data/findings/*.toml`), one table a code, in English, French and Spanish; the code that finds the
problem gives the code, the place and the values found. So the words can be read in any language afterwards.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

Level = Literal["error", "warning", "plausibility", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "plausibility", "note")
LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One catalogue entry: what a finding code means, where it comes from and how to mend what it finds.

    `kind` tells where the rule stands: `file` (the bytes), `parity` (the template's own Checker says it too),
    `template` (the template's formats and instructions), `plausibility` (nothing forbids it, but somebody should ask),
    `match`, `register`, `risk`. Texts are by language and hold `{name}` for each value.
    """

    code: str
    level: Level
    kind: str
    source: str
    title: Mapping[str, str]
    message: Mapping[str, str]
    fix: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem, where it stands, and what to do.

    `where` is a cell address with its sheet ("Declaration!D20", "Smelter List!B12"), or another place a person can
    go to. `values` are the values found, by the names the catalogue's texts use.
    """

    code: str
    level: Level
    where: str
    message: str
    fix: str
    title: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by code, from `data/findings/*.toml`."""
    rules: dict[str, Rule] = {}
    for path in sorted(files("lode").joinpath("data/findings").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in rules:
                raise ValueError(f"{path.name} defines {code}, which is defined already.")
            rules[code] = Rule(
                code=code,
                level=entry["level"],
                kind=entry["kind"],
                source=entry["source"],
                title=entry["title"],
                message=entry["message"],
                fix=entry["fix"],
            )
    return MappingProxyType(rules)


def finding(code: str, where: str, **values: object) -> Finding:
    """The finding `code` at `where`, worded in English. Raises KeyError for a code or value the catalogue lacks."""
    return _worded(code, where, {name: str(value) for name, value in values.items()}, "en")


def in_language(this: Finding, language: str) -> Finding:
    """The same finding in another language ("fr", "es"); English where the catalogue has no such text."""
    return _worded(this.code, this.where, this.values, language)


def _worded(code: str, where: str, values: Mapping[str, str], language: str) -> Finding:
    rule = catalogue()[code]

    def text(texts: Mapping[str, str]) -> str:
        return texts.get(language, texts["en"]).format_map(values)

    return Finding(
        code=code,
        level=rule.level,
        where=where,
        message=text(rule.message),
        fix=text(rule.fix),
        title=text(rule.title),
        values=values,
    )
