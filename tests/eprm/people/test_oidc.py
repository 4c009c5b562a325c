"""Signing in by OpenID Connect, against a small provider that runs for the test."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from eprm.people.models import Person

from .conftest import make_person

KEY = "only-between-this-provider-and-this-test"


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user info of a provider that knows one person."""

    claims: dict[str, object] = {}

    def do_GET(self):
        at = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            return self.answer(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        return self.answer(self.claims)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        at, now = f"http://127.0.0.1:{self.server.server_port}", int(time.time())
        token = jwt.encode({"iss": at, "aud": "eprm", "iat": now, "exp": now + 60, **self.claims}, KEY)
        return self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, told):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_args):
        """Says nothing between the test's own lines."""


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Halden’s accounts",
                    "client_id": "eprm",
                    "secret": "s",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ],
        }
    }
    yield Provider
    server.shutdown()
    server.server_close()


def sign_in(client):
    """From the button to the answer of the callback."""
    sent = client.post(reverse("openid_connect_login", args=["oidc"]))
    asked = parse_qs(urlsplit(sent.url).query)
    assert (asked["client_id"], asked["code_challenge_method"]) == (["eprm"], ["S256"])
    return client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "c", "state": asked["state"][0]})


def test_login_shows_the_button_only_where_a_provider_is_configured(client, db, provider, settings):
    with_it = client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    without = client.get(reverse("account_login")).content.decode()

    assert ("Halden’s accounts" in with_it, "organisation’s account" in without) == (True, False)
    assert client.post(reverse("openid_connect_login", args=["oidc"])).status_code == 404


def test_sign_in_makes_an_account_with_the_name_of_the_provider(client, db, provider):
    provider.claims = {"sub": "1", "email": "uwe@condensa.example", "email_verified": True, "name": "Uwe Weiss"}

    answer = sign_in(client)

    person = Person.objects.get(email="uwe@condensa.example")
    assert (answer.url, person.name, person.emailaddress_set.get().verified) == ("/start/", "Uwe Weiss", True)
    assert int(client.session["_auth_user_id"]) == person.pk


def test_sign_in_of_a_verified_address_is_its_owners(client, noor, provider):
    provider.claims = {"sub": "2", "email": "noor@halden.example", "email_verified": True, "name": "Somebody"}

    sign_in(client)

    assert int(client.session["_auth_user_id"]) == noor.pk
    assert SocialAccount.objects.get().user_id == noor.pk
    assert Person.objects.get(pk=noor.pk).name == "Noor"


def test_sign_in_of_an_unverified_address_is_nobodys(client, noor, provider):
    provider.claims = {"sub": "3", "email": "noor@halden.example", "email_verified": False, "name": "Mallory"}

    sign_in(client)

    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_callback_with_a_state_nobody_asked_for_signs_nobody_in(client, db, provider):
    provider.claims = {"sub": "1", "email": "uwe@condensa.example", "email_verified": True}

    answer = client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "c", "state": "forged"})

    assert "You are not signed in" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_connections_page_is_in_the_look(client, noor, provider):
    client.force_login(noor)

    page = client.get(reverse("socialaccount_connections")).content.decode()

    assert "Connect Halden’s accounts" in page
    assert make_person("x@y.example").socialaccount_set.count() == 0
