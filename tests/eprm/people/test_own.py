"""A person's own data: the copy, and the erasure that leaves no trace of name and address."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from eprm.base import personal
from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as, acting_everywhere
from eprm.base.models import Erasure, PersonalExport
from eprm.base.outbox import post
from eprm.diligence.models import Supplier
from eprm.people import actions, own
from eprm.people.identity import acting_for
from eprm.people.models import Membership, Person
from tests import factories

from .conftest import make_person

TEXTS = """
SELECT table_name, column_name FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')
"""


def places_naming(*words):
    """Every table and column whose text holds one of the words, as whoever sees every row."""
    found = set()
    with acting_everywhere("erasure"), connection.cursor() as cursor:
        cursor.execute(TEXTS)
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.add((table, column))
    return found


@pytest.fixture
def ada(noor, halden):
    """Ada Zonneveld works for Halden as an officer, and has left her name in many places."""
    invitation, _key = actions.invite_person(halden, email="ada@zonneveld.example", role="officer", by=noor)
    ada = make_person("ada@zonneveld.example", "Ada Old-Name")
    actions.accept_invitation(invitation, by=ada)
    ada = actions.save_profile(name="Ada Zonneveld", language="fr", by=ada)
    with acting_for(ada, path="test"):
        factories.supplier(
            halden, name="Solder & Sons", contact_name="Ask Ada Zonneveld, ADA@zonneveld.example, not Adam."
        )
        post(to=ada.email, subject="Hello Ada Zonneveld", text="Dear Ada Zonneveld", kind="test", person_id=ada.pk)
        actions.create_token(
            halden, label="Ada's", scopes=["diligence:read"], expires_at=timezone.now() + timedelta(days=1), by=ada
        )
    return Person.objects.get(pk=ada.pk)


def test_copy_holds_every_part(ada):
    with acting_for(ada, path="test"):
        asked = personal.ask_export(ada)
        again = personal.ask_export(ada)
    personal.make_export(asked.pk)
    personal.make_export(asked.pk)

    with acting_for(ada, path="test"):
        ready = personal.export_of(ada, asked.pk)
    archive = zipfile.ZipFile(io.BytesIO(ready.content))
    roles = json.loads(archive.read("roles.json"))
    assert again == asked
    assert sorted(archive.namelist()) == sorted(f"{part.name}.json" for part in personal.parts())
    assert {row["what"] for row in roles} == {"role", "API token", "invitation"}
    assert json.loads(archive.read("mails.json"))[0]["subject"] == "Hello Ada Zonneveld"


def test_copy_is_its_persons_alone(ada, noor):
    with acting_for(ada, path="test"):
        asked = personal.ask_export(ada)

    with acting_for(noor, path="test"):
        assert PersonalExport.objects.count() == 0
    with acting_as(None, secretariat=True, board=True):
        assert PersonalExport.objects.count() == 0
    with acting_for(ada, path="test"):
        PersonalExport.objects.update(state="ready", content=b"x", expires_at=timezone.now())
        assert personal.export_of(ada, asked.pk) is None


def test_erasure_leaves_no_trace_in_any_text_of_any_table(ada, client):
    client.force_login(ada)
    client.get(reverse("people:profile"))
    assert places_naming("zonneveld")

    with acting_for(ada, path="test"):
        own.erase_person(by=ada)

    assert places_naming("zonneveld", "old-name") == set()
    assert client.get(reverse("people:profile")).status_code == 302
    assert UserSession.objects.count() == 0


def test_erasure_breaks_nothing_that_others_rely_on(ada, noor, halden):
    with acting_for(ada, path="test"):
        own.erase_person(by=ada)

    ended = Membership.objects.get(person=ada.pk)
    with acting_for(noor, path="test"):
        asked = Supplier.objects.get().contact_name
    assert (ended.role, ended.until) == ("officer", timezone.localdate())
    assert asked == f"Ask erased person {ada.pk}, erased-{ada.pk}@erased.invalid, not Adam."
    with acting_as(None, secretariat=True):
        assert Erasure.objects.get().person_number == ada.pk


def test_erasure_is_refused_to_the_only_manager_of_others(ada, noor, halden):
    with acting_for(noor, path="test"), pytest.raises(NotAllowed, match="only manager of Halden"):
        own.erase_person(by=noor)

    noor.refresh_from_db()
    assert noor.is_active


def test_erasure_of_who_works_alone_is_allowed(noor, halden):
    with acting_for(noor, path="test"):
        own.erase_person(by=noor)

    noor.refresh_from_db()
    assert (noor.is_active, noor.name, str(halden)) == (False, "", "Halden Instruments B.V.")
