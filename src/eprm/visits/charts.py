"""How the delegation is balanced between the pillars."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from eprm.people.models import Organisation
from eprm.ui.charts import Chart, Series
from eprm.visits.models import Delegate

State = Delegate.State


def balance(counts: dict[str, Counter[str]], on: date) -> Chart:
    """People by pillar: those who come and those who have not answered yet."""
    pillars = [*Organisation.Pillar.values, ""]
    labels = [str(label) for label in Organisation.Pillar.labels] + [pgettext("pillar", "none of them")]
    missing = [label for key, label in Organisation.Pillar.choices if not any(told[key] for told in counts.values())]
    title = _("All three pillars go") if not missing else _("Missing: %(pillars)s")
    return Chart(
        kind="stacked",
        title=title % {"pillars": ", ".join(map(str, missing))} if missing else title,
        unit=_("people"),
        source=_("Invitations and answers"),
        on=on,
        labels=tuple(labels),
        series=(
            Series(_("come"), tuple(counts[State.ACCEPTED.value][pillar] for pillar in pillars), "green"),
            Series(_("have not answered"), tuple(counts[State.INVITED.value][pillar] for pillar in pillars), "yellow"),
        ),
        key="balance",
    )
