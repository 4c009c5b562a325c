"""`lode read FILE`: what a declaration says, as one JSON object."""

from __future__ import annotations

import sys

import click

from lode.commands import _terminal
from lode.rmi.document import to_document


@click.command("read", short_help="What a declaration says, as one JSON object.")
@click.argument("file", type=click.Path())
def command(file: str) -> None:
    """Print what the declaration FILE says, as one JSON object.

    FILE is a CMRT, EMRT, CRT or AMRT workbook (.xlsx, .xlsm or .xls) of any revision, in any of the templates' ten
    languages. Answers come in the templates' English wording, a blank cell as null, metals in lower case as keys and
    as typed in rows. What is odd about the file itself goes to standard error, a sentence each.

    Exit code 0: read; 2: the file cannot be read.

    \b
    lode read supplier.xlsx > supplier.json
    lode read supplier.xlsx | jq '.smelters[] | select(.cid == null)'
    """
    result = _terminal.reading(file)
    for finding in result.findings:
        _terminal.say(finding)
    if result.declaration is None:
        sys.exit(_terminal.UNREADABLE)
    _terminal.print_json(to_document(result.declaration))
