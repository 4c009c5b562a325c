"""`lode match NAMES.csv --register REGISTER`: which smelter each written name means."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from lode.commands import _terminal
from lode.findings import LANGUAGES, Finding
from lode.list_file import rows
from lode.smelters.document import from_document
from lode.smelters.match import Match, Matcher, Row

HEADINGS = ("metal", "name")
CHUNK = 5_000


@click.command("match", short_help="Which smelter of the register each written name means.")
@click.argument("names", type=click.Path(), metavar="NAMES.csv")
@click.option("--register", "register_path", type=click.Path(), required=True, help="Made by `lode register`.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the reasons.")
def command(names: str, register_path: str, lang: str) -> None:
    """Say for each row of NAMES.csv which smelter of the register it means, as one JSON object a line.

    NAMES.csv is a CSV with the headings metal, name, country, cid; the last two may be missing, their cells blank. A
    country narrows the search, a number is held against the name.

    decision "accepted": the first candidate is meant. "review": a person should look; the candidates come likeliest
    first. "unknown": no smelter of the register is likely. A score is the chance in per cent that a candidate is meant;
    each reason has a code, whether it speaks for the candidate, and its words.

    Exit code 0: every name is accepted; 1: some are for review or unknown; 2: a file cannot be read.

    \b
    lode register RMI_CMRT_6.5.xlsx --out register.json
    lode match names.csv --register register.json
    lode match names.csv --register register.json | jq -r 'select(.decision != "accepted") | .name'
    """
    matcher = Matcher(_register(register_path))
    asked = _rows(names)
    all_accepted = True
    for start in range(0, len(asked), CHUNK):
        part = asked[start : start + CHUNK]
        for row, match in zip(part, matcher.match_all(part), strict=True):
            all_accepted = all_accepted and match.decision == "accepted"
            _terminal.print_json(_document(row, match, lang), indent=None)
    sys.exit(_terminal.NOTHING_FOUND if all_accepted else _terminal.FINDINGS)


def _register(path: str) -> Any:
    try:
        return from_document(json.loads(_terminal.file_bytes(path)))
    except ValueError as error:
        _terminal.stop(f"{path}: {error}")


def _rows(path: str) -> list[Row]:
    """The rows of the CSV; ends the program with code 2 and a sentence a finding where it cannot be read as one."""
    findings: list[Finding] = []
    found = [
        Row(*(each.values.get(name, "").strip() or None for name in ("metal", "name", "country", "cid")))
        for each in rows(_terminal.file_bytes(path), HEADINGS, findings)
    ]
    if findings:
        for each in findings:
            _terminal.say(each)
        sys.exit(_terminal.UNREADABLE)
    return found


def _document(row: Row, match: Match, language: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "metal": row.metal,
        "decision": match.decision,
        "candidates": [
            {
                "cid": candidate.cid,
                "name": candidate.name,
                "score": candidate.score,
                "reasons": [
                    {"code": reason.code, "for": reason.speaks_for, "text": reason.said(language)}
                    for reason in candidate.reasons
                ],
            }
            for candidate in match.candidates
        ],
    }
