"""Every write about substantiated concerns: putting one in, taking it up, answering it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.authorities import queries, rules
from eprm.authorities.models import CompetentAuthority, Concern, ConcernFile
from eprm.base.errors import NotAllowed
from eprm.base.files import keep_bytes
from eprm.people.models import Organisation, Person

# Without letters and digits that are mistaken for others when read out: 16 of 31 are 79 bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LETTERS = 16


@transaction.atomic
def put_concern(
    *,
    authority: CompetentAuthority,
    importer_name: str,
    text: str,
    by: Person | None,
    duty: str = "",
    place: str = "",
    happened_on: date | None = None,
    known_by: str = "",
    sources: str = "",
    files: Iterable[tuple[str, bytes]] = (),
    submitted_for: Organisation | None = None,
) -> tuple[Concern, str]:
    """Put a concern into an authority's letter box. Answers it with the receipt code, blank for who is signed in.

    Only the authority and whoever put it in can read it. `by` is None for a visitor, of whom nothing is kept.
    """
    if authority.until is not None:
        raise NotAllowed(_("%(authority)s is the competent authority no longer.") % {"authority": authority})
    code = "" if by else _new_code()
    named = Organisation.objects.filter(name__iexact=importer_name.strip()).order_by("pk").first()
    concern = Concern(
        organisation=authority.organisation,
        importer_name=importer_name.strip(),
        importer=named,
        duty=duty,
        text=text.strip(),
        place=place.strip(),
        happened_on=happened_on,
        known_by=known_by,
        sources=sources.strip(),
        submitted_by=by,
        submitted_for=submitted_for if by and submitted_for and by.role_in(submitted_for.pk) else None,
        digest=queries.digest_of(code) if code else "",
    )
    concern.save(force_insert=True)
    for name, content in files:
        kept = ConcernFile(
            organisation=authority.organisation,
            concern=concern,
            name=name[-255:],
            sha256=keep_bytes(content),
            size=len(content),
        )
        kept.save(force_insert=True)
    return concern, code


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


@transaction.atomic
def take_concern(*, concern: Concern, by: Person, importer: Organisation | None = None) -> Concern:
    """The authority looks into it; it may say which importer on the platform is meant."""
    concern = _own(concern, by)
    if concern.state != Concern.State.RECEIVED:
        raise NotAllowed(_("This concern is being looked into already."))
    concern.state, concern.importer = Concern.State.CHECKING, importer or concern.importer
    concern.save(update_fields=["state", "importer"])
    return concern


@transaction.atomic
def answer_concern(*, concern: Concern, answer: str, by: Person) -> Concern:
    """Tell whoever put it in what became of it. An answer is given once."""
    concern = _own(concern, by)
    if concern.state == Concern.State.ANSWERED:
        raise NotAllowed(_("This concern is answered. The answer stays as it was given."))
    concern.state, concern.answer, concern.answered_at = Concern.State.ANSWERED, answer.strip(), timezone.now()
    concern.save(update_fields=["state", "answer", "answered_at"])
    return concern


def _own(concern: Concern, by: Person) -> Concern:
    rules.can_work_desk(by, concern.organisation, queries.desk_of(concern.organisation)).require()
    return Concern.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=concern.pk)
