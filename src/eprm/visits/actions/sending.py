"""Forms sent over a bad link: the same form twice is one row, and nobody's words are overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from eprm.base.errors import Overtaken

Row = TypeVar("Row", bound=Model)


def once(sent: QuerySet[Row], make: Callable[[], Row]) -> Row:
    """The row of this form: what `sent` finds already, else what `make` makes; two at once get the same."""
    if known := sent.first():
        return known
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        if known := sent.first():
            return known
        raise


class SavedMeanwhile(Overtaken):
    """Somebody saved a newer text: `text` is theirs and `version` its number, so that both can be put together."""

    def __init__(self, who: object, text: str, version: int) -> None:
        super().__init__(
            _("%(person)s saved a newer version meanwhile. Both are here: put yours together with it.")
            % {"person": who}
        )
        self.text, self.version = text, version
