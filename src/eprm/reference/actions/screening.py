"""A person's word on listed parties whose names are alike."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.people.models import Person
from eprm.reference.models import HeldAgainstLists
from eprm.ui.words import moment


def judge(screening: HeldAgainstLists | None, *, seen: int, judgement: str, reason: str, by: Person) -> None:
    """Keep whether it is a listed party or somebody else, with the reason; `seen` is the screening that was shown.

    `screening` is the newest, and the caller holds a lock on what it is about. Overtaken where a newer screening or a
    colleague's word came meanwhile.
    """
    if screening is None or screening.pk != seen:
        raise Overtaken(_("The name was held against newer lists meanwhile. Look at what they say, then decide."))
    if not screening.hits:
        raise NotAllowed(_("No listed party has a name like this, so there is nothing to say."))
    if screening.judgement and screening.judged_by_id != by.pk:
        raise Overtaken(
            _("%(person)s decided on %(moment)s: %(judgement)s. Your answer was not saved.")
            % {
                "person": screening.judged_by,
                "moment": moment(screening.judged_at),
                "judgement": screening.get_judgement_display(),
            }
        )
    screening.judgement, screening.reason = judgement, reason.strip()
    screening.judged_at, screening.judged_by = timezone.now(), by
    screening.save()
