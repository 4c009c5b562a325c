"""Where the named smelters stand, and which places carry a risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence.company.charts import metals_of
from eprm.diligence.company.queries.risks import RiskKind
from eprm.diligence.company.queries.smelters import NamedSmelter
from eprm.diligence.company.queries.year import CompanyYear
from eprm.reference.queries import areas_on
from eprm.ui import words
from eprm.ui.maps import Map, Pin
from eprm.ui.parts import mineral_name


def high_risk_countries(on: date) -> dict[str, str]:
    """The countries with an area on the indicative list on that day, as the map shades them."""
    return dict.fromkeys(areas_on(on).values_list("iso2", flat=True).distinct(), "cahra")


def smelter_map(
    smelters: Sequence[NamedSmelter], metal: str, view: CompanyYear, shaded: dict[str, str], source: str
) -> Map:
    """One metal's smelters by country; a pin leads to the list of those smelters."""
    by_country = Counter(smelter.country for smelter in smelters if smelter.metal == metal and smelter.country)
    count = sum(by_country.values())
    return Map(
        title=ngettext("%(count)d smelter of %(metal)s", "%(count)d smelters of %(metal)s", count)
        % {"count": count, "metal": mineral_name(metal)}
        + " "
        + ngettext("in %(places)d country", "in %(places)d countries", len(by_country)) % {"places": len(by_country)},
        source=source,
        on=view.on,
        shaded=shaded,
        legend={"cahra": _("country with an area on the indicative list of high-risk areas")},
        pins=[
            Pin(
                label=words.country(country),
                kind=metal,
                iso2=country,
                url=_list_url(view, metal=metal, country=country),
                place=ngettext("%(count)d smelter", "%(count)d smelters", number) % {"count": number},
            )
            for country, number in by_country.most_common()
        ],
    )


def risk_map(kinds: Sequence[RiskKind], view: CompanyYear, shaded: dict[str, str], source: str) -> Map:
    """The places that the risks name, with how many kinds of risk each has."""
    by_country = Counter(kind.country for kind in kinds if kind.country)
    return Map(
        title=ngettext("Risks name %(count)d country", "Risks name %(count)d countries", len(by_country))
        % {"count": len(by_country)},
        source=source,
        on=view.on,
        shaded={**shaded, **dict.fromkeys(set(by_country) - set(shaded), "focus")},
        legend={
            "cahra": _("country with an area on the indicative list of high-risk areas"),
            "focus": _("country named by another risk"),
        },
        pins=[
            Pin(
                label=words.country(country),
                iso2=country,
                url=_risk_url(view, country),
                place=ngettext("kind of risk", "kinds of risk", number),
                count=number,
            )
            for country, number in by_country.most_common()
        ],
    )


def metal_shown(smelters: Sequence[NamedSmelter], asked: str) -> str:
    """The metal asked for where it is named; else the one with most smelters."""
    metals = metals_of(smelters)
    counted = Counter(smelter.metal for smelter in smelters)
    return asked if asked in metals else max(metals, key=lambda metal: counted[metal], default="")


def _list_url(view: CompanyYear, **filters: str) -> str:
    return f"{reverse('diligence:smelter_list')}?{urlencode({'year': view.year, 'on': view.on.isoformat(), **filters})}"


def _risk_url(view: CompanyYear, country: str) -> str:
    asked = {"year": view.year, "on": view.on.isoformat(), "country": country}
    return f"{reverse('diligence:risk_list')}?{urlencode(asked)}"
