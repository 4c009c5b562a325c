"""The company view's charts. Each title says what the figures show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence.company.queries.answers import AnswerStates
from eprm.diligence.company.queries.risks import FindingCount
from eprm.diligence.company.queries.smelters import NamedSmelter
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.standing import KEYS
from eprm.diligence.wording import STANDINGS, rule_of
from eprm.ui.charts import Chart, Series
from eprm.ui.parts import mineral_name
from lode.minerals import MINERALS


def answers_chart(states: AnswerStates, year: int, on: date) -> Chart:
    """How far the suppliers' answers are."""
    return Chart(
        kind="bars",
        title=_("%(accepted)d of %(all)d suppliers’ answers are accepted")
        % {"accepted": states.accepted, "all": states.suppliers},
        unit=_("suppliers"),
        source=_("Enquiries and declarations for %(year)d") % {"year": year},
        on=on,
        labels=(_("Accepted"), _("To decide"), _("Sent back or unreadable"), _("Asked, no answer")),
        series=(Series(_("Suppliers"), (states.accepted, states.to_decide, states.sent_back, states.unanswered)),),
    )


def metals_of(smelters: Sequence[NamedSmelter]) -> list[str]:
    """The metals named, those with a symbol first, in the templates' order."""
    order = list(MINERALS)
    named = {smelter.metal for smelter in smelters}
    return sorted(named, key=lambda metal: (order.index(metal) if metal in order else len(order), metal))


def standings_chart(smelters: Sequence[NamedSmelter], on: date, source: str) -> Chart:
    """Smelters by metal and by what the schemes say of them."""
    metals = metals_of(smelters)
    counted = Counter((smelter.metal, smelter.standing.key) for smelter in smelters)
    conformant = sum(count for (_metal, key), count in counted.items() if key == "conformant")
    title = ngettext(
        "A scheme confirms %(conformant)d of %(count)d smelter",
        "Schemes confirm %(conformant)d of %(count)d smelters",
        len(smelters),
    )
    return Chart(
        kind="stacked",
        title=title % {"conformant": conformant, "count": len(smelters)},
        unit=_("smelters"),
        source=source,
        on=on,
        labels=tuple(mineral_name(metal) for metal in metals),
        series=tuple(
            Series(str(STANDINGS[key][1]), tuple(counted[metal, key] for metal in metals), _tone(key)) for key in KEYS
        ),
    )


def _tone(key: str) -> str:
    tone = STANDINGS[key][0]
    return "ink" if tone == "none" else tone


def kind_words() -> dict[str, str]:
    """The catalogue's kinds of findings as people call them."""
    return {
        "file": _("about the file itself"),
        "parity": _("the template’s own Checker says it"),
        "template": _("against the template’s instructions"),
        "plausibility": _("plausible, but worth a question"),
        "match": _("about a smelter’s name"),
        "register": _("about a smelter’s number"),
        "risk": _("a risk"),
    }


def findings_chart(counts: Sequence[FindingCount], view: CompanyYear) -> Chart:
    """The findings accepted declarations still carry, by kind."""
    words = kind_words()
    kinds: Counter[str] = Counter()
    for count in counts:
        rule = rule_of(count.code)
        kinds[words.get(rule.kind, rule.kind) if rule else count.code] += count.count
    total = sum(kinds.values())
    ordered = kinds.most_common()
    return Chart(
        kind="bars",
        title=ngettext(
            "%(count)d finding is left in accepted declarations",
            "%(count)d findings are left in accepted declarations",
            total,
        )
        % {"count": total},
        unit=_("findings"),
        source=_("Checks of the accepted declarations of %(year)d") % {"year": view.year},
        on=view.on,
        labels=tuple(kind for kind, _count in ordered),
        series=(Series(_("Findings"), tuple(count for _kind, count in ordered)),),
    )


def change_chart(this: Sequence[NamedSmelter], last: Sequence[NamedSmelter], view: CompanyYear, source: str) -> Chart:
    """Both years' smelters by standing, from the same lists."""
    now, then = (Counter(smelter.standing.key for smelter in smelters) for smelters in (this, last))
    return Chart(
        kind="change",
        title=_("%(this)d smelters are named in %(year)d, %(last)d the year before")
        % {"this": len(this), "last": len(last), "year": view.year},
        unit=_("smelters"),
        source=source,
        on=view.on,
        labels=tuple(str(STANDINGS[key][1]) for key in KEYS),
        series=(
            Series(str(view.year - 1), tuple(then[key] for key in KEYS)),
            Series(str(view.year), tuple(now[key] for key in KEYS)),
        ),
    )
