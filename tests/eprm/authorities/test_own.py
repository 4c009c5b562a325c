"""What the network and the desks keep of a person, for that person."""

from allauth.account.models import EmailAddress
from django.utils import timezone

from eprm.authorities import own
from eprm.authorities.actions import concerns, network
from eprm.authorities.models import Concern, Contact
from eprm.base.identity import acting_everywhere
from eprm.people.identity import acting_for
from tests.eprm.authorities.rows import file_year


def make_contact(cast, email):
    with acting_for(cast.femke, path="test"):
        return network.keep_contact(
            authority=cast.nl, name="Ruben", email=email, task="metals", phone="+31 70 1", by=cast.femke
        )


def put_concern(cast, by):
    with acting_for(by, path="test"):
        concern, _code = concerns.put_concern(
            authority=cast.nl, importer_name="Sudeten", text="Undeclared ore.", by=by, submitted_for=cast.halden
        )
    return concern


def test_copy_holds_files_and_concerns(cast):
    file_year(cast.halden, cast.nl, cast.noor)
    put_concern(cast, cast.noor)

    with acting_for(cast.noor, path="test"):
        told = own.export_authorities(cast.noor.pk)

    assert [row["what"] for row in told] == ["file for an authority", "concern"]
    assert told[1]["text"] == "Undeclared ore."


def test_copy_holds_the_contact_under_a_confirmed_address_alone(cast):
    make_contact(cast, "Ruben@authority.example")
    EmailAddress.objects.create(user=cast.noor, email="ruben@authority.example", verified=False)
    EmailAddress.objects.create(user=cast.ruben, email="ruben@authority.example", verified=True, primary=True)

    with acting_for(cast.noor, path="test"):
        claimed = own.export_authorities(cast.noor.pk)
    with acting_for(cast.ruben, path="test"):
        told = own.export_authorities(cast.ruben.pk)

    assert claimed == []
    assert [(row["what"], row["phone"]) for row in told] == [("contact of an authority", "+31 70 1")]


def test_erasure_keeps_the_concern_without_its_author_and_ends_the_contact(cast):
    concern = put_concern(cast, cast.noor)
    contact = make_contact(cast, "noor@authority.example")
    EmailAddress.objects.create(user=cast.noor, email="noor@authority.example", verified=True, primary=True)

    with acting_everywhere("erasure", cast.noor.pk):
        own.erase_authorities(cast.noor.pk)

        kept = Concern.objects.get(pk=concern.pk)
        ended = Contact.objects.values_list("until", "phone", "task").get(pk=contact.pk)
    assert (kept.submitted_by_id, kept.submitted_for_id, kept.text) == (None, cast.halden.pk, "Undeclared ore.")
    assert ended == (timezone.localdate(), "", "")
