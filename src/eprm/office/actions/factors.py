"""Which roles need a second factor, as dated rows."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.models import SecondFactorRule
from eprm.office import factors, rules
from eprm.people.models import Person


def demand_factor(*, role: str, since: date, reason: str, by: Person) -> SecondFactorRule:
    """From `since`, today or later, whoever holds this role needs a second factor."""
    rules.can_manage_factors(by).require()
    if since < timezone.localdate():
        raise NotAllowed(_("A rule begins today or later, so that people can prepare."))
    try:
        with transaction.atomic():
            rule = SecondFactorRule.objects.create(role=role, since=since, reason=reason.strip(), decided_by=by)
    except IntegrityError:
        raise NotAllowed(_("There is a rule for this role already. End that one first.")) from None
    factors.forget()
    return rule


def end_factor(rule: SecondFactorRule, *, by: Person) -> None:
    """The rule holds no longer, from today."""
    rules.can_end_factor(by, rule).require()
    rule.until = timezone.localdate()
    rule.save(update_fields=["until"])
    factors.forget()
