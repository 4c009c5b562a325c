"""Who may do what with returns, editions and group figures, each with the reason why not.

A member's officers and managers answer; its readers read. The secretariat reads, comments, sends back and closes, but
nobody reads the return of an organisation they work for. The board sees who has sent a return, and the group's figures.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eprm.base.errors import NotAllowed, Overtaken
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling
from eprm.returns import lifecycle
from eprm.returns.models import Comment, Edition, Question, Return, Version
from eprm.ui.words import day, moment

WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})
# What a comment of these kinds asks, the member answers before the return is closed.
ASKING = frozenset({Comment.Category.QUESTION, Comment.Category.EVIDENCE_MISSING, Comment.Category.CONCERN})

NOT_A_WRITER = Ruling(
    gettext_lazy(
        "You may read the return, but not answer it. A manager of your organisation can make you a compliance officer."
    )
)
NOT_SECRETARIAT = Ruling(
    gettext_lazy("The secretariat reads the members’ returns and looks after the questionnaire. Write to it.")
)
NOT_BOARD = Ruling(
    gettext_lazy("Who has sent a return is shown to the board and the secretariat. The group’s figures are public.")
)


def can_read_returns(person: Person) -> Ruling:
    """Read the members' returns and look after the questionnaire: an officer or manager of the secretariat."""
    of_secretariat = any(
        m.organisation.tier == Organisation.Tier.SECRETARIAT and m.role in WRITERS for m in person.current_memberships
    )
    return YES if of_secretariat else NOT_SECRETARIAT


def can_see_states(person: Person) -> Ruling:
    """See which member has sent its return: the board and the secretariat."""
    return YES if person.board_seat is not None or person.is_secretariat else NOT_BOARD


def can_answer(person: Person, this: Return) -> Ruling:
    """Answer, attach evidence and take over suggestions, while the return is with the member."""
    if person.role_in(this.organisation_id) not in WRITERS:
        return NOT_A_WRITER
    return _in_state("answer", this)


def can_submit(person: Person, this: Return) -> Ruling:
    if person.role_in(this.organisation_id) not in WRITERS:
        return NOT_A_WRITER
    return _in_state("submit", this)


def require_submittable(person: Person, this: Return) -> None:
    """As `can_submit`, raising; a colleague's sending a moment ago is told as the news it is."""
    ruling = can_submit(person, this)
    if not ruling and this.state == lifecycle.SUBMITTED and person.role_in(this.organisation_id) in WRITERS:
        raise Overtaken(str(ruling.reason))
    ruling.require()


def can_correct(person: Person, this: Return) -> Ruling:
    """Begin a new version of what was sent or closed."""
    if person.role_in(this.organisation_id) not in WRITERS:
        return NOT_A_WRITER
    return _in_state("correct", this)


def can_change_answer(this: Return, question: Question, asked_about: frozenset[int] | None) -> Ruling:
    """In an improved version only what was asked about changes (`asked_about`; None: everything may)."""
    if asked_about is None or question.pk in asked_about:
        return YES
    return Ruling(
        _(
            "The secretariat did not ask about this answer, so it stays as you sent it. Once the return is closed you "
            "can begin a correction of it."
        )
    )


def can_review(person: Person, this: Return) -> Ruling:
    """Read and judge this return: the secretariat, but nobody their own organisation's."""
    if not (reading := can_read_returns(person)):
        return reading
    if person.role_in(this.organisation_id) is not None:
        return Ruling(
            _("You work for %(organisation)s too. A colleague of the secretariat who does not reads this return.")
            % {"organisation": this.organisation}
        )
    return YES


def can_comment(person: Person, this: Return) -> Ruling:
    return can_review(person, this) and _in_state("comment", this)


def can_reply(person: Person, this: Return) -> Ruling:
    """Say something back: whoever may write for the member, in any state."""
    return YES if person.role_in(this.organisation_id) in WRITERS else NOT_A_WRITER


def can_send_back(person: Person, this: Return, asking: int) -> Ruling:
    """Ask for improvement: with at least one comment that asks something."""
    if not (ruling := can_review(person, this) and _in_state("send_back", this)):
        return ruling
    if not asking:
        return Ruling(_("Say first, at one answer at least, what is asked: a question, missing evidence or a concern."))
    return YES


def can_close(person: Person, this: Return, asking: int) -> Ruling:
    """Close: with no question left that the member has not answered."""
    if not (ruling := can_review(person, this) and _in_state("close", this)):
        return ruling
    if asking:
        return Ruling(
            ngettext(
                "%(n)d comment still asks something. Send the return back, or mark the comment as settled.",
                "%(n)d comments still ask something. Send the return back, or mark the comments as settled.",
                asking,
            )
            % {"n": asking}
        )
    return YES


def require_closable(person: Person, this: Return, asking: int) -> None:
    """As `can_close`, raising; a colleague who has just closed it is told as news."""
    ruling = can_close(person, this, asking)
    if not ruling and this.state == lifecycle.CLOSED and can_review(person, this):
        raise Overtaken(str(ruling.reason))
    ruling.require()


def can_settle(person: Person, comment: Comment) -> Ruling:
    if comment.settled_at is not None:
        return Ruling(_("This comment is settled already."))
    return can_review(person, comment.version.of)


def can_change_edition(person: Person, edition: Edition) -> Ruling:
    """Change questions, dates and rules of a draft. What was in force stays as it was."""
    if not (reading := can_read_returns(person)):
        return reading
    if edition.state != Edition.State.DRAFT:
        return Ruling(
            _(
                "Edition %(edition)s is %(state)s since %(moment)s and members’ returns rest on it, so it stays as it "
                "is. Begin a new edition from it."
            )
            % {"edition": edition, "state": edition.get_state_display(), "moment": moment(edition.in_force_at)}
        )
    return YES


def can_put_in_force(person: Person, edition: Edition, problems: list[str]) -> Ruling:
    """A draft that asks every pillar something, and nothing in it stands against itself."""
    if not (ruling := can_change_edition(person, edition)):
        return ruling
    return Ruling(" ".join(problems)) if problems else YES


def can_open_year(person: Person, edition: Edition | None, year: int, on: date) -> Ruling:
    """Open the year's returns for all members, once an edition is in force and its day has come."""
    if not (reading := can_read_returns(person)):
        return reading
    return year_can_open(edition, year, on)


def year_can_open(edition: Edition | None, year: int, on: date) -> Ruling:
    if edition is None:
        return Ruling(
            _("No edition of the questionnaire is in force for %(year)s. Put one in force first.") % {"year": year}
        )
    if on < edition.opens_on:
        return Ruling(
            _("By edition %(edition)s the returns about %(year)s open on %(day)s.")
            % {"edition": edition, "year": year, "day": day(edition.opens_on)}
        )
    return YES


def can_publish(person: Person, *, counted: int, least: int, may_follow: bool) -> Ruling:
    """Make the group's figures: of enough closed returns, and not where a second telling would tell of one member."""
    if not (reading := can_read_returns(person)):
        return reading
    if counted < least:
        return Ruling(
            _("%(counted)d returns are closed; figures are made from %(least)d on, so that they tell of no single one.")
            % {"counted": counted, "least": least}
        )
    if not may_follow:
        return Ruling(
            _(
                "Since the last figures fewer than %(least)d returns have come or changed. New figures beside the old "
                "ones would tell of them. Wait until there are more, or until there is no difference."
            )
            % {"least": least}
        )
    return YES


def _in_state(deed: str, this: Return) -> Ruling:
    return YES if lifecycle.is_possible(deed, this.state) else Ruling(_state_reason(this))


def _state_reason(this: Return) -> str:
    match this.state:
        case lifecycle.SUBMITTED:
            return _(
                "The return was sent on %(moment)s and stays as it was sent. A correction is a new version: begin one."
            ) % {"moment": moment(this.submitted_at)}
        case lifecycle.CLOSED:
            return _(
                "The return was closed on %(moment)s and stays as it is. A correction is a new version: begin one."
            ) % {"moment": moment(this.closed_at)}
        case _:
            return _("The return is with the member. It can be read once it is sent.")


def require_draft(version: Version | None) -> Version:
    """The version that may be written to; NotAllowed where there is none."""
    if version is None or version.sent_at is not None:
        raise NotAllowed(_("There is no version open for answers. Begin one on the page of the return."))
    return version
