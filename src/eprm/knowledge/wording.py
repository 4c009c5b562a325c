"""The reasons of the personal start in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.knowledge.facets import Kind, Mineral, Scope, Size, Step, Tier
from eprm.ui.words import country
from lode.knowledge import Reason


def reason_words(reason: Reason) -> str:
    """Why something is offered, as the end of "because ..."."""
    value = reason.value
    match reason.code:
        case "tier":
            return _("it is for your place in the chain: %(tier)s") % {"tier": Tier(value).label}
        case "mineral":
            return _("it is about %(mineral)s") % {"mineral": Mineral(value).label}
        case "small":
            return _("it is written for small companies, and yours has %(size)s") % {"size": Size(value).label}
        case "does":
            return _("you can use it as it is: %(kind)s") % {"kind": Kind(value).label}
        case "country":
            return _("it is about %(country)s") % {"country": country(value)}
        case "eu":
            return _("it is about the European Union, where you are")
        case "scope" if value == Scope.YES:
            return _("the EU Regulation binds you")
        case "scope":
            return _("it helps to see whether the EU Regulation binds you")
        case "gap":
            return _("your check found a gap in step %(step)s") % {"step": Step(value).label}
        case "begin":
            return _("it is about step 1, where everybody begins")
    return ""
