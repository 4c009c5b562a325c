"""How the members stand, as a chart."""

from __future__ import annotations

from datetime import date, datetime

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.members import lifecycle
from eprm.members.queries.duties import GRADES, light_counts
from eprm.members.queries.membership import members_visible_to
from eprm.members.wording import light_words
from eprm.people.models import Organisation, Person
from eprm.ui import words
from eprm.ui.charts import Chart, Series
from lode.duties import Light

COUNTED_AT_ONCE, KEPT_FOR = 2_000, 300


def lights_chart(person: Person, on: date) -> Chart:
    """Members by pillar and gravest light; over very many members they are counted every five minutes only."""
    counts, at = _counts(person, on)
    late = sum(number for (_pillar, light), number in counts.items() if light in ("red", "yellow"))
    of = sum(counts.values())
    source = _("The partnership’s own records")
    if at:
        source = _("%(source)s, counted on %(moment)s") % {"source": source, "moment": words.moment(at)}
    return Chart(
        kind="stacked",
        title=ngettext("%(late)s of %(of)s members owes something", "%(late)s of %(of)s members owe something", late)
        % {"late": late, "of": of},
        unit=_("members"),
        source=_("%(source)s, counted on %(moment)s") % {"source": source, "moment": words.moment(at)}
        if at
        else source,
        on=on,
        labels=tuple(str(label) for _key, label in Organisation.Pillar.choices),
        series=tuple(
            Series(light_words(light), tuple(counts[key, light] for key in Organisation.Pillar.values), tone=light)
            for _grade, light in GRADES
        ),
    )


def _counts(person: Person, on: date) -> tuple[dict[tuple[str, Light], int], datetime | None]:
    """How many members of each pillar have which light and, where that was counted a while ago, when.

    Only the secretariat and the board come here, who see all members; so what is kept is the same for each of them.
    """
    key = f"members-lights-{on}"
    if (kept := cache.get(key)) is not None:
        return kept
    running = members_visible_to(person).filter(state__in=lifecycle.CURRENT)
    counts = light_counts(running, on)
    if sum(counts.values()) <= COUNTED_AT_ONCE:
        return counts, None
    cache.set(key, (counts, timezone.now()), KEPT_FOR)
    return counts, timezone.now()
