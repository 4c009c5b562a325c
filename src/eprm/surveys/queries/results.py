"""The results as they were counted: figures, turned to what a reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eprm.people.models import Organisation
from eprm.surveys.models import Excerpt, Figure, Question, Survey
from eprm.ui import words
from lode.anonymous import Hidden

Measure = Figure.Measure


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in words, for the table and its files."""

    number: int | None
    question: str
    part: str
    label: str
    measure: str
    base: int | None
    count: int | None
    share: Decimal | None
    value: Decimal | None
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of those asked said: its base, and a share for each line; or why nothing is told."""

    name: str
    base: int | None
    shares: list[Decimal | None]
    note: str


@dataclass(slots=True)
class Result:
    """What was answered to one question: figures of everybody, figures of each part, and chosen words."""

    question: Question
    text: str
    whole: list[Figure] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    @property
    def base(self) -> int | None:
        return next((each.base for each in self.whole if each.measure == Measure.BASE), None)

    @property
    def is_hidden(self) -> bool:
        return any(each.hidden for each in self.whole)

    @property
    def lines(self) -> list[Figure]:
        return [each for each in self.whole if each.measure in (Measure.OPTION, Measure.RANKED)]

    def value(self, measure: str) -> Decimal | None:
        return next((each.value for each in self.whole if each.measure == measure), None)

    @property
    def mean(self) -> Decimal | None:
        return self.value(Measure.MEAN)

    @property
    def middle(self) -> Decimal | None:
        return self.value(Measure.MIDDLE)


@dataclass(frozen=True, slots=True)
class Results:
    """All of a survey's results."""

    turnout: list[Figure]
    results: list[Result]
    rows: list[Row]

    @property
    def count(self) -> int:
        return next((each.base or 0 for each in self.turnout if not each.part), 0)


def figures_of(survey: Survey) -> QuerySet[Figure]:
    return Figure.objects.filter(survey=survey).select_related("option").order_by("pk")


def results_of(survey: Survey, questions: Sequence[Question], language: str) -> Results:
    """The results in one language."""
    figures = list(figures_of(survey))
    texts = {question.pk: getattr(question, f"text_{language}") or str(question) for question in questions}
    places = {question.pk: place for place, question in enumerate(questions, 1)}
    units = {question.pk: question.unit for question in questions}
    results = {question.pk: Result(question, texts[question.pk]) for question in questions}
    for figure in figures:
        if figure.question_id and not figure.part:
            results[figure.question_id].whole.append(figure)
    for result in results.values():
        result.labels = [label_of(each, language) for each in result.lines]
        result.parts = _parts(
            survey, [each for each in figures if each.question_id == result.question.pk and each.part]
        )
    for excerpt in Excerpt.objects.filter(survey=survey).order_by("pk"):
        results[excerpt.question_id].excerpts.append(excerpt)
    rows = [
        Row(
            number=places.get(figure.question_id or 0),
            question=texts.get(figure.question_id or 0, _("Answers sent")),
            part=part_words(survey, figure.part),
            label=label_of(figure, language),
            measure=str(figure.get_measure_display()),
            base=figure.base,
            count=figure.count,
            share=figure.share,
            value=figure.value,
            unit=units.get(figure.question_id or 0, ""),
            note=hidden_words(figure.hidden),
        )
        for figure in figures
    ]
    return Results([each for each in figures if each.question_id is None], list(results.values()), rows)


def _parts(survey: Survey, figures: Sequence[Figure]) -> list[Part]:
    """The parts in their order, each from its figures."""
    parts: dict[str, list[Figure]] = {}
    for figure in figures:
        parts.setdefault(figure.part, []).append(figure)
    return [
        Part(
            part_words(survey, name),
            given[0].base,
            [each.share for each in given if each.measure != Measure.BASE],
            hidden_words(given[0].hidden),
        )
        for name, given in parts.items()
    ]


def label_of(figure: Figure, language: str) -> str:
    if figure.option is not None:
        return getattr(figure.option, f"label_{language}") or str(figure.option)
    return str(figure.rating) if figure.rating is not None else ""


def part_words(survey: Survey, part: str) -> str:
    """The name of a part, in the reader's language."""
    if not part:
        return _("all")
    if part == "-":
        return _("not said")
    if survey.counted_by == Survey.Part.COUNTRY:
        return words.country(part)
    known = Organisation.Pillar.choices if survey.counted_by == Survey.Part.PILLAR else Organisation.Tier.choices
    return str(dict(known).get(part, part))


def hidden_words(hidden: str) -> str:
    return {
        "": "",
        Hidden.TOO_FEW.value: _("not shown: fewer than five"),
        Hidden.WOULD_TELL.value: _("not shown: what is left would be fewer than five"),
    }.get(hidden, _("not shown"))
