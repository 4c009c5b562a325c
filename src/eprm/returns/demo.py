"""The demo's part: eight members with three years of returns, and this year's at every point of its way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zlib import crc32

from django.utils import timezone

from eprm.members.actions import admit
from eprm.members.models import FeeClass
from eprm.members.queries import member_on
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.returns.actions import answering, editions, opening, publishing, reviewing, submitting
from eprm.returns.actions.answering import Given
from eprm.returns.models import Comment, Edition, Question, Return
from eprm.returns.queries.editions import edition_in_force, questions_for
from eprm.returns.queries.figures import newest_publication, versions_to_count
from eprm.returns.queries.returns import organisations_with_return, people_to_remind
from lode.progress import LADDER, Level

Pillar = Organisation.Pillar
YEARS = 3
OTHERS_START = 2.0
# Who signs in, the pillar and fee class where the membership's own demo has not admitted it yet, and how far it was in
# the first of the three years, from 0 (nothing) to 4 (all reviewed). Each year brings about half a level.
MEMBERS = (
    ("noor", Pillar.SUPPLY_CHAIN, FeeClass.BASIC, 1.4),
    ("jonas", Pillar.SUPPLY_CHAIN, FeeClass.STRATEGIC, 2.6),
    ("petra", Pillar.SUPPLY_CHAIN, FeeClass.NORMAL, 1.9),
    ("uwe", Pillar.SUPPLY_CHAIN, FeeClass.NORMAL, 2.2),
    ("eva", Pillar.SUPPLY_CHAIN, FeeClass.NORMAL, 2.4),
    ("marieke", Pillar.CIVIL_SOCIETY, FeeClass.CAPACITY, 2.0),
    ("olivier", Pillar.CIVIL_SOCIETY, FeeClass.CAPACITY, 1.7),
    ("hugo", Pillar.GOVERNMENT, FeeClass.AGREED, 2.3),
)
# Where this year's return stands, by who signs in; the others' are closed.
THIS_YEAR = {"noor": "half", "petra": "sent", "uwe": "asked", "olivier": "open"}
TEXTS = {
    "goals": "Ask every supplier of tin twice, publish the report by June, and visit one smelter.",
    "did-not-work": "Two suppliers answered with a list copied from a competitor.",
    "gov-goals": "Publish the results of all inspections we finance.",
    "cso-goals": "Confirm every incident by a second source before it is told.",
}


def make(*, seed: int, scale: int, password: str) -> None:
    """Three years for these eight, and for whoever else was a member. What is there already stays."""
    femke, this_year = person("femke"), timezone.localdate().year
    with acting_for(femke, path="demo"):
        for address, pillar, fee_class, _start in MEMBERS:
            _admit(person(address), pillar, fee_class, femke, this_year)
    for number, year in enumerate(range(this_year - YEARS, this_year)):
        with acting_for(femke, path="demo"):
            edition = edition_in_force(year) or _edition(year, femke)
            known = organisations_with_return(year)
            opening.open_year(year=year, on=edition.opens_on, by=femke)
            opened = {
                r.organisation_id: r for r in Return.objects.filter(year=year).select_related("organisation", "edition")
            }
        told = {person(address).organisation_ids()[0]: (address, start) for address, _pillar, _fee, start in MEMBERS}
        for organisation_id, this in opened.items():
            address, start = told.get(organisation_id, ("", OTHERS_START))
            people = people_to_remind(this.organisation)
            if organisation_id not in known and people:
                way = THIS_YEAR.get(address, "closed") if year == this_year - 1 else "closed"
                _return(this, people[0], femke, start + number / 2, seed, way)
        with acting_for(femke, path="demo"):
            closed = versions_to_count(year)
            if len(closed) >= publishing.least_of(closed) and newest_publication(year) is None:
                publishing.publish_figures(year=year, note="", by=femke)


def _admit(who: Person, pillar: str, fee_class: str, femke: Person, this_year: int) -> None:
    organisation = who.current_memberships[0].organisation
    if (
        member_on(organisation.pk, date(this_year - YEARS, 12, 31)) is None
        and member_on(organisation.pk, timezone.localdate()) is None
    ):
        since = date(this_year - YEARS - 1, 3, 1)
        admit(organisation, pillar=pillar, fee_class=fee_class, reason="Demo", by=femke, on=since)


def _edition(year: int, femke: Person) -> Edition:
    before = edition_in_force(year - 1)
    return editions.put_in_force(editions.begin_edition(year=year, copy_of=before, by=femke), by=femke)


def _return(this: Return, who: Person, femke: Person, stage: float, seed: int, way: str) -> None:
    if way == "open":
        return
    with acting_for(who, path="demo"):
        answering.begin_version(this, by=who)
        asked = questions_for(this.edition_id, this.pillar, this.tier)
        if way == "half":
            asked = [question for question in asked if question.step in "12"]
        day = date(this.year + 1, 3, 20)
        given = {question: _given(question, stage, seed + this.organisation_id, day) for question in asked}
        answering.save_answers(this, given, by=who)
        if way == "half":
            return
        submitting.submit_return(this, by=who, at=_at(this.year + 1, 4, 22))
    if way != "sent":
        with acting_for(femke, path="demo"):
            _read(this, femke, way)


def _read(this: Return, femke: Person, way: str) -> None:
    asked = {question.key: question for question in questions_for(this.edition_id, this.pillar, this.tier)}
    advice = asked.get("red-flags") or next(iter(asked.values()))
    words = "Good and plain. Next year, say for one chain which flags you looked at."
    reviewing.comment_on(this, advice, category=Comment.Category.ADVICE, text=words, by=femke)
    if way == "asked":
        question = asked.get("plans") or advice
        words = "You name no risk that was treated. Does this answer mean that none was found?"
        reviewing.comment_on(this, question, category=Comment.Category.QUESTION, text=words, by=femke)
        reviewing.send_back(this, on=timezone.localdate(), by=femke)
    else:
        reviewing.close_return(this, by=femke, at=_at(this.year + 1, 6, 12))


def _given(question: Question, stage: float, seed: int, day: date) -> Given:
    """An answer about as far as the stage says, now a level more, now one less: the same seed gives the same."""
    turn = crc32(f"{seed} {question.key}".encode()) % 5 - 2
    match question.kind:
        case Question.Kind.SCALE:
            level = LADDER[max(0, min(len(LADDER) - 1, round(stage + turn / 2)))]
            return Given(level=level.value, reviewed_on=day if level is Level.REVIEWED else None)
        case Question.Kind.NUMBER:
            return Given(number=Decimal(max(0, round(stage * 4) + turn)))
        case Question.Kind.PAIR:
            whole = 8 + turn
            return Given(number=Decimal(min(whole, round(whole * stage / 4))), whole=Decimal(whole))
        case _:
            return Given(text=TEXTS.get(question.key, "See the report of the year."))


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)
