"""A partner to reach, a contact there, a segment, a draft."""

from eprm.engagement.actions import campaigns, plan
from eprm.people.identity import acting_for


def make_target(by, name="UNEP planetGOLD", **facts):
    with acting_for(by, path="test"):
        return plan.add_target(
            **{"name": name, "kind": "alliance", "goal": "Share what works", "owner": by, **facts}, by=by
        )


def make_contact(target, by, email="ana@planet.example", **facts):
    with acting_for(by, path="test"):
        return plan.add_contact(target=target, name="Ana", source="card, Paris", email=email, by=by, **facts)


def make_segment(by, name="Everybody", **facts):
    with acting_for(by, path="test"):
        return campaigns.save_segment(name=name, by=by, **facts)


def make_campaign(by, segment, **texts):
    told = {"en": ("News", "Hello."), **texts}
    with acting_for(by, path="test"):
        return campaigns.save_campaign(title="Spring", segment=segment, texts=told, by=by)


MAIL = (
    b"From: Femke <femke@eprm.example>\r\nTo: ana@planet.example\r\nSubject: Our talk\r\n"
    b"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@eprm.example>\r\n\r\nThank you for the talk.\r\n"
)
FORWARDED = (
    b"From: Femke <femke@eprm.example>\r\nTo: plan@eprm.example\r\nSubject: Fwd: Our talk\r\n"
    b"Date: Tue, 24 Nov 2026 11:00:00 +0000\r\nMessage-ID: <2@eprm.example>\r\n\r\n"
    b"---------- Forwarded message ---------\r\nFrom: Ana <Ana@Planet.example>\r\n\r\nYes, gladly.\r\n"
)
