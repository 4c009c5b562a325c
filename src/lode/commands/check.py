"""`lode check FILE`: what is wrong with a declaration, by cell, and how to mend it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from lode.commands import _terminal
from lode.findings import LANGUAGES, Finding, in_language
from lode.rmi.check import check, check_filename
from lode.smelters.document import from_document
from lode.smelters.register import Register

_ON = click.DateTime(formats=["%Y-%m-%d"])


@click.command("check", short_help="What is wrong with a declaration, by cell, and how to mend it.")
@click.argument("file", type=click.Path())
@click.option("--on", "day", type=_ON, help="Judge as on this day, YYYY-MM-DD; today when left out.")
@click.option("--register", "register_path", type=click.Path(), help="A register made by `lode register`.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects with code, level, where, message, fix.")
def command(file: str, day: datetime | None, register_path: str | None, lang: str, as_json: bool) -> None:
    """Print what is wrong with the declaration FILE, what is odd, and what somebody should ask.

    Levels: error is what the template's own Checker counts as open, or a file that cannot be used; warning is what the
    template's formats and instructions ask; plausibility is what nothing forbids but a careful reader would ask about;
    note asks for nothing. `where` may name several cells: "Declaration!D38, Smelter List!O7, O9:O12".

    Exit code 0: nothing found; 1: findings; 2: the file cannot be read.

    \b
    lode check supplier.xlsx
    lode check supplier.xlsx --on 2025-12-31 --register register.json --lang fr
    lode check supplier.xlsx --json | jq '.[] | select(.level == "error")'
    """
    on = day.date() if day else _today()
    register = _register(register_path) if register_path else None
    result = _terminal.reading(file)
    findings = list(result.findings)
    if result.declaration is not None:
        findings += check(result.declaration, on=on, register=register)
        findings += check_filename(Path(file).name, result.declaration)
    findings = [in_language(finding, lang) for finding in findings]
    if as_json:
        _terminal.print_json([_document(finding) for finding in findings])
    elif result.declaration is not None:
        _print(findings)
    if result.declaration is None:
        for finding in findings:
            _terminal.say(finding)
        sys.exit(_terminal.UNREADABLE)
    sys.exit(_terminal.FINDINGS if findings else _terminal.NOTHING_FOUND)


def _register(path: str) -> Register:
    """The register in a file; ends the program with code 2 and a sentence when it is none."""
    try:
        return from_document(json.loads(_terminal.file_bytes(path)))
    except ValueError as error:
        _terminal.stop(f"{path}: {error}")


def _today() -> date:
    """Today; the command line is the one place of lode that looks at a clock."""
    return datetime.now(UTC).astimezone().date()


def _document(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "level": finding.level,
        "where": finding.where,
        "message": finding.message,
        "fix": finding.fix,
    }


def _print(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(f"{finding.level}: {finding.title} ({finding.code})")
        click.echo(f"  {finding.where}")
        click.echo(f"  {finding.message}")
        click.echo(f"  {finding.fix}")
