"""What a reader of files and whoever starts it agree on, without the libraries that only the reader loads."""

from __future__ import annotations

from enum import IntEnum

MOST_CHARACTERS = 100_000
# Files of these endings have words that are read.
ENDINGS = frozenset({"pdf", "docx", "pptx", "odt", "ods", "odp", "xlsx", "csv", "txt"})


class Ended(IntEnum):
    """The exit code: how reading ended. Anything else is the system's: the process ran into its limits."""

    WHOLE = 0
    DAMAGED = 10
    LOCKED = 11
    CUT = 12
