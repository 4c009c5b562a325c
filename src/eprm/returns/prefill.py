"""What is offered as an answer: last year's, and what the platform knows of the organisation's own due diligence.

Each suggestion says where it comes from and of which day. It is an offer: only the member's act makes it an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eprm.diligence.company.queries.answers import AnswerStates, answer_states, answers_given
from eprm.diligence.company.queries.risks import risk_facts
from eprm.diligence.company.queries.smelters import NamedSmelter, smelters_named
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import Report
from eprm.diligence.queries.decisions import decisions_visible_to
from eprm.diligence.reports.queries import reports_visible_to
from eprm.people.models import Person
from eprm.returns.models import Answer, Question, Return
from eprm.returns.queries.answers import last_answers
from eprm.returns.scoring import is_answered
from eprm.ui.words import day, number
from lode.progress import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An offered answer. `source` says in words what it rests on."""

    origin: str
    source: str
    level: str = ""
    reviewed_on: date | None = None
    number: Decimal | None = None
    whole: Decimal | None = None
    text: str = ""

    def values(self) -> dict[str, object]:
        """As an answer holds it."""
        told = {"level": self.level, "reviewed_on": self.reviewed_on, "number": self.number, "whole": self.whole}
        return {**told, "text": self.text, "note": ""}

    @property
    def said(self) -> str:
        """The answer in words."""
        if self.level:
            return str(dict(Answer._meta.get_field("level").choices)[self.level])
        if self.number is not None and self.whole is not None:
            return _("%(part)s of %(whole)s") % {"part": number(self.number), "whole": number(self.whole)}
        return self.text if self.number is None else number(self.number)


class Known:
    """What the platform knows of one organisation's year; each fact is read once, and only if a question needs it."""

    def __init__(self, this: Return, person: Person) -> None:
        self.on = min(timezone.localdate(), date(this.year, 12, 31))
        self.view = CompanyYear(person, this.organisation, this.year, self.on)

    @cached_property
    def states(self) -> AnswerStates:
        return answer_states(self.view)

    @cached_property
    def smelters(self) -> list[NamedSmelter]:
        return smelters_named(self.view)

    def source(self, what: str) -> str:
        return _("%(what)s on this platform about %(year)d, as of %(day)s") % {
            "what": what,
            "year": self.view.year,
            "day": day(self.on),
        }


def _pair(known: Known, part: int, whole: int, what: str) -> Suggestion | None:
    if not whole:
        return None
    return Suggestion(
        origin=Answer.Origin.PLATFORM, source=known.source(what), number=Decimal(part), whole=Decimal(whole)
    )


def _suppliers(known: Known) -> Suggestion | None:
    return _pair(known, known.states.accepted, known.states.suppliers, _("Enquiries and accepted declarations"))


def _smelters(known: Known) -> Suggestion | None:
    assessed = sum(smelter.standing.key == "conformant" for smelter in known.smelters)
    return _pair(known, assessed, len(known.smelters), _("Smelters in accepted declarations and their schemes’ lists"))


def _policies(known: Known) -> Suggestion | None:
    """The company-level question A of the CMRT asks whether the supplier has a policy."""
    given = [count for count in answers_given(known.view) if count.question == "A"]
    yes = sum(count.declarations for count in given if count.value.casefold().startswith("yes"))
    return _pair(known, yes, sum(count.declarations for count in given), _("Suppliers’ answers about their own policy"))


def _risks(known: Known) -> Suggestion | None:
    if not known.states.accepted:
        return None
    return Suggestion(
        origin=Answer.Origin.PLATFORM,
        source=known.source(_("Risks in accepted declarations")),
        number=Decimal(len(risk_facts(known.view))),
    )


def _documented(known: Known, what: str) -> Suggestion:
    return Suggestion(origin=Answer.Origin.PLATFORM, source=known.source(what), level=Level.DOCUMENTED.value)


def _report(known: Known) -> Suggestion | None:
    kept = reports_visible_to(known.view.person, known.view.organisation).filter(year=known.view.year)
    count = kept.filter(kind=Report.Kind.PUBLIC).count()
    said = ngettext("%(n)d public report kept", "%(n)d public reports kept", count) % {"n": count}
    return _documented(known, said) if count else None


def _chain(known: Known) -> Suggestion | None:
    count = len(known.smelters)
    said = ngettext("%(n)d smelter named", "%(n)d smelters named", count) % {"n": count}
    return _documented(known, said) if count else None


def _records(known: Known) -> Suggestion | None:
    count = known.states.accepted
    said = ngettext("%(n)d accepted declaration kept", "%(n)d accepted declarations kept", count) % {"n": count}
    return _documented(known, said) if count else None


def _decisions(known: Known) -> Suggestion | None:
    """Somebody who decides names one by one judges smelter by smelter."""
    made = decisions_visible_to(known.view.person).filter(organisation=known.view.organisation, superseded_by=None)
    count = made.filter(decided_at__date__lte=known.on, decided_at__year=known.view.year).count()
    said = ngettext("%(n)d name decided with a reason", "%(n)d names decided with a reason", count) % {"n": count}
    return _documented(known, said) if count else None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the platform can suggest: what it is called to the secretariat, and how it is known."""

    label: str | Promise
    find: Callable[[Known], Suggestion | None]


# The keys stand in `Question.prefill`.
FACTS = {
    "suppliers_answered": Fact(gettext_lazy("suppliers answered, of those asked"), _suppliers),
    "smelters_assessed": Fact(gettext_lazy("smelters assessed, of those named"), _smelters),
    "suppliers_with_policy": Fact(gettext_lazy("suppliers with a policy, of those that answered"), _policies),
    "risks_found": Fact(gettext_lazy("risks found"), _risks),
    "report_kept": Fact(gettext_lazy("a public report is kept"), _report),
    "smelters_named": Fact(gettext_lazy("smelters are named"), _chain),
    "declarations_kept": Fact(gettext_lazy("declarations are kept"), _records),
    "names_decided": Fact(gettext_lazy("names are decided with reasons"), _decisions),
}


def suggestions_for(this: Return, questions: Sequence[Question], person: Person) -> dict[int, list[Suggestion]]:
    """What is offered for each of these questions, by the question's number: the platform's first."""
    known, last = Known(this, person), last_answers(this)
    found: dict[int, list[Suggestion]] = {}
    for question in questions:
        offers = []
        if question.prefill in FACTS and (offer := FACTS[question.prefill].find(known)) is not None:
            offers.append(offer)
        before = last.get(question.key)
        if before is not None and is_answered(before) and before.question.kind == question.kind:
            offers.append(_as_last_year(before, this.year - 1))
        if offers:
            found[question.pk] = offers
    return found


def _as_last_year(answer: Answer, year: int) -> Suggestion:
    return Suggestion(
        origin=Answer.Origin.LAST_YEAR,
        source=_("Your return about %(year)d") % {"year": year},
        level=answer.level,
        reviewed_on=answer.reviewed_on,
        number=answer.number,
        whole=answer.whole,
        text=answer.text,
    )
