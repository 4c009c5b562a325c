"""Browsers in which somebody is signed in, also those that have just been asked again who they are."""

from allauth.account.internal.flows.login import record_authentication
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eprm.people.models import Person

PASSWORD = "sehr geheim 77"


def sign_in(person: Person, *, asked_again: bool = True) -> Client:
    """A browser in which the person is signed in; `asked_again` just now who they are, as risky deeds demand."""
    if not person.has_usable_password() or not person.check_password(PASSWORD):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    client = Client()
    client.force_login(person)
    if asked_again:
        step_up(client, person)
    return client


def step_up(client: Client, person: Person) -> None:
    """Let this browser have answered just now who it is."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "password", reauthenticated=True)
    request.session.save()


def asked_of_the_database(client: Client, url: str) -> int:
    """How many queries the page takes, read a second time, so that nothing is read for the first time in this process.

    What every page asks for (who it is, what waits for them) is in it: compare two numbers, do not expect one.
    """
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
