"""Consents: given and taken back by the person alone, in words that are versions; sessions ended one by one."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import Consent
from eprm.people.queries import consents
from tests import factories

WORDS = {f"{part}_{language}": "x" for part in ("title", "text") for language in ("en", "fr", "es")}


@pytest.fixture
def femke(db):
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


def test_consent_is_given_once_and_taken_back(noor):
    wording = consents.wordings_asked().get(purpose="news")

    with acting_for(noor, path="test"):
        first, second = actions.give_consent(wording, by=noor), actions.give_consent(wording, by=noor)
        before = consents.has_consent(noor, "news", timezone.now())
        actions.withdraw_consent("news", by=noor)
        after = consents.has_consent(noor, "news", timezone.now())

    assert (first == second, before, after) == (True, True, False)


def test_consent_to_old_words_stays_what_it_was(noor, femke):
    wording = consents.wordings_asked().get(purpose="news")
    with acting_for(noor, path="test"):
        actions.give_consent(wording, by=noor)

    with acting_for(femke, path="test"):
        newer = actions.reword_consent(purpose="news", by=femke, **WORDS)
        agreed = list(consents.people_who_agreed("news"))

    assert (newer.version, list(consents.wordings_asked().filter(purpose="news"))) == (2, [newer])
    assert agreed == [noor]


def test_consents_are_seen_by_the_person_and_the_secretariat(noor, femke):
    with acting_for(noor, path="test"):
        actions.give_consent(consents.wordings_asked().first(), by=noor)

    seen = []
    for who, office in ((noor.pk, False), (femke.pk, True), (femke.pk, False), (None, False)):
        with acting_as(who, secretariat=office):
            seen.append(Consent.objects.count())

    assert seen == [1, 1, 0, 0]


def test_consent_cannot_be_given_for_another_in_raw_sql(noor, femke):
    wording = consents.wordings_asked().first()
    with (
        acting_as(femke.pk, secretariat=True),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        cursor.execute(
            "INSERT INTO people_consent (person_id, wording_id, given_at) VALUES (%s, %s, now())", [noor.pk, wording.pk]
        )


def test_reword_consent_is_the_secretariats(noor):
    with pytest.raises(NotAllowed, match="The secretariat keeps"):
        actions.reword_consent(purpose="news", by=noor, **WORDS)


def test_consent_page_gives_and_takes_back(client, noor):
    client.force_login(noor)
    wording = consents.wordings_asked().get(purpose="photos")

    client.post(reverse("people:consent_give", args=[wording.pk]))
    given = client.get(reverse("people:consent_list")).content.decode()
    client.post(reverse("people:consent_withdraw", args=["photos"]))
    taken = client.get(reverse("people:consent_list")).content.decode()

    assert (given.count("Take it back"), taken.count("Take it back")) == (1, 0)
    assert "What you said, and when" in taken


def test_session_is_ended_from_another_browser(client, noor):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post(reverse("account_login"), {"login": noor.email, "password": "sehr geheim 77"})
        browser.get(reverse("usersessions_list"))
    other = noor.usersession_set.exclude(session_key=client.session.session_key).get()

    client.post(reverse("people:session_end", args=[other.pk]))

    assert elsewhere.get(reverse("people:profile")).status_code == 302
    assert client.get(reverse("people:profile")).status_code == 200


def test_spoken_languages_are_kept_in_the_profile(client, noor):
    client.force_login(noor)

    client.post(reverse("people:profile"), {"name": "Noor", "language": "en", "spoken": ["nl", "sw"]})

    assert sorted(noor.languages.values_list("code", flat=True)) == ["nl", "sw"]
