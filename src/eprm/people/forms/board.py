"""Giving a seat on the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation
from eprm.people.queries import board


class SeatForm(forms.Form):
    """Who sits for which pillar, as somebody of their organisation of that pillar."""

    email = forms.EmailField(label=_("E-mail of the person"))
    pillar = forms.ChoiceField(label=_("Pillar"), choices=Organisation.Pillar.choices)
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """Finds the membership through which the person sits; it stands in `membership`."""
        cleaned = super().clean() or {}
        if not (email := cleaned.get("email")):
            return cleaned
        found = list(board.membership_of_address(email))
        if not found:
            self.add_error(
                "email", _("Nobody with the address “%(email)s” works for an organisation here.") % {"email": email}
            )
            return cleaned
        of_pillar = [each for each in found if each.organisation.pillar == cleaned.get("pillar")]
        cleaned["membership"] = (of_pillar or found)[0]
        return cleaned
