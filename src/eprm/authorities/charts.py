"""What a desk draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from eprm.ui import parts
from eprm.ui.charts import Chart, Series


def masses_chart(masses: Mapping[str, Decimal], year: int, on: date) -> Chart:
    """The net mass filed for a year, by metal, most first."""
    ordered = sorted(masses.items(), key=lambda pair: -pair[1])
    return Chart(
        kind="bars",
        title=_("Most mass filed for %(year)d is %(metal)s")
        % {"year": year, "metal": parts.mineral_name(ordered[0][0])},
        unit=_("kg net"),
        source=_("Files in force at this desk"),
        on=on,
        labels=tuple(parts.mineral_name(key) for key, _kg in ordered),
        series=(Series(_("Net mass"), tuple(float(kg) for _key, kg in ordered)),),
    )
