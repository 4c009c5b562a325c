"""How the delegation is balanced between the pillars, and where stories come from."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext_lazy, pgettext

from eprm.people.models import Organisation
from eprm.ui import words
from eprm.ui.charts import Chart, Series
from eprm.ui.maps import Map, Pin
from eprm.visits.models import Delegate

State = Delegate.State
PEOPLE = words.Counted(npgettext_lazy("counted", "person", "people", "n"))


def stories_map(countries: dict[str, int], on: date) -> Map:
    """Where stories come from, by country: no place is told nearer."""
    pins = [
        Pin(
            label=words.country(code), iso2=code, count=count,
            url=f"{reverse('visits:story_list')}?{urlencode({'country': code})}",
        )
        for code, count in sorted(countries.items())
    ]  # fmt: skip
    return Map(title=_("Where the stories come from"), source=_("Delegations of the partnership"), on=on, pins=pins)


def balance(counts: dict[str, Counter[str]], on: date) -> Chart:
    """People by pillar: those who come and those who have not answered yet."""
    pillars = [*Organisation.Pillar.values, ""]
    labels = [str(label) for label in Organisation.Pillar.labels] + [pgettext("pillar", "none of them")]
    missing = [label for key, label in Organisation.Pillar.choices if not any(told[key] for told in counts.values())]
    title = _("All three pillars go") if not missing else _("Missing: %(pillars)s")
    return Chart(
        kind="stacked",
        title=title % {"pillars": ", ".join(map(str, missing))} if missing else title,
        unit=PEOPLE,
        source=_("Invitations and answers"),
        on=on,
        labels=tuple(labels),
        series=(
            Series(_("come"), tuple(counts[State.ACCEPTED.value][pillar] for pillar in pillars), "green"),
            Series(_("have not answered"), tuple(counts[State.INVITED.value][pillar] for pillar in pillars), "yellow"),
        ),
        key="balance",
    )
