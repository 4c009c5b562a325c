"""Public pages answered from memory: whoever is not signed in reads the same page as every other visitor.

A view says that its answer is everybody's with `@for_everybody`. `Remembered` stands before the whole site and keeps
such answers for a minute, per language, appearance and encoding. A request with a session never gets one. Whoever
publishes calls `changed()`: every process of this machine then forgets at its next request.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

KEPT_SECONDS = 60
MOST_PAGES = 1000
MOST_BYTES = 400_000
LONGEST_QUERY = 300
HEADER = "X-For-Everybody"
# What makes two visitors' pages differ. Any other cookie means somebody in particular.
PREFERENCES = ("django_language", "theme")
HARMLESS = (*PREFERENCES, "csrftoken")

Headers = list[tuple[str, str]]
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view's answer to a visitor may be given to every visitor. It must not hold a form of one's own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "GET" and not request.user.is_authenticated and response.status_code == 200:
            response.headers[HEADER] = "1"
        return response

    return answer


def changed() -> None:
    """Forget the remembered pages once this transaction commits."""
    transaction.on_commit(_touch)


def _stamp() -> Path:
    return Path(settings.FILES_DIR) / "published"


def _touch() -> None:
    _stamp().parent.mkdir(parents=True, exist_ok=True)
    _stamp().write_text(str(time.time_ns()))


class Remembered:
    """WSGI: answers what is remembered, else asks the site."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.pages: OrderedDict[tuple[str, ...], tuple[float, str, Headers, bytes, str]] = OrderedDict()
        self.lock = threading.Lock()
        self.seen = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self.app(environ, start_response)
        self._forget_if_changed()
        kept = self.pages.get(key)
        if kept is not None and kept[0] > time.monotonic():
            return _answer(environ, start_response, kept)
        return self._ask(environ, start_response, key)

    def _forget_if_changed(self) -> None:
        try:
            stamp = _stamp().stat().st_mtime_ns
        except OSError:
            stamp = 0
        if stamp != self.seen:
            with self.lock:
                self.pages.clear()
                self.seen = stamp

    def _ask(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: tuple[str, ...]
    ) -> Iterable[bytes]:
        told: list[Any] = []
        seen = self.seen

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            told[:] = [status, headers]
            kept = [(name, value) for name, value in headers if name != HEADER]
            return start_response(status, kept, exc_info) if exc_info else start_response(status, kept)

        body = self.app(environ, listen)
        if not told or (HEADER, "1") not in told[1] or any(name == "Set-Cookie" for name, _value in told[1]):
            return body
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        headers = [(name, value) for name, value in told[1] if name != HEADER]
        if len(content) <= MOST_BYTES and seen == self.seen:
            tag = f'"{sha256(content).hexdigest()[:20]}"'
            with self.lock:
                self.pages[key] = (time.monotonic() + KEPT_SECONDS, told[0], [*headers, ("ETag", tag)], content, tag)
                while len(self.pages) > MOST_PAGES:
                    self.pages.popitem(last=False)
        return [content]


def _answer(
    environ: dict[str, Any], start_response: Callable[..., Any], kept: tuple[float, str, Headers, bytes, str]
) -> Iterable[bytes]:
    _until, status, headers, content, tag = kept
    if environ.get("HTTP_IF_NONE_MATCH") == tag:
        same = [(name, value) for name, value in headers if name not in ("Content-Length", "Content-Type")]
        start_response("304 Not Modified", same)
        return [b""]
    start_response(status, headers)
    return [content]


def _key(environ: dict[str, Any]) -> tuple[str, ...] | None:
    """What the answer depends on, or None where it is one person's own."""
    own = "HTTP_AUTHORIZATION" in environ or "HTTP_HX_REQUEST" in environ
    if environ["REQUEST_METHOD"] != "GET" or own or len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    cookies: dict[str, str] = {}
    if told := environ.get("HTTP_COOKIE", ""):
        try:
            cookies = {name: morsel.value for name, morsel in SimpleCookie(told).items()}
        except CookieError:
            return None
        if any(name not in HARMLESS for name in cookies) or not cookies:
            return None
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        *(cookies.get(name, "") for name in PREFERENCES),
        environ.get("HTTP_ACCEPT_LANGUAGE", ""),
        "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "",
    )
