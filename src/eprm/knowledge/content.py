"""What the hub comes with: the drafted content, read from the app's own files."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

DATA = Path(__file__).parent / "data"
# The glossary's column with the terms' names in a language.
COLUMNS = {"fr": "french", "es": "spanish"}
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


@dataclass(frozen=True, slots=True)
class Translation:
    """The content in another language: the words by the key of their original (an item's text, a page's slug)."""

    questions: dict[str, dict[str, str]]
    cases: dict[str, dict[str, str]]
    resources: dict[str, dict[str, str]]
    terms: dict[str, dict[str, str]]
    pages: dict[str, dict[str, Any]]
    briefs: dict[str, dict[str, Any]]
    theory: dict[str, Any]


def translation(language: str) -> Translation:
    """The content as `data/<language>/` has it."""
    folder = DATA / language
    asked = {told["id"]: told["question"] for told in json.loads((DATA / "faq.json").read_text("utf-8"))}
    answers = json.loads((folder / "faq.json").read_text("utf-8"))
    pages = tomllib.loads((folder / "pages.toml").read_text("utf-8"))
    told_briefs = json.loads((folder / "briefs.json").read_text("utf-8"))
    told_theory = yaml.safe_load((folder / "theory.yaml").read_text("utf-8"))
    return Translation(
        questions={asked[key]: words for key, words in answers.items()},
        cases={row.pop("original"): row for row in _rows(f"{language}/cases.csv")},
        resources={row.pop("address"): row for row in _rows(f"{language}/resources.csv")},
        terms=_terms_in(language),
        pages={each.pop("key"): each for each in (*pages["page"], *pages["news"])},
        briefs={brief_slug(key): words for key, words in told_briefs.items()},
        theory=told_theory | {"body": assumptions_html(told_theory)},
    )


def _terms_in(language: str) -> dict[str, dict[str, str]]:
    """Each term's name, which stands beside the English one, and its meaning."""
    called = {row["term"]: row[COLUMNS[language]] or row["term"] for row in _rows("glossary.csv")}
    meanings = _rows(f"{language}/glossary.csv")
    return {row["original"]: {"term": called[row["original"]], "definition": row["definition"]} for row in meanings}


def brief_slug(key: str) -> str:
    return f"brief-{slugify(key)}"


def assumptions_html(told: dict[str, Any]) -> str:
    """What must hold for the theory of change, as the text of its page."""
    heading = told.get("heading", "What must hold for this to work")
    sentence = told.get("sentence", "%(assumption)s. A sign that it fails: %(sign)s.")
    lines = (
        sentence % {"assumption": each["assumption"], "sign": _small(each["sign_it_fails"])}
        for each in told["assumptions"]
    )
    return f"<h2>{heading}</h2><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def one_line(html: str) -> str:
    """The text without the line breaks it was written with."""
    return re.sub(r"\s*\n\s*", "", html)
