"""What the search page takes from its address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_PAGES = 50


class SearchForm(forms.Form):
    """Words, chosen kinds and languages, and the page; anything odd in the address is left out, not refused."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)
    exactly = forms.BooleanField(required=False)
