"""The stages of a partner to reach and the states of a campaign."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FOUND, APPROACHED, TALKING, AGREED, ACTIVE, RESTING = "found", "approached", "talking", "agreed", "active", "resting"
DRAFT, SENDING, SENT = "draft", "sending", "sent"


@dataclass(frozen=True, slots=True)
class State:
    """`tone` is the look's; `label` what it is called."""

    tone: str
    label: str | Promise


# In the order of the way; from each stage every other is possible, as talks begin anew and end early.
STAGES = {
    FOUND: State("none", _("found")),
    APPROACHED: State("yellow", _("approached")),
    TALKING: State("blue", _("in talks")),
    AGREED: State("blue", _("agreed")),
    ACTIVE: State("green", _("working together")),
    RESTING: State("none", _("resting")),
}
# Where a next step with its day is expected.
UNDER_WAY = frozenset({FOUND, APPROACHED, TALKING, AGREED, ACTIVE})
CAMPAIGN = {
    DRAFT: State("yellow", _("draft")),
    SENDING: State("blue", _("going out")),
    SENT: State("green", pgettext_lazy("campaign", "sent")),
}
