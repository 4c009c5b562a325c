"""Looking whether the addresses of resources still answer: few at a time, one a host, briefly, and never inwards."""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from django.utils import timezone

from eprm.base.public_pages import changed
from eprm.knowledge.models import Resource

AGENT = "EPRM-link-check/1 (asks each address once a week)"
SECONDS_TO_ANSWER = 10
MOST_AT_ONCE = 40
DAYS_BETWEEN = 7
DEAD_AFTER = 3
PAUSE_SECONDS = 1.0
FOR_GOOD = (301, 308)
State = Resource.LinkState


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said: `state`, and in words what was found."""

    state: str
    words: str = ""


class InwardsError(Exception):
    """The address leads to a machine of our own network."""


class _Followed(urllib.request.HTTPRedirectHandler):
    """Follows redirects outwards only, and remembers the last one meant for good."""

    def __init__(self, guard: Callable[[str], None]) -> None:
        self.guard, self.moved_to = guard, ""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        self.guard(newurl)
        if code in FOR_GOOD:
            self.moved_to = newurl
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_links(*, guard: Callable[[str], None] | None = None, pause: float = PAUSE_SECONDS) -> int:
    """Ask the addresses not asked for a week, at most 40 and one of a host; answers how many were asked.

    An address is dead after three weeks without an answer, or at once if it says that it is gone.
    """
    count, hosts = 0, set()
    for resource in _due():
        host = urlsplit(resource.address).netloc
        if host in hosts or count >= MOST_AT_ONCE:
            continue
        hosts.add(host)
        _note(resource, ask(resource.address, guard or outwards))
        count += 1
        time.sleep(pause)
    changed()
    return count


def _due() -> list[Resource]:
    before = timezone.now() - timedelta(days=DAYS_BETWEEN)
    due = Resource.objects.filter(live=True, original=True).exclude(address="").exclude(link_tried_at__gt=before)
    return list(due.order_by("link_tried_at", "pk")[: MOST_AT_ONCE * 5])


def _note(resource: Resource, answer: Answer) -> None:
    failures = resource.link_failures + 1 if answer.state == State.DEAD else 0
    gone = answer.state != State.DEAD or failures >= DEAD_AFTER or answer.words.startswith("410")
    Resource.objects.filter(translation_key=resource.translation_key).update(
        link_state=answer.state if gone else resource.link_state,
        link_answer=answer.words[:200],
        link_failures=failures,
        link_tried_at=timezone.now(),
    )


def ask(address: str, guard: Callable[[str], None]) -> Answer:
    """Ask one address for its first bytes. A refusal, a wait or an error of the server is an answer: it is there."""
    followed = _Followed(guard)
    opener = urllib.request.build_opener(followed, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Range": "bytes=0-1023"})  # noqa: S310
    try:
        guard(address)
        with opener.open(request, timeout=SECONDS_TO_ANSWER) as response:
            response.read(1024)
    except urllib.error.HTTPError as problem:
        problem.close()
        gone = problem.code in (404, 410)
        return Answer(State.DEAD if gone else State.ALIVE, f"{problem.code} {problem.reason}")
    except InwardsError:
        return Answer(State.DEAD, "leads inwards")
    except (OSError, HTTPException, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        return Answer(State.DEAD, f"no answer: {reason}")
    return Answer(State.MOVED, followed.moved_to) if followed.moved_to else Answer(State.ALIVE)


def outwards(address: str) -> None:
    """InwardsError unless every address of the host is a public one: what people type must not probe our network."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InwardsError(address)
    for *_rest, place in socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP):
        if not ipaddress.ip_address(place[0]).is_global:
            raise InwardsError(address)
