"""The close: counting once, taking the ways back to the sheets away, and showing the results.

Counting writes figures that no later question can be put to. In an anonymous survey it also writes every sheet anew in
one statement and in random order, so that neither a row's place in the table nor the transaction that wrote it tells
with which participation it came.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.locks import hold
from eprm.base.outbox import post_all
from eprm.people.models import Person
from eprm.surveys import rules
from eprm.surveys.actions.finding import index_survey
from eprm.surveys.codes import RESULTS, signed
from eprm.surveys.models import (
    LANGUAGES,
    Draft,
    Excerpt,
    Figure,
    Invitation,
    Participation,
    Question,
    Response,
    Survey,
    Wish,
)
from eprm.surveys.models import Answer as AnswerRow
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import counting_lock
from eprm.ui.languages import second_language
from lode.anonymous import told_parts
from lode.survey import LEAST, Answer, Kind, Tally, tally, tally_parts

JOB = queries.JOB
RESULTS_MAIL = "surveys.results"
Measure = Figure.Measure
Sheet = tuple[str, Answer]
# That answers name sheets is checked at the end of the transaction, when both are there again.
ANEW = """
WITH gone AS (DELETE FROM {table} WHERE survey_id = %s RETURNING *)
INSERT INTO {table} SELECT * FROM gone ORDER BY random()
"""


def count(*, survey: Survey, by: Person) -> Survey:
    """Close it for good, before its last day too, and count."""
    rules.can_count(by, survey, queries.member_for(by, survey), timezone.localdate()).require()
    with acting_as(by.pk, job=JOB):
        return _count(survey.pk)


def count_due(day: date) -> int:
    """Count every survey whose last day has passed; answers how many. Safe to run twice."""
    with acting_as(None, job=JOB):
        due = Survey.objects.filter(released_at__isnull=False, counted_at=None, closes_on__lt=day)
        numbers = list(due.values_list("pk", flat=True))
        for number in numbers:
            _count(number)
    return len(numbers)


def _count(pk: int) -> Survey:
    hold(counting_lock(pk))
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=pk)
    if survey.counted_at is not None:
        return survey
    sheets = list(Response.objects.filter(survey=survey))
    questions = queries.questions_of(survey)
    answers = _answers(survey)
    figures = _turnout(survey, sheets)
    for question in questions:
        given = [(sheet.part, answers.get((sheet.pk, question.pk), Answer())) for sheet in sheets]
        figures += _figures(survey, question, given)
    Figure.objects.bulk_create(figures)
    Draft.objects.filter(survey=survey).delete()
    if not survey.by_name:
        _write_anew(survey)
    Response.objects.filter(survey=survey).update(digest="")
    survey.counted_at = timezone.now()
    survey.save(update_fields=["counted_at"])
    return survey


def _answers(survey: Survey) -> dict[tuple[object, int], Answer]:
    """What each sheet says to each question."""
    found: dict[tuple[object, int], Answer] = {}
    rows = AnswerRow.objects.filter(survey=survey).order_by("rank")
    for sheet, question, option, number, text in rows.values_list(
        "response_id", "question_id", "option_id", "number", "text"
    ):
        if option is not None:
            before = found.get((sheet, question), Answer()).options
            found[sheet, question] = Answer(options=(*before, str(option)))
        else:
            found[sheet, question] = Answer(number=number, text=text)
    return found


def _turnout(survey: Survey, sheets: list[Response]) -> list[Figure]:
    """How many sheets there are in all and of each part; a part that may not be told says why."""
    whole = Figure(survey=survey, measure=Measure.BASE, base=len(sheets))
    sizes: dict[str, int] = {}
    for sheet in sheets:
        sizes[sheet.part] = sizes.get(sheet.part, 0) + 1
    verdicts = told_parts(sizes, LEAST)
    parts = [
        Figure(
            survey=survey,
            part=part or "-",
            measure=Measure.BASE,
            base=None if verdicts[part] else size,
            hidden=str(verdicts[part] or ""),
        )
        for part, size in sorted(sizes.items())
    ]
    return [whole, *parts]


def _figures(survey: Survey, question: Question, given: list[Sheet]) -> list[Figure]:
    rule = queries.rule_of(question)
    figures = _of(survey, question, "", tally(rule, [answer for _part, answer in given]))
    for part, told in sorted(tally_parts(rule, given).items()):
        figures += _of(survey, question, part or "-", told)
    return figures


def _of(survey: Survey, question: Question, part: str, told: Tally) -> list[Figure]:
    shared = {"survey": survey, "question": question, "part": part}
    base = None if told.hidden else told.base
    figures = [Figure(**shared, measure=Measure.BASE, base=base, hidden=str(told.hidden or ""))]
    measure = Measure.RANKED if question.kind == Kind.RANKING else Measure.OPTION
    for line in told.lines:
        named = {"rating": int(line.key)} if question.kind == Kind.RATING else {"option_id": int(line.key)}
        figures.append(
            Figure(**shared, **named, measure=measure, base=base, count=line.count, share=line.share, value=line.value)
        )
    for name, value in ((Measure.MEAN, told.mean), (Measure.MIDDLE, told.middle)):
        if value is not None:
            figures.append(Figure(**shared, measure=name, base=base, value=value))
    return figures


def _write_anew(survey: Survey) -> None:
    with connection.cursor() as cursor:
        for table in ("surveys_response", "surveys_answer"):
            cursor.execute(ANEW.format(table=table), [survey.pk])


@transaction.atomic
def choose_excerpt(*, survey: Survey, question: Question, text: str, by: Person) -> Excerpt:
    """Show these words with the results, as the keeper shortened them."""
    rules.can_show(by, survey, queries.member_for(by, survey)).require()
    return Excerpt.objects.create(survey=survey, question=question, text=text.strip())


@transaction.atomic
def remove_excerpt(*, excerpt: Excerpt, by: Person) -> None:
    rules.can_show(by, excerpt.survey, queries.member_for(by, excerpt.survey)).require()
    excerpt.delete()


@transaction.atomic
def show_results(*, survey: Survey, by: Person, **conclusions: str) -> int:
    """Show the results with what follows from them; answers how many were told by mail. Each address is told once."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("group").get(pk=survey.pk)
    rules.can_show(by, survey, queries.member_for(by, survey)).require()
    for language in LANGUAGES:
        setattr(survey, f"conclusion_{language}", conclusions.get(f"conclusion_{language}", "").strip())
    if not any(getattr(survey, f"conclusion_{language}") for language in LANGUAGES):
        raise NotAllowed(_("Say what you do with the results: those who answered gave you their time."))
    survey.shown_at = survey.shown_at or timezone.now()
    survey.save()
    index_survey(survey)
    with acting_as(by.pk, job=JOB):
        wishes = list(Wish.objects.select_for_update().filter(survey=survey))
        posted = post_all(_letters(survey, wishes))
        Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).delete()
    return posted


def _letters(survey: Survey, wishes: Iterable[Wish]) -> Iterable[dict[str, object]]:
    url = settings.PUBLIC_URL + reverse("surveys:linked_results", args=[signed(RESULTS, survey.pk)])
    for wish in wishes:
        with translation.override(wish.language):
            title = getattr(survey, f"title_{second_language(wish.language)}", "") or str(survey)
            text = _(
                "Good day,\n\nyou answered the survey “%(title)s” and asked to hear what came of it. The results, and "
                "what is done with them:\n%(url)s\n\nYour address was kept for this mail alone and is deleted now.\n"
            ) % {"title": title, "url": url}
            yield {
                "to": wish.email,
                "subject": _("Results: %(title)s") % {"title": title},
                "text": text,
                "kind": RESULTS_MAIL,
                "headers": {"Auto-Submitted": "auto-generated"},
            }


def remove_sheets(before: datetime) -> int:
    """Single sheets, participations and invited addresses of surveys counted before then; the figures stay."""
    with acting_as(None, job=JOB):
        old = Survey.objects.filter(counted_at__lt=before)
        kinds = (Response, Participation, Invitation)
        return sum(kind.objects.filter(survey__in=old).delete()[0] for kind in kinds)
