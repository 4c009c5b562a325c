"""The secretariat's writes on an application: comments, screening, back or complete, and the countersignature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.base.errors import NotAllowed
from eprm.members import lifecycle, rules
from eprm.members.actions.contributions import issue_fee, pledge_days
from eprm.members.actions.duties import meet_duty, open_called, open_yearly
from eprm.members.actions.letters import mail_returned
from eprm.members.actions.membership import admit
from eprm.members.models import Application, Comment, DutyRule, FeeClass, Member, Question, Screening, Text
from eprm.members.queries import dated
from eprm.members.queries.applications import answers_of, found_on_lists, names_to_screen
from eprm.people.models import Organisation, Person
from eprm.ui.words import day


def add_comment(application: Application, *, text: str, by: Person, question: Question | None = None) -> Comment:
    """Say what is missing or unclear, at a question or about the whole."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_check(by, locked, "comment").require()
        return Comment.objects.create(
            application=locked,
            organisation_id=locked.organisation_id,
            question=question,
            text=text.strip(),
            made_by=by,
        )


def settle_comment(comment: Comment, *, by: Person) -> None:
    """What was asked is answered."""
    rules.can_keep_members(by).require()
    Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=timezone.now())


def return_application(application: Application, *, by: Person) -> Application:
    """Send it back with the comments; the applicant is told by mail and edits it again."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_check(by, locked, "return").require()
        locked.state = lifecycle.RETURNED
        locked.save(update_fields=["state"])
        mail_returned(locked)
    return locked


def record_screening(application: Application, *, lists: str, outcome: str, reason: str, by: Person) -> Screening:
    """What a person found who held the names against the lists, and which editions those were."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_check(by, locked, "screen").require()
        found = found_on_lists(locked)
        if found and outcome == Screening.Outcome.CLEAR:
            raise NotAllowed(_overlooked(found))
        return Screening.objects.create(
            application=locked,
            organisation_id=locked.organisation_id,
            names="\n".join(names_to_screen(locked)),
            lists=lists.strip(),
            found=found,
            outcome=outcome,
            reason=reason.strip(),
            decided_by=by,
        )


def _overlooked(found: list[dict[str, Any]]) -> str:
    told = {"count": len(found), "asked": found[0]["asked"], "name": found[0]["name"], "list": found[0]["list"]}
    return (
        ngettext(
            "“%(asked)s” is like “%(name)s” on “%(list)s”. Look at that party, and say why it is somebody else.",
            "%(count)d listed parties have a name like these, first “%(asked)s”, like “%(name)s” on “%(list)s”. Look at"
            " them, and say why they are somebody else.",
            len(found),
        )
        % told
    )


def complete_application(application: Application, *, by: Person) -> Application:
    """Found complete: the board can vote on it."""
    with transaction.atomic():
        locked = _locked(application, by)
        open_comments = Comment.objects.filter(application=locked, settled_at=None).count()
        screening = Screening.objects.filter(application=locked).first()
        rules.can_complete(by, locked, open_comments, screening.outcome if screening else "").require()
        locked.state, locked.checked_by, locked.checked_at = lifecycle.COMPLETE, by, timezone.now()
        locked.save(update_fields=["state", "checked_by", "checked_at"])
    return locked


def countersign(application: Application, *, by: Person, on: date | None = None) -> Member:
    """The membership begins: with its invoice or pledge, and the duties of its pillar."""
    today = on or timezone.localdate()
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_countersign(by, locked).require()
        fee_class = locked.fee_class or FeeClass.AGREED
        reason = _("Voted in by the board on %(day)s.") % {"day": day(locked.decided_at)}
        member = admit(locked.organisation, pillar=locked.pillar, fee_class=fee_class, reason=reason, by=by, on=today)
        locked.state = lifecycle.JOINED
        locked.save(update_fields=["state"])
        open_duties_of(member, today)
        if member.pillar == Organisation.Pillar.SUPPLY_CHAIN:
            issue_fee(member, year=today.year, by=by, on=today, language=locked.language)
        elif member.pillar == Organisation.Pillar.CIVIL_SOCIETY:
            _pledge(member, locked, today, by)
    return member


def open_duties_of(member: Member, today: date) -> None:
    """The next of each yearly duty; the Memorandum is signed by now."""
    open_yearly([member], today, at_once=True)
    if mou := dated.text_on(Text.Kind.MOU, today):
        open_called(member, DutyRule.Key.MOU, period=mou.pk, due_on=None, on=today)
        meet_duty(member.organisation_id, DutyRule.Key.MOU, period=mou.pk, on=today)


def _pledge(member: Member, application: Application, today: date, by: Person) -> None:
    said = answers_of(application).get("days")
    row = dated.fee_row_on(member.pillar, member.fee_class, today)
    days = said or (row.days if row else None)
    if days:
        pledge_days(member, year=today.year, days=days, by=by)


def _locked(application: Application, by: Person) -> Application:
    """The row until the transaction ends. Who may not write cannot lock it either, and is told so first."""
    rules.can_keep_members(by).require()
    locked = Application.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
    return locked.get(pk=application.pk)
