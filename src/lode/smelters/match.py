"""Which smelter a row of a declaration means: settled by what is certain, else ranked candidates with reasons.

In this order: what a person decided; the number and the names the register knows; how alike the names are. Only what
agrees with itself is accepted: a number that belongs to another smelter than the name, a name in another country, or
two candidates of near equal odds are for a person to look at. "unknown" says that no smelter is likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from lode import minerals
from lode.rmi.check.book import NOT_IDENTIFIED, NOT_LISTED, fold
from lode.rmi.check.words import is_placeholder
from lode.smelters.names import normalise
from lode.smelters.reasons import Asked, Reason, reasons_for
from lode.smelters.register import Register, Smelter, country_code, dropped_since
from lode.smelters.wording import wording

if TYPE_CHECKING:
    from lode.smelters.ranking import Ranked, Ranking

Decided = Literal["accepted", "review", "unknown"]
Method = Literal["decision", "number", "alias", "match", ""]
Judgement = Literal["same", "different", "unsure", "not_smelter"]

# Scores from which an answer is accepted by likeness alone, shown for review, shown at all. No smelter that the trees
# had not seen was ever wrongly given ACCEPT points (bench/train_matching.py: the highest wrong score was 94).
ACCEPT, REVIEW, SHOWN = 97.0, 10.0, 2.0
MOST_SHOWN = 5
CERTAIN, RESEMBLES, CONTRADICTED, ELSEWHERE = 100.0, 99.0, 50.0, 80.0
SEEN = 200_000  # so many answers a matcher remembers
AT_ONCE = 1024  # names taken apart at one time: what is gone soon costs no search for what can be freed


class Row(NamedTuple):
    """What a row of a Smelter List says, as written."""

    metal: str | None
    name: str | None
    country: str | None = None
    cid: str | None = None


class Key(NamedTuple):
    """What a decision is filed under: the metal's key, the normalised name, the country's ISO code or blank."""

    metal: str
    normalised: str
    country: str


class Said(NamedTuple):
    """What a person decided a name means; `cid` with "same" only."""

    judgement: Judgement
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A smelter the row could mean; `score` is from 0 to 100. Its reasons are worked out when asked for."""

    smelter: Smelter
    score: float
    asked: Asked
    dropped: str = ""
    decided: bool = False

    @property
    def cid(self) -> str:
        return self.smelter.cid

    @property
    def name(self) -> str:
        return self.smelter.name

    @property
    def country(self) -> str:
        return self.smelter.country or ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for it, then what speaks against it."""
        found = reasons_for(self.asked, self.smelter, dropped=self.dropped)
        return (Reason("decided"), *found) if self.decided else found


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a row. `method` says how an accepted row came to its smelter, the first candidate."""

    decision: Decided
    method: Method = ""
    candidates: tuple[Candidate, ...] = ()


UNKNOWN = Match("unknown")


class Matcher:
    """A register ready to be asked. Equal rows are compared once; the answers are remembered."""

    def __init__(self, register: Register, *, decisions: Mapping[Key, Said] | None = None) -> None:
        """`decisions` are what people said that names mean; they come before anything else."""
        self._smelters = register.smelters
        self._register = register
        self._decisions = decisions or {}
        self._seen: dict[Sequence[str | None], Match] = {}
        self._by_number: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, str], list[int]] = {}
        for at, smelter in enumerate(self._smelters):
            self._by_number.setdefault(smelter.cid.upper(), []).append(at)
            metal = minerals.key(smelter.metal)
            for name in {normalise(known) for known in (smelter.name, *(each.name for each in smelter.names))}:
                self._by_name.setdefault((metal, name), []).append(at)

    @cached_property
    def _ranking(self) -> Ranking:
        # 40 MB of numpy and scipy, which only a name that the register does not know needs.
        from lode.smelters.ranking import Ranking  # noqa: PLC0415

        return Ranking(self._smelters)

    @cached_property
    def _metals(self) -> list[str]:
        return [minerals.key(smelter.metal) for smelter in self._smelters]

    @cached_property
    def _dropped(self) -> dict[int, str]:
        """The release that first left a smelter out, by the smelter's place."""
        gone = {at: dropped_since(self._register, smelter) for at, smelter in enumerate(self._smelters)}
        return {at: f"{release.template} {release.revision}" for at, release in gone.items() if release}

    def match(self, metal: str | None, name: str | None, country: str | None = None, cid: str | None = None) -> Match:
        """What one row means."""
        return self.match_all([Row(metal, name, country, cid)])[0]

    def match_all(self, rows: Iterable[Sequence[str | None]]) -> list[Match]:
        """What each row (metal, name, country, cid) means, in their order."""
        rows = [row if type(row) is tuple else Row(*row) for row in rows]
        seen = self._seen
        new = [row for row in dict.fromkeys(rows) if row not in seen]
        if len(seen) + len(new) > SEEN:
            seen.clear()
            new = list(dict.fromkeys(rows))
        seen.update(zip(new, self._judge_all(new), strict=True))
        return [seen[row] for row in rows]

    def _judge_all(self, rows: Sequence[Sequence[str | None]]) -> list[Match]:
        asked = [asked_of(Row(*row)) for row in rows]
        settled = [self._settled(each) for each in asked]
        answers = [match or UNKNOWN for match in settled]
        by_metal: dict[str, list[int]] = {}
        for at, match in enumerate(settled):
            if match is None:
                by_metal.setdefault(asked[at].metal, []).append(at)
        for metal, all_which in by_metal.items():
            for start in range(0, len(all_which), AT_ONCE):
                which = all_which[start : start + AT_ONCE]
                ranked = self._ranking.rank(
                    metal, [wording(asked[at].name) for at in which], [asked[at].country for at in which], least=SHOWN
                )
                for at, candidates in zip(which, ranked, strict=True):
                    answers[at] = self._by_likeness(asked[at], candidates)
        return answers

    def _settled(self, asked: Asked) -> Match | None:
        """What needs no comparing: a decision, a known number with a known name, or a known name alone."""
        said = self._said_of(asked)
        if said is not None and said.judgement != "unsure":
            return self._decided(asked, said)
        numbered = self._numbered(asked)
        if not asked.normalised or is_placeholder(asked.name):
            return (
                Match("accepted", "number", self._candidates(asked, {numbered: CERTAIN})) if numbered >= 0 else UNKNOWN
            )
        named = self._by_name.get((asked.metal, asked.normalised), ())
        if not named:
            return None
        if said is not None:
            return Match("review", "", self._candidates(asked, dict.fromkeys(named, CONTRADICTED)))
        if numbered in named:
            return Match("accepted", "number", self._candidates(asked, {numbered: CERTAIN}))
        return self._by_known_name(asked, numbered, named)

    def _by_known_name(self, asked: Asked, numbered: int, named: Sequence[int]) -> Match:
        """A name the register knows, whose number is not given or is another's."""
        here = [at for at in named if self._agrees(asked, at)]
        if asked.cid:
            scores = dict.fromkeys(here or named, CONTRADICTED)
            if numbered >= 0:
                scores[numbered] = CONTRADICTED
            return Match("review", "", self._candidates(asked, scores))
        if len(here) == 1:
            return Match("accepted", "alias", self._candidates(asked, {here[0]: CERTAIN}))
        return Match("review", "", self._candidates(asked, dict.fromkeys(here or named, ELSEWHERE / max(len(here), 1))))

    def _by_likeness(self, asked: Asked, ranked: Sequence[Ranked]) -> Match:
        """A name the register does not know: the number, if it is one, held against how alike the names are."""
        scores = {each.smelter: each.score for each in ranked}
        said = self._said_of(asked)
        numbered = self._numbered(asked)
        if numbered >= 0:
            alike = scores.pop(numbered, 0.0)
            rivalled = max(scores.values(), default=0.0) > max(alike, REVIEW)
            if alike >= REVIEW and not rivalled and self._agrees(asked, numbered) and said is None:
                return Match("accepted", "number", self._candidates(asked, {numbered: RESEMBLES}))
            return Match("review", "", self._candidates(asked, {numbered: max(alike, CONTRADICTED), **scores}))
        candidates = self._candidates(asked, scores)
        if not candidates or candidates[0].score < REVIEW:
            return Match("review" if said else "unknown", "", candidates)
        first = ranked[0]
        alone = len(ranked) < 2 or ranked[1].score < REVIEW
        if first.score >= ACCEPT and first.placed and alone and not asked.cid and said is None:
            return Match("accepted", "match", candidates)
        return Match("review", "", candidates)

    def _said_of(self, asked: Asked) -> Said | None:
        """What a person decided the name means."""
        return self._decisions.get(Key(asked.metal, asked.normalised, asked.country)) if self._decisions else None

    def _decided(self, asked: Asked, said: Said) -> Match:
        if said.judgement != "same":
            return Match("unknown", "decision")
        at = self._numbered(replace(asked, cid=said.cid.upper()))
        if at < 0:
            return Match("accepted", "decision")
        return Match("accepted", "decision", self._candidates(asked, {at: CERTAIN}, decided=True))

    def _numbered(self, asked: Asked) -> int:
        """The place of the smelter whose number the row gives, for the row's metal; -1 where there is none."""
        places = self._by_number.get(asked.cid, ()) if asked.cid else ()
        return next((at for at in places if self._metals[at] == asked.metal), -1)

    def _agrees(self, asked: Asked, at: int) -> bool:
        """Whether the stated country is the smelter's, or nothing is known against it."""
        there = country_code(self._smelters[at].country)
        return not asked.country or not there or asked.country == there

    def _candidates(self, asked: Asked, scores: Mapping[int, float], *, decided: bool = False) -> tuple[Candidate, ...]:
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:MOST_SHOWN]
        smelters, dropped = self._smelters, self._dropped
        return tuple(
            [Candidate(smelters[at], round(scores[at], 1), asked, dropped.get(at, ""), decided) for at in best]
        )


def asked_of(row: Row) -> Asked:
    """A row as it is compared."""
    name = (row.name or "").strip()
    if fold(name) in (NOT_LISTED, NOT_IDENTIFIED):
        name = ""
    return Asked(
        metal=minerals.key(row.metal or ""),
        name=name,
        normalised=normalise(name),
        country=country_code(row.country),
        cid=(row.cid or "").strip().upper(),
    )
