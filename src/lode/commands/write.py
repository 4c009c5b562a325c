"""`lode write ANSWERS.json --template BLANK.xlsx --out FILE.xlsx`: answers into a blank template."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lode.commands import _terminal
from lode.findings import LANGUAGES, in_language
from lode.rmi.write import write
from lode.rmi.write.answers import load_answers


@click.command("write", short_help="Answers into your own blank template.")
@click.argument("answers", type=click.Path())
@click.option("--template", type=click.Path(), required=True, help="A blank CMRT, EMRT, CRT or AMRT (.xlsx).")
@click.option("--out", type=click.Path(), required=True, help="The file to write; replaced where it exists.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts.")
def command(answers: str, template: str, out: str, lang: str) -> None:
    """Fill a copy of your blank template with ANSWERS, a JSON object as `lode read` prints it.

    The template's formulas, Checker, lists, drawings and protection stay live. Smelters its look-up knows keep their
    rows' formulas; all others are written as "Smelter not listed" with name and country. What a field leaves null is
    left to the template. What could not be written as given goes to standard error, a sentence each.

    Exit code 0: all written; 1: written, with findings; 2: nothing written.

    \b
    lode read last-year.xlsx > answers.json
    lode write answers.json --template RMI_CMRT_6.5.xlsx --out this-year.xlsx
    """
    for given, kind in ((template, "template"), (answers, "answers")):
        if _same_file(given, out):
            _terminal.stop(f"{out} is the file of the {kind}; name another one to write.")
    declaration, findings = load_answers(_terminal.file_bytes(answers), Path(answers).name)
    data = None
    if declaration is not None:
        written = write(declaration, _terminal.file_bytes(template))
        data, findings = written.data, (*findings, *written.findings)
    for finding in findings:
        _terminal.say(in_language(finding, lang))
    if data is None:
        sys.exit(_terminal.UNREADABLE)
    _save(Path(out), data)
    sys.exit(_terminal.FINDINGS if findings else _terminal.NOTHING_FOUND)


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _save(path: Path, data: bytes) -> None:
    """The file is there whole or not at all: it is written beside its place, then put there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        _terminal.stop(f"{path} cannot be written: {error.strerror}.")
