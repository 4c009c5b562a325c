"""What an organisation tells of itself, field by field, and which circle sees which. Pure.

A field is seen by a circle where the organisation's choice (or the field's default) lets it, and never by more than
see the organisation's name: whoever is not listed shows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Circle

LISTED = "name"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be shown; `default` is the widest circle that sees it until the organisation chooses."""

    key: str
    label: str | Promise
    default: Circle


FIELDS = (
    Field(LISTED, _("name: whether you are listed at all"), Circle.OWN),
    Field("country", _("country"), Circle.PUBLIC),
    Field("place", _("town"), Circle.PUBLIC),
    Field("pillar", _("pillar"), Circle.PUBLIC),
    Field("tier", _("place in the chain"), Circle.PUBLIC),
    Field("minerals", _("minerals"), Circle.PUBLIC),
    Field("regions", _("countries of work"), Circle.PUBLIC),
    Field("about", _("about the organisation"), Circle.PUBLIC),
    Field("website", _("website"), Circle.PUBLIC),
    Field("names", _("other names"), Circle.PUBLIC),
    Field("offers", _("what you offer"), Circle.PARTNERS),
    Field("seeks", _("what you seek"), Circle.PARTNERS),
    Field("identifiers", _("identifiers"), Circle.MEMBERS),
    Field("staff", _("staff"), Circle.MEMBERS),
    Field("contact", _("contact person, e-mail and phone"), Circle.MEMBERS),
    Field("among_members", _("text for other members"), Circle.MEMBERS),
)
KEYS = tuple(field.key for field in FIELDS)
SHOWN_CIRCLES = (Circle.PUBLIC, Circle.PARTNERS, Circle.MEMBERS)


def circles(chosen: Mapping[str, int]) -> dict[str, Circle]:
    """For each field the widest circle that sees it, by the organisation's choices."""
    wanted = {field.key: Circle(chosen.get(field.key, field.default)) for field in FIELDS}
    return {key: Circle(max(circle, wanted[LISTED])) for key, circle in wanted.items()}


def seen_by(values: Mapping[str, Any], chosen: Mapping[str, int], circle: int) -> dict[str, Any] | None:
    """The fields that this circle sees, with their values; None where it does not see the organisation at all."""
    allowed = circles(chosen)
    if allowed[LISTED] > circle:
        return None
    return {key: values[key] for key in KEYS if allowed[key] <= circle and values.get(key) not in (None, "", [])}
