"""`lode register FILE... --out REGISTER`: the smelter register of one or several workbooks."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import click

from lode.commands import _terminal
from lode.findings import finding
from lode.rmi.declaration import LookupLine
from lode.smelters.document import to_document
from lode.smelters.register import Release, build, conflicts


@click.command("register", short_help="Build the smelter register from workbooks you own.")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--out", type=click.Path(), required=True, help="Where to write the register (JSON).")
def command(files: tuple[str, ...], out: str) -> None:
    """Build a register of smelters from the Smelter Look-up sheet of each FILE, and write it to --out as JSON.

    Any CMRT, EMRT, CRT or AMRT does, blank or filled. Several revisions together give the history: former names, and
    smelters that a later revision no longer lists. To be listed is not to be conformant.

    Exit code 0: done; 1: done, but a name leads to two numbers; 2: a file cannot be read or has no look-up.

    \b
    lode register RMI_CMRT_6.4.xlsx RMI_CMRT_6.5.xlsx --out register.json
    """
    books = [_book(path) for path in files]
    found = conflicts(books)
    for each in found:
        _terminal.say(each)
    register = build(books)
    try:
        Path(out).write_text(json.dumps(to_document(register), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        _terminal.stop(f"{out} cannot be written: {error.strerror}.")
    sys.exit(_terminal.FINDINGS if found else _terminal.NOTHING_FOUND)


def _book(path: str) -> tuple[Release, tuple[LookupLine, ...]]:
    """The release in the file at `path`; ends the program with code 2 and a sentence when there is none."""
    data = _terminal.file_bytes(path)
    declaration = _terminal.declaration(path)
    if not any(line.cid for line in declaration.lookup):
        told = {"file": Path(path).name, "template": declaration.template, "revision": declaration.revision}
        _terminal.say(finding("REGISTER-02", "Smelter Look-up", **told))
        sys.exit(_terminal.UNREADABLE)
    release = Release(
        template=declaration.template,
        revision=declaration.revision,
        date=declaration.revision_date,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return release, declaration.lookup
