"""The words of a file, for the search. Files come from strangers: each is read in a process of its own, under limits.

Only jobs and commands call this, never a request (docs/decisions/0048-files-are-read-by-a-process-apart.md).
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from dataclasses import dataclass

from eprm.search.agreed import ENDINGS, MOST_CHARACTERS, Ended
from eprm.search.models import FileWords

WORD = re.compile(r"[^\W_]+")
logger = logging.getLogger(__name__)

MOST_BYTES = 50_000_000
MOST_SECONDS = 30
# The reader gets no secret of ours: only where Python is and what the system needs to start it.
KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")

Outcome = FileWords.Outcome
OUTCOMES = {Ended.WHOLE: Outcome.READ, Ended.LOCKED: Outcome.LOCKED, Ended.DAMAGED: Outcome.DAMAGED}


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a file, to 100,000 characters, and how far it could be read."""

    outcome: FileWords.Outcome
    words: str = ""


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def said_name(name: str) -> str:
    """The words of a file's name: PostgreSQL takes "road_report-2.pdf" for one word, and nobody searches for that."""
    return " ".join(WORD.findall(name))


def is_readable(name: str) -> bool:
    """Whether files of this ending have words that we read."""
    return ending_of(name) in ENDINGS


def read(name: str, content: bytes) -> Read:
    """What the search can know of a file by its name and its bytes; never fails, never takes longer than its limits."""
    if not is_readable(name):
        return Read(Outcome.OTHER)
    if len(content) > MOST_BYTES:
        return Read(Outcome.LARGE)
    try:
        made = subprocess.run(  # noqa: S603 - our own module, and an ending we know
            [sys.executable, "-P", "-W", "ignore", "-m", "eprm.search.extracting", ending_of(name)],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            env=environment(),
            check=False,
        )
        said, code, why = made.stdout, made.returncode, made.stderr
    except subprocess.TimeoutExpired as late:
        said, code, why = late.stdout or b"", None, b"it took too long"
    words = said[: MOST_CHARACTERS * 4].decode("utf-8", "ignore")[:MOST_CHARACTERS].strip()
    outcome = OUTCOMES.get(code, Outcome.LARGE)
    if outcome != Outcome.READ:
        logger.warning("Of %s only %d characters are searched: %s", name, len(words), _last_line(why) or code)
    if words:
        return Read(Outcome.READ if outcome == Outcome.READ else Outcome.PART, words)
    return Read(Outcome.EMPTY if outcome == Outcome.READ else outcome)


def environment() -> dict[str, str]:
    """What the reader is told of the world."""
    return {key: value for key, value in os.environ.items() if key in KEPT_ENVIRONMENT}


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
