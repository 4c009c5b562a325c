"""The questionnaire: its editions, what they ask of whom, and how two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from eprm.people.models import Organisation, Person
from eprm.returns.models import Edition, Question
from lode import oecd

# What of a question may differ between two editions, in the order in which it is told.
COMPARED = (
    *("text", "text_fr", "text_es", "help", "help_fr", "help_es", "evidence", "evidence_fr", "evidence_es"),
    *("step", "part", "pillar", "tiers", "kind", "unit", "weight", "short_form", "may_not_apply", "public", "prefill"),
    *("source", "verified"),
)
RULES = (
    *("opens_on", "due_on", "late_on", "close_by", "points_planned", "points_in_place", "points_documented"),
    *("least_answered", "most_not_applicable", "weight_1", "weight_2", "weight_3", "weight_4", "weight_5"),
    *("least_group", "source"),
)


def editions_visible_to(person: Person) -> QuerySet[Edition]:
    """All editions for the secretariat; those that are or were in force for everybody. Newest first."""
    found = Edition.objects.annotate(questions_count=Count("questions")).order_by("-year", "-number")
    return found if person.is_secretariat else found.exclude(state=Edition.State.DRAFT)


def edition_in_force(year: int) -> Edition | None:
    """The edition by which returns about the year are opened."""
    return Edition.objects.filter(year=year, state=Edition.State.IN_FORCE).first()


def questions_of(edition: Edition) -> list[Question]:
    """All questions, by pillar, step and position."""
    return list(Question.objects.filter(edition=edition).order_by("pillar", "step", "position", "pk"))


def question_rows(edition: Edition) -> QuerySet[Question]:
    """All questions of an edition, for a table."""
    return Question.objects.filter(edition=edition).order_by("pillar", "step", "position", "pk")


def questions_visible_to(person: Person) -> QuerySet[Question]:
    """The questions of the editions the person may see."""
    return Question.objects.filter(edition__in=editions_visible_to(person).values("pk")).select_related("edition")


def years_in_force() -> list[int]:
    """The years with an edition in force, newest first."""
    found = Edition.objects.filter(state=Edition.State.IN_FORCE)
    return list(found.order_by("-year").values_list("year", flat=True))


def questions_for(edition_id: int, pillar: str, tier: str) -> list[Question]:
    """What the edition asks an organisation of this pillar and place in the chain, in order."""
    asked = Question.objects.filter(edition=edition_id, pillar=pillar).order_by("step", "position", "pk")
    return [question for question in asked if not question.tiers or tier in question.tiers]


def problems_of(edition: Edition) -> list[str]:
    """What stands against putting it in force, a sentence each."""
    asked = Counter(Question.objects.filter(edition=edition).values_list("pillar", flat=True))
    said = [
        _("It asks nothing of the pillar “%(pillar)s”.") % {"pillar": pillar.label}
        for pillar in Organisation.Pillar
        if not asked[pillar.value]
    ]
    scored = Question.objects.filter(edition=edition, weight__gt=0)
    lacking = {step.key for step in oecd.steps()} - set(scored.values_list("step", flat=True))
    said += [_("No question of step %(step)s is scored.") % {"step": step} for step in sorted(lacking)]
    if not 0 <= edition.points_planned <= edition.points_in_place <= edition.points_documented <= 100:
        said.append(
            _("The points must rise: planned %(planned)d, in place %(in_place)d, documented %(documented)d.")
            % {
                "planned": edition.points_planned,
                "in_place": edition.points_in_place,
                "documented": edition.points_documented,
            }
        )
    return said


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a question or of the rules: its name, what stood there, what stands there now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """`kind` is "new", "gone" or "changed"; a new or gone question has no `fields`."""

    question: Question
    kind: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions."""

    rules: tuple[FieldChange, ...]
    questions: tuple[QuestionChange, ...]
    same: int


def compare(before: Edition, after: Edition) -> Comparison:
    """Questions are held against each other by their key. Three queries at most."""
    old = {question.key: question for question in questions_of(before)}
    new = {question.key: question for question in questions_of(after)}
    changes = [QuestionChange(new[key], "new") for key in new if key not in old]
    changes += [QuestionChange(old[key], "gone") for key in old if key not in new]
    both = [key for key in new if key in old]
    changes += [
        QuestionChange(new[key], "changed", fields)
        for key in both
        if (fields := _differing(old[key], new[key], COMPARED))
    ]
    same = len(both) - sum(change.kind == "changed" for change in changes)
    return Comparison(_differing(before, after, RULES), tuple(changes), same)


def _differing(before: Edition | Question, after: Edition | Question, names: Iterable[str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(str(after._meta.get_field(name).verbose_name), _told(before, name), _told(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    )


def _told(row: Edition | Question, name: str) -> str:
    value = getattr(row, name)
    shown = getattr(row, f"get_{name}_display", None)
    if callable(shown) and not isinstance(value, list):
        return str(shown())
    return ", ".join(value) if isinstance(value, list) else str(value)
