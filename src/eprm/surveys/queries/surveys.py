"""Surveys, their questions, and how one person stands to them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from eprm.base.identity import acting_as
from eprm.groups.models import Group, GroupMember
from eprm.groups.queries.groups import member_of, my_group_ids, my_memberships
from eprm.groups.rules import pillar_of
from eprm.people import audiences
from eprm.people.models import Organisation, Person
from eprm.surveys.codes import INVITED, digest_of, read_signed
from eprm.surveys.models import LANGUAGES, Invitation, Option, Participation, Question, Survey
from eprm.ui.languages import second_language
from lode import survey as field
from lode.survey import CHOICES, Kind

JOB = "surveys"
Reader = Person | AnonymousUser
Audience = Survey.Audience


def facilitated(person: Reader) -> list[Group]:
    """The groups the person may make surveys for."""
    found = my_memberships(person).filter(role=GroupMember.Role.FACILITATOR, group__ended_at=None)
    return [member.group for member in found.order_by("group__name")]


def asks(person: Reader) -> Q:
    """The condition that a survey asks the person. Whom a private link asks, the link alone knows."""
    asked = Q(audience=Audience.PUBLIC)
    if not person.is_authenticated:
        return asked
    pillars = [pillar_of(membership.organisation) for membership in person.current_memberships]
    asked |= Q(audience=Audience.SIGNED_IN) | Q(group__in=my_group_ids(person))
    asked |= Q(audience=Audience.PILLARS, pillars__overlap=[pillar for pillar in pillars if pillar])
    if "members" in audiences.keys_of(person):
        asked |= Q(audience=Audience.MEMBERS)
    return asked


def keeps(person: Reader) -> Q:
    """The condition that the person keeps a survey."""
    if not person.is_authenticated:
        return Q(pk=None)
    kept = Q(group__in=[group.pk for group in facilitated(person)])
    return kept | ~Q(audience=Audience.GROUP) if person.is_secretariat else kept


def surveys_visible_to(person: Reader) -> QuerySet[Survey]:
    """What one keeps, is asked, or may read the results of. Those that close last first."""
    seen = keeps(person) | (Q(released_at__isnull=False) & asks(person))
    seen |= Q(shown_at__isnull=False, results_public=True)
    return Survey.objects.filter(seen).select_related("group").order_by("-closes_on", "-pk")


def surveys_of_group(group: Group, person: Reader) -> QuerySet[Survey]:
    """The group's surveys that the person may see, drafts of a facilitator's too."""
    return surveys_visible_to(person).filter(group=group)[:5]


def is_asked(person: Reader, survey: Survey) -> bool:
    return Survey.objects.filter(asks(person), pk=survey.pk).exists()


def open_for(person: Person, day: date) -> QuerySet[Survey]:
    """The open surveys that ask the person and have no answer of theirs, for the number in the head of every page.

    A queryset that asks nothing by itself: that a survey asks the person, the database's own policy says.
    """
    mine = (Audience.SIGNED_IN, Audience.GROUP)
    audiences_asked = mine if person.is_secretariat else (*mine, Audience.PILLARS, Audience.MEMBERS)
    done = Q(person=person) | Q(organisation__in=person.organisation_ids())
    found = Survey.objects.filter(audience__in=audiences_asked, released_at__isnull=False, counted_at=None)
    found = found.filter(opens_on__lte=day, closes_on__gte=day)
    return found.exclude(pk__in=Participation.objects.filter(done).values("survey"))


def member_for(person: Reader, survey: Survey) -> GroupMember | None:
    return member_of(person, survey.group) if survey.group_id is not None else None


def questions_of(survey: Survey) -> list[Question]:
    """Its questions in their order, with their options."""
    options = Prefetch("options", Option.objects.order_by("position", "pk"))
    return list(Question.objects.filter(survey=survey).prefetch_related(options).order_by("position", "pk"))


def rule_of(question: Question) -> field.Question:
    """The question as `lode` judges answers to it; its options are named by their numbers."""
    return field.Question(
        Kind(question.kind),
        question.required,
        tuple(str(option.pk) for option in question.options.all()),
        question.low,
        question.high,
        question.most,
    )


def complete_languages(survey: Survey, questions: Sequence[Question]) -> list[str]:
    """The languages every word of it is written in: it is shown in these alone, never half in another."""
    return [language for language in LANGUAGES if not lacking(survey, questions, language)]


def lacking(survey: Survey, questions: Sequence[Question], language: str) -> list[str]:
    """What is not written in the language: "title", "purpose", or the places of questions."""
    found = [name for name in ("title", "purpose") if not getattr(survey, f"{name}_{language}")]
    for place, question in enumerate(questions, 1):
        texts = [getattr(question, f"text_{language}")]
        texts += [getattr(option, f"label_{language}") for option in question.options.all()]
        helped = any(getattr(question, f"help_{other}") for other in LANGUAGES)
        if helped:
            texts.append(getattr(question, f"help_{language}"))
        if not all(texts):
            found.append(str(place))
    return found


def language_of(survey: Survey, questions: Sequence[Question]) -> str:
    """The reader's language where it is complete, else the first complete one."""
    complete = complete_languages(survey, questions)
    own = second_language()
    return own if own in complete or not complete else complete[0]


def words_of(question: Question, language: str) -> tuple[str, list[str]]:
    """The question and its options in this language, else in one they have."""
    labels = [getattr(option, f"label_{language}") or str(option) for option in question.options.all()]
    return getattr(question, f"text_{language}") or str(question), labels


def is_choice(question: Question) -> bool:
    return Kind(question.kind) in CHOICES


def part_of(survey: Survey, organisation: Organisation | None) -> str:
    """What a sheet keeps of who wrote it: one of pillar, place in the chain and country, as the survey says."""
    if organisation is None:
        return ""
    if survey.counted_by == Survey.Part.PILLAR:
        return pillar_of(organisation)
    return organisation.tier if survey.counted_by == Survey.Part.TIER else organisation.country


def as_reader(linked: bool) -> AbstractContextManager[None]:
    """Read a survey's words past its audience, for whoever a private link or the results' link lets in."""
    return acting_as(None, job=JOB) if linked else nullcontext()


@dataclass(frozen=True, slots=True)
class Linked:
    """What a private link opens."""

    survey: Survey
    invitation: Invitation


def survey_of_link(token: str) -> Linked | None:
    """The survey an invited address's private link opens; None for a link we did not make."""
    with acting_as(None, job=JOB):
        found = Invitation.objects.filter(digest=digest_of(token)).first()
        if found is None and isinstance(number := read_signed(INVITED, token), str):
            found = Invitation.objects.filter(pk=number).first()  # of a reminder: the first link is kept nowhere
        if found is None:
            return None
        survey = Survey.objects.filter(pk=found.survey_id, released_at__isnull=False).first()
        return Linked(survey, found) if survey is not None else None


def survey_of_results(pk: int) -> Survey | None:
    """A survey whose results are shown, for whoever holds the link of the mail."""
    with acting_as(None, job=JOB):
        return Survey.objects.filter(pk=pk, shown_at__isnull=False).first()
