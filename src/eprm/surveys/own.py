"""What surveys know about a person: the copy they may take, its erasure, and how long others' addresses are kept."""

from __future__ import annotations

from eprm.base.identity import acting_as
from eprm.people.models import Person
from eprm.surveys.models import Draft, Invitation, Participation, Signature, Wish
from eprm.surveys.queries.surveys import JOB


def export_surveys(person_id: int) -> list[dict[str, object]]:
    """Where the person took part, what they answered by name, and what they have not sent yet.

    What they answered anonymously nobody can find, so it is not here.
    """
    with acting_as(person_id, job=JOB):
        rows: list[dict[str, object]] = [
            {"what": "took part", "survey": str(each.survey)}
            for each in Participation.objects.filter(person=person_id).select_related("survey")
        ]
        for signature in Signature.objects.filter(person=person_id).select_related("survey", "response"):
            answers = signature.response.answers.select_related("question", "option").order_by("question__position")
            rows += [
                {
                    "what": "answered by name",
                    "survey": str(signature.survey),
                    "question": str(each.question),
                    "answer": str(each.option or each.text or each.number),
                }
                for each in answers
            ]
        drafts = Draft.objects.filter(person=person_id).select_related("survey")
        rows += [{"what": "not sent yet", "survey": str(each.survey), "written": each.written} for each in drafts]
    return rows


def erase_surveys(person_id: int) -> None:
    """Take the person out; what they answered stays in the count, and by name no more."""
    with acting_as(None, job=JOB):
        email = Person.objects.filter(pk=person_id).values_list("email", flat=True).first() or ""
        Draft.objects.filter(person=person_id).delete()
        Signature.objects.filter(person=person_id).delete()
        Participation.objects.filter(person=person_id).update(person=None)
        Wish.objects.filter(email__iexact=email).delete()
        Invitation.objects.filter(email__iexact=email).update(email="")
