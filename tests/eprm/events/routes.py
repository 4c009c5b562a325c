"""Who may open which page of events. The scene's event is for whoever is signed in, and the secretariat holds it."""

from datetime import timedelta

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.events import letters
from eprm.events.actions import events, registrations
from eprm.events.models import Registration
from eprm.people.identity import acting_for
from tests.eprm.events.rows import announced

# visitor, reader, officer, manager, stranger, secretariat, board, authority, civil, former, newcomer
EVERYBODY = (200,) * 11
SIGNED_IN = (404, *(200,) * 10)
ORGANISER = (302, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403)
NOBODY = (302, *(403,) * 10)

RULES = {
    "events:event_list": ("GET", [], EVERYBODY),
    "events:event_past": ("GET", [], EVERYBODY),
    # Halden's officer facilitates a group, so announces events for it.
    "events:event_new": ("GET", [], (302, 403, 200, 403, 403, 200, 403, 403, 403, 403, 403)),
    "events:calendar": ("GET", [], EVERYBODY),
    "events:figure_list": ("GET", [], (302, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403)),
    "events:group_feed": ("GET", ["nothing_slug", "nothing_token"], (404,) * 11),
    "api:list_events": ("GET", [], (401,) * 11),
    "api:read_event": ("GET", ["event"], (401,) * 11),
    "events:feed": ("GET", ["nothing_token"], (404,) * 11),
    "events:material_download": ("GET", ["event_material"], SIGNED_IN),
    "events:registration_detail": ("GET", ["event_signed"], EVERYBODY),
    "events:registration_calendar": ("GET", ["event_signed"], EVERYBODY),
    "events:event_detail": ("GET", ["event"], SIGNED_IN),
    "events:event_edit": ("GET", ["event"], ORGANISER),
    "events:event_cancel": ("GET", ["event"], ORGANISER),
    "events:event_take_over": ("POST", ["event"], NOBODY),
    "events:event_calendar": ("GET", ["event"], SIGNED_IN),
    "events:event_register": ("GET", ["event"], SIGNED_IN),
    "events:event_leave": ("POST", ["event"], (302, *(404,) * 10)),
    "events:registration_list": ("GET", ["event"], ORGANISER),
    "events:attendance_edit": ("GET", ["event"], NOBODY),
    "events:material_new": ("GET", ["event"], ORGANISER),
    "events:material_remove": (
        "POST",
        ["event", "event_material"],
        (302, 403, 403, 403, 403, 302, 403, 403, 403, 403, 403),
    ),
}


def scene(people):
    """An event that is to come, with a material, and somebody who registered for another one without an account."""
    femke = people["secretariat"]
    event = announced(femke, audience="signed_in")
    with acting_for(femke, path="test"):
        material = events.add_material(event=event, title="Slides", content=b"%PDF", name="a.pdf", by=femke)
    public = announced(femke, starts_at=timezone.now() + timedelta(days=3))
    registrations.register_visitor(event=public, name="Ana", email="ana@else.example")
    with acting_as(None, job="events"):
        link = letters.own_address(Registration.objects.get(email="ana@else.example"))
    return {
        "event": event.pk,
        "event_material": material.pk,
        "event_signed": link.rstrip("/").rpartition("/")[2],
        "nothing_token": "abc-def",
        "nothing_slug": "tin",
    }
