"""What to do about a risk, in the order of the OECD Guidance's five steps.

Source: OECD Due Diligence Guidance for Responsible Supply Chains of Minerals, 3rd edition (2016), steps 1 to 5; the six
months for a measurable improvement: step 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lode.findings import Finding


@dataclass(frozen=True, slots=True)
class Advice:
    """One of the five steps and what it asks for here."""

    step: str | Promise
    text: str | Promise


def five_steps(risk: Finding) -> tuple[Advice, ...]:
    """The risk's own first step stands under step 2, where facts are established; nothing here ends a purchase."""
    return (
        Advice(
            _("1 Manage"), _("Name who in your company answers for this risk, and keep what you find for five years.")
        ),
        Advice(_("2 Find out"), risk.fix),
        Advice(
            _("3 Respond"),
            _(
                "Tell senior management. Agree with the supplier, and with those it concerns on the ground, what "
                "will be better and by when; keep buying meanwhile. Look again within six months. Suspend or end the "
                "purchase only where serious abuses or support of armed groups are found, or when nothing improves."
            ),
        ),
        Advice(
            _("4 Check"),
            _("See what a recognised scheme says of the smelter; where none does, ask it to join one, or for a visit."),
        ),
        Advice(_("5 Report"), _("The risk, its reason and what you did stand in your yearly report.")),
    )
