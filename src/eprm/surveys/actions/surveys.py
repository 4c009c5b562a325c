"""Making a survey: its facts, its questions, release, and the next edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups.models import Group
from eprm.groups.queries.groups import member_of
from eprm.people.models import Person
from eprm.surveys import rules
from eprm.surveys.actions.finding import index_survey
from eprm.surveys.models import LANGUAGES, Option, Question, Survey
from eprm.surveys.queries import surveys as queries

MOST_QUESTIONS = 60
FACTS = ("voice", "by_name", "counted_by", "results_public", "opens_on", "closes_on")
WORDS = tuple(f"{name}_{language}" for name in ("title", "purpose") for language in LANGUAGES)
QUESTION_WORDS = tuple(f"{name}_{language}" for name in ("text", "help") for language in LANGUAGES)


@transaction.atomic
def make_survey(
    *, audience: str, by: Person, group: Group | None = None, pillars: Sequence[str] = (), **facts: object
) -> Survey:
    """A draft, seen by its keepers alone until it is released."""
    member = member_of(by, group) if group is not None else None
    if group is not None and member is None:
        raise NotAllowed(_("The facilitators of %(group)s make its surveys.") % {"group": group})
    rules.can_make(by, member).require()
    survey = Survey(audience=audience, group=group, pillars=list(pillars), made_by=by)
    _fill(survey, facts)
    survey.save()
    return survey


@transaction.atomic
def change_survey(
    *,
    survey: Survey,
    audience: str,
    by: Person,
    group: Group | None = None,
    pillars: Sequence[str] = (),
    **facts: object,
) -> Survey:
    """Change a draft."""
    survey = _locked(survey, by)
    member = member_of(by, group) if group is not None else None
    if group is not None and member is None:
        raise NotAllowed(_("The facilitators of %(group)s make its surveys.") % {"group": group})
    rules.can_make(by, member).require()
    survey.audience, survey.group, survey.pillars = audience, group, list(pillars)
    _fill(survey, facts)
    survey.save()
    return survey


def _fill(survey: Survey, facts: dict[str, object]) -> None:
    for name in (*FACTS, *WORDS):
        if name in facts:
            value = facts[name]
            setattr(survey, name, value.strip() if isinstance(value, str) else value)


def _locked(survey: Survey, by: Person) -> Survey:
    """The draft as it stands, held to the end, if the person may change it.

    Asked before too: the database holds no row for whoever may not change it, and the refusal has its reason.
    """
    rules.can_change(by, survey, queries.member_for(by, survey)).require()
    found = Survey.objects.select_for_update(of=("self",)).select_related("group").get(pk=survey.pk)
    rules.can_change(by, found, queries.member_for(by, found)).require()
    return found


@transaction.atomic
def save_question(
    *,
    survey: Survey,
    kind: str,
    by: Person,
    question: Question | None = None,
    required: bool = False,
    unit: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
    most: int | None = None,
    options: Sequence[tuple[str, str, str]] = (),
    **words: str,
) -> Question:
    """Add a question at the end, or change one. `options` are its labels in English, French and Spanish."""
    survey = _locked(survey, by)
    if question is None:
        places = list(Question.objects.filter(survey=survey).values_list("position", flat=True))
        if len(places) >= MOST_QUESTIONS:
            raise NotAllowed(
                _("“%(survey)s” has %(count)d questions, and nobody answers more. Remove one first.")
                % {"survey": survey, "count": len(places)}
            )
        question = Question(survey=survey, position=max(places, default=0) + 1)
    question.kind, question.required, question.unit = kind, required, unit.strip()
    question.low, question.high, question.most = low, high, most
    for name in QUESTION_WORDS:
        setattr(question, name, words.get(name, "").strip())
    question.save()
    question.options.all().delete()
    Option.objects.bulk_create(
        Option(question=question, position=place, label_en=en, label_fr=fr, label_es=es)
        for place, (en, fr, es) in enumerate(options, 1)
    )
    return question


@transaction.atomic
def remove_question(*, question: Question, by: Person) -> None:
    _locked(question.survey, by)
    question.delete()


@transaction.atomic
def move_question(*, question: Question, up: bool, by: Person) -> None:
    """Change places with the question before or after it; the first and the last stay where they are."""
    survey = _locked(question.survey, by)
    questions = list(Question.objects.filter(survey=survey).order_by("position", "pk"))
    at = next(place for place, each in enumerate(questions) if each.pk == question.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(questions):
        return
    questions[at], questions[other] = questions[other], questions[at]
    for place, each in enumerate(questions, 1):
        if each.position != place:
            Question.objects.filter(pk=each.pk).update(position=place)


@transaction.atomic
def release(*, survey: Survey, by: Person, on: date) -> Survey:
    """Let it open on its first day; from here on it stays as it is."""
    survey = _locked(survey, by)
    questions = queries.questions_of(survey)
    if not questions:
        raise NotAllowed(_("“%(survey)s” has no question yet. Add one first.") % {"survey": survey})
    if survey.closes_on < on:
        raise NotAllowed(_("Its last day has passed. Set a later one first."))
    complete = queries.complete_languages(survey, questions)
    started = [language for language in LANGUAGES if getattr(survey, f"title_{language}")]
    if not complete or set(started) - set(complete):
        raise NotAllowed(
            _("Some words are missing in a language you began. Its page names them: write them, or empty that title.")
        )
    survey.released_at = timezone.now()
    survey.save(update_fields=["released_at"])
    index_survey(survey)
    return survey


@transaction.atomic
def new_edition(*, survey: Survey, by: Person, on: date) -> Survey:
    """A draft with the same words and questions, to be changed and asked anew."""
    rules.can_keep(by, survey, queries.member_for(by, survey)).require()
    if survey.released_at is None:
        raise NotAllowed(_("“%(survey)s” is a draft; change it as it stands.") % {"survey": survey})
    names = ("audience", "pillars", "group", "voice", "by_name", "counted_by", "results_public", *WORDS)
    copy = Survey.objects.create(
        **{name: getattr(survey, name) for name in names},
        opens_on=on,
        closes_on=on + (survey.closes_on - survey.opens_on),
        edition=survey.edition + 1,
        follows=survey,
        made_by=by,
    )
    for question in queries.questions_of(survey):
        options = list(question.options.all())
        question.pk, question.survey = None, copy
        question._state.adding = True
        question.save()
        Option.objects.bulk_create(
            Option(
                question=question,
                position=option.position,
                label_en=option.label_en,
                label_fr=option.label_fr,
                label_es=option.label_es,
            )
            for option in options
        )
    return copy
