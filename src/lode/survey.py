"""A survey of stakeholders: what an answer may be, and what many answers say together.

Figures of the whole survey are told from `LEAST` answers on. Beside the whole, the answers of one breakdown (pillar,
place in the chain or country, never two of them) are told as shares rounded to `anonymous.ROUNDING` points, and only
for parts that `anonymous.told_parts` allows, so that no subtraction leaves a group of one to four.

Source: ISO 20252:2019 (market, opinion and social research), on what is reported with a figure: question, base, date;
Hundepool et al., Handbook on Statistical Disclosure Control (2010), on small groups; de Borda, Mémoire sur les
élections au scrutin (1784), on ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from statistics import median

from lode.anonymous import Hidden, rounded, told_parts

LEAST = 5
RATINGS = range(1, 6)
SHORT, LONG = 300, 5_000
# No quantity of the field needs more digits; a longer one is a slip of the finger.
MOST_DIGITS = 18


class Kind(StrEnum):
    """What a question asks for."""

    SINGLE = "single"
    SEVERAL = "several"
    RATING = "rating"
    RANKING = "ranking"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"


CHOICES = frozenset({Kind.SINGLE, Kind.SEVERAL, Kind.RANKING})
TEXTS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})


class Wrong(StrEnum):
    """Why what was sent is no answer."""

    MISSING = "missing"
    NO_OPTION = "no_option"
    NO_RATING = "no_rating"
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    RANKED_TWICE = "ranked_twice"
    NO_RANK = "no_rank"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Question:
    """A question's rule. `options` are the keys of a choice; `low` and `high` bound a number; `most` a selection."""

    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: chosen options (of a ranking in their order, the first choice first), a number, or words."""

    options: tuple[str, ...] = ()
    number: Decimal | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.options and self.number is None and not self.text


@dataclass(frozen=True, slots=True)
class Misfit:
    """What was sent and does not fit: `found` quotes it, `bound` is the limit it passes."""

    why: Wrong
    found: str = ""
    bound: str = ""


def read_answer(question: Question, sent: Sequence[str]) -> Answer | Misfit:
    """Read what a form sent for one question. Of a ranking, `sent` holds the rank of each option, in their order."""
    match question.kind:
        case Kind.RANKING:
            read = _read_ranking(question, sent)
        case Kind.SINGLE | Kind.SEVERAL:
            read = _read_choice(question, sent)
        case Kind.RATING:
            read = _read_rating(sent)
        case Kind.NUMBER:
            read = _read_number(question, sent)
        case _:
            read = _read_text(question, sent)
    if isinstance(read, Answer) and read.is_empty and question.required:
        return Misfit(Wrong.MISSING)
    return read


def _first(sent: Sequence[str]) -> str:
    return sent[0].strip() if sent else ""


def _read_choice(question: Question, sent: Sequence[str]) -> Answer | Misfit:
    chosen = tuple(dict.fromkeys(each for each in sent if each))
    for each in chosen:
        if each not in question.options:
            return Misfit(Wrong.NO_OPTION, each)
    most = 1 if question.kind is Kind.SINGLE else question.most
    if most is not None and len(chosen) > most:
        return Misfit(Wrong.TOO_MANY, str(len(chosen)), str(most))
    return Answer(options=tuple(option for option in question.options if option in chosen))


def _read_rating(sent: Sequence[str]) -> Answer | Misfit:
    found = _first(sent)
    if not found:
        return Answer()
    if found not in {str(rating) for rating in RATINGS}:
        return Misfit(Wrong.NO_RATING, found)
    return Answer(number=Decimal(found))


def _read_ranking(question: Question, sent: Sequence[str]) -> Answer | Misfit:
    """Ranks 1, 2, 3 ... without a gap; options without a rank come after those with one."""
    ranks: dict[int, str] = {}
    if len(sent) > len(question.options):
        return Misfit(Wrong.TOO_MANY, str(len(sent)), str(len(question.options)))
    for option, told in zip(question.options, sent, strict=False):
        found = told.strip()
        if not found:
            continue
        if not (found.isascii() and found.isdigit() and len(found) < 4 and 1 <= int(found) <= len(question.options)):
            return Misfit(Wrong.NO_RANK, found, str(len(question.options)))
        if int(found) in ranks:
            return Misfit(Wrong.RANKED_TWICE, found)
        ranks[int(found)] = option
    for rank in range(1, len(ranks) + 1):
        if rank not in ranks:
            return Misfit(Wrong.GAP, str(max(ranks)), str(rank))
    return Answer(options=tuple(ranks[rank] for rank in sorted(ranks)))


def _read_number(question: Question, sent: Sequence[str]) -> Answer | Misfit:
    """A number as people write it: "1 250,5", "1250.5". Two different marks are thousands and decimals."""
    found = _first(sent)
    if not found:
        return Answer()
    number = number_of(found)
    if number is None:
        return Misfit(Wrong.NO_NUMBER, found[:60])
    if question.low is not None and number < question.low:
        return Misfit(Wrong.TOO_SMALL, found, str(question.low))
    if question.high is not None and number > question.high:
        return Misfit(Wrong.TOO_LARGE, found, str(question.high))
    return Answer(number=number)


def number_of(text: str) -> Decimal | None:
    """ "1 250,5" and "1,250.5" are 1250.5; "1.250" with three digits after one mark may be either: None."""
    plain = "".join(text.split()).replace("'", "").replace("’", "")
    if "," in plain and "." in plain:
        mark = max(",.", key=plain.rfind)
        plain = plain.replace("," if mark == "." else ".", "")
        if plain.count(mark) > 1:
            return None
    elif plain.count(",") + plain.count(".") == 1:
        whole, _mark, rest = plain.replace(",", ".").partition(".")
        if len(rest) == 3 and whole.lstrip("+-").strip("0"):
            return None
    plain = plain.replace(",", ".")
    if not plain.isascii() or sum(letter.isdigit() for letter in plain) > MOST_DIGITS or "e" in plain.lower():
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _read_text(question: Question, sent: Sequence[str]) -> Answer | Misfit:
    words = _first(sent).replace("\x00", "").replace("\r\n", "\n")
    most = SHORT if question.kind is Kind.SHORT_TEXT else LONG
    if len(words) > most:
        return Misfit(Wrong.TOO_LONG, str(len(words)), str(most))
    return Answer(text=words)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: of `base` answers `count` say this, a share in per cent. `value` is a mean, points, a median."""

    key: str
    count: int | None = None
    share: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What all answers to a question say. `hidden` says why nothing is told; `base` is how many answered."""

    base: int
    lines: tuple[Line, ...] = ()
    mean: Decimal | None = None
    middle: Decimal | None = None
    hidden: Hidden | None = None


def tally(question: Question, answers: Sequence[Answer], *, least: int = LEAST) -> Tally:
    """Count the answers of everybody. Empty ones are no answers; fewer than `least` are not told."""
    given = [answer for answer in answers if not answer.is_empty]
    base = len(given)
    if base < least:
        return Tally(base, hidden=Hidden.TOO_FEW)
    if question.kind in TEXTS:
        return Tally(base)
    if question.kind is Kind.RANKING:
        rankings = [answer.options for answer in given]
        points, ranks = borda(question.options, rankings), mean_ranks(question.options, rankings)
        first = _counted([answer.options[0] for answer in given])
        return Tally(
            base,
            tuple(
                Line(key, first.get(key, 0), _decimal(points[key]), _decimal(ranks[key])) for key in question.options
            ),
        )
    numbers = [answer.number for answer in given if answer.number is not None]
    mean = _decimal(Fraction(sum(numbers)) / base) if numbers else None
    middle = _decimal(Fraction(median(numbers))) if numbers else None
    if question.kind is Kind.NUMBER:
        return Tally(base, mean=mean, middle=middle)
    if question.kind is Kind.RATING:
        counts, keys = _counted([str(int(number)) for number in numbers]), tuple(str(rating) for rating in RATINGS)
    else:
        counts, keys = _counted([option for answer in given for option in answer.options]), question.options
    return Tally(base, tuple(_line(key, counts.get(key, 0), base) for key in keys), mean, middle)


def tally_parts(
    question: Question, answers: Sequence[tuple[str, Answer]], *, least: int = LEAST
) -> Mapping[str, Tally]:
    """The same for each part of the answers, by its name: bases and shares rounded to 5 points, no counts.

    A part that may not be told says why. Of numbers and words only the base is told.
    """
    parts: dict[str, list[Answer]] = {}
    for name, answer in answers:
        if not answer.is_empty:
            parts.setdefault(name, []).append(answer)
    verdicts = told_parts({name: len(given) for name, given in parts.items()}, least)
    told = {}
    for name, given in parts.items():
        if verdicts[name] is not None:
            told[name] = Tally(0, hidden=verdicts[name])
            continue
        whole = tally(question, given, least=least)
        blurred = tuple(Line(line.key, None, _blurred(line, whole.base, question.kind)) for line in whole.lines)
        told[name] = Tally(whole.base, blurred if question.kind not in TEXTS else ())
    return told


def _blurred(line: Line, base: int, kind: Kind) -> Decimal | None:
    if kind is Kind.RANKING:
        return Decimal(rounded(Fraction(line.share or 0) / 100))
    return Decimal(rounded(Fraction(line.count or 0, base)))


def _line(key: str, count: int, base: int) -> Line:
    return Line(key, count, _decimal(Fraction(count * 100, base)))


def _counted(keys: Sequence[str]) -> dict[str, int]:
    return {key: keys.count(key) for key in dict.fromkeys(keys)}


def _decimal(value: Fraction) -> Decimal:
    """To one decimal place, half up."""
    tenths = (abs(value) * 20 + 1) // 2
    return Decimal(tenths if value >= 0 else -tenths) / 10


def borda(options: Sequence[str], rankings: Sequence[Sequence[str]]) -> dict[str, Fraction]:
    """Each option's Borda points as a share (per cent) of the most it could have had.

    Of n options the first gets n - 1 points, the last 0; those a ranking leaves out share the points that are left.
    """
    reach = (len(options) - 1) * len(rankings)
    points = {
        option: sum((len(options) - rank for rank in ranks), Fraction(0))
        for option, ranks in _ranks(options, rankings).items()
    }
    return {option: points[option] * 100 / reach if reach else Fraction(0) for option in options}


def mean_ranks(options: Sequence[str], rankings: Sequence[Sequence[str]]) -> dict[str, Fraction]:
    """Each option's mean rank; those a ranking leaves out share the ranks that are left."""
    return {option: sum(ranks, Fraction(0)) / max(len(ranks), 1) for option, ranks in _ranks(options, rankings).items()}


def _ranks(options: Sequence[str], rankings: Sequence[Sequence[str]]) -> dict[str, list[Fraction]]:
    ranks: dict[str, list[Fraction]] = {option: [] for option in options}
    for ranking in rankings:
        shared = Fraction(len(ranking) + 1 + len(options), 2)
        for option in options:
            ranks[option].append(Fraction(ranking.index(option) + 1) if option in ranking else shared)
    return ranks
