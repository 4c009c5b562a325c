"""What every command does at the terminal: read a declaration or say why not, print JSON, end with the right code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from lode.findings import Finding
from lode.rmi.declaration import Declaration, Reading
from lode.rmi.read import read

NOTHING_FOUND, FINDINGS, UNREADABLE = 0, 1, 2


def print_json(value: object, *, indent: int | None = 2) -> None:
    """One JSON value on standard output, UTF-8 whatever the terminal's locale; `indent=None` gives one line."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace") + b"\n")


def say(finding: Finding) -> None:
    """A finding as a sentence on standard error."""
    click.echo(f"{finding.where}: {finding.message} {finding.fix} ({finding.code})", err=True)


def file_bytes(path: str) -> bytes:
    """The bytes of a file; ends the program with code 2 and a sentence when it cannot be opened."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        stop(f"{path} cannot be opened: {error.strerror}.")


def reading(path: str) -> Reading:
    """What reading the file at `path` gave, declaration or not."""
    return read(file_bytes(path), filename=Path(path).name)


def declaration(path: str) -> Declaration:
    """The declaration in the file at `path`; without one the program ends with code 2 and a sentence a finding."""
    result = reading(path)
    if result.declaration is None:
        for finding in result.findings:
            say(finding)
        sys.exit(UNREADABLE)
    return result.declaration


def stop(sentence: str) -> NoReturn:
    """End with code 2 and one sentence on standard error."""
    click.echo(sentence, err=True)
    sys.exit(UNREADABLE)
