"""The directory follows the facts and each organisation's choices about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from eprm.people import rules, showing
from eprm.people.models import DirectoryEntry, Organisation, Partner, Person, Showing
from eprm.people.queries import facts, joining
from lode.smelters.names import fold, words_of

MOST_WORDS, LONGEST_WORD = 400, 60
SEARCHED = ("name", "names", "place", "about", "among_members", "identifiers", "website", "contact")


def choose_showing(organisation: Organisation, *, chosen: Mapping[str, int], by: Person) -> None:
    """Who sees which field of the organisation from now on."""
    rules.can_edit_organisation(by, organisation, joining.has_people(organisation)).require()
    with transaction.atomic():
        for field, circle in chosen.items():
            Showing.objects.update_or_create(organisation=organisation, field=field, defaults={"circle": circle})
        publish(organisation)


def publish(organisation: Organisation) -> None:
    """Make the organisation's entries anew: one a circle that sees it, holding only what that circle sees.

    For the actions that change a fact or a choice, inside their transaction.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two at once would each add their entries
    DirectoryEntry.objects.filter(organisation=organisation).delete()
    if organisation.merged_into_id is not None:
        return
    values, chosen = facts.values_of(organisation), facts.showings_of(organisation)
    said = {topic.key: f"{topic.en} {topic.fr} {topic.es}" for topic in facts.topics()}
    seen = {circle: showing.seen_by(values, chosen, circle) for circle in showing.SHOWN_CIRCLES}
    DirectoryEntry.objects.bulk_create(
        DirectoryEntry(
            organisation=organisation,
            circle=circle,
            sort_name=fold(organisation.name)[:255],
            words=_words(fields, said),
            **fields,
        )
        for circle, fields in seen.items()
        if fields is not None
    )


def _words(fields: Mapping[str, Any], said: Mapping[str, str]) -> list[str]:
    """The words an entry is found by, in one spelling: of its texts, and of what it seeks and offers."""
    texts = [fields.get(key, "") for key in SEARCHED]
    texts += [said.get(key, "") for direction in ("seeks", "offers") for key in fields.get(direction, [])]
    flat = " ".join(" ".join(text) if isinstance(text, list) else text for text in texts)
    words = dict.fromkeys(word[:LONGEST_WORD] for word in words_of(flat))
    return list(words)[:MOST_WORDS]


def add_partner(organisation: Organisation, *, by: Person, since: date | None = None) -> Partner:
    """The secretariat counts the organisation among the partners; its people see what partners may see."""
    rules.can_keep_directory(by).require()
    with transaction.atomic():
        partner, _made = Partner.objects.get_or_create(
            organisation=organisation, until=None, defaults={"since": since or timezone.localdate()}
        )
    return partner


def end_partner(partner: Partner, *, by: Person) -> None:
    """The organisation is a partner no longer, from tomorrow on."""
    rules.can_keep_directory(by).require()
    Partner.objects.filter(pk=partner.pk, until=None).update(until=timezone.localdate())
