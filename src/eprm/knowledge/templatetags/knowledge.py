"""Codes of the hub in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from eprm.knowledge import rules
from eprm.knowledge.facets import MIRRORS, Mineral, Step, Tier
from eprm.people import audiences
from eprm.people.models import Person
from eprm.ui.words import country, language_name

register = template.Library()
register.filter("is_editor", rules.is_editor)

WORLD = "global"


def _words(labels: dict[str, object], codes: Iterable[str]) -> str:
    return ", ".join(str(labels.get(code, code)) for code in codes)


@register.filter
def tier(code: str) -> str:
    return _words(dict(Tier.choices), [code])


@register.filter
def tiers(codes: Iterable[str]) -> str:
    return _words(dict(Tier.choices), codes)


@register.filter
def minerals(codes: Iterable[str]) -> str:
    return _words(dict(Mineral.choices), codes)


@register.filter
def step(code: str) -> str:
    return _words(dict(Step.choices), [code])


@register.filter
def steps(codes: Iterable[str]) -> str:
    return _words(dict(Step.choices), codes)


@register.filter
def languages(codes: Iterable[str]) -> str:
    """The languages' names; beyond five, how many more there are."""
    names = [language_name(code) for code in codes]
    more = len(names) - 5
    return ", ".join(names) if more <= 0 else _("%(first)s and %(n)d more") % {"first": ", ".join(names[:5]), "n": more}


@register.filter
def regions(codes: Iterable[str]) -> str:
    named = {WORLD: _("worldwide"), "EU": _("European Union")}
    return ", ".join(named.get(code) or country(code) for code in codes)


@register.filter
def site(address: str) -> str:
    """The host of an address, as a short name for a source."""
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


@register.filter
def audience(key: str) -> str:
    """Who can see what has this key."""
    return audiences.name_of(key)


@register.filter
def is_mirror(address: str) -> bool:
    return site(address).removeprefix("es.").startswith(MIRRORS)


@register.filter
def publishes(person: Person | AnonymousUser) -> bool:
    return any(group.name == rules.PUBLISHERS for group in person.groups.all())
