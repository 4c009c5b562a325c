"""Webhooks: signed, retried, given up, never to a private address, never another organisation's."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from eprm.api import actions
from eprm.base import hooks
from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.models import Delivery, Webhook
from eprm.people.identity import acting_for
from tests import factories
from tests.signing_in import asked_of_the_database, sign_in

EVENT = "declaration.accepted"


class Listening(BaseHTTPRequestHandler):
    status, heard = 200, []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Listening.heard.append((dict(self.headers), body))
        self.send_response(Listening.status)
        self.send_header("Location", "http://localhost/elsewhere")
        self.end_headers()
        self.wfile.write(b"thank you")

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def listener(settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    Listening.heard, Listening.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/eprm?key=1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def jonas(db):
    return factories.member("manager", factories.organisation(), "Jonas")


@pytest.fixture
def halden(jonas):
    return jonas.memberships.get().organisation


def make(jonas, halden, url, topics=(EVENT,)):
    with acting_for(jonas, path="test"):
        return actions.make_webhook(halden, label="ERP", url=url, topics=topics, by=jonas)


def emit(halden, event=EVENT):
    with acting_as(None, [halden.pk]):
        hooks.emit(halden.pk, event, lambda: {"id": 7, "state": "accepted"})


def deliveries():
    with acting_as(None, job=hooks.JOB):
        return list(Delivery.objects.order_by("happened_at"))


def test_delivery_is_signed_with_the_secret_shown_once(jonas, halden, listener):
    _hook, secret = make(jonas, halden, listener)
    emit(halden)

    heard = hooks.deliver_due()

    (headers, body), (delivery,) = Listening.heard[0], deliveries()
    timestamp, made = (part.partition("=")[2] for part in headers["EPRM-Signature"].split(","))
    right = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    told = json.loads(body)
    assert (heard, made) == (1, right)
    assert (told["event"], told["data"], told["id"]) == (EVENT, {"id": 7, "state": "accepted"}, str(delivery.pk))
    assert (delivery.state, delivery.status, delivery.answer) == ("delivered", 200, "thank you")


def test_delivery_is_tried_again_and_given_up_after_a_day(jonas, halden, listener):
    make(jonas, halden, listener)
    emit(halden)
    Listening.status = 500
    waits = []
    for _attempt in range(len(hooks.WAITS) + 1):
        before = timezone.now()
        hooks.deliver_due()
        (delivery,) = deliveries()
        waits.append(round((delivery.due_at - before) / timedelta(minutes=1)))
        with acting_as(None, job=hooks.JOB):
            Delivery.objects.update(due_at=timezone.now())

    assert waits[:-1] == [1, 5, 15, 60, 180, 360, 840]
    assert (delivery.state, delivery.status, len(Listening.heard)) == ("given_up", 500, 8)


def test_delivery_does_not_follow_to_another_address(jonas, halden, listener):
    make(jonas, halden, listener)
    emit(halden)
    Listening.status = 302

    hooks.deliver_due()

    assert (len(Listening.heard), deliveries()[0].state) == (1, "queued")


def test_emit_is_undone_with_the_deed_and_tells_only_who_chose_it(jonas, halden, listener):
    make(jonas, halden, listener, topics=["declaration.checked"])
    emit(halden)
    with transaction.atomic():
        emit(halden, "declaration.checked")
        transaction.set_rollback(True)

    assert deliveries() == []


def test_emit_of_an_event_nobody_named_is_an_error(halden):
    with pytest.raises(ValueError, match="not the name of an event"):
        hooks.emit(halden.pk, "declaration.eaten", dict)


def test_ended_webhook_is_told_nothing_any_more(jonas, halden, listener):
    hook, _secret = make(jonas, halden, listener)
    emit(halden)
    with acting_for(jonas, path="test"):
        actions.end_webhook(hook, by=jonas)
    emit(halden)

    hooks.deliver_due()

    assert (Listening.heard, [each.state for each in deliveries()]) == ([], ["given_up"])


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"]
    + [
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "240.0.0.1",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not hooks.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address):
    assert hooks.is_public(address)


@pytest.mark.parametrize("url", ["https://localhost/x", "https://127.0.0.1:8443/", "https://[::1]/", "https://0x7f.1/"])
def test_delivery_never_goes_to_this_machine(jonas, halden, url):
    make(jonas, halden, url)
    emit(halden)

    hooks.deliver_due()

    (delivery,) = deliveries()
    assert (delivery.state, delivery.status, "not a public address" in delivery.answer) == ("queued", None, True)


@pytest.mark.parametrize("url", ["http://erp.example/", "https://me:pw@erp.example/", "file:///etc/passwd", "https://"])
def test_webhook_address_must_be_https_without_a_user(jonas, halden, url):
    with pytest.raises(NotAllowed, match="not an https address"):
        make(jonas, halden, url)


def test_webhooks_are_the_managers_affair(jonas, halden):
    noor = factories.member("officer", halden, "Noor")
    with acting_for(noor, path="test"), pytest.raises(NotAllowed, match="The managers of Halden"):
        actions.make_webhook(halden, label="x", url="https://erp.example/", topics=[EVENT], by=noor)


def test_webhook_of_another_organisation_does_not_exist(jonas, halden):
    hook, _secret = make(jonas, halden, "https://erp.example/")
    petra = factories.member("manager", factories.organisation("Sudeten"), "Petra")

    assert sign_in(petra).get(reverse("webhook_detail", args=[hook.pk])).status_code == 404
    with acting_for(petra, path="test"):
        assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_webhook_new_shows_the_secret_once(jonas, halden):
    client = sign_in(jonas)
    typed = {"label": "ERP", "url": "https://erp.example/eprm", "topics": [EVENT]}

    made = client.post(reverse("webhook_new"), typed).content.decode()

    with acting_for(jonas, path="test"):
        hook = Webhook.objects.get()
    assert hooks.secret_of(hook) in made
    assert hooks.secret_of(hook) not in client.get(reverse("webhook_detail", args=[hook.pk])).content.decode()


def test_webhook_new_says_what_is_wrong(jonas, halden):
    answer = sign_in(jonas).post(reverse("webhook_new"), {"label": "ERP", "url": "http://erp.example", "topics": []})

    assert answer.status_code == 422
    assert "“http://erp.example” is not an https address" in answer.content.decode()


def test_deliveries_take_the_same_queries(jonas, halden):
    hook, _secret = make(jonas, halden, "https://erp.example/eprm")
    client, counts = sign_in(jonas), []
    for _number in range(3):
        emit(halden)
        counts.append(asked_of_the_database(client, reverse("webhook_detail", args=[hook.pk])))

    assert counts[0] == counts[2]
