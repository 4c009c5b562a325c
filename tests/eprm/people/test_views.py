"""Each page: once as meant, once refused; lists at one and three rows with the same number of queries."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from eprm.people import actions
from eprm.people.middleware import ORGANISATION_KEY
from eprm.people.models import Membership, Person
from tests.signing_in import step_up

from .conftest import make_person


@pytest.fixture
def page(client, noor, halden):
    client.force_login(noor)
    step_up(client, noor)
    return client


OWN = ["organisation_detail", "organisation_new", "organisation_edit", "member_invite", "change_list", "profile"]


@pytest.mark.parametrize("name", [*OWN, "token_list", "token_new"])
def test_pages_open_for_a_manager(page, name):
    assert page.get(reverse(f"people:{name}")).status_code == 200


@pytest.mark.parametrize("name", [*OWN, "token_list", "token_new"])
def test_pages_send_a_visitor_to_sign_in(client, db, name):
    response = client.get(reverse(f"people:{name}"))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", ["organisation_detail", "organisation_edit", "change_list", "token_new"])
def test_pages_ask_for_an_organisation_first(client, noor, name):
    client.force_login(noor)

    assert client.get(reverse(f"people:{name}")).url == reverse("people:organisation_new")


def test_member_pages_of_another_organisation_do_not_exist(page, jonas, veldkamp):
    pk = Membership.objects.get(person=jonas).pk

    assert page.get(reverse("people:member_edit", args=[pk])).status_code == 404
    assert page.post(reverse("people:member_end", args=[pk])).status_code == 404


def test_member_invite_is_refused_to_a_reader(client, noor, halden):
    invitation, _ = actions.invite_person(halden, email="uwe@condensa.example", role="reader", by=noor)
    uwe = make_person("uwe@condensa.example")
    actions.accept_invitation(invitation, by=uwe)
    client.force_login(uwe)

    response = client.get(reverse("people:member_invite"))

    assert response.status_code == 403
    assert "The managers of Halden Instruments B.V." in response.content.decode()


def test_member_invite_answers_422_with_what_was_typed(page):
    response = page.post(reverse("people:member_invite"), {"email": "uwe at condensa", "role": "reader"})

    assert response.status_code == 422
    assert "uwe at condensa" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_detail_takes_the_same_queries(page, noor, halden, count, django_assert_max_num_queries):
    for number in range(count):
        actions.invite_person(halden, email=f"p{number}@x.example", role="reader", by=noor)

    with django_assert_max_num_queries(18):
        assert page.get(reverse("people:organisation_detail")).content.decode().count("@x.example") >= count


def test_organisation_switch_goes_only_to_ones_own(page, noor, halden, veldkamp):
    other = actions.register_organisation(name="Second", country="NL", tier="brand", by=noor)
    url = reverse("people:organisation_switch")

    assert page.post(url, {"organisation": veldkamp.pk}).status_code == 404
    assert page.post(url, {"organisation": "x"}).status_code == 404
    assert page.post(url, {"organisation": other.pk}).status_code == 302
    assert page.session[ORGANISATION_KEY] == other.pk


def test_invitation_link_leads_a_new_person_into_the_organisation(client, noor, halden):
    _, key = actions.invite_person(halden, email="uwe@condensa.example", role="officer", by=noor)
    url = reverse("people:invitation_detail", args=[key])

    visitor = client.get(url).content.decode()
    client.force_login(make_person("uwe@condensa.example"))
    asked = client.get(url).content.decode()
    client.post(url)

    assert f"{reverse('account_signup')}?next={url}" in visitor
    assert "Join Halden Instruments B.V." in asked
    assert Person.objects.get(email="uwe@condensa.example").role_in(halden.pk) == "officer"


def test_invitation_link_for_somebody_else_says_whose_it_is(page, noor, halden):
    _, key = actions.invite_person(halden, email="uwe@condensa.example", role="officer", by=noor)

    shown = page.get(reverse("people:invitation_detail", args=[key]))
    refused = page.post(reverse("people:invitation_detail", args=[key]))

    assert "This invitation is for uwe@condensa.example" in shown.content.decode()
    assert refused.status_code == 403


def test_invitation_link_unknown_is_404(client, db):
    assert client.get(reverse("people:invitation_detail", args=["nothing"])).status_code == 404


def test_token_is_shown_once(page, halden):
    expires = (timezone.localdate() + timedelta(days=3)).isoformat()

    made = page.post(
        reverse("people:token_new"), {"label": "ERP", "scopes": ["diligence:read"], "expires_on": expires}
    ).content.decode()
    key = re.search(r'value="(eprm_[^"]+)"', made).group(1)

    assert actions.use_token(key).label == "ERP"
    assert key not in page.get(reverse("people:token_list")).content.decode()


def test_token_new_says_which_day_is_too_late(page):
    response = page.post(
        reverse("people:token_new"), {"label": "ERP", "scopes": ["diligence:read"], "expires_on": "2999-01-01"}
    )

    assert response.status_code == 422
    assert "is not within a year" in response.content.decode()


def test_change_list_exports_what_it_shows(page):
    csv = page.get(reverse("people:change_list"), {"format": "csv"}).content.decode("utf-8-sig")

    assert csv.splitlines()[0] == "When,Who,Did,Kind,What,What changed"
    assert "Halden Instruments B.V." in csv


def test_profile_language_is_spoken_from_the_next_page_on(page, noor):
    page.post(reverse("people:profile"), {"name": "Noor", "language": "fr"})

    response = page.get(reverse("people:profile"))

    assert response.headers["Content-Language"] == "fr"


def test_language_switch_in_the_head_is_kept_with_the_person(page, noor):
    page.post(reverse("ui:language"), {"language": "es", "next": "/people/profile"})

    noor.refresh_from_db()
    assert noor.language == "es"
    assert page.get(reverse("people:profile")).headers["Content-Language"] == "es"


def test_sign_up_confirm_and_sign_in(client, db):
    form = {
        "name": "Noor",
        "email": "noor@halden.example",
        "password1": "sehr geheim 77",
        "password2": "sehr geheim 77",
        "language": "fr",
    }

    client.post(reverse("account_signup"), form)
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", mail.outbox[0].body, re.MULTILINE).group(1)
    client.post(reverse("account_email_verification_sent"), {"code": code})
    person = Person.objects.get()

    assert (person.name, person.language, person.email) == ("Noor", "fr", "noor@halden.example")
    assert client.get(reverse("people:organisation_new")).status_code == 200


def test_sign_in_by_code(client, noor):
    client.post(reverse("account_request_login_code"), {"email": noor.email})
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", mail.outbox[0].body, re.MULTILINE).group(1)

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.get(reverse("people:profile")).status_code == 200


def test_password_reset_by_mail(client, noor):
    client.post(reverse("account_reset_password"), {"email": noor.email})
    link = re.search(r"http://\S+(/account/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "noch geheimer 88", "password2": "noch geheimer 88"})

    assert client.login(email=noor.email, password="noch geheimer 88")


ACCOUNT = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "account_inactive",
]
MINE = ["account_logout", "account_change_password", "account_email", "mfa_index", "usersessions_list"]


@pytest.mark.parametrize("name", ACCOUNT)
@pytest.mark.parametrize("language", ["en", "fr", "es", "sw", "sw-CD", "pt"])
def test_account_pages_are_in_the_look(client, db, name, language):
    response = client.get(reverse(name), headers={"accept-language": language})

    assert 'class="site-head"' in response.content.decode()


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]
)
@pytest.mark.parametrize("language", ["sw", "pt"])
def test_nobody_needs_english_to_get_in(client, db, name, language):
    # allauth has no Swahili, and Django little of it: what their forms say is in our catalogue.
    answers = [client.get(reverse(name), headers={"accept-language": language})]
    answers.append(client.post(reverse(name), {"email": "x", "password1": "a"}, headers={"accept-language": language}))

    said = [re.sub(r"<[^>]+>|English", " ", answer.text.split("<main")[1].split("</main>")[0]) for answer in answers]
    english = r"\b(?:the|your|you|this|and|with|password|email|must)\b.{,40}"
    assert [re.findall(english, each, re.IGNORECASE) for each in said] == [[], []]


@pytest.mark.parametrize("name", [*MINE, "mfa_reauthenticate", "account_reauthenticate"])
def test_own_account_pages_are_in_the_look(page, name):
    response = page.get(reverse(name), follow=True)

    assert 'class="site-head"' in response.content.decode()
