"""Who may open which page of membership: Halden's own, another applicant's, and the offices'."""

from datetime import date, timedelta

from django.utils import timezone

from eprm.base.files import keep_bytes
from eprm.base.identity import acting_as
from eprm.members.actions.shipping import ship_membership
from eprm.members.models import (
    Application,
    Ballot,
    BallotSeat,
    BoardRule,
    Comment,
    Evidence,
    FormEdition,
    Invoice,
    Member,
    Pledge,
    Question,
    Section,
    Text,
)
from tests import factories

SIGNED_IN = (302, 200, 200, 200, 200, 200)
OFFICES = (302, 403, 403, 403, 403, 200)
SECRETARIAT = (302, 403, 403, 403, 403, 200)
SECRETARIAT_DEED = (302, 403, 403, 403, 403, 302)
BOARD_TOO = {"board": 200}
BOARD_SEES = {"board": 403}
# Pages for somebody who works for an organisation lead the newcomer to one first.
LED = {"newcomer": 302}
OWN = (302, 200, 200, 200, 404, 200)
OWN_WRITERS = (302, 403, 200, 200, 404, 403)
OWN_DEED = (302, 403, 302, 302, 404, 403)
OWN_MANAGER = (302, 403, 403, 200, 404, 403)
NEVER_OWN = (302, 403, 403, 403, 404, 403)
OTHERS = (302, 404, 404, 404, 404, 200)
OTHERS_DEED = (302, 404, 404, 404, 404, 302)
OTHERS_NOT_YET = (302, 404, 404, 404, 404, 403)

TOKEN = (401, 401, 401, 401, 401, 401)

RULES = {
    "members:start": ("GET", [], SIGNED_IN, LED),
    "members:member_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:duty_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:member_detail": ("GET", ["membership_of"], OWN, BOARD_TOO),
    "members:member_change": ("GET", ["membership_of"], (302, 403, 403, 403, 404, 200), BOARD_SEES),
    "members:member_screening": ("POST", ["membership_of"], (302, 403, 403, 403, 404, 422), BOARD_SEES),
    "members:contact_confirm": ("POST", ["membership_of"], OWN_DEED, BOARD_SEES | LED),
    "members:mou_sign": ("GET", ["membership_of"], OWN_MANAGER, BOARD_SEES | LED),
    "members:notice_new": ("GET", ["membership_of"], OWN_MANAGER, BOARD_SEES | LED),
    "members:pledge_new": ("GET", ["membership_of"], (302, 403, 200, 200, 404, 200), BOARD_SEES | LED),
    "members:worked_new": ("GET", ["pledge"], OWN_WRITERS, BOARD_SEES | LED),
    "members:application_new": ("GET", [], SIGNED_IN, LED),
    "members:application_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:application_detail": ("GET", ["application"], OWN, BOARD_TOO | LED),
    "members:application_part": ("GET", ["application", "part"], OWN_WRITERS, BOARD_SEES | LED),
    "members:application_sign": ("GET", ["application"], OWN_MANAGER, BOARD_SEES | LED),
    "members:application_send": ("POST", ["application"], NEVER_OWN, BOARD_SEES | LED),
    "members:application_withdraw": ("GET", ["application"], OWN_MANAGER, BOARD_SEES | LED),
    "members:application_mou": ("GET", ["application"], NEVER_OWN, BOARD_SEES | LED),
    "members:application_comment": ("GET", ["sent_application"], OTHERS, BOARD_SEES),
    "members:application_return": ("POST", ["sent_application"], OTHERS_DEED, BOARD_SEES),
    "members:application_screen": ("GET", ["sent_application"], OTHERS, BOARD_SEES),
    "members:application_complete": ("POST", ["sent_application"], OTHERS_NOT_YET, BOARD_SEES),
    "members:ballot_open": ("POST", ["sent_application"], OTHERS_NOT_YET, BOARD_SEES),
    "members:application_countersign": ("POST", ["sent_application"], OTHERS_NOT_YET, BOARD_SEES),
    "members:comment_settle": ("POST", ["comment"], SECRETARIAT_DEED),
    "members:evidence_file": ("GET", ["evidence"], OWN, BOARD_TOO | LED),
    "members:evidence_remove": ("POST", ["evidence"], OWN_DEED, BOARD_SEES | LED),
    "members:ballot_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:ballot_detail": ("GET", ["ballot"], OTHERS, BOARD_TOO),
    "members:ballot_vote": ("POST", ["ballot"], OTHERS_NOT_YET, {"board": 422}),
    "members:ballot_conflict": ("POST", ["ballot"], OTHERS_NOT_YET, {"board": 422}),
    "members:ballot_close": ("GET", ["ballot"], OTHERS_NOT_YET, BOARD_SEES),
    "members:invoice_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:invoice_new": ("GET", [], SECRETARIAT),
    "members:invoice_yearly": ("GET", [], SECRETARIAT),
    "members:invoice_detail": ("GET", ["invoice"], OWN, BOARD_TOO),
    "members:invoice_file": ("GET", ["invoice"], OWN, BOARD_TOO),
    "members:payment_new": ("GET", ["invoice"], (302, 403, 403, 403, 404, 200), BOARD_SEES),
    "members:credit_new": ("GET", ["invoice"], (302, 403, 403, 403, 404, 200), BOARD_SEES),
    "members:earmark_new": ("GET", ["invoice"], (302, 403, 403, 403, 404, 200), BOARD_SEES),
    "members:payment_list": ("GET", [], OFFICES, BOARD_TOO),
    "members:rule_list": ("GET", [], SIGNED_IN),
    "members:rule_new": ("GET", ["rule_kind"], SECRETARIAT),
    "members:text_detail": ("GET", ["text"], SIGNED_IN),
    "members:text_new": ("GET", ["text_kind"], SECRETARIAT),
    "members:form_detail": ("GET", ["form_edition"], SECRETARIAT),
    "members:form_preview": ("GET", ["form_edition", "pillar"], SECRETARIAT),
    "members:form_new": ("GET", ["form_edition"], SECRETARIAT),
    "members:form_publish": ("POST", ["form_edition"], SECRETARIAT_DEED),
    "members:question_edit": ("GET", ["question"], SECRETARIAT),
    "members:question_remove": ("POST", ["question"], SECRETARIAT_DEED),
    "members:question_new": ("GET", ["section"], SECRETARIAT),
    "api:list_members": ("GET", [], TOKEN),
    "api:list_applications": ("GET", [], TOKEN),
    "api:list_invoices": ("GET", [], TOKEN),
}


def scene(people):
    """Halden is a member and has an application back with it, so that every page has something; others sent theirs."""
    ship_membership()
    officer, femke, hugo = people["officer"], people["secretariat"], people["board"]
    halden = officer.memberships.get().organisation
    applicant, other = factories.organisation("Applicant"), factories.organisation("Other applicant")
    today = timezone.localdate()
    edition = FormEdition.objects.get()
    with acting_as(officer.pk, [halden.pk, applicant.pk, other.pk], secretariat=True, board=True):
        member = factories.partner(halden)
        application = _application(halden, edition, officer, "returned")
        sent = _application(applicant, edition, femke, "submitted")
        voting = _application(other, edition, femke, "voting")
        question = Question.objects.get(section__edition=edition, key="policy_file")
        ballot = Ballot.objects.create(
            application=voting,
            organisation=other,
            rule=BoardRule.objects.filter(kind="ordinary").first(),
            opened_by=femke,
            closes_on=today + timedelta(days=5),
        )
        seat = hugo.board_seats.get()
        BallotSeat.objects.create(ballot=ballot, organisation=seat.organisation, seat=seat, pillar=seat.pillar)
        draft = FormEdition.objects.create(title="next", valid_from=today, source="s")
        section = Section.objects.create(edition=draft, key="a", position=0, title={"en": "A"})
        return {
            "membership_of": member.pk,
            "pledge": Pledge.objects.create(organisation=halden, member=member, year=2026, days=5).pk,
            "application": application.pk,
            "part": "about",
            "sent_application": sent.pk,
            "comment": Comment.objects.create(application=sent, organisation=applicant, text="?", made_by=femke).pk,
            "evidence": Evidence.objects.create(
                application=application,
                organisation=halden,
                question=question,
                name="p.pdf",
                size=1,
                sha256=keep_bytes(b"p"),
            ).pk,
            "ballot": ballot.pk,
            "invoice": _invoice(member, femke).pk,
            "rule_kind": "fees",
            "text": Text.objects.filter(kind="mou").first().pk,
            "text_kind": "mou",
            "form_edition": draft.pk,
            "pillar": "government",
            "section": section.pk,
            "question": Question.objects.create(
                section=section, key="q", position=0, kind="line", label={"en": "Q"}
            ).pk,
        }


def _question(section):
    return Question.objects.create(section=section, key="q", position=0, kind="line", label={"en": "Q"})


def _application(of, edition, by, state):
    return Application.objects.create(
        organisation=of, edition=edition, pillar="supply_chain", state=state, started_by=by, submitted_at=timezone.now()
    )


def _invoice(member: Member, by):
    return Invoice.objects.create(
        organisation=member.organisation,
        member=member,
        year=2026,
        number=1,
        for_year=2026,
        issued_on=date(2026, 1, 15),
        due_on=date(2026, 3, 15),
        amount=500,
        currency="EUR",
        what="Contribution",
        billed_to="Halden",
        language="en",
        issued_by=by,
        sha256=keep_bytes(b"%PDF"),
    )
