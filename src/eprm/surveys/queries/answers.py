"""Sheets and answers: read by the job alone, and handed only to whoever may have them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from eprm.base.identity import acting_as
from eprm.people.models import Organisation, Person
from eprm.surveys.codes import digest_of
from eprm.surveys.models import Answer, Draft, Excerpt, Invitation, Participation, Question, Response, Signature, Survey
from eprm.surveys.queries.surveys import JOB
from lode.survey import LEAST, TEXTS, Kind

Written = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers: a person, for an organisation or not; an invited address; or, with neither, a visitor."""

    person: Person | None = None
    organisation: Organisation | None = None
    invitation: Invitation | None = None

    def key(self, survey: Survey) -> dict[str, object]:
        """The columns of a participation or signature that name this voice; empty for a visitor."""
        if self.invitation is not None:
            return {"invitation": self.invitation}
        if self.person is None:
            return {}
        if survey.voice == Survey.Voice.ORGANISATION:
            return {"organisation": self.organisation}
        return {"person": self.person, "organisation": None}


def has_taken_part(survey: Survey, voice: Voice) -> bool:
    """Whether this voice has answered. Never true of a visitor, who is nobody here."""
    if not (key := voice.key(survey)):
        return False
    with acting_as(None, job=JOB):
        return Participation.objects.filter(survey=survey, **key).exists()


def draft_of(survey: Survey, voice: Voice) -> Written:
    """What was written and not sent."""
    if voice.invitation is not None:
        key: dict[str, object] = {"invitation": voice.invitation}
    elif voice.person is not None:
        key = {"person": voice.person}
    else:
        return {}
    with acting_as(None, job=JOB):
        found = Draft.objects.filter(survey=survey, **key).first()
    return found.written if found is not None else {}


def sheet_of_code(survey: Survey, code: str) -> Written | None:
    """The sheet this code was given for, as a form would have sent it; None for a code of no sheet here."""
    with acting_as(None, job=JOB):
        response = Response.objects.filter(survey=survey, digest=digest_of(code)).first() if code else None
        return _written(response) if response is not None else None


def sheet_signed_by(survey: Survey, voice: Voice) -> Written | None:
    """In a survey by name, the sheet this voice has sent."""
    if not survey.by_name or not (key := voice.key(survey)):
        return None
    with acting_as(None, job=JOB):
        found = Signature.objects.filter(survey=survey, **_signed(key)).select_related("response").first()
        return _written(found.response) if found is not None else None


def _signed(key: dict[str, object]) -> dict[str, object]:
    """A signature names the person also where the organisation answers."""
    return {name: value for name, value in key.items() if value is not None}


def _written(response: Response) -> Written:
    options = {}
    written: Written = {}
    for answer in Answer.objects.filter(response=response).select_related("question").order_by("rank"):
        kind, key = Kind(answer.question.kind), str(answer.question_id)
        if kind is Kind.RANKING:
            options.setdefault(answer.question_id, {})[answer.option_id] = str(answer.rank)
        elif answer.option_id is not None:
            written.setdefault(key, []).append(str(answer.option_id))
        elif answer.number is not None:
            written[key] = [f"{answer.number.normalize():f}"]
        else:
            written[key] = [answer.text]
    for question in Question.objects.filter(pk__in=options).prefetch_related("options"):
        ranks = options[question.pk]
        written[str(question.pk)] = [ranks.get(option.pk, "") for option in question.options.all()]
    return written


def answer_count(survey: Survey) -> int:
    """How many sheets have been sent, for the keeper: a number alone."""
    with acting_as(None, job=JOB):
        return Response.objects.filter(survey=survey).count()


def invitations_of(survey: Survey) -> QuerySet[Invitation]:
    """The invited addresses, for the keeper. Who of them has answered is told to nobody."""
    return Invitation.objects.filter(survey=survey).exclude(email="").order_by("email")


@dataclass(frozen=True, slots=True)
class Words:
    """A text answer, for the keeper to choose excerpts from: its number is random, so their order tells nothing."""

    pk: object
    question: Question
    text: str


def texts_of(survey: Survey) -> list[Words]:
    """All text answers, in no order that means anything. For the keeper of a counted survey.

    Of an anonymous one that fewer than five answered, none: they would be told from each other.
    """
    kinds = [kind.value for kind in TEXTS]
    with acting_as(None, job=JOB):
        if not survey.by_name and Response.objects.filter(survey=survey).count() < LEAST:
            return []
        found = Answer.objects.filter(survey=survey, question__kind__in=kinds).exclude(text="")
        rows = found.select_related("question").order_by("question__position", "pk")
        return [Words(row.pk, row.question, row.text) for row in rows]


def excerpts_of(survey: Survey) -> QuerySet[Excerpt]:
    return (
        Excerpt.objects.filter(survey=survey).select_related("question", "survey").order_by("question__position", "pk")
    )


def signed_sheets(survey: Survey) -> list[Response]:
    """In a survey by name, every sheet with whose it is and what it says. For its keeper."""
    if not survey.by_name:
        return []
    answers = Prefetch("answers", Answer.objects.select_related("option").order_by("rank", "option__position"))
    found = Response.objects.filter(survey=survey).select_related(
        "signature__person", "signature__organisation", "signature__invitation"
    )
    return list(found.prefetch_related(answers).order_by("pk"))
