"""Who may open what: each role on each route. A route without a rule here fails the test.

Eleven people: a visitor; a reader, an officer and a manager of Halden; a stranger, who manages another organisation and
may see nothing of Halden's; the secretariat; somebody who sits on the board; an authority's officer; a manager in civil
society; somebody who worked for Halden once and works elsewhere now; a newcomer who works nowhere.

An app states its own routes in `tests/eprm/<app>/routes.py`: `RULES`, and `scene(people)` for what they need, by names
that are that app's own.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.diligence.models import Declaration, RiskRow
from eprm.people.models import ApiToken, BoardSeat, Invitation, Membership
from eprm.reference.models import Area, ReferenceList, Release
from tests import factories

ROLES = (
    *("visitor", "reader", "officer", "manager", "stranger", "secretariat"),
    *("board", "authority", "civil", "former", "newcomer"),
)
STRANGER = ROLES.index("stranger")
# Signing in, out and up, codes and second factors: allauth's own routes, with its own rules.
ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
# The editors' desk is Wagtail's, with its own rules; tests/eprm/knowledge/test_desk.py asks who gets in.
DESK = "admin/"

EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
OWN = (302, 200, 200, 200, 404, 404)
# Anybody who works somewhere has these pages for their own organisation; a reader may not write there.
WRITERS = (302, 403, 200, 200, 200, 200)
OWN_WRITERS = (302, 403, 200, 200, 404, 404)
OWN_DEED = (302, 403, 302, 302, 404, 404)
DEED = (302, 403, 302, 302, 302, 302)
MANAGERS = (302, 403, 403, 200, 200, 200)
SECRETARIAT = (302, 403, 403, 403, 403, 200)
# An officer of another organisation does there what its manager does, but not this.
NO_MANAGER = {"authority": 403}
TOKEN = (401, 401, 401, 401, 401, 401)
MOVED = (302, 302, 302, 302, 302, 302)

PARTS = [import_module(f"tests.eprm.{path.parent.name}.routes") for path in Path(__file__).parent.glob("*/routes.py")]
# Route: (method, the names of its arguments in `scene`, what each role gets). A role beyond those given gets what the
# stranger gets; a dict after the tuple says where it does not.
RULES = {
    "portal:home": ("GET", [], (200, 302, 302, 302, 302, 302)),
    "portal:start": ("GET", [], SIGNED_IN),
    "ui:css": ("GET", ["digest"], EVERYBODY),
    "ui:components": ("GET", [], EVERYBODY),
    "ui:language": ("POST", [], MOVED),
    "ui:theme": ("POST", [], MOVED),
    "ui:clock": ("GET", [], EVERYBODY),
    "ui:languages": ("GET", [], EVERYBODY),
    "diligence:company": ("GET", [], SIGNED_IN),
    "diligence:smelter_list": ("GET", [], SIGNED_IN),
    "diligence:smelter_detail": ("GET", ["metal", "cid"], OWN),
    "diligence:risk_list": ("GET", [], SIGNED_IN),
    "diligence:risk_detail": ("GET", ["risk"], OWN),
    "diligence:finding_list": ("GET", [], SIGNED_IN),
    "diligence:year_change": ("GET", [], SIGNED_IN),
    "diligence:report_list": ("GET", [], SIGNED_IN),
    "diligence:report": ("GET", [], SIGNED_IN),
    "diligence:report_table": ("GET", ["number"], SIGNED_IN),
    "diligence:report_download": ("GET", ["ending"], SIGNED_IN),
    "diligence:report_keep": ("POST", [], DEED),
    "diligence:report_file": ("GET", ["nothing", "ending"], (302, 404, 404, 404, 404, 404)),
    "diligence:upload_list": ("GET", [], SIGNED_IN),
    "diligence:upload_new": ("GET", [], WRITERS),
    "diligence:upload_recheck": ("POST", [], DEED),
    "diligence:upload_detail": ("GET", ["upload"], OWN),
    "diligence:upload_lines": ("GET", ["upload"], OWN),
    "diligence:upload_findings": ("GET", ["upload"], OWN),
    "diligence:upload_file": ("GET", ["upload"], OWN),
    "diligence:upload_annotated": ("GET", ["upload"], OWN),
    "diligence:upload_accept": ("POST", ["upload"], OWN_DEED),
    "diligence:upload_return": ("GET", ["upload"], OWN_WRITERS),
    "diligence:upload_assign": ("GET", ["upload"], OWN_WRITERS),
    "diligence:smelter_decide": ("GET", ["upload", "line"], OWN),
    "diligence:decide_best": ("GET", ["upload"], OWN_WRITERS),
    "diligence:batch_detail": ("GET", ["batch"], OWN),
    "diligence:decision_list": ("GET", [], SIGNED_IN),
    "diligence:decision_undo": ("POST", ["decision"], OWN_DEED),
    "diligence:finding_detail": ("GET", ["code"], EVERYBODY),
    "diligence:supplier_list": ("GET", [], SIGNED_IN),
    "diligence:supplier_new": ("GET", [], WRITERS),
    "diligence:supplier_import": ("GET", [], WRITERS),
    "diligence:supplier_detail": ("GET", ["supplier"], OWN),
    "diligence:supplier_edit": ("GET", ["supplier"], OWN_WRITERS),
    "diligence:supplier_screening": ("POST", ["supplier"], (302, 403, 422, 422, 404, 404)),
    "diligence:enquiry_list": ("GET", [], SIGNED_IN),
    "diligence:enquiry_new": ("GET", [], WRITERS),
    "diligence:enquiry_reminder": ("GET", ["enquiry"], OWN),
    "people:organisation_detail": ("GET", [], SIGNED_IN),
    "people:organisation_new": ("GET", [], SIGNED_IN),
    "people:organisation_edit": ("GET", [], MANAGERS, NO_MANAGER),
    "people:organisation_switch": ("POST", [], (302, 404, 404, 404, 404, 404)),
    "people:member_invite": ("GET", [], MANAGERS, NO_MANAGER | {"newcomer": 404}),
    "people:member_edit": ("GET", ["membership"], (302, 403, 403, 200, 404, 404)),
    "people:member_end": ("GET", ["membership"], (302, 403, 200, 200, 404, 404)),
    "people:invitation_accept": ("POST", ["invitation"], (302, 404, 404, 404, 404, 404)),
    "people:invitation_withdraw": ("POST", ["invitation"], (302, 403, 403, 302, 404, 404)),
    "people:invitation_detail": ("GET", ["word"], (404, 404, 404, 404, 404, 404)),
    "people:change_list": ("GET", [], SIGNED_IN),
    "people:profile": ("GET", [], SIGNED_IN),
    "people:token_list": ("GET", [], SIGNED_IN),
    "people:token_new": ("GET", [], SIGNED_IN),
    "people:token_revoke": ("POST", ["token"], (302, 404, 302, 404, 404, 404)),
    "reference:start": ("GET", [], SIGNED_IN),
    "reference:area_lookup": ("GET", [], SIGNED_IN),
    "reference:list_detail": ("GET", ["list"], SIGNED_IN),
    "reference:loading_new": ("GET", ["list"], SECRETARIAT),
    "reference:release_compare": ("GET", ["list"], SIGNED_IN),
    "reference:area_new": ("GET", ["list"], SECRETARIAT),
    "reference:loading_detail": ("GET", ["nothing"], (302, 404, 404, 404, 404, 404)),
    "reference:release_detail": ("GET", ["release"], OWN),
    "reference:row_confirm": ("POST", ["model", "area"], (302, 403, 403, 403, 404, 404)),
    "api_docs": ("GET", [], EVERYBODY),
    "api:api-root": ("GET", [], EVERYBODY),
    "api:openapi-json": ("GET", [], EVERYBODY),
    "api:list_uploads": ("GET", [], TOKEN),
    "api:send_uploads": ("POST", [], TOKEN),
    "api:read_upload": ("GET", ["upload"], TOKEN),
    "api:read_batch": ("GET", ["batch"], TOKEN),
    "api:list_findings": ("GET", ["upload"], TOKEN),
    "api:list_risks": ("GET", ["upload"], TOKEN),
    "api:list_lines": ("GET", ["upload"], TOKEN),
    "api:decide": ("POST", ["upload", "line"], TOKEN),
    "api:accept": ("POST", ["upload"], TOKEN),
    "api:send_back": ("POST", ["upload"], TOKEN),
    "api:read_file": ("GET", ["upload"], TOKEN),
    "api:read_annotated": ("GET", ["upload"], TOKEN),
    "api:list_suppliers": ("GET", [], TOKEN),
    "api:add_supplier": ("POST", [], TOKEN),
    "api:read_supplier": ("GET", ["supplier"], TOKEN),
    "api:change_supplier": ("PUT", ["supplier"], TOKEN),
    "api:list_enquiries": ("GET", [], TOKEN),
}
for part in PARTS:
    RULES |= part.RULES
# Whoever works nowhere is first led to an organisation, wherever a page speaks for one.
LED_FIRST = {route for route in RULES if route.startswith("diligence:") and route != "diligence:finding_detail"} | {
    "portal:start",
    "people:change_list",
    "people:organisation_detail",
    "people:organisation_edit",
    "people:token_new",
}


def expected_of(route: str, role: str) -> int:
    """What the role gets on the route."""
    _method, _names, statuses, *others = RULES[route]
    if others and role in others[0]:
        return others[0][role]
    if role == "newcomer" and route in LED_FIRST:
        return 302
    at = ROLES.index(role)
    return statuses[at] if at < len(statuses) else statuses[STRANGER]


def routes(patterns=None, space: str = "") -> set[str]:
    """The names of every route of the site."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if str(pattern.pattern) == DESK:
            continue
        if isinstance(pattern, URLPattern):
            found |= {space + pattern.name} if pattern.name else set()
        else:
            found |= routes(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return found


@pytest.fixture
def people(db):
    halden = factories.organisation()
    return {
        "visitor": None,
        "reader": factories.member("reader", halden, "Rita"),
        "officer": factories.member("officer", halden, "Noor"),
        "manager": factories.member("manager", halden, "Jonas"),
        "stranger": factories.member("manager", factories.organisation("Veldkamp"), "Petra"),
        "secretariat": factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke"),
        "board": _on_the_board(
            factories.member("manager", factories.organisation("Ministry A", tier="government"), "Hugo")
        ),
        "authority": factories.member("officer", factories.organisation("Authority NL", tier="government"), "Ruben"),
        "civil": factories.member(
            "manager", factories.organisation("Clean Metal Watch", tier="civil_society"), "Marieke"
        ),
        "former": _formerly_of(halden, factories.member("manager", factories.organisation("Condensa"), "Uwe")),
        "newcomer": factories.person("New"),
    }


def _on_the_board(person):
    organisation = person.memberships.get().organisation
    BoardSeat.objects.create(person=person, organisation=organisation, pillar="government", since=date(2026, 1, 1))
    return person


def _formerly_of(organisation, person):
    Membership.objects.create(
        person=person, organisation=organisation, role="manager", since=date(2025, 1, 1), until=date(2026, 1, 1)
    )
    return person


@pytest.fixture
def scene(people):
    """One of everything of Halden's, by the names that RULES uses."""
    from eprm.ui.assets import stylesheet  # noqa: PLC0415 - reads the settings' static files

    officer = people["officer"]
    halden = officer.memberships.get().organisation
    with acting_as(officer.pk, [halden.pk], secretariat=True):
        supplier = factories.supplier(halden)
        upload = factories.upload(halden, officer, state="decided", supplier=supplier)
        Declaration.objects.create(organisation=halden, upload=upload, template="CMRT", revision="6.5", language="en")
        accepted = factories.upload(halden, officer, state="accepted", accepted_at=timezone.now(), accepted_by=officer)
        Declaration.objects.create(
            organisation=halden,
            upload=accepted,
            template="CMRT",
            revision="6.5",
            language="en",
            effective_date=timezone.localdate(),
        )
        factories.smelter_row(accepted, outcome="matched", method="number", cid="CID900301", smelter_name="Straits")
        risk = RiskRow.objects.create(
            organisation=halden,
            upload=accepted,
            position=0,
            code="SEND-01",
            level="warning",
            where="x",
            values={"file": "x"},
        )
        list_ = ReferenceList.objects.create(key="areas", kind="cahra", title="Areas", publisher="P", licence="L")
        release = Release.objects.create(list=list_, organisation=halden, edition="1", sha256="0" * 64)
        area = Area.objects.create(
            release=release, organisation=halden, iso2="CD", name="Kivu", valid_from=date(2020, 1, 1), source="s"
        )
        return {
            "upload": upload.pk,
            "line": factories.smelter_row(upload, 7).pk,
            "batch": upload.batch_id,
            "decision": factories.decision(halden, officer, normalised="other").pk,
            "supplier": supplier.pk,
            "enquiry": factories.enquiry(supplier).pk,
            "risk": risk.pk,
            "code": "SEND-01",
            "metal": "tin",
            "cid": "CID900301",
            "ending": "xlsx",
            "number": 0,
            "nothing": 1,
            "word": "nobody",
            "digest": stylesheet().digest,
            "membership": Membership.objects.get(person=officer).pk,
            "invitation": Invitation.objects.create(
                organisation=halden,
                email="new@people.example",
                role="reader",
                digest="0" * 64,
                invited_by=people["manager"],
                expires_at=timezone.now() + timedelta(days=1),
            ).pk,
            "token": ApiToken.objects.create(
                person=officer, organisation=halden, label="t", digest="1" * 64, expires_at=timezone.now()
            ).pk,
            "list": "areas",
            "release": release.pk,
            "model": "area",
            "area": area.pk,
        }


@pytest.fixture
def scenes(people, scene):
    """What each route's names stand for: those of its own app before those of Halden's scene."""
    named = dict.fromkeys(RULES, scene)
    for part in PARTS:
        own = scene | part.scene(people)
        named |= dict.fromkeys(part.RULES, own)
    return named


def test_every_route_has_a_rule():
    ours = {route for route in routes() if not route.startswith(ALLAUTH)}

    assert (ours - set(RULES), set(RULES) - ours) == (set(), set())


@pytest.mark.parametrize("role", ROLES)
def test_matrix(people, scenes, role):
    got, expected = {}, {}
    for route, (method, names, *_rule) in RULES.items():
        client = Client()
        if people[role] is not None:
            client.force_login(people[role])
        address = reverse(route, args=[scenes[route][name] for name in names])
        with transaction.atomic():  # what one route does is undone before the next
            got[route] = client.generic(method, address).status_code
            transaction.set_rollback(True)
        expected[route] = expected_of(route, role)

    assert got == expected


@pytest.mark.parametrize("language", settings.BEGUN_LANGUAGES)
@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_no_page_breaks_in_a_language_that_is_begun(people, scenes, language, role):
    person = people[role]
    if person is not None:
        person.language = language
        person.save()
    got, expected, other = {}, {}, set()
    for route, (method, names, *_rule) in RULES.items():
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if person is not None:
            client.force_login(person)
        address = reverse(route, args=[scenes[route][name] for name in names])
        with transaction.atomic():
            response = client.generic(method, address)
            got[route] = response.status_code
            transaction.set_rollback(True)
        expected[route] = expected_of(route, role)
        page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if page and "<html" in response.text and f'<html lang="{language}"' not in response.text:
            other.add(route)

    assert (got, other) == (expected, set())
