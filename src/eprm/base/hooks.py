"""Webhooks: an organisation's own programs are told of what happens to it, signed, until they have heard it.

Apps name their events in `apps.py` and emit them inside the transaction of the deed. Nothing is ever sent to a private
address: the name is resolved when sending, every address it has is looked at, and the connection goes to the very
address that was looked at. An answer that leads elsewhere is not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from eprm.base.identity import acting_as
from eprm.base.jobs import queue_once
from eprm.base.models import Delivery, Webhook

logger = logging.getLogger("eprm.hooks")
JOB, DELIVER = "hooks", "base.deliver_hooks"
State = Delivery.State
# In all a little over a day; then the delivery is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 840))
TIMEOUT_SECONDS, TOTAL_SECONDS, ANSWER_BYTES = 10, 30, 2000
_topics: dict[str, str | Promise] = {}


class NotPublic(Exception):
    """The address is one that this platform does not call; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


def name_event(event: str, label: str | Promise) -> None:
    """Say in an app's `apps.py` what an event ("declaration.accepted") is called where it is chosen."""
    _topics[event] = label


def events() -> list[tuple[str, str | Promise]]:
    return sorted(_topics.items())


def emit(organisation_id: int, event: str, payload: Callable[[], dict[str, Any]]) -> None:
    """Tell the organisation's webhooks that chose this event, if, and when, the running transaction commits.

    `payload` gives plain values that the organisation's people may all see; it is asked only where a webhook listens,
    since an address in it lets a worker load every page of the site. ValueError for an event nobody named.
    """
    if event not in _topics:
        raise ValueError(f"“{event}” is not the name of an event; name it in apps.py.")
    listening = Webhook.objects.filter(organisation_id=organisation_id, ended_at=None, topics__contains=[event])
    if hooks := list(listening):
        # Through the encoder and back, so that what is kept is what is sent.
        plain = json.loads(json.dumps(payload(), cls=DjangoJSONEncoder))
        Delivery.objects.bulk_create(
            Delivery(organisation_id=organisation_id, webhook=hook, event=event, payload=plain) for hook in hooks
        )
        queue_once(DELIVER)


def secret_of(hook: Webhook) -> str:
    """The key with which this webhook's deliveries are signed. Shown once; it follows from the site's own key."""
    return salted_hmac("eprm.base.hooks", f"{hook.pk}:{hook.salt}", algorithm="sha256").hexdigest()


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over "<timestamp>.<body>", as the header `EPRM-Signature` carries it."""
    made = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={made.hexdigest()}"


def deliver_due() -> int:
    """Send every delivery that is due; answers how many were heard. Several workers may do so at once."""
    heard = 0
    while (delivery := _claim()) is not None:
        heard += _deliver(delivery)
    return heard


def _claim() -> Delivery | None:
    """The next due delivery, put off at once, so that a worker that dies leaves it due again later."""
    now = timezone.now()
    with acting_as(None, job=JOB):
        due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
        delivery = due.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at").first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.due_at = now + WAITS[min(delivery.attempts, len(WAITS)) - 1]
            delivery.save(update_fields=["attempts", "due_at"])
    return delivery


def _deliver(delivery: Delivery) -> bool:
    hook = delivery.webhook
    if hook.ended_at is not None:
        _note(delivery, state=State.GIVEN_UP, answer="The webhook has ended.")
        return False
    told = {"id": str(delivery.pk), "event": delivery.event, "at": delivery.happened_at, "data": delivery.payload}
    body = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    timestamp = int(timezone.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "EPRM-Webhook/1",
        "EPRM-Event": delivery.event,
        "EPRM-Delivery": str(delivery.pk),
        "EPRM-Signature": signature(secret_of(hook), timestamp, body),
    }
    try:
        answer = send(hook.url, body, headers)
    except (NotPublic, OSError, http.client.HTTPException, ValueError) as problem:
        answer = Answer(0, " ".join(str(problem).split())[:ANSWER_BYTES] or type(problem).__name__)
    was_heard = 200 <= answer.status < 300
    done = State.DELIVERED if was_heard else State.GIVEN_UP if delivery.attempts > len(WAITS) else State.QUEUED
    # A NUL in an answer has no place in PostgreSQL's text.
    said = answer.text.replace("\x00", "")
    _note(delivery, state=done, status=answer.status or None, answer=said, answered_at=timezone.now())
    return was_heard


def _note(delivery: Delivery, **fields: object) -> None:
    with acting_as(None, job=JOB):
        Delivery.objects.filter(pk=delivery.pk, state=State.QUEUED).update(**fields)


def send(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST the body; the answer's status and the beginning of its text. Raises NotPublic or OSError with a sentence."""
    parts = split(url)
    address = public_address(parts.hostname or "", parts.port or 443)
    connection = _Pinned(parts, address)
    # The timeout bounds each step; this bounds all of them, against an answer that comes a byte at a time.
    hard_end = threading.Timer(TOTAL_SECONDS, connection.cut)
    hard_end.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(ANSWER_BYTES).decode("utf-8", "replace"))
    finally:
        hard_end.cancel()
        connection.close()


def split(url: str) -> SplitResult:
    """The parts of an address that may be called at all: https, a host, no user name. NotPublic with the reason."""
    parts = urlsplit(url)
    schemes = ("https", "http") if settings.WEBHOOKS_TO_PRIVATE else ("https",)
    if parts.scheme not in schemes or not parts.hostname or parts.username:
        raise NotPublic(f"“{url}” is not an https address with a host and without a user name.")
    return parts


def public_address(host: str, port: int) -> str:
    """The address to connect to, after every address of the host was found to be public."""
    found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in sorted(found):
        if not settings.WEBHOOKS_TO_PRIVATE and not is_public(address):
            raise NotPublic(f"“{host}” leads to {address}, which is not a public address.")
    return sorted(found)[0]


def is_public(address: str) -> bool:
    """Whether the address is anybody's on the internet: not this machine, its network, or one behind a mapping."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Pinned(http.client.HTTPSConnection):
    """A connection to one looked-at address, under the name it was asked for."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        self._address, self._plain = address, parts.scheme == "http"
        port = parts.port or (80 if self._plain else 443)
        super().__init__(parts.hostname or "", port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if not self._plain:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End whatever this connection waits for."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
