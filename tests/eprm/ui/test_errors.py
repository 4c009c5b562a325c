import logging

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

from eprm.config import urls as site
from eprm.ui import errors
from eprm.ui.middleware import ErrorPages


def fails(request):
    raise RuntimeError("disk on fire")


def refuses(request):
    raise PermissionDenied("It belongs to Kaskade. Only Kaskade may read it; ask Kaskade to share it.")


def lacks(request):
    raise Http404


def too_large(request):
    raise RequestDataTooBig


@require_POST
def changes(request):
    return HttpResponse("changed")


def any_page(request, status):
    return errors.answer(request, status)


urlpatterns = [
    *site.urlpatterns,  # the head of a page leads to other apps' pages
    path("fails", fails),
    path("refuses", refuses),
    path("lacks", lacks),
    path("too-large", too_large),
    path("changes", changes),
    path("any/<int:status>", any_page),
]
handler400 = "eprm.ui.errors.bad_request"
handler403 = "eprm.ui.errors.forbidden"
handler404 = "eprm.ui.errors.not_found"
handler500 = "eprm.ui.errors.server_error"


@pytest.fixture
def visitor(db):
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def test_refusal_says_whose_it_is_and_offers_to_sign_in(visitor):
    page = visitor.get("/refuses")

    assert page.status_code == 403
    assert "It belongs to Kaskade. Only Kaskade may read it; ask Kaskade to share it." in page.text
    assert 'href="/account/login/?next=/refuses"' in page.text


def test_missing_page_says_the_address_back_unharmed(visitor):
    page = visitor.get("/mines/<b>kalimy")

    assert page.status_code == 404
    assert "<code>/mines/&lt;b&gt;kalimy</code>" in page.text


def test_failure_names_an_incident_that_stands_in_the_log(visitor, caplog):
    with caplog.at_level(logging.ERROR, "eprm.incident"):
        page = visitor.get("/fails")

    (record,) = [record for record in caplog.records if record.name == "eprm.incident"]
    incident = record.args[0]
    assert page.status_code == 500
    assert f"<code>{incident}</code>" in page.text
    assert "disk on fire" in record.exc_text or "disk on fire" in str(record.exc_info[1])
    assert "disk on fire" not in page.text


def test_failure_page_needs_no_database(rf, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        page = errors.server_error(rf.get("/"))

    assert page.status_code == 500


def test_too_large_a_request_is_413_with_the_bound(visitor):
    page = visitor.get("/too-large")

    assert page.status_code == 413
    assert "at most 3 MB of text" in page.text.replace("\u00a0", " ").replace("2.6 MB", "3 MB")


def test_another_sites_name_is_a_400_that_leads_to_this_one(visitor):
    page = visitor.get("/", headers={"host": "elsewhere.example"})

    assert page.status_code == 400
    assert "This site has another name" in page.text
    assert "elsewhere.example" not in page.text


def test_a_method_that_is_not_taken_is_told_to_people(rf, visitor):
    request = visitor.get("/any/405").wsgi_request
    response = ErrorPages(lambda _request: changes(request))(request)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Your browser sent “GET”, which this page does not take." in response.text


def test_a_method_that_is_not_taken_stays_bare_for_programs(rf):
    request = rf.get("/changes", headers={"accept": "application/json"})

    response = ErrorPages(lambda _request: changes(request))(request)

    assert (response.status_code, response.content) == (405, b"")


@pytest.mark.parametrize("status", [status for status in errors.STATUSES if status != 500])
def test_every_status_has_a_page_that_leads_on(visitor, status):
    page = visitor.get(f"/any/{status}")

    assert page.status_code == status
    assert page.text.count("<h1>") == 1
    assert 'class="button"' in page.text


def test_a_status_without_a_page_is_refused(rf):
    with pytest.raises(ValueError, match="no page for status 418"):
        errors.answer(rf.get("/"), 418)


def test_a_page_open_too_long_says_that_nothing_was_changed(db):
    with override_settings(ROOT_URLCONF=__name__, CSRF_FAILURE_VIEW="eprm.ui.errors.csrf_failed"):
        page = Client(enforce_csrf_checks=True).post("/changes")

    assert page.status_code == 403
    assert "Nothing was changed." in page.text
