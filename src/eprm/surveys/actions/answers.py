"""Answering: drafts, sending, changing until the close.

That a voice has answered and what a sheet says are written apart, and nothing of either names the other, unless the
survey is by name. A sheet is found again by the code that its form carried; the same form sent twice is one sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eprm.base import limits
from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.locks import hold
from eprm.surveys import rules
from eprm.surveys.codes import digest_of, read_code
from eprm.surveys.models import Answer as AnswerRow
from eprm.surveys.models import Draft, Participation, Question, Response, Signature, Survey, Wish
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice, Written, counting_lock, has_taken_part, signed_marks
from lode.survey import Answer, Kind

JOB = queries.JOB
# Sheets of visitors in an hour, for one survey: more are no longer people.
VISITORS = limits.Limit("surveys-visitors", 300, 3600)


def save_draft(*, survey: Survey, voice: Voice, written: Written) -> None:
    """Keep what is written so far for this person or invited address alone.

    Once an anonymous sheet is sent nothing is kept any more: a draft that comes late would say who wrote it.
    """
    rules.can_answer(survey, timezone.localdate()).require()
    if voice.person is None and voice.invitation is None:
        raise NotAllowed(_("Without an account nothing is kept until you send it. Sign in to go on later."))
    key = {"invitation": voice.invitation} if voice.invitation is not None else {"person": voice.person}
    with acting_as(None, job=JOB):
        hold(voice.lock(survey))
        if not survey.by_name and has_taken_part(survey, voice):
            return
        Draft.objects.update_or_create(survey=survey, **key, defaults={"written": written})


def send_sheet(
    *,
    survey: Survey,
    voice: Voice,
    answers: Mapping[Question, Answer],
    code: str,
    part: str = "",
    email: str = "",
) -> None:
    """Send a sheet, or change one that was sent, found by its code or, by name, by its voice.

    `part` is what a visitor or an invited address says of itself; of a person it is what their organisation is.
    `email` is where to tell of the results.
    """
    rules.can_answer(survey, timezone.localdate()).require()
    if voice.person is not None and survey.voice == Survey.Voice.ORGANISATION:
        rules.can_answer_for(voice.person, voice.organisation).require()
    code = read_code(code)
    if not code:
        raise NotAllowed(_("The form has lost its code. Open the survey again; what you had kept is still there."))
    if email:
        validate_email(email)
    if voice.person is not None:
        part = queries.part_of(survey, voice.organisation)
    with acting_as(None, job=JOB):
        key = voice.key(survey)
        hold(voice.lock(survey, code))
        # Many send at once; whoever counts waits for them and they for the count. Then it is read again.
        hold(counting_lock(survey.pk), shared=True)
        survey = Survey.objects.get(pk=survey.pk)
        rules.can_answer(survey, timezone.localdate()).require()
        response = _sheet(survey, voice, key, code)
        response.part = part
        response.save()
        _write(response, answers)
        if key:
            Draft.objects.filter(survey=survey, **_drafted(voice)).delete()
        if email:
            Wish.objects.get_or_create(
                survey=survey, email=email.strip().lower(), defaults={"language": get_language() or "en"}
            )


def _drafted(voice: Voice) -> dict[str, object]:
    return {"invitation": voice.invitation} if voice.invitation is not None else {"person": voice.person}


def _sheet(survey: Survey, voice: Voice, key: dict[str, object], code: str) -> Response:
    """The sheet to write on: the one this form made before, or by name this voice's, or a new one."""
    found = Response.objects.filter(survey=survey, digest=digest_of(code)).first()
    if found is None and survey.by_name and key:
        marks = signed_marks(survey, voice)
        signature = Signature.objects.filter(survey=survey, **marks).select_related("response").first()
        found = signature.response if signature is not None else None
    if found is not None:
        return found
    if has_taken_part(survey, voice):
        raise NotAllowed(_already(survey))
    if not key and (wait := limits.take(VISITORS, survey.pk)) is not None:
        raise limits.TooMany(_("Very many answers came in this hour. Try again in an hour, or sign in first."), wait)
    response = Response.objects.create(survey=survey, digest=digest_of(code), with_account=voice.person is not None)
    if key:
        Participation.objects.create(survey=survey, **key)
    if survey.by_name:
        Signature.objects.create(
            response=response,
            survey=survey,
            person=voice.person,
            organisation=voice.organisation,
            invitation=voice.invitation,
        )
    return response


def _already(survey: Survey) -> str:
    if survey.voice == Survey.Voice.ORGANISATION:
        return _("Your organisation has answered this survey. Whoever sent the answer can change it with its code.")
    return _("You have answered this survey. Change your answer with the code you were given.")


def _write(response: Response, answers: Mapping[Question, Answer]) -> None:
    AnswerRow.objects.filter(response=response).delete()
    rows = []
    for question, answer in answers.items():
        facts = {"survey_id": response.survey_id, "response": response, "question": question}
        if answer.options:
            ranked = question.kind == Kind.RANKING
            rows += [
                AnswerRow(**facts, option_id=int(option), rank=place if ranked else None)
                for place, option in enumerate(answer.options, 1)
            ]
        elif not answer.is_empty:
            rows.append(AnswerRow(**facts, number=answer.number, text=answer.text))
    AnswerRow.objects.bulk_create(rows)
