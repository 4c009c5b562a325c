"""Who may do what about membership, each with the reason why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eprm.members import lifecycle
from eprm.members.models import Application, Ballot, BallotSeat, FormEdition, Invoice, Member, Signature
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling
from eprm.ui.words import day, moment, number

WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})

NOT_SECRETARIAT = Ruling(gettext_lazy("The secretariat keeps the partnership’s memberships. Write to it."))
NOT_OFFICE = Ruling(
    gettext_lazy("The secretariat and the board see all members. Your own membership stands on its own page.")
)
NOT_BOARD = Ruling(
    gettext_lazy("The board votes, one vote a seat. The secretariat and applicants do not; you hold no seat today.")
)
NOT_A_WRITER = Ruling(
    gettext_lazy("You may read here, but not change anything. A manager of your organisation can make you an officer.")
)
NOT_A_MANAGER = Ruling(gettext_lazy("A manager of your organisation signs for it. Ask one of them, or to become one."))
NO_ORGANISATION = Ruling(gettext_lazy("An organisation applies, not a person. Register yours, or ask to be invited."))


def can_see_members(person: Person) -> Ruling:
    """The lists of all members: the secretariat and the board."""
    return YES if person.is_secretariat or person.board_seat is not None else NOT_OFFICE


def can_keep_members(person: Person) -> Ruling:
    """Admit, change and end memberships: an officer or manager of the secretariat."""
    keeps = any(
        m.organisation.tier == Organisation.Tier.SECRETARIAT and m.role in WRITERS for m in person.current_memberships
    )
    return YES if keeps else NOT_SECRETARIAT


def can_admit(person: Person, organisation: Organisation, current: Member | None) -> Ruling:
    """Begin a membership: where none runs."""
    if not (keeping := can_keep_members(person)):
        return keeping
    if current is not None:
        return Ruling(
            _("%(organisation)s has been a member since %(day)s. Nothing was changed.")
            % {"organisation": organisation, "day": day(current.since)}
        )
    return YES


def can_change_state(person: Person | None, member: Member, state: str, on: date) -> Ruling:
    """Move a membership to another state. The platform's own jobs act without a person."""
    if person is not None and not (keeping := can_keep_members(person)):
        return keeping
    if not lifecycle.leads_to(member.state, state):
        told = {"before": lifecycle.STATES[member.state].label, "after": lifecycle.STATES[state].label}
        return Ruling(
            _("%(member)s is “%(before)s”, and from there nothing leads to “%(after)s”.") % {"member": member, **told}
        )
    if on < member.since:
        return Ruling(
            _("%(member)s became a member on %(since)s. Choose a day from then on, not %(on)s.")
            % {"member": member, "since": day(member.since), "on": day(on)}
        )
    return YES


def can_write_for(person: Person, organisation_id: int) -> Ruling:
    """Fill in for the organisation: its officers and managers."""
    return YES if person.role_in(organisation_id) in WRITERS else NOT_A_WRITER


def can_sign_for(person: Person, organisation_id: int) -> Ruling:
    """Bind the organisation: its managers."""
    return YES if person.role_in(organisation_id) == Membership.Role.MANAGER else NOT_A_MANAGER


def can_apply(
    person: Person, organisation: Organisation, *, running: Application | None, member: Member | None, owed: Decimal
) -> Ruling:
    """Begin an application: no other runs, no membership runs, nothing is owed from an earlier one."""
    if organisation.tier == Organisation.Tier.SECRETARIAT:
        return Ruling(_("The secretariat runs the partnership and cannot be its member."))
    if not (writing := can_write_for(person, organisation.pk)):
        return writing
    if member is not None:
        return Ruling(
            _("%(organisation)s has been a member since %(day)s. Nothing was changed.")
            % {"organisation": organisation, "day": day(member.since)}
        )
    if running is not None:
        return Ruling(
            _("%(organisation)s has an application under way since %(day)s. Go on with that one.")
            % {"organisation": organisation, "day": day(running.started_at)}
        )
    if owed > 0:
        return Ruling(
            _("%(amount)s of an earlier membership is still owed. Pay it, or talk to the secretariat, then apply.")
            % {"amount": number(owed, "EUR")}
        )
    return YES


def _stands(deed: str, application: Application, refusal: str) -> Ruling:
    if lifecycle.is_possible(deed, application.state):
        return YES
    told = {"state": lifecycle.APPLICATION_STATES[application.state].label, "refusal": refusal}
    return Ruling(_("%(refusal)s It is “%(state)s”.") % told)


def can_edit(person: Person, application: Application) -> Ruling:
    """Answer and attach, until it is sent; again when it was sent back."""
    return can_write_for(person, application.organisation_id) and _stands(
        "edit", application, _("A sent application is not edited: the secretariat reads it as it came.")
    )


def can_send(person: Person, application: Application, gaps: int) -> Ruling:
    """Hand the application in: complete, by a manager, who binds the organisation."""
    if not (signing := can_sign_for(person, application.organisation_id)):
        return signing
    if not (editing := can_edit(person, application)):
        return editing
    if gaps:
        said = ngettext("%(count)s answer is still missing.", "%(count)s answers are still missing.", gaps)
        return Ruling(said % {"count": gaps})
    return YES


def can_withdraw(person: Person, application: Application) -> Ruling:
    return can_sign_for(person, application.organisation_id) and _stands(
        "withdraw", application, _("This application can no longer be withdrawn.")
    )


def can_check(person: Person, application: Application, deed: str) -> Ruling:
    """Comment, send back, screen: the secretariat, while the application is with it."""
    return can_keep_members(person) and _stands(
        deed, application, _("The application is not with the secretariat now.")
    )


def can_complete(person: Person, application: Application, comments: int, screening: str) -> Ruling:
    """Find the application complete: nothing open, and its names were screened and nobody is listed."""
    if not (checking := can_check(person, application, "complete")):
        return checking
    if comments:
        return Ruling(_("There are open comments. Send it back with them, or settle them, first."))
    if not screening:
        return Ruling(_("The names have not been held against the sanctions lists yet. Record the screening first."))
    if screening == "listed":
        return Ruling(_("The screening says that somebody is listed. Such an application goes no further."))
    return YES


def can_open_ballot(person: Person, application: Application, seats: int) -> Ruling:
    if not (keeping := can_keep_members(person)):
        return keeping
    if not (standing := _stands("open_ballot", application, _("The board votes on complete applications."))):
        return standing
    return YES if seats else Ruling(_("The board has no seat yet, so nobody could vote. Fill its seats first."))


def can_vote(person: Person, ballot: Ballot, seat: BallotSeat | None, on: date) -> Ruling:
    """Speak for one's own seat, and change it as often as one likes, until the ballot closes."""
    if person.is_secretariat or seat is None or seat.seat.until is not None:
        return NOT_BOARD
    if ballot.closed_at is not None:
        return Ruling(
            _("This ballot was closed on %(at)s. Your vote stands as it was then.") % {"at": moment(ballot.closed_at)}
        )
    if on > ballot.closes_on:
        return Ruling(
            _("Votes were taken until %(day)s. The secretariat counts them now.") % {"day": day(ballot.closes_on)}
        )
    return YES


def can_choose(seat: BallotSeat, applicant_id: int) -> Ruling:
    """Say yes, no or abstain: without a conflict of interest."""
    if seat.organisation_id == applicant_id:
        return Ruling(_("This is about your own organisation, so your seat stands aside."))
    if seat.conflict:
        return Ruling(_("You declared a conflict of interest, so your seat stands aside. Take it back to vote."))
    return YES


def can_close_ballot(person: Person, ballot: Ballot, on: date, silent: int) -> Ruling:
    """Count: the secretariat, once the last day is over or every seat has spoken."""
    if not (keeping := can_keep_members(person)):
        return keeping
    if ballot.closed_at is not None:
        return Ruling(_("This ballot was closed on %(at)s already.") % {"at": moment(ballot.closed_at)})
    if silent and on <= ballot.closes_on:
        said = ngettext(
            "%(count)s seat has not voted, and votes are taken until %(day)s. Count after that.",
            "%(count)s seats have not voted, and votes are taken until %(day)s. Count after that.",
            silent,
        )
        return Ruling(said % {"count": silent, "day": day(ballot.closes_on)})
    return YES


def can_sign_mou(person: Person, organisation_id: int, signed: Signature | None) -> Ruling:
    """Sign an edition of the Memorandum: a manager, once."""
    if not (signing := can_sign_for(person, organisation_id)):
        return signing
    if signed is not None:
        told = {"name": signed.name, "at": moment(signed.signed_at)}
        return Ruling(_("%(name)s signed this edition on %(at)s. It is signed once.") % told)
    return YES


def can_sign_application(person: Person, application: Application, signed: Signature | None) -> Ruling:
    """Sign the Memorandum after the board's vote."""
    if not (signing := can_sign_mou(person, application.organisation_id, signed)):
        return signing
    return _stands("sign", application, _("The Memorandum is signed once the board has voted you in."))


def can_countersign(person: Person, application: Application) -> Ruling:
    return can_keep_members(person) and _stands(
        "countersign", application, _("The secretariat countersigns what the applicant has signed.")
    )


def can_give_notice(person: Person, member: Member, given: bool) -> Ruling:
    """Leave: a manager of the member, once."""
    if not (signing := can_sign_for(person, member.organisation_id)):
        return signing
    if given or member.state not in lifecycle.CURRENT:
        return Ruling(_("Notice has been given already, or the membership has ended."))
    return YES


def can_lapse(person: Person, member: Member, lapses_on: date | None, on: date) -> Ruling:
    """End a membership for what stayed owed: only after grace is over."""
    if not (changing := can_change_state(person, member, lifecycle.LAPSED, on)):
        return changing
    if lapses_on is None or on < lapses_on:
        return Ruling(
            _("%(member)s is in grace until %(day)s. Talk to it; it can lapse from that day on.")
            % {"member": member, "day": day(lapses_on)}
        )
    return YES


def can_edit_form(person: Person, edition: FormEdition) -> Ruling:
    """Change questions: the secretariat, until the edition is published."""
    if not (keeping := can_keep_members(person)):
        return keeping
    if edition.published_at is not None:
        return Ruling(
            _("Edition %(edition)s was published on %(at)s and is not edited any more. Make the next one from it.")
            % {"edition": edition, "at": moment(edition.published_at)}
        )
    return YES


def can_invoice(person: Person, member: Member, invoiced: Invoice | None) -> Ruling:
    """Issue the yearly fee's invoice: once a year."""
    if not (keeping := can_keep_members(person)):
        return keeping
    if invoiced is not None:
        return Ruling(
            _("%(invoice)s of %(day)s stands for this year already.")
            % {"invoice": invoiced.label, "day": day(invoiced.issued_on)}
        )
    return YES


def can_take(invoice: Invoice, amount: Decimal, most: Decimal, refusal: str) -> Ruling:
    """Take so much from an invoice's sums: a refund from what was paid, a credit from what is not credited yet."""
    if amount > most:
        told = {"refusal": refusal, "invoice": invoice.label, "most": number(most, invoice.currency)}
        return Ruling(_("%(refusal)s Of %(invoice)s at most %(most)s.") % told)
    return YES
