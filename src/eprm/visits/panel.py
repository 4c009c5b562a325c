"""What other apps' pages show of visits: a group's own, and the stories from a brief's country."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from eprm.groups.models import Group
from eprm.visits.models import Story, Visit
from eprm.visits.queries.stories import stories_on
from eprm.visits.queries.visits import Reader, visits_visible_to

MOST = 5


def visits_of_group(group: Group, person: Reader) -> list[Visit]:
    """The latest visits of the group that the reader may know of."""
    return list(visits_visible_to(person).filter(group=group)[:MOST])


def stories_of_brief(page: Any, _person: Reader) -> list[Story]:
    """The latest stories from the brief's country; none for the brief of a mineral."""
    return list(stories_on(timezone.localdate()).filter(country=page.country)[:MOST]) if page.country else []
