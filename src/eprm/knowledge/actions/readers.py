"""What readers do: suggest, rate, keep their five answers, answer a quiz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from eprm.base.errors import NotAllowed, Overtaken
from eprm.knowledge import rules
from eprm.knowledge.models import (
    PersonalStart,
    QuizQuestion,
    Rating,
    Resource,
    Suggestion,
    UnitDone,
    UnitPage,
)
from eprm.people.models import Person

MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of a quiz with the option chosen, 0 where none was."""

    question: QuizQuestion
    chosen: int

    @property
    def is_right(self) -> bool:
        return self.chosen == self.question.answer

    @property
    def right_words(self) -> str:
        return dict(self.question.choices).get(str(self.question.answer), "")


def suggest_resource(*, title: str, address: str, why: str, by: Person) -> Suggestion:
    """Propose a resource to the editors. The same address is proposed once; a person may have 20 proposals open."""
    if Resource.objects.filter(address=address, live=True).exists():
        raise NotAllowed(_("“%(address)s” is in the hub already. Search for its title.") % {"address": address})
    open_ones = Suggestion.objects.filter(state=Suggestion.State.OPEN)
    if open_ones.filter(address=address).exists():
        raise NotAllowed(
            _("Somebody has suggested “%(address)s” already; it waits for an editor.") % {"address": address}
        )
    if open_ones.filter(suggested_by=by).count() >= MOST_OPEN:
        raise NotAllowed(
            _("%(most)d of your suggestions wait for an editor. Wait until some are decided.") % {"most": MOST_OPEN}
        )
    return Suggestion.objects.create(title=title, address=address, why=why, suggested_by=by)


@transaction.atomic
def take_suggestion(suggestion: Suggestion, *, by: Person) -> Resource:
    """Take it up as a draft of a resource, which an editor completes and publishes."""
    suggestion = _open(suggestion, by)
    resource = Resource(
        title=suggestion.title,
        address=suggestion.address,
        publisher=suggestion.address.partition("://")[2].partition("/")[0],
        kind="guidance",
        summary=suggestion.why[:1000],
        locale=Locale.get_default(),
        live=False,
    )
    resource.save()
    resource.save_revision(user=by)
    return _decide(suggestion, Suggestion.State.TAKEN, "", by, resource)


@transaction.atomic
def decline_suggestion(suggestion: Suggestion, *, reason: str, by: Person) -> None:
    """Say no, with the reason its sender reads."""
    _decide(_open(suggestion, by), Suggestion.State.DECLINED, reason, by, None)


def _open(suggestion: Suggestion, by: Person) -> Suggestion:
    locked = Suggestion.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=suggestion.pk)
    rules.can_edit(by).require()
    if not (ruling := rules.can_decide_suggestion(by, locked)):
        raise Overtaken(str(ruling.reason))
    return locked


def _decide(suggestion: Suggestion, state: str, reason: str, by: Person, resource: Resource | None) -> Resource | None:
    suggestion.state, suggestion.reason, suggestion.resource = state, reason, resource
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()
    suggestion.save()
    return resource


def rate_resource(resource: Resource, *, useful: bool, by: Person) -> None:
    """Say whether it was of use, in whatever language it was read; a later word takes the place of an earlier one."""
    rules.can_see(by, resource).require()
    same = Resource.objects.filter(translation_key=resource.translation_key)
    rated = same.order_by("-original", "pk").first()
    Rating.objects.update_or_create(resource=rated, person=by, defaults={"useful": useful})


def keep_answers(*, tier: str, minerals: list[str], size: str, country: str, in_scope: str, by: Person) -> None:
    """Keep the five answers in the person's account, in place of earlier ones."""
    answers = {"tier": tier, "minerals": minerals, "size": size, "country": country, "in_scope": in_scope}
    PersonalStart.objects.update_or_create(person=by, defaults=answers)


def forget_answers(*, by: Person) -> None:
    PersonalStart.objects.filter(person=by).delete()


def answer_quiz(unit: UnitPage, chosen: Mapping[int, int], *, by: Person | None) -> list[Answered]:
    """Mark the answers, by the question's number. With all right, the unit is done for whoever is signed in."""
    answered = [Answered(question, chosen.get(question.pk, 0)) for question in unit.questions.order_by("sort_order")]
    if by is not None and answered and all(each.is_right for each in answered):
        UnitDone.objects.get_or_create(person=by, unit_key=unit.translation_key, defaults={"title": unit.title})
    return answered
