"""Members, editions and returns as their own actions make them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from eprm.members.models import Member
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.returns.actions import answering, editions, opening, reviewing, submitting
from eprm.returns.actions.answering import Given
from eprm.returns.models import Answer, Edition, Question, Return
from eprm.returns.queries.editions import questions_for
from tests import factories

YEAR = 2025
OPENED = date(2026, 1, 20)
VALUES = {
    Question.Kind.SCALE: {"level": "documented"},
    Question.Kind.NUMBER: {"number": Decimal(4)},
    Question.Kind.PAIR: {"number": Decimal(3), "whole": Decimal(4)},
    Question.Kind.TEXT: {"text": "One goal."},
}


def admit(organisation: Organisation, pillar: str = "supply_chain", fee_class: str = "normal") -> None:
    """The organisation has been a member since 2016; written as the secretariat."""
    Member.objects.create(
        organisation=organisation, pillar=pillar, fee_class=fee_class, since=date(2016, 5, 1), state="active"
    )


def make_member(name: str, pillar: str = "supply_chain", tier: str = "brand", fee_class: str = "normal") -> Person:
    """A manager of a new member organisation. Made as the secretariat."""
    organisation = factories.organisation(name, tier=tier)
    admit(organisation, pillar, fee_class)
    return factories.member("manager", organisation, name.split()[0])


def edition(by: Person, year: int = YEAR) -> Edition:
    """The shipped edition, in force."""
    return editions.put_in_force(editions.begin_edition(year=year, copy_of=None, by=by), by=by)


def open_all(by: Person, year: int = YEAR, on: date = OPENED) -> list[Return]:
    return opening.open_year(year=year, on=on, by=by)


def fill(this: Return, by: Person, **levels: str) -> None:
    """Answer every question, as the member; `levels` by key with _ for -."""
    with acting_for(by, path="test"):
        version = answering.begin_version(this, by=by)
        given = {answer.question_id: answer.revision for answer in version.answers.all()}
        for question in questions_for(this.edition_id, this.pillar, this.tier):
            values = dict(VALUES[question.kind])
            if question.kind == Question.Kind.SCALE:
                values["level"] = levels.get(question.key.replace("-", "_"), levels.get("every", "documented"))
            answering.save_answer(this, question, Given(**values, revision=given.get(question.pk, 0)), by=by)


def send(this: Return, by: Person, **levels: str) -> None:
    fill(this, by, **levels)
    with acting_for(by, path="test"):
        submitting.submit_return(this, by=by)


def close(this: Return, by: Person) -> Return:
    """Closed by the secretariat."""
    with acting_for(by, path="test"):
        return reviewing.close_return(this, by=by)


def address(name, *args):
    """The address of a route of the app."""
    return reverse(f"returns:{name}", args=args)


def told(response):
    """The page on one line, with plain blanks."""
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def answers(scene):
    """What Noor's organisation has answered, by key."""
    with acting_for(scene.noor, path="test"):
        return {a.question.key: a for a in Answer.objects.select_related("question")}


def named(scene, key, **fields):
    """The form's fields of one question."""
    pk = scene.question(key).pk
    return {f"q{pk}-{name}": value for name, value in {"revision": "0", "note": "", **fields}.items()}
