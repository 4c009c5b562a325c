"""Sheets and answers: read by the job alone, and handed only to whoever may have them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet

from eprm.base.identity import acting_as
from eprm.people.models import Organisation, Person
from eprm.surveys.codes import digest_of
from eprm.surveys.models import Answer, Draft, Excerpt, Invitation, Participation, Question, Response, Signature, Survey
from eprm.surveys.queries.surveys import JOB
from lode.survey import LEAST, TEXTS, Kind

Written = dict[str, list[str]]


def counting_lock(pk: int) -> str:
    """Held shared by whoever sends a sheet, and alone by whoever counts."""
    return f"survey-count:{pk}"


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

    def marks(self, survey: Survey) -> dict[str, object]:
        """The same as a condition: an organisation is also known by those that were merged into it."""
        key = self.key(survey)
        if key.get("organisation") is not None and self.organisation is not None:
            return {"organisation__in": self.organisation.ids}
        return key

    def lock(self, survey: Survey, code: str = "") -> str:
        """What two deeds of the same voice wait for."""
        whose = [(name, value.pk) for name, value in sorted(self.key(survey).items()) if isinstance(value, Model)]
        return f"survey:{survey.pk}:{whose or code}"


def has_taken_part(survey: Survey, voice: Voice) -> bool:
    """Whether this voice has answered. Never true of a visitor, who is nobody here."""
    if not (marks := voice.marks(survey)):
        return False
    with acting_as(None, job=JOB):
        return Participation.objects.filter(survey=survey, **marks).exists()


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was sent, as a form would send it, and what its writer said of itself."""

    written: Written
    part: str


def sheet_of_code(survey: Survey, code: str) -> Sheet | None:
    """The sheet this code was given for; None for a code of no sheet here."""
    with acting_as(None, job=JOB):
        response = Response.objects.filter(survey=survey, digest=digest_of(code)).first() if code else None
        return Sheet(_written(response), response.part) if response is not None else None


def sheet_signed_by(survey: Survey, voice: Voice) -> Sheet | None:
    """In a survey by name, the sheet this voice has sent."""
    if not survey.by_name or not (marks := signed_marks(survey, voice)):
        return None
    with acting_as(None, job=JOB):
        found = Signature.objects.filter(survey=survey, **marks).select_related("response").first()
        return Sheet(_written(found.response), found.response.part) if found is not None else None


def signed_marks(survey: Survey, voice: Voice) -> dict[str, object]:
    """The condition on a signature, which names the organisation also where the person answers."""
    return {name: value for name, value in voice.marks(survey).items() if value is not None}


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


def texts_of(survey: Survey, pk: object = None) -> list[Words]:
    """All text answers, or the one of this number, in no order that means anything. For the keeper, once counted.

    Of an anonymous survey that fewer than five answered, none: they would be told from each other.
    """
    kinds = [kind.value for kind in TEXTS]
    with acting_as(None, job=JOB):
        if not survey.by_name and Response.objects.filter(survey=survey).count() < LEAST:
            return []
        found = Answer.objects.filter(survey=survey, question__kind__in=kinds).exclude(text="")
        if pk is not None:
            found = found.filter(pk=pk)
        questions = {question.pk: question for question in Question.objects.filter(survey=survey)}
        rows = found.order_by("question__position", "pk").values_list("pk", "question_id", "text")
        return [Words(pk, questions[question], text) for pk, question, text in rows]


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
