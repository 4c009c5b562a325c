"""The secretariat, a company and a board seat, as their own actions make them."""

from datetime import date

import pytest
from django.utils import timezone

from eprm.base.identity import acting_everywhere
from eprm.base.models import OutgoingMail
from eprm.members.actions import applications, ballots, checking
from eprm.members.actions.shipping import ship_membership
from eprm.members.queries import dated
from eprm.people import actions as people_actions
from eprm.people.identity import acting_for
from eprm.people.models import BoardSeat
from tests.eprm.people.conftest import make_person


@pytest.fixture
def noor(db):
    person = make_person("noor@halden.example")
    people_actions.register_organisation(name="Halden Instruments B.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def jonas(db):
    person = make_person("jonas@veldkamp.example")
    people_actions.register_organisation(name="Veldkamp Mobility N.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def femke(db):
    person = make_person("femke@eprm.example")
    people_actions.found_secretariat(name="EPRM Secretariat", country="NL", place="", by=person)
    return person


@pytest.fixture
def halden(noor):
    return noor.current_memberships[0].organisation


@pytest.fixture
def as_femke(femke):
    with acting_for(femke, path="test"):
        yield femke


@pytest.fixture
def as_noor(noor):
    with acting_for(noor, path="test"):
        yield noor


@pytest.fixture
def shipped(db):
    """The first editions of rules, forms and texts."""
    ship_membership()


@pytest.fixture
def board(db, femke):
    """Nine seats, three a pillar, by pillar."""
    people = {}
    for pillar in ("supply_chain", "government", "civil_society"):
        people[pillar] = []
        for number in range(3):
            person = make_person(f"{pillar}{number}@board.example")
            organisation = people_actions.register_organisation(
                name=f"{pillar} {number}", country="NL", tier="service", by=person
            )
            BoardSeat.objects.create(person=person, organisation=organisation, pillar=pillar, since=date(2026, 1, 1))
            people[pillar].append(person)
    return people


@pytest.fixture
def draft(noor, halden, shipped):
    """Halden's application, begun and fully answered."""
    with acting_for(noor, path="test"):
        application = applications.start_application(halden, pillar="supply_chain", by=noor)
        fill(application, noor)
    return application


@pytest.fixture
def sent(draft, noor):
    with acting_for(noor, path="test"):
        return applications.send_application(draft, by=noor)


@pytest.fixture
def complete(sent, femke):
    with acting_for(femke, path="test"):
        checking.record_screening(sent, lists="UN 2026-11-20", outcome="clear", reason="", by=femke)
        return checking.complete_application(sent, by=femke)


@pytest.fixture
def ballot(complete, board, femke):
    with acting_for(femke, path="test"):
        return ballots.open_ballot(complete, by=femke)


@pytest.fixture
def admitted(ballot, board, femke):
    """Everybody said yes, and the secretariat counted."""
    for person in [person for people in board.values() for person in people]:
        with acting_for(person, path="test"):
            ballots.cast_vote(ballot, choice="yes", by=person)
    with acting_for(femke, path="test"):
        ballots.close_ballot(ballot, reason="Honest and useful.", minutes="All said yes.", by=femke)
        ballot.application.refresh_from_db()
    return ballot.application


@pytest.fixture
def joined(admitted, noor, femke):
    """The membership, after both signatures."""
    with acting_for(noor, path="test"):
        text = dated.text_on("mou", timezone.localdate())
        applications.sign_application(admitted, text, name="Noor", position="Director", by=noor)
    with acting_for(femke, path="test"):
        return checking.countersign(admitted, by=femke)


def fill(application, by, staff=160):
    """Answer every question and sign what is signed, as an enterprise of so many staff."""
    values = {}
    for question in dated.questions_of(application.edition, application.pillar):
        if question.kind in ("choice", "choices"):
            values[question] = question.choices[0]["key"]
        elif question.kind == "number":
            values[question] = "12"
        elif question.kind == "link":
            values[question] = "https://halden.example/"
        elif question.kind == "date":
            values[question] = "2026-12-31"
        elif question.kind != "file":
            values[question] = "Jan Jansen" if question.key == "owners" else "words"
    asked = dated.questions_of(application.edition, application.pillar)
    files = {question: [("conduct.pdf", b"%PDF-1.7")] for question in asked if question.kind == "file"}
    applications.save_answers(application, values=values, files=files, by=by)
    if application.pillar == "supply_chain":
        figures = [{"year": 2025, "staff": staff, "turnover": 32_000_000, "balance_sheet": 30_000_000}]
        told = {"chosen_class": "", "is_association": False, "public_percent": 0}
        applications.save_size(application, figures=figures, holdings=[], **told, by=by)
    for kind in ("sanctions", "guidelines", "privacy"):
        text = dated.text_on(kind, timezone.localdate())
        applications.sign_text(application, text, name="Noor", position="Director", by=by)


@pytest.fixture
def mails(db):
    """What lies in the outbox, as the platform's own jobs see it."""

    def read():
        with acting_everywhere("outbox"):
            found = OutgoingMail.objects.filter(kind__startswith="member_").prefetch_related("attachments")
            return sorted(found, key=lambda mail: mail.kind)

    return read
