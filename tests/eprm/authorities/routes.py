"""Who may open which page of the authorities' network and desks."""

from eprm.authorities.actions import concerns, desk, network
from eprm.people.identity import acting_for
from tests.eprm.authorities.rows import file_year, make_rules, mass, paper

EVERYBODY = (200,) * 11
# In the order of the matrix: visitor, reader, officer, manager, stranger, secretariat, board, authority, civil, former,
# newcomer. Halden has filed with the authority; the secretariat sees no desk.
PARTIES = (302, 200, 200, 200, 404, 404, 404, 200, 404, 404, 404)
NETWORK = (302, 403, 403, 403, 403, 200, 403, 200, 403, 403, 403)
NETWORK_IN_AN_ORGANISATION = (*NETWORK[:10], 302)
SECRETARIAT = (302, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403)
DESK = (302, 403, 403, 403, 403, 403, 403, 200, 403, 403, 302)
ON_DESK = (302, 404, 404, 404, 404, 404, 404, 302, 404, 404, 302)
OWN = (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 302)

RULES = {
    "authorities:authority_list": ("GET", [], EVERYBODY),
    "authorities:authority_detail": ("GET", ["authority_nl"], EVERYBODY),
    "authorities:authority_new": ("GET", [], SECRETARIAT),
    "authorities:authority_edit": ("GET", ["authority_nl"], SECRETARIAT),
    "authorities:contact_new": ("GET", ["authority_nl"], (302, 403, 403, 403, 403, 200, 403, 200, 403, 403, 403)),
    "authorities:contact_confirm": ("POST", ["contact"], (302, 404, 404, 404, 404, 302, 404, 302, 404, 404, 404)),
    "authorities:contact_end": ("POST", ["contact"], (302, 404, 404, 404, 404, 302, 404, 302, 404, 404, 404)),
    "authorities:rule_list": ("GET", [], (302,) + (200,) * 10),
    "authorities:topic_list": ("GET", [], NETWORK),
    "authorities:topic_new": ("GET", [], NETWORK_IN_AN_ORGANISATION),
    "authorities:topic_detail": ("GET", ["topic"], NETWORK_IN_AN_ORGANISATION),
    "authorities:topic_settle": ("POST", ["topic"], (302, 403, 403, 403, 403, 403, 403, 302, 403, 403, 403)),
    "authorities:filing_list": ("GET", [], OWN),
    "authorities:filing_new": ("GET", [], (302, 403, 200, 200, 200, 200, 200, 200, 200, 200, 302)),
    "authorities:filing_detail": ("GET", ["filing"], PARTIES),
    "authorities:filing_correct": ("GET", ["filing"], (302, 403, 200, 200, 404, 404, 404, 403, 404, 404, 302)),
    "authorities:filing_withdraw": ("POST", ["filing"], (302, 403, 302, 302, 404, 404, 404, 403, 404, 404, 404)),
    "authorities:message_new": ("POST", ["filing"], (302, 302, 302, 302, 404, 404, 404, 302, 404, 404, 404)),
    "authorities:document_file": ("GET", ["document"], PARTIES),
    "authorities:desk": ("GET", [], DESK),
    "authorities:filing_take": ("POST", ["filing"], ON_DESK),
    "authorities:filing_close": ("POST", ["filing"], ON_DESK),
    "authorities:check_new": ("GET", ["filing"], (302, 404, 404, 404, 404, 404, 404, 200, 404, 404, 302)),
    "authorities:check_list": ("GET", [], DESK),
    "authorities:past_remove": ("GET", [], DESK),
    "authorities:check_remedied": ("POST", ["check"], (302, 403, 403, 403, 403, 403, 403, 302, 403, 403, 302)),
    "authorities:weights": ("GET", [], DESK),
    "authorities:concern_list": ("GET", [], OWN),
    "authorities:concern_new": ("GET", [], EVERYBODY),
    "authorities:concern_follow": ("GET", [], EVERYBODY),
    "authorities:concern_detail": ("GET", ["concern"], (302, 404, 404, 404, 404, 404, 404, 200, 200, 404, 404)),
    "authorities:concern_take": ("POST", ["concern"], (302, 404, 404, 404, 404, 404, 404, 302, 403, 404, 404)),
    "authorities:concern_file": ("GET", ["concern_file"], (302, 404, 404, 404, 404, 404, 404, 200, 200, 404, 404)),
}


def scene(people):
    """Halden has filed with the authority; somebody in civil society has put in a concern."""
    make_rules()
    officer, ruben, marieke = people["officer"], people["authority"], people["civil"]
    with acting_for(people["secretariat"], path="test"):
        authority = network.name_authority(
            organisation=ruben.memberships.get().organisation,
            member_state="NL",
            source="test",
            takes_filings=True,
            by=people["secretariat"],
        )
    filing = file_year(officer.memberships.get().organisation, authority, officer, masses=[mass()], documents=[paper()])
    with acting_for(ruben, path="test"):
        contact = network.keep_contact(authority=authority, name="R.", email="r@a.example", by=ruben)
        topic = network.write_topic(of=authority.organisation, kind="note", title="t", text="t", by=ruben)
        check = desk.record_check(
            authority=authority.organisation,
            importer=filing.organisation,
            nature="documents",
            checked_on=filing.filed_at.date(),
            result="partly",
            findings="f",
            remedy="r",
            remedy_due_on=filing.filed_at.date(),
            by=ruben,
        )
        document = filing.documents.get().pk
    with acting_for(marieke, path="test"):
        concern, _code = concerns.put_concern(
            authority=authority, importer_name="H", text="t", by=marieke, files=[("a.txt", b"a")]
        )
        concern_file = concern.files.get().pk
    return {
        "authority_nl": authority.pk,
        "contact": contact.pk,
        "topic": topic.pk,
        "filing": filing.pk,
        "document": document,
        "check": check.pk,
        "concern": concern.pk,
        "concern_file": concern_file,
    }
