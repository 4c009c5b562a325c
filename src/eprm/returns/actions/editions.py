"""The questionnaire: a new edition, its questions and rules while it is a draft, and putting it in force."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base import locks
from eprm.base.errors import NotAllowed
from eprm.people.models import Person
from eprm.returns import rules
from eprm.returns.models import Edition, Question
from eprm.returns.queries.editions import problems_of, questions_of
from eprm.returns.shipped import shipped_questions, shipped_rules

NOT_COPIED = {"id", "edition"}


@transaction.atomic
def begin_edition(*, year: int, copy_of: Edition | None, by: Person) -> Edition:
    """A draft for a year: a copy of another edition, or what the platform comes with."""
    rules.can_read_returns(by).require()
    locks.hold(f"returns editions {year}")
    newest = Edition.objects.filter(year=year).order_by("-number").first()
    told = shipped_rules(year) if copy_of is None else _rules_of(copy_of, year)
    number = newest.number + 1 if newest else 1
    edition = Edition.objects.create(year=year, number=number, copied_from=copy_of, made_by=by, **told)
    if copy_of is None:
        Question.objects.bulk_create(Question(edition=edition, **each) for each in shipped_questions())
    else:
        Question.objects.bulk_create(_copied(question, edition) for question in questions_of(copy_of))
    return edition


def _rules_of(edition: Edition, year: int) -> dict[str, Any]:
    """Its rules, with the dates moved to the other year."""
    skipped = {"id", "year", "number", "state", "copied_from", "made_at", "made_by", "in_force_at", "in_force_by"}
    told = {f.name: getattr(edition, f.name) for f in Edition._meta.concrete_fields if f.name not in skipped}
    moved = year - edition.year
    for name in ("opens_on", "due_on", "late_on", "close_by"):
        day = told[name]
        told[name] = day.replace(year=day.year + moved, day=28 if (day.month, day.day) == (2, 29) else day.day)
    return told


def _copied(question: Question, edition: Edition) -> Question:
    told = {f.name: getattr(question, f.name) for f in Question._meta.concrete_fields if f.name not in NOT_COPIED}
    return Question(edition=edition, **told)


@transaction.atomic
def change_rules(edition: Edition, *, by: Person, **fields: Any) -> Edition:
    """Change a draft's dates, points and limits."""
    locked = _draft(edition, by)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    return locked


@transaction.atomic
def add_question(edition: Edition, *, by: Person, **fields: Any) -> Question:
    locked = _draft(edition, by)
    _require_key_free(locked, fields["key"])
    return Question.objects.create(edition=locked, **fields)


@transaction.atomic
def change_question(question: Question, *, by: Person, **fields: Any) -> Question:
    locked = _draft(question.edition, by)
    this = Question.objects.get(pk=question.pk)
    if fields.get("key", this.key) != this.key:
        _require_key_free(locked, fields["key"])
    for name, value in fields.items():
        setattr(this, name, value)
    this.save(update_fields=list(fields))
    return this


@transaction.atomic
def remove_question(question: Question, *, by: Person) -> None:
    """Take a question out of a draft; in the editions before it stays."""
    _draft(question.edition, by)
    Question.objects.filter(pk=question.pk).delete()


@transaction.atomic
def put_in_force(edition: Edition, *, by: Person) -> Edition:
    """From now on returns about its year are opened by it; those opened before keep the edition they have."""
    locks.hold(f"returns editions {edition.year}")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    rules.can_put_in_force(by, locked, problems_of(locked)).require()
    Edition.objects.filter(year=locked.year, state=Edition.State.IN_FORCE).update(state=Edition.State.REPLACED)
    locked.state = Edition.State.IN_FORCE
    locked.in_force_at = timezone.now()
    locked.in_force_by = by
    locked.save(update_fields=["state", "in_force_at", "in_force_by"])
    return locked


def _draft(edition: Edition, by: Person) -> Edition:
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    rules.can_change_edition(by, locked).require()
    return locked


def _require_key_free(edition: Edition, key: str) -> None:
    taken = Question.objects.filter(edition=edition, key=key).first()
    if taken is not None:
        raise NotAllowed(
            _("“%(key)s” is the key of another question of this edition: %(question)s")
            % {"key": key, "question": taken}
        )
