"""Applications: who may see them, what they answer, what is missing, and the fee class they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from eprm.members import lifecycle
from eprm.members.models import (
    Answer,
    Application,
    Comment,
    Evidence,
    FeeClass,
    Member,
    Question,
    Screening,
    Signature,
    Text,
)
from eprm.members.models.editions import said
from eprm.members.queries import dated
from eprm.people.models import Organisation, Person
from eprm.reference.screening import Sanctions, sanctions
from lode import enterprise
from lode.membership import Fee, fee_for

Kind = Question.Kind
SIGNED_IN_FORM = (Text.Kind.SANCTIONS, Text.Kind.GUIDELINES, Text.Kind.PRIVACY)
# The pages of an application that no edition of the forms asks: the figures behind the fee, and what is signed.
SIZE, DECLARATIONS = "size", "declarations"
# The question that names owners, board and management.
OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Gap:
    """What still is to be answered before the application can be sent, and on which page."""

    part: str
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answered question, as it is shown."""

    question: Question
    value: str
    evidence: tuple[Evidence, ...]
    comments: tuple[Comment, ...]


def applications_visible_to(person: Person) -> QuerySet[Application]:
    """One's own organisation's; those that were sent, for the secretariat and the board."""
    own = Q(organisation__in=person.organisation_ids())
    if person.is_secretariat or person.board_seat is not None:
        own |= ~Q(state=lifecycle.DRAFT)
    return Application.objects.filter(own).select_related("organisation", "edition").order_by("-submitted_at", "-pk")


def application_of(organisation: Organisation) -> Application | None:
    """The organisation's running application, or its last one."""
    found = Application.objects.filter(organisation=organisation).select_related("organisation", "edition")
    running = found.filter(state__in=lifecycle.OPEN).first()
    return running or found.order_by("-started_at").first()


def answers_of(application: Application) -> dict[str, str]:
    """The answers by the keys of their questions."""
    found = Answer.objects.filter(application=application).select_related("question")
    return {answer.question.key: answer.value for answer in found if answer.value}


def evidence_visible_to(person: Person) -> QuerySet[Evidence]:
    return Evidence.objects.filter(application__in=applications_visible_to(person)).select_related(
        "application", "question"
    )


def given_in(application: Application, person: Person) -> dict[str, list[Given]]:
    """By part of the form what was answered, as far as the person may see it."""
    answers = answers_of(application)
    files, comments = _by_question(application.evidence.all()), _by_question(comments_for(application, person))
    shown = [
        question
        for question in dated.questions_of(application.edition, application.pillar)
        if may_see(question, application, person) and dated.is_asked(question, answers)
    ]
    return {
        part: [
            Given(q, value_in_words(q, answers.get(q.key, "")), files.get(q.pk, ()), comments.get(q.pk, ()))
            for q in questions
        ]
        for part, questions in dated.by_section(shown).items()
    }


def _by_question(rows: object) -> dict[int, tuple]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(row)
    return {key: tuple(values) for key, values in found.items()}


def may_see(question: Question, application: Application, person: Person) -> bool:
    """The board does not see what is the secretariat's alone, such as the owners' names."""
    if person.is_secretariat or application.organisation_id in person.organisation_ids():
        return True
    return question.visible_to != Question.VisibleTo.SECRETARIAT


def comments_for(application: Application, person: Person) -> list[Comment]:
    """The open comments: for the secretariat, and for the applicant once the application was sent back."""
    is_theirs = application.organisation_id in person.organisation_ids() and application.state == lifecycle.RETURNED
    if not (person.is_secretariat or is_theirs):
        return []
    return list(Comment.objects.filter(application=application, settled_at=None).select_related("made_by"))


def value_in_words(question: Question, value: str) -> str:
    """The answer as it is read: the labels of the chosen choices."""
    if question.kind not in (Kind.CHOICE, Kind.CHOICES):
        return value
    words = {choice["key"]: said(choice) for choice in question.choices}
    return ", ".join(words.get(key, key) for key in value.split("\n") if key)


def gaps_of(application: Application) -> list[Gap]:
    """What is still missing, in the order of the form."""
    answers = answers_of(application)
    filed = set(application.evidence.values_list("question_id", flat=True))
    gaps = []
    for question in dated.questions_of(application.edition, application.pillar):
        if not question.required or not dated.is_asked(question, answers):
            continue
        given = question.pk in filed if question.kind == Kind.FILE else bool(answers.get(question.key))
        if not given:
            gaps.append(Gap(question.section.key, str(question), question.key))
    if application.pillar == Organisation.Pillar.SUPPLY_CHAIN and _lacks_figures(application):
        gaps.append(Gap(SIZE, "figures"))
    signed = set(signatures_of(application).values_list("text__kind", flat=True))
    gaps += [Gap(DECLARATIONS, str(Text.Kind(kind).label)) for kind in SIGNED_IN_FORM if kind not in signed]
    return gaps


def _lacks_figures(application: Application) -> bool:
    if application.is_association or application.chosen_class == FeeClass.STRATEGIC:
        return False
    return not application.figures.filter(staff__isnull=False).exists()


def signatures_of(application: Application) -> QuerySet[Signature]:
    return Signature.objects.filter(application=application).select_related("text", "signed_by").order_by("signed_at")


def size_of(application: Application, on: date) -> enterprise.SizeFinding:
    """The applicant's size by its figures and the ceilings of the day. Holdings count in every year it gave."""
    holdings = tuple(
        enterprise.Holding(one.name, one.percent, enterprise.Figures(one.staff, one.turnover, one.balance_sheet))
        for one in application.holdings.all()
    )
    years = [
        enterprise.Year(one.year, enterprise.Figures(one.staff, one.turnover, one.balance_sheet), holdings)
        for one in application.figures.all()
        if one.staff is not None or one.turnover is not None or one.balance_sheet is not None
    ]
    return enterprise.size_of(years, dated.ceilings_on(on), public_percent=application.public_percent)


def fee_of(application: Application, on: date) -> Fee | None:
    """The fee class the application leads to on a day, with its reasons."""
    is_company = application.pillar == Organisation.Pillar.SUPPLY_CHAIN
    return fee_for(
        application.pillar,
        on,
        dated.fee_rules(),
        size=size_of(application, on) if is_company else None,
        is_association=application.is_association,
        chosen=application.chosen_class,
    )


def to_check_for(person: Person) -> tuple[QuerySet[Application], ...]:
    """The applications that wait for the secretariat's check, where the person works for it."""
    return (Application.objects.filter(state=lifecycle.SUBMITTED),) if person.is_secretariat else ()


def names_to_screen(application: Application) -> list[str]:
    """The organisation and whoever it named as owner, board or management."""
    return names_in(application.organisation, answers_of(application).get(OWNERS, ""))


def names_in(organisation: Organisation, owners: str) -> list[str]:
    """The organisation, then the owners, one a line as they were answered."""
    return [organisation.name, *(line.strip() for line in owners.splitlines() if line.strip())]


def found_on_lists(application: Application) -> list[dict[str, Any]]:
    """The listed parties that each of the application's names could be, by the lists the platform holds today."""
    return hits_of(sanctions(), names_to_screen(application), application.organisation.country)


def hits_of(lists: Sanctions, names: Sequence[str], country: str) -> list[dict[str, Any]]:
    """The listed parties that the names could be; the first is the organisation's, which is of `country`."""
    organisation, *people = names
    asked = [(organisation, country), *((name, "") for name in people)]
    return [{"asked": name, **hit} for name, country in asked for hit in lists.hits(name, country)]


def screenings_of(application: Application) -> QuerySet[Screening]:
    return Screening.objects.filter(application=application).select_related("decided_by")


def joined_member(application: Application) -> Member | None:
    """The membership the application led to."""
    return Member.objects.filter(organisation=application.organisation_id).order_by("-since").first()


def comments_visible_to(person: Person) -> QuerySet[Comment]:
    """The open comments on applications the person may see, for the secretariat."""
    found = Comment.objects.filter(settled_at=None, application__in=applications_visible_to(person))
    return found if person.is_secretariat else found.none()
