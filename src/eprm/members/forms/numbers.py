"""Numbers as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GROUPED = re.compile(r"[\s\u00a0\u202f'’]")


class AmountField(forms.DecimalField):
    """A number with or without thousands set apart, with a decimal comma or point: 32 000 000 or 1.250,50 or 1,250.50.

    A lone separator before exactly three digits sets thousands apart; before fewer it is the decimal mark.
    """

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_digits", 16)
        options.setdefault("decimal_places", 2)
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        text = str(value)
        try:
            return super().to_python(plain(text))
        except ValidationError as error:
            said = _("“%(text)s” is not a number. Write digits, such as 12 000.")
            raise ValidationError(said, params={"text": text[:40]}) from error


def plain(text: str) -> str:
    """The number as a computer writes it."""
    digits = GROUPED.sub("", text)
    marks = [mark for mark in ".," if mark in digits]
    if len(marks) == 2:
        decimal = max(marks, key=digits.rfind)
        return digits.replace("." if decimal == "," else ",", "").replace(",", ".")
    if marks:
        mark = marks[0]
        head, _mark, tail = digits.rpartition(mark)
        if digits.count(mark) > 1 or (len(tail) == 3 and head not in ("", "0", "-")):
            return digits.replace(mark, "")
        return f"{head}.{tail}"
    return digits
