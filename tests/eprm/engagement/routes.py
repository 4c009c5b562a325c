"""Who may open which page of the engagement plan."""

from eprm.engagement.actions import campaigns, plan
from eprm.engagement.mails import Mail
from eprm.people.identity import acting_for
from tests.eprm.engagement.rows import make_campaign, make_contact, make_segment, make_target

# visitor, reader, officer, manager, stranger, secretariat, board, authority, civil, former, newcomer
PLAN = (302, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403)
SECRETARIAT = (302, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403)
DEED = (302, 403, 403, 403, 403, 302, 403, 403, 403, 403, 403)

RULES = {
    "engagement:target_board": ("GET", [], PLAN),
    "engagement:target_list": ("GET", [], PLAN),
    "engagement:target_detail": ("GET", ["target"], PLAN),
    "engagement:target_new": ("GET", [], SECRETARIAT),
    "engagement:target_edit": ("GET", ["target"], SECRETARIAT),
    "engagement:step_edit": ("GET", ["target"], SECRETARIAT),
    "engagement:contact_new": ("GET", ["target"], SECRETARIAT),
    "engagement:entry_new": ("GET", ["target"], SECRETARIAT),
    "engagement:contact_end": ("POST", ["engagement_contact"], DEED),
    "engagement:mail_new": ("GET", [], SECRETARIAT),
    "engagement:entry_file": ("GET", ["unfiled"], SECRETARIAT),
    "engagement:segment_list": ("GET", [], SECRETARIAT),
    "engagement:segment_new": ("GET", [], SECRETARIAT),
    "engagement:segment_edit": ("GET", ["segment"], SECRETARIAT),
    "engagement:campaign_list": ("GET", [], SECRETARIAT),
    "engagement:campaign_new": ("GET", [], SECRETARIAT),
    "engagement:campaign_detail": ("GET", ["campaign"], SECRETARIAT),
    "engagement:campaign_edit": ("GET", ["campaign"], SECRETARIAT),
    "engagement:campaign_try": ("POST", ["campaign"], DEED),
    "engagement:campaign_send": ("POST", ["campaign"], (302, *(403,) * 10)),
    "engagement:refuse": ("GET", ["signed"], (200,) * 11),
}


def scene(people):
    """A partner with a contact, a mail that fits nobody, a draft."""
    femke = people["secretariat"]
    target = make_target(femke)
    contact = make_contact(target, femke)
    segment = make_segment(femke)
    mail = Mail(message_id="<1@x>", sender="a@b.example", subject="s", sent_on=None, text="", addresses=frozenset())
    with acting_for(femke, path="test"):
        entry, _new = plan.log_mail(mail=mail, by=femke)
    link = campaigns.refusal_address("a@b.example")
    return {
        "target": target.pk,
        "engagement_contact": contact.pk,
        "unfiled": entry.pk,
        "segment": segment.pk,
        "campaign": make_campaign(femke, segment).pk,
        "signed": link.rstrip("/").rpartition("/")[2],
    }
