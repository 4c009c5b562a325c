"""How the members stand, as a chart."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from eprm.members import lifecycle
from eprm.members.models import Member
from eprm.members.queries.duties import with_light
from eprm.members.queries.membership import members_visible_to
from eprm.members.wording import light_words
from eprm.people.models import Organisation, Person
from eprm.ui.charts import Chart, Series

LIGHTS = ("green", "blue", "yellow", "red")


def lights_chart(person: Person, on: date) -> Chart:
    """Members by pillar and gravest light."""
    running = members_visible_to(person).filter(state__in=lifecycle.CURRENT).order_by()
    counts = {light: _by_pillar(with_light(running, light, on)) for light in LIGHTS}
    late, of = (
        sum(counts["red"].values()) + sum(counts["yellow"].values()),
        sum(sum(each.values()) for each in counts.values()),
    )
    return Chart(
        kind="stacked",
        title=_("%(late)s of %(of)s members owe something") % {"late": late, "of": of},
        unit=_("members"),
        source=_("The partnership’s own records"),
        on=on,
        labels=tuple(str(label) for _key, label in Organisation.Pillar.choices),
        series=tuple(
            Series(
                light_words(light), tuple(counts[light].get(key, 0) for key in Organisation.Pillar.values), tone=light
            )
            for light in LIGHTS
        ),
    )


def _by_pillar(members: QuerySet[Member]) -> dict[str, int]:
    return dict(members.values_list("pillar").annotate(Count("pk")))
