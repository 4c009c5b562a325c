"""Membership's part of the demo: most of the cast are members, one is in grace, two apply, and the board is voting."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from eprm.base.identity import acting_everywhere
from eprm.members.actions import applications, ballots, checking, contributions, duties, membership
from eprm.members.actions.shipping import ship_membership
from eprm.members.models import Application, FeeClass, Invoice, Member, Question, Text
from eprm.members.queries import dated
from eprm.members.queries.membership import member_on
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person

SUPPLY, GOVERNMENT, CIVIL = (
    Organisation.Pillar.SUPPLY_CHAIN,
    Organisation.Pillar.GOVERNMENT,
    Organisation.Pillar.CIVIL_SOCIETY,
)
# Who, in which pillar and class, member for how many days.
MEMBERS = (
    ("noor", SUPPLY, FeeClass.BASIC, 900),
    ("jonas", SUPPLY, FeeClass.STRATEGIC, 2400),
    ("petra", SUPPLY, FeeClass.NORMAL, 1500),
    ("uwe", SUPPLY, FeeClass.NORMAL, 1300),
    ("eva", SUPPLY, FeeClass.NORMAL, 700),
    ("farid", SUPPLY, FeeClass.NORMAL, 600),
    ("aline", SUPPLY, FeeClass.BASIC, 600),
    ("luca", SUPPLY, FeeClass.NORMAL, 800),
    ("hugo", GOVERNMENT, FeeClass.AGREED, 3000),
    ("anke", GOVERNMENT, FeeClass.AGREED, 2100),
    ("olivier", CIVIL, FeeClass.CAPACITY, 1100),
    ("marieke", CIVIL, FeeClass.CAPACITY, 1900),
    ("camila", CIVIL, FeeClass.CAPACITY, 500),
)
LATE, UNPAID = "luca", ("luca",)
INVOICED_DAYS, LOOKED_BACK = 200, 300
ANSWERS_FR = {
    "legal_form": "SARL, RCCM/GOMA/B/001 (démo)",
    "profile": "Comptoir d’achat et d’exportation de cassitérite et de coltan à Goma.",
    "contact_membership": "Patience, patience@comptoirkivu.example",
    "contact_diligence": "Patience, patience@comptoirkivu.example",
    "owners": "Patience Bahati (démo)\nEmmanuel Kasole (démo)",
    "minerals": "tin\ntantalum",
    "objectives": "Nous voulons vendre des minerais dont l’origine est connue, et être jugés sur ce que nous faisons.",
    "tier": "trader_exporter",
    "oecd_state": "under_way",
    "check_policy": "yes",
    "check_trace": "partly",
    "check_risks": "partly",
    "check_response": "no",
    "check_report": "no",
    "ungp": "Un mécanisme de plainte est ouvert depuis un an ; une personne répond.",
}


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    ship_membership()
    femke = person("femke")
    if _works_for(person("noor")) and _member(person("noor"), femke) is not None:
        return
    for address, pillar, fee_class, days in MEMBERS:
        _join(person(address), pillar, fee_class, days, femke)
    _give(femke)
    _apply(person("patience"), femke)
    _sent_back(person("jeanne"), femke)
    with acting_everywhere("demo"):
        membership.move_grace(timezone.localdate())
    if scale > 1:
        _many(femke)


def _works_for(somebody: Person) -> Organisation:
    return somebody.current_memberships[0].organisation


def _member(somebody: Person, femke: Person) -> Member | None:
    with acting_for(femke, path="demo"):
        return member_on(_works_for(somebody).pk, timezone.localdate())


def _join(somebody: Person, pillar: str, fee_class: str, days: int, femke: Person) -> None:
    """A member for so long, the Memorandum signed and this year's duties met; the late one leaves its return open."""
    today = timezone.localdate()
    organisation, is_late = _works_for(somebody), somebody == person(LATE)
    with acting_for(somebody, path="demo"):
        text = dated.text_on(Text.Kind.MOU, today)
        applications.sign_mou(organisation, text, name=somebody.name, position="Director (demo)", by=somebody)
    with acting_for(femke, path="demo"):
        since = today - timedelta(days=days)
        reason = "Voted in by the board (demo)."
        member = membership.admit(organisation, pillar=pillar, fee_class=fee_class, reason=reason, by=femke, on=since)
        duties.open_yearly([member], today - timedelta(days=LOOKED_BACK), at_once=True)
        duties.open_called(member, "mou", period=text.pk, due_on=None, on=text.valid_from)
        duties.meet_duty(organisation.pk, "mou", period=text.pk, on=max(since, text.valid_from))
        for duty in member.duties.filter(met_on=None, due_on__lt=today).exclude(key="return" if is_late else ""):
            duties.meet_duty(organisation.pk, duty.key, period=duty.period, on=duty.due_on - timedelta(days=9))


def _give(femke: Person) -> None:
    """Fees, an earmarked contribution of a government, and civil society's days."""
    today = timezone.localdate()
    issued = today - timedelta(days=INVOICED_DAYS)
    with acting_for(femke, path="demo"):
        for address, pillar, _fee_class, _days in MEMBERS:
            member = _member(person(address), femke)
            if pillar == SUPPLY:
                invoice = contributions.issue_fee(member, year=issued.year, by=femke, on=issued)
                if address not in UNPAID:
                    _pay(invoice, f"DEMO-{invoice.number:04}", femke)
            elif pillar == CIVIL:
                contributions.pledge_days(member, year=today.year, days="10", by=femke)
        donor = _member(person("hugo"), femke)
        told = {"what": "Pooled fund, first part (demo)", "due_on": issued + timedelta(days=30), "by": femke}
        invoice = contributions.issue_agreed(donor, amount=Decimal(250_000), on=issued, **told)
        contributions.earmark(invoice, amount=Decimal(100_000), purpose="Tin, Great Lakes (demo)", by=femke)
        _pay(invoice, "DEMO-MIN-A", femke)
    olivier = person("olivier")
    with acting_for(olivier, path="demo"):
        pledge = _works_for(olivier).partnership_memberships.get().pledges.get()
        for days, what in ((2, "Working group, tin, Great Lakes"), (3, "Field visit, Masisi")):
            contributions.log_days(pledge, on=today, days=Decimal(days), who="Olivier", what=what, by=olivier)


def _pay(invoice: Invoice, reference: str, femke: Person) -> None:
    day = invoice.issued_on + timedelta(days=20)
    contributions.book_payment(invoice, amount=invoice.amount, on=day, reference=reference, by=femke)


def _apply(patience: Person, femke: Person) -> None:
    """A small exporter applies in French; the board is voting on it."""
    application = _filled(patience)
    with acting_for(patience, path="demo"):
        applications.send_application(application, by=patience)
    with acting_for(femke, path="demo"):
        lists = "UN Security Council consolidated list, edition of the day (demo)"
        checking.record_screening(application, lists=lists, outcome="clear", reason="", by=femke)
        ballot = ballots.open_ballot(checking.complete_application(application, by=femke), by=femke)
    for address in ("hugo", "petra"):
        with acting_for(person(address), path="demo"):
            ballots.cast_vote(ballot, choice="yes", by=person(address))
    with acting_for(person("olivier"), path="demo"):
        reason = "We work with this exporter in a project."
        ballots.declare_conflict(ballot, reason=reason, by=person("olivier"))


def _filled(patience: Person, **others: str) -> Application:
    today = timezone.localdate()
    with acting_for(patience, path="demo"):
        application = applications.start_application(_works_for(patience), pillar=SUPPLY, by=patience)
        asked = {question.key: question for question in dated.questions_of(application.edition, SUPPLY)}
        values: dict[Question, str] = {asked[key]: value for key, value in {**ANSWERS_FR, **others}.items()}
        applications.save_answers(application, values=values, by=patience)
        figures = [
            {"year": today.year - 1, "staff": 34, "turnover": 6_200_000, "balance_sheet": 2_900_000},
            {"year": today.year - 2, "staff": 31, "turnover": 5_400_000, "balance_sheet": 2_700_000},
        ]
        told = {"chosen_class": "", "is_association": False, "public_percent": 0}
        applications.save_size(application, figures=figures, holdings=[], **told, by=patience)
        for kind in (Text.Kind.SANCTIONS, Text.Kind.GUIDELINES, Text.Kind.PRIVACY):
            text = dated.text_on(kind, today)
            applications.sign_text(
                application, text, name="Patience Bahati", position="Gérante", by=patience, language="fr"
            )
    return application


def _sent_back(jeanne: Person, femke: Person) -> None:
    """A cooperative's application came back with a question."""
    application = _filled(
        jeanne,
        legal_form="Coopérative, RCA/COOP/0077 (démo)",
        profile="Coopérative minière de cassitérite, 210 membres.",
        contact_membership="Jeanne, jeanne@twubakane.example",
        contact_diligence="Jeanne, jeanne@twubakane.example",
        owners="Les membres de la coopérative (démo)",
        tier="mine_asm",
    )
    with acting_for(jeanne, path="demo"):
        applications.send_application(application, by=jeanne)
    with acting_for(femke, path="demo"):
        question = next(q for q in dated.questions_of(application.edition, SUPPLY) if q.key == "check_trace")
        text = "De quels puits achetez-vous « en partie » ? Deux phrases suffisent."
        checking.add_comment(application, text=text, question=question, by=femke)
        checking.return_application(application, by=femke)


def _many(femke: Person) -> None:
    """For load tests: the further organisations are members too."""
    today = timezone.localdate()
    with acting_for(femke, path="demo"):
        for organisation in Organisation.objects.filter(name__startswith="Brand ", name__endswith="(demo)"):
            if member_on(organisation.pk, today) is None:
                told = {"pillar": SUPPLY, "fee_class": FeeClass.NORMAL, "reason": "demo", "by": femke}
                member = membership.admit(organisation, **told, on=today - timedelta(days=400))
                duties.open_yearly([member], today - timedelta(days=LOOKED_BACK), at_once=True)
