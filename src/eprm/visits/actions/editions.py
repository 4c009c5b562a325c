"""The dated rows the secretariat keeps: what observations are about, and how long a story waits."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people.models import Person
from eprm.ui import words
from eprm.visits import rules
from eprm.visits.models import Delay, Theme


@transaction.atomic
def add_theme(
    *, name_en: str, name_fr: str, name_es: str, source: str, verified: bool, since: date, by: Person
) -> Theme:
    """A theme that observations can be about, from a day on."""
    rules.can_keep_editions(by).require()
    key = slugify(name_en)[:40]
    if not key:
        raise NotAllowed(_("“%(name)s” has no letters. Write the name in English.") % {"name": name_en})
    try:
        with transaction.atomic():
            return Theme.objects.create(
                key=key, name_en=name_en, name_fr=name_fr, name_es=name_es, source=source, verified=verified,
                since=since,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(_("There is a theme “%(name)s” from that day already.") % {"name": name_en}) from None


@transaction.atomic
def end_theme(*, theme: Theme, until: date, by: Person) -> Theme:
    """From that day on nothing new is about it; what was written stays."""
    rules.can_keep_editions(by).require()
    held = Theme.objects.select_for_update().get(pk=theme.pk)
    if until < held.since:
        raise NotAllowed(
            _("“%(theme)s” is used from %(day)s on, so it cannot end before.")
            % {"theme": held, "day": words.day(held.since)}
        )
    held.until = until
    held.save()
    return held


@transaction.atomic
def set_delay(*, since: date, days: int, source: str, verified: bool, by: Person) -> Delay:
    """How long stories wait, of visits that end from a day on. Said again for the same day, the last word counts."""
    rules.can_keep_editions(by).require()
    delay, _made = Delay.objects.update_or_create(
        since=since, defaults={"days": days, "source": source, "verified": verified}
    )
    return delay
