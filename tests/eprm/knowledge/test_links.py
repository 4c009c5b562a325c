"""The link check, against a server of our own; the world is never asked by a test."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from eprm.knowledge.actions import links
from eprm.knowledge.models import Resource
from tests.eprm.knowledge import shelf


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        status = int(self.path.strip("/") or 200)
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/200" if status == 302 else f"http://{self.headers['Host']}/200?moved")
        self.end_headers()

    def log_message(self, *args):
        pass


class Moved(Answers):
    def do_GET(self):
        if "?" in self.path:
            self.path = self.path.partition("?")[0]
        super().do_GET()


@pytest.fixture
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Moved)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def anywhere(address):
    """The test's own server is inside."""


@pytest.mark.parametrize(
    ("path", "state"),
    [("/200", "alive"), ("/301", "moved"), ("/302", "alive"), ("/403", "alive"), ("/503", "alive"), ("/404", "dead")],
)
def test_an_answer_is_read(server, path, state):
    assert links.ask(server + path, anywhere).state == state


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://10.0.0.1/", "file:///etc/passwd", "http://[::1]/", "gopher://a"]
)
def test_an_address_leading_inwards_is_not_asked(address):
    assert links.ask(address, links.outwards) == links.Answer("dead", "leads inwards")


def test_nobody_listening_is_an_answer_too(server):
    assert links.ask("http://127.0.0.1:9/", anywhere).state == "dead"


def test_a_link_is_dead_after_three_weeks_without_an_answer(db, server):
    resource = shelf.resource(address=f"{server}/404")
    states = []
    for _ in range(3):
        links.check_links(guard=anywhere, pause=0)
        states.append(Resource.objects.get(pk=resource.pk).link_state)
        Resource.objects.update(link_tried_at=timezone.now() - timezone.timedelta(days=8))

    assert states == ["unchecked", "unchecked", "dead"]
    Resource.objects.update(address=f"{server}/200")
    links.check_links(guard=anywhere, pause=0)
    assert Resource.objects.get(pk=resource.pk).link_state == "alive"


def test_one_address_of_a_host_is_asked_a_night_and_none_twice_a_week(db, server):
    for number in range(3):
        shelf.resource(f"R{number}", address=f"{server}/200?{number}")

    assert [links.check_links(guard=anywhere, pause=0) for _ in range(4)] == [1, 1, 1, 0]
