"""Who may open which of the pages about what an organisation shows, joining it, consents, and keeping the directory."""

from eprm.base.identity import acting_as
from eprm.people.actions.directory import publish
from eprm.people.models import (
    Consent,
    ConsentWording,
    JoinRequest,
    OrganisationIdentifier,
    OrganisationName,
    Showing,
    Topic,
)
from tests import factories

EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
MANAGERS = (302, 403, 403, 200, 200, 200)
SECRETARIAT = (302, 403, 403, 403, 403, 200)
SECRETARIAT_DEED = (302, 403, 403, 403, 403, 302)
# Whoever works nowhere is led to an organisation first; an officer of another organisation is not its manager.
LED = {"newcomer": 302}
NO_MANAGER = {"authority": 403} | LED

RULES = {
    "people:directory_list": ("GET", [], EVERYBODY),
    "people:directory_map": ("GET", [], EVERYBODY),
    # Listed for members only: the secretariat and the board see it, and nobody here is a member.
    # Halden is a member of the partnership in the whole scene, and so sees what its members see.
    "people:directory_detail": ("GET", ["listed"], (404, 200, 200, 200, 404, 200), {"board": 200}),
    "people:directory_preview": ("GET", [], SIGNED_IN, LED),
    "people:showing_edit": ("GET", [], MANAGERS, NO_MANAGER),
    "people:organisation_facts": ("GET", [], SIGNED_IN, LED),
    "people:organisation_profile": ("GET", [], MANAGERS, NO_MANAGER),
    "people:identifier_new": ("GET", [], MANAGERS, NO_MANAGER),
    "people:identifier_end": ("POST", ["identifier"], (302, 403, 403, 302, 404, 404), LED),
    "people:name_new": ("GET", [], MANAGERS, NO_MANAGER),
    "people:name_remove": ("POST", ["other_name"], (302, 403, 403, 302, 404, 404), LED),
    "people:organisation_likely": ("GET", [], SIGNED_IN),
    "people:request_new": ("GET", ["listed"], SIGNED_IN),
    "people:request_list": ("GET", [], SIGNED_IN),
    # The civil-society manager asked Halden: she and Halden's people see the request, its manager answers.
    "people:request_detail": ("GET", ["asked"], (302, 200, 200, 200, 404, 404), {"civil": 200}),
    "people:request_withdraw": ("POST", ["asked"], (302, 403, 403, 403, 404, 404), {"civil": 302}),
    "people:session_end": ("POST", ["nothing"], (302, 404, 404, 404, 404, 404)),
    "people:consent_list": ("GET", [], SIGNED_IN),
    "people:consent_give": ("POST", ["wording"], (302, 302, 302, 302, 302, 302)),
    "people:consent_withdraw": ("POST", ["purpose"], (302, 302, 302, 302, 302, 302)),
    "people:organisation_list": ("GET", [], SECRETARIAT),
    "people:organisation_list_new": ("GET", [], SECRETARIAT),
    "people:organisation_keep": ("GET", ["listed"], SECRETARIAT),
    "people:duplicate_list": ("GET", [], SECRETARIAT),
    # Without the other organisation there is nothing to merge.
    "people:organisation_merge": ("GET", ["listed"], (302, 403, 403, 403, 403, 404)),
    "people:partner_add": ("POST", ["listed"], SECRETARIAT_DEED),
    "people:partner_end": ("POST", ["listed"], SECRETARIAT_DEED),
    "people:seat_list": ("GET", [], SECRETARIAT),
    "people:seat_end": ("POST", ["seat"], SECRETARIAT_DEED),
    "people:topic_list": ("GET", [], SECRETARIAT),
    "people:topic_retire": ("POST", ["topic"], SECRETARIAT_DEED),
    "people:wording_list": ("GET", [], SECRETARIAT),
    "people:wording_new": ("GET", [], SECRETARIAT),
    "people:wording_stop": ("POST", ["purpose"], SECRETARIAT_DEED),
    "api:list_directory": ("GET", [], (401, 401, 401, 401, 401, 401)),
    "api:read_directory_entry": ("GET", ["listed"], (401, 401, 401, 401, 401, 401)),
}


def scene(people):
    manager = people["manager"]
    halden = manager.memberships.get().organisation
    listed = factories.organisation("Listed for members", country="DE")
    with acting_as(manager.pk, [halden.pk, listed.pk]):
        Showing.objects.create(organisation=listed, field="name", circle=2)
        publish(listed)
        identifier = OrganisationIdentifier.objects.create(organisation=halden, scheme="kvk", value="12345678")
        other = OrganisationName.objects.create(organisation=halden, name="HI", kind="short")
        asked = JoinRequest.objects.create(organisation=halden, person=people["civil"], sentence="I moved.")
    wording = ConsentWording.objects.filter(until=None).first()
    with acting_as(people["reader"].pk):
        Consent.objects.create(person=people["reader"], wording=wording)
    return {
        "listed": listed.pk,
        "identifier": identifier.pk,
        "other_name": other.pk,
        "asked": asked.pk,
        "wording": wording.pk,
        "purpose": wording.purpose,
        "seat": people["board"].board_seats.get().pk,
        "topic": Topic.objects.first().pk,
    }
