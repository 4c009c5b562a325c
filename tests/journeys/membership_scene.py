"""The partnership a small association finds: a secretariat, and a board of six in three pillars."""

from datetime import date, timedelta

import django
from django.core.files.base import ContentFile

from tests import workbooks


def make(password: str) -> None:
    """Everybody signs in with this password."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - Django must be set up first

    from eprm.members.actions import membership  # noqa: PLC0415
    from eprm.people import actions  # noqa: PLC0415
    from eprm.people.identity import acting_for  # noqa: PLC0415

    hashed = make_password(password)

    def account(address: str, name: str, language: str = "en"):
        return actions.open_account(email=address, name=name, password=hashed, language=language)

    femke = account("femke@members.example", "Femke")
    actions.found_secretariat(name="EPRM Secretariat (journey)", country="NL", place="The Hague", by=femke)
    for pillar in ("supply_chain", "government", "civil_society"):
        for number in (1, 2):
            person = account(f"{pillar}{number}@members.example", f"{pillar} {number}")
            told = {"name": f"Member {pillar} {number}", "country": "NL", "tier": "service"}
            organisation = actions.register_organisation(**told, by=person)
            with acting_for(femke, path="journey"):
                given = {"pillar": pillar, "fee_class": "normal", "reason": "journey", "by": femke}
                membership.admit(organisation, **given)
                actions.give_seat(person.memberships.get(), pillar=pillar, by=femke)
    amina = account("amina@mazingira.example", "Amina", "fr")
    mazingira = actions.register_organisation(name="Association Mazingira", country="CD", tier="service", by=amina)
    with acting_for(femke, path="journey"):
        open_the_year(femke)
    with acting_for(amina, path="journey"):
        did_diligence(mazingira, amina)


def open_the_year(femke) -> None:
    """The return about this year opens today, and is due when the members' yearly duty is."""
    from eprm.returns.actions import editions  # noqa: PLC0415

    today = date.today()
    due = date(today.year + (today >= date(today.year, 4, 30)), 4, 30)
    days = {"opens_on": today, "due_on": due, "late_on": due + timedelta(31), "close_by": due + timedelta(138)}
    draft = editions.begin_edition(year=today.year, copy_of=None, by=femke)
    editions.put_in_force(editions.change_rules(draft, by=femke, **days), by=femke)


def did_diligence(organisation, by) -> None:
    """What it did on the platform already: one supplier asked about this year, whose declaration is accepted."""
    from eprm.diligence.actions import acceptance, enquiries, suppliers, uploads  # noqa: PLC0415
    from eprm.diligence.actions.checking import process_upload  # noqa: PLC0415
    from eprm.reference.actions.loading import receive_list  # noqa: PLC0415
    from eprm.reference.models import ReferenceList  # noqa: PLC0415

    today = date.today()
    register = ReferenceList.objects.get(key="smelter-register")
    receive_list(register, file=("register.xlsx", workbooks.book()), organisation=organisation, by=by)
    supplier = suppliers.add_supplier(organisation=organisation, by=by, name=workbooks.COMPANY.name, country="NL")
    enquiries.ask_suppliers(
        organisation=organisation,
        suppliers=[supplier],
        year=today.year,
        template="CMRT",
        asked_on=today - timedelta(60),
        due_on=today - timedelta(18),
        by=by,
    )
    book = workbooks.book(workbooks.complete(effective_date=today))
    batch = uploads.receive_uploads(
        files=[ContentFile(book, name="cmrt.xlsx")], organisation=organisation, supplier=supplier, by=by
    )
    upload = process_upload(upload_id=batch.uploads.get().pk)
    acceptance.accept_declaration(upload=upload, by=by)


if __name__ == "__main__":
    import sys

    django.setup()
    make(sys.argv[1])
