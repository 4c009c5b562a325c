"""Pages kept in memory: the same for every visitor, never one person's, gone once something is published."""

from eprm.base.public_pages import HEADER, KEPT_SECONDS, Remembered, changed


class Site:
    """Counts how often it is asked."""

    def __init__(self, headers=((HEADER, "1"),)):
        self.asked, self.headers = 0, list(headers)

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response("200 OK", [("Content-Type", "text/html"), *self.headers])
        return [f"answer {self.asked}".encode()]


def get(app, path="/learn/", **environ):
    told = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "eprm.example", **environ}
    body = b"".join(app(asked, lambda status, headers, exc_info=None: told.append((status, dict(headers)))))
    return body, *told[0]


def test_a_public_page_is_made_once(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    app = Remembered(site := Site())

    first, second = get(app), get(app)

    assert (first[0], second[0], site.asked) == (b"answer 1", b"answer 1", 1)
    assert HEADER not in first[2] | second[2]
    assert get(app, HTTP_IF_NONE_MATCH=second[2]["ETag"])[:2] == (b"", "304 Not Modified")


def test_what_differs_between_visitors_is_made_for_each(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    app = Remembered(site := Site())
    for differs in (
        {},
        {"HTTP_COOKIE": "django_language=fr"},
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_ACCEPT_LANGUAGE": "es"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"QUERY_STRING": "mineral=tin"},
        {"HTTP_HOST": "other.example"},
        {"path": "/learn/news/"},
    ):
        get(app, **differs)

    assert site.asked == 8


def test_one_persons_page_is_never_kept_nor_given(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    app = Remembered(site := Site())
    get(app)
    for own in (
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_COOKIE": "theme=dark; sessionid=x"},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_COOKIE": "a,b=;;;"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HX_REQUEST": "true"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=" + "x" * 400},
    ):
        assert get(app, **own)[0] == f"answer {site.asked}".encode()

    assert site.asked == 9


def test_an_answer_that_is_not_everybodys_or_sets_a_cookie_is_not_kept(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    for headers in ((), ((HEADER, "1"), ("Set-Cookie", "a=b"))):
        app = Remembered(site := Site(headers))
        get(app), get(app)

        assert site.asked == 2


def test_publishing_makes_pages_anew(settings, tmp_path, db, django_capture_on_commit_callbacks):
    settings.FILES_DIR = tmp_path
    app = Remembered(site := Site())
    get(app)
    with django_capture_on_commit_callbacks(execute=True):
        changed()
    get(app)

    assert site.asked == 2


def test_a_page_is_made_anew_after_a_minute(settings, tmp_path, monkeypatch):
    settings.FILES_DIR = tmp_path
    app = Remembered(site := Site())
    get(app)
    now = __import__("time").monotonic()
    monkeypatch.setattr("eprm.base.public_pages.time.monotonic", lambda: now + KEPT_SECONDS + 1)
    get(app)

    assert site.asked == 2
