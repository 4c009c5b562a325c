"""What the hub comes with: the drafted content, read from the app's own files."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
COMPILED_ON = date(2026, 11, 22)
SMALL = re.compile(r"\bSMEs?\b|small(er)? (firm|compan|business|manufactur|enterprise)", re.IGNORECASE)
# The Mineral Commodity Summaries come out at the end of January of the year in their name.
PUBLISHED = {f"Mineral Commodity Summaries {year}": date(year, 1, 31) for year in (2022, 2023, 2024)}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(told: str) -> list[str]:
    return [code.strip() for code in told.split(";") if code.strip()]


def resources() -> Iterator[dict[str, Any]]:
    how = {row["address"]: row["how"] for row in _rows("address_provenance.csv")}
    for row in _rows("resources.csv"):
        yield {
            "title": row["title"],
            "publisher": row["publisher"],
            "year": int(row["year"]) if row["year"].isdigit() else None,
            "address": row["address"],
            "kind": row["kind"],
            "languages": _codes(row["languages"]),
            "cost": row["cost"],
            "tiers": _codes(row["tiers"]),
            "minerals": _codes(row["minerals"]),
            "steps": _codes(row["oecd_steps"]),
            "regions": _codes(row["regions"]),
            "summary": row["summary"],
            "for_small": bool(SMALL.search(f"{row['title']} {row['summary']}")),
            "confirmed": row["confirmed"],
            "provenance": how.get(row["address"], ""),
            "checked_on": COMPILED_ON if row["confirmed"] == "seen" else None,
        }


def cases() -> Iterator[dict[str, Any]]:
    for row in _rows("cases.csv"):
        told = {name: row[name] for name in ("title", "organisation", "tier", "challenge", "action", "result")}
        told |= {name: row[name] for name in ("lesson", "address", "confirmed")}
        codes = {"countries": row["country"], "minerals": row["mineral"], "steps": row["oecd_step"]}
        yield told | {name: _codes(value) for name, value in codes.items()}


def terms() -> Iterator[dict[str, Any]]:
    for row in _rows("glossary.csv"):
        told = {name: row[name] for name in ("term", "abbreviation", "definition", "french", "spanish", "swahili")}
        confirmed = "seen" if row["source_address"].startswith("http") else "known"
        yield told | {"source": row["source_address"], "see_also": _codes(row["see_also"]), "confirmed": confirmed}


def questions() -> Iterator[dict[str, Any]]:
    for told in json.loads((DATA / "faq.json").read_text("utf-8")):
        kept = {name: told[name] for name in ("question", "answer", "basis", "address", "confirmed")}
        yield kept | {"asked_by": told["audience"]}


def synonyms() -> Iterator[tuple[str, str, str]]:
    """(term, language, words); the term itself is the first of its group."""
    for row in _rows("synonyms.csv"):
        yield row["term"], "en", row["term"]
        for language in ("en", "fr", "es"):
            for words in _codes(row[f"synonyms_{language}"]):
                yield row["term"], language, words


def production() -> Iterator[dict[str, Any]]:
    for row in _rows("production.csv"):
        kept = {name: row[name] for name in ("mineral", "country", "year", "tonnes", "edition")}
        yield kept | {"estimated": row["estimated"] == "yes", "published_on": PUBLISHED[row["edition"]]}


def briefs() -> list[dict[str, Any]]:
    return json.loads((DATA / "briefs.json").read_text("utf-8"))


def paths() -> list[dict[str, Any]]:
    return json.loads((DATA / "learning.json").read_text("utf-8"))["paths"]


def written() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((DATA / "pages.toml").read_text("utf-8"))


def theory() -> dict[str, Any]:
    return yaml.safe_load((DATA / "theory_of_change.yaml").read_text("utf-8"))
