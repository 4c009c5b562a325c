"""Mails that come in: which area takes one is said by the address it came to.

Working groups read the box; whoever else has addresses in it registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Taker = Callable[[Sequence[str], bytes], bool]

_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """`taker(addresses, raw)` takes the mail in and answers True where one of the addresses is its own."""
    if taker not in _takers:
        _takers.append(taker)


def is_taken(addresses: Sequence[str], raw: bytes) -> bool:
    """Whether an area other than the groups has taken the mail in."""
    return any(taker(addresses, raw) for taker in _takers)
