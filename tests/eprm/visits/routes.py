"""Who may open which page of field visits.

The secretariat leads the scene's visit, Halden's officer goes on it, the manager in civil society is invited; the
stranger has something to do after it. Its report is shared with members, its story is published.
"""

from types import SimpleNamespace

from eprm.visits.actions import delegation, stories, visits
from eprm.visits.models import Theme
from tests.eprm.visits.rows import Trip, no_delay

# visitor, reader, officer, manager, stranger, secretariat, board, authority, civil, former, newcomer
EVERYBODY = (200,) * 11
SIGNED_IN = (302, *(200,) * 10)
# Who goes, who leads, who is invited; to others there is no visit.
CIRCLE = (302, 404, 200, 404, 404, 200, 404, 404, 200, 404, 404)
GOES = (302, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404)
LEADS = (302, 404, 403, 404, 404, 200, 404, 404, 403, 404, 404)
LEADS_DEED = (302, 404, 403, 404, 404, 302, 404, 404, 403, 404, 404)
GOES_DEED = (302, 404, 302, 404, 404, 302, 404, 404, 403, 404, 404)
NOBODY = (302, 404, 403, 404, 404, 403, 404, 404, 403, 404, 404)
SECRETARIAT = (302, *(200 if role == 5 else 403 for role in range(1, 11)))
DOES = (302, 404, 200, 404, 200, 200, 404, 404, 200, 404, 404)

VISIT = ["visit"]
RULES = {
    "visits:visit_list": ("GET", [], SIGNED_IN),
    # Halden's officer facilitates a group, so plans visits for it.
    "visits:visit_new": ("GET", [], (302, 403, 200, 403, 403, 200, 403, 403, 403, 403, 403)),
    "visits:visit_detail": ("GET", VISIT, CIRCLE),
    "visits:visit_edit": ("GET", VISIT, LEADS),
    "visits:visit_history": ("GET", VISIT, CIRCLE),
    "visits:visit_cancel": ("GET", VISIT, LEADS),
    "visits:visit_take_over": ("POST", VISIT, NOBODY),
    "visits:visit_move": ("POST", ["visit", "visit_to"], LEADS_DEED),
    "visits:line_new": ("GET", VISIT, LEADS),
    "visits:line_remove": ("POST", ["visit", "visit_line"], LEADS_DEED),
    "visits:safety_notes": ("GET", VISIT, GOES),
    "visits:delegate_invite": ("GET", VISIT, LEADS),
    "visits:guest_new": ("GET", VISIT, LEADS),
    # Without yes or no nothing is answered.
    "visits:delegate_answer": ("POST", VISIT, NOBODY),
    "visits:delegate_withdraw": ("POST", ["visit", "visit_guest"], LEADS_DEED),
    "visits:actor_list": ("GET", VISIT, CIRCLE),
    "visits:actor_new": ("GET", VISIT, GOES),
    "visits:actor_detail": ("GET", ["visit", "visit_actor"], CIRCLE),
    "visits:actor_edit": ("GET", ["visit", "visit_actor"], GOES),
    # Without words on how they agreed nothing is noted.
    "visits:actor_name": ("POST", ["visit", "visit_actor"], NOBODY),
    "visits:actor_unname": ("POST", ["visit", "visit_actor"], GOES_DEED),
    "visits:observation_list": ("GET", VISIT, CIRCLE),
    "visits:observation_new": ("GET", VISIT, GOES),
    "visits:observation_detail": ("GET", ["visit", "visit_observation"], CIRCLE),
    "visits:observation_edit": ("GET", ["visit", "visit_observation"], GOES),
    "visits:photo_new": ("GET", ["visit", "visit_observation"], GOES),
    "visits:photo_faces": ("GET", ["visit", "visit_photo"], GOES),
    "visits:photo_withdraw": ("POST", ["visit", "visit_photo"], GOES_DEED),
    "visits:photo_picture": ("GET", ["visit_photo", "visit_size"], CIRCLE),
    "visits:finding_new": ("GET", VISIT, GOES),
    "visits:finding_edit": ("GET", ["visit", "visit_finding"], GOES),
    "visits:follow_up_new": ("GET", ["visit", "visit_finding"], GOES),
    "visits:follow_up_list": ("GET", [], SIGNED_IN),
    "visits:follow_up_detail": ("GET", ["visit_follow_up"], DOES),
    # Whoever does it does not see the visit, so changes nothing of it.
    "visits:follow_up_edit": ("GET", ["visit_follow_up"], GOES),
    "visits:follow_up_finish": (
        "POST",
        ["visit_follow_up"],
        (302, 404, 403, 404, 302, 302, 404, 404, 403, 404, 404),
    ),
    "visits:report_list": ("GET", [], SIGNED_IN),
    # Shared: Halden is a member of the partnership (tests/eprm/members/routes.py).
    "visits:report_detail": ("GET", ["visit_report"], (302, 200, 200, 200, 404, 200, 404, 404, 200, 404, 404)),
    "visits:report_edit": ("GET", VISIT, LEADS),
    "visits:report_share": ("POST", VISIT, LEADS_DEED),
    "visits:story_preview": ("GET", VISIT, CIRCLE),
    "visits:story_edit": ("GET", VISIT, LEADS),
    "visits:story_release": ("POST", VISIT, LEADS_DEED),
    "visits:story_withhold": ("GET", VISIT, LEADS),
    "visits:story_list": ("GET", [], EVERYBODY),
    "visits:story_feed": ("GET", [], EVERYBODY),
    "visits:story_detail": ("GET", ["visit_story"], EVERYBODY),
    "visits:story_photo": ("GET", ["visit_story", "visit_photo", "visit_size"], EVERYBODY),
    "api:list_stories": ("GET", [], (401,) * 11),
    "api:read_story": ("GET", ["visit_story"], (401,) * 11),
    "visits:edition_list": ("GET", [], SIGNED_IN),
    "visits:theme_new": ("GET", [], SECRETARIAT),
    "visits:theme_end": ("GET", ["visit_theme"], SECRETARIAT),
    "visits:delay_new": ("GET", [], SECRETARIAT),
}


def scene(people):
    """One of everything on a visit."""
    cast = SimpleNamespace(femke=people["secretariat"], noor=people["officer"], olivier=people["civil"])
    cast.petra = people["stranger"]
    no_delay(cast.femke)
    trip = Trip(cast)
    guest = trip.do("femke", delegation.add_guest, name="Jean")
    line = trip.do("femke", visits.add_line, day=trip.visit.starts_on, what="The office")
    actor, seen = trip.hear(), trip.observe()
    photo = trip.photo(seen, faces="none")
    finding = trip.conclude()
    follow_up = trip.follow(finding, owner=cast.petra)
    report = trip.do("femke", stories.write_report, text="Two scales.", version=0)
    trip.do("femke", stories.share_report, shared=True)
    story = trip.story(photos=[photo.pk])
    trip.release()
    return {
        "visit": trip.visit.pk,
        "visit_to": "reporting",
        "visit_guest": guest.pk,
        "visit_line": line.pk,
        "visit_actor": actor.pk,
        "visit_observation": seen.pk,
        "visit_photo": photo.pk,
        "visit_size": "small",
        "visit_finding": finding.pk,
        "visit_follow_up": follow_up.pk,
        "visit_report": report.pk,
        "visit_story": story.pk,
        "visit_theme": Theme.objects.get(key="gender").pk,
    }
