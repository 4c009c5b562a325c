"""For how long things are kept, as dated rows."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.models import Period
from eprm.base.retention import Kept
from eprm.office import rules
from eprm.people.models import Person


def set_period(kept: Kept, *, days: int, since: date, reason: str, by: Person) -> Period:
    """From `since`, today or later, things of this name are kept for so many days."""
    rules.can_set_period(by, kept, days).require()
    if since < timezone.localdate():
        raise NotAllowed(_("A period begins today or later: what was kept until now was kept by the old one."))
    try:
        with transaction.atomic():
            return Period.objects.create(name=kept.name, days=days, since=since, reason=reason.strip(), decided_by=by)
    except IntegrityError:
        raise NotAllowed(_("A period that begins on this day is set already. Choose another day.")) from None
