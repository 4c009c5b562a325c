"""The minerals the platform knows, with their symbols and the templates' words for them.

Source: the RMI templates' own metal lists; IUPAC symbols.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Mineral:
    """`key` is how answers are keyed ("tantalum"), `name` how the sheets write it, `symbol` the element's."""

    key: str
    name: str
    symbol: str


TIN = Mineral("tin", "Tin", "Sn")
TANTALUM = Mineral("tantalum", "Tantalum", "Ta")
TUNGSTEN = Mineral("tungsten", "Tungsten", "W")
GOLD = Mineral("gold", "Gold", "Au")
COBALT = Mineral("cobalt", "Cobalt", "Co")
MICA = Mineral("mica", "Mica", "Mica")

# The templates' row order inside each question.
THREE_TG = (TANTALUM, TIN, GOLD, TUNGSTEN)
MINERALS = {mineral.key: mineral for mineral in (*THREE_TG, COBALT, MICA)}


@lru_cache(maxsize=1_000)
def key(name: str) -> str:
    """The key under which a metal named in a sheet is filed: lower case, blanks and punctuation as one hyphen."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def name(key: str) -> str:
    """How sheets write a mineral: "Tantalum" for "tantalum"; a key that is not known with a capital letter."""
    return MINERALS[key].name if key in MINERALS else key.replace("-", " ").capitalize()
