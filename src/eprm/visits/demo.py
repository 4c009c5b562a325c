"""The demo's visits: one to Rwanda with report and story, and one to Ituri that is being planned."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from PIL import Image, ImageDraw

from eprm.groups.models import Group
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.visits.actions import delegation, field, findings, photos, stories, visits
from eprm.visits.models import Observation, Theme, Visit
from eprm.visits.queries.visits import groups_to_go_for

DONE = "Two scales and one price: tin in the north of Rwanda"
PLANNED = "Gold along the road in Ituri"


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    femke = person("femke")
    with acting_for(femke, path="demo"):
        if Visit.objects.filter(title=DONE).exists():
            return
        known = [group for group in groups_to_go_for(femke) if group.name == "Tin, Great Lakes"]
    visit = _rwanda(known[0] if known else None)
    _told(visit, _seen(visit))
    _ituri()


def _day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def _number(what: str) -> UUID:
    """The same form each time the demo is made."""
    return uuid5(NAMESPACE_URL, f"demo-visit:{what}")


def _do(who: str, action: Any, **told: Any) -> Any:
    with acting_for(person(who), path="demo"):
        return action(**told, by=person(who))


def _rwanda(group: Group | None) -> Visit:
    visit = _do(
        "femke", visits.plan_visit, nonce=_number(DONE), title=DONE, country="RW", region="Northern Province",
        place="Two sites above the valley, and the weighing office", minerals=["tin"], starts_on=_day(-150),
        ends_on=_day(-146), group=group,
        purpose="How a bag is weighed between shaft and exporter, who sees the weight, and what women earn who sort.",
    )  # fmt: skip
    at = partial(_do, "femke", visit=visit)
    at(action=delegation.invite, person=person("noor"), role="buyer")
    at(action=delegation.invite, person=person("marieke"), role="observer of labour rights")
    at(action=delegation.invite, person=person("hugo"), role="donor")
    at(action=delegation.add_guest, name="Claudine (demo)", role="interpreter, Kinyarwanda")
    for who, comes in (("noor", True), ("marieke", True), ("hugo", True)):
        _do(who, delegation.answer, visit=visit, comes=comes)
    for offset, what, where in (
        (-150, "Arrival, first talk with the cooperative", "the cooperative’s office"),
        (-149, "The upper site: shaft, washing, bags", ""),
        (-148, "The weighing office and the exporter’s gate", ""),
        (-146, "What we saw, told back to those who showed it", "the cooperative’s office"),
    ):
        at(action=visits.add_line, day=_day(offset), what=what, place=where)
    return at(action=visits.move_visit, to="under_way")


def _seen(visit: Visit) -> Observation:
    """Who was heard and what was seen, by those who were there."""
    with acting_for(person("femke"), path="demo"):
        theme = {theme.key: theme for theme in Theme.objects.all()}
    hear = partial(_do, action=field.hear, visit=visit)
    hear(
        "marieke", nonce=_number("women"), kind="women", people_count=14, women_count=14, heard_on=_day(-149),
        words="They are paid by the sack they sort, and do not see what it weighs.",
    )  # fmt: skip
    hear(
        "noor", nonce=_number("cooperative"), kind="cooperative", people_count=6, women_count=2, heard_on=_day(-148),
        name="Twubakane Mining Cooperative (demo)", agreed="Jeanne said so for the board, in French, to Noor.",
        words="Their own book and the exporter’s differ by two to four kilograms a bag.",
    )  # fmt: skip
    hear(
        "noor", nonce=_number("miner"), kind="miners", people_count=1, heard_on=_day(-149), name="Innocent (demo)",
        words="The stairs in the shaft were mended after the inspection.",
    )  # fmt: skip
    observe = partial(_do, action=field.observe, visit=visit)
    scale = observe(
        "noor", nonce=_number("scale"), theme=theme["traceability"], seen_on=_day(-148), place="weighing office",
        text="Each bag is weighed twice, by two scales. Only the second weight is written on the tag.",
    )  # fmt: skip
    observe(
        "marieke", nonce=_number("sorting"), theme=theme["gender"], seen_on=_day(-149),
        text="Women sort in the open, paid by the sack; there is no shade and no book that names their work.",
    )  # fmt: skip
    observe(
        "hugo", nonce=_number("stairs"), theme=theme["health_safety"], seen_on=_day(-149),
        text="New stairs and a rail at the upper shaft; helmets for everybody underground.",
    )  # fmt: skip
    _do(
        "noor", photos.add_photo, observation=scale, nonce=_number("photo"), content=_drawn(), name="scale.jpg",
        caption="A bag of ore on a hanging scale, hills behind it", faces="none",
    )  # fmt: skip
    return scale


def _told(visit: Visit, scale: Observation) -> None:
    """Findings, follow-ups, the report and the story."""
    at = partial(_do, "femke", visit=visit)
    at(action=visits.move_visit, to="reporting")
    concern = _do(
        "noor", findings.conclude, visit=visit, nonce=_number("concern"), kind="concern", severity="medium",
        title="The weight that counts is not the weight the cooperative sees", sources=[scale],
    )  # fmt: skip
    improve = _do(
        "marieke", findings.conclude, visit=visit, nonce=_number("improve"), kind="improve",
        title="Women’s sorting is paid by the sack and recorded nowhere",
    )  # fmt: skip
    _do(
        "marieke", findings.conclude, visit=visit, nonce=_number("good"), kind="good",
        title="Stairs and helmets came within two months of the inspection",
    )  # fmt: skip
    follow = partial(_do, "femke", findings.follow_up)
    book = follow(
        finding=concern, nonce=_number("book"), title="A weighing book that both sign", owner=person("noor"),
        due_on=_day(-60),
    )  # fmt: skip
    follow(
        finding=improve, nonce=_number("shade"), title="Shade, and a line for sorting in the wage book",
        organisation=person("jeanne").current_memberships[0].organisation, due_on=_day(-10),
    )  # fmt: skip
    follow(
        finding=improve, nonce=_number("pay"), title="Compare pay by the sack with pay by the day",
        owner=person("marieke"), due_on=_day(45),
    )  # fmt: skip
    _do("noor", findings.finish_follow_up, follow_up=book, done=True)
    at(
        action=stories.write_report, version=0,
        text="## What we asked\n\nWho sees the weight of a bag, and when.\n\n## What we saw\n\n- two scales, one of "
        "them sealed\n- the cooperative’s own book, kept for two years\n- stairs and helmets that are new\n\n"
        "## What we do not know\n\nWhether the difference of the two scales is the scales’ or the hands’.",
    )  # fmt: skip
    at(action=stories.share_report, shared=True)
    with acting_for(person("femke"), path="demo"):
        shown = list(visit.photos.filter(faces="none").values_list("pk", flat=True))
        heard = list(visit.actors.exclude(kind="miners").values_list("pk", flat=True))
    at(
        action=stories.write_story, version=0, title="Two scales, one price", language="en", region="north",
        summary="A bag of tin ore is weighed twice. Only one of the weights is paid.",
        text="The first scale hangs from a beam at the cooperative. The secretary reads it aloud and writes it into a "
        "book she has kept for two years. The second stands an hour further down the road.\n\nBetween the two a bag "
        "loses two to four kilograms. Nobody we met says why. *What we can say* is that both weights now stand in one "
        "book, and that both sides sign it.\n\nFourteen women sort the ore in the open. They are paid by the sack. "
        "They asked for two things: shade, and a line of their own in the wage book.",
        publish_on=_day(-50), photos=shown, actors=heard,
    )  # fmt: skip
    at(action=stories.release_story)
    at(action=visits.move_visit, to="closed")


def _ituri() -> None:
    """Being planned: Noor has an invitation to answer, and nobody of the government comes yet."""
    visit = _do(
        "femke", visits.plan_visit, nonce=_number(PLANNED), title=PLANNED, country="CD", region="Ituri",
        place="told to those who go", minerals=["gold"], starts_on=_day(40), ends_on=_day(45),
        purpose="What formal buying changes for those who dig, and what it does not.",
    )  # fmt: skip
    at = partial(_do, "femke", visit=visit)
    at(action=delegation.invite, person=person("noor"))
    at(action=delegation.invite, person=person("olivier"), role="guide")
    _do("olivier", delegation.answer, visit=visit, comes=True)
    at(
        action=visits.write_safety, version=0,
        text="Two cars, never after four. Ask Olivier before each road. The number to call is on the card you get.",
    )  # fmt: skip


def _drawn() -> bytes:
    """A small picture made of shapes: hills, a beam, a scale, a bag. Nobody is on it."""
    image = Image.new("RGB", (1200, 800), "#cfdde2")
    draw = ImageDraw.Draw(image)
    for points, colour in (
        ([(0, 430), (280, 250), (560, 420), (820, 230), (1200, 440), (1200, 800), (0, 800)], "#8fa58a"),
        ([(0, 560), (360, 400), (760, 560), (1200, 470), (1200, 800), (0, 800)], "#6d8763"),
        ([(0, 680), (600, 610), (1200, 690), (1200, 800), (0, 800)], "#a2623d"),
    ):
        draw.polygon(points, fill=colour)
    draw.rectangle((240, 90, 960, 122), fill="#5a4330")
    draw.rectangle((262, 90, 296, 700), fill="#5a4330")
    draw.rectangle((904, 90, 938, 700), fill="#5a4330")
    draw.line((600, 122, 600, 210), fill="#30343a", width=8)
    draw.ellipse((530, 205, 670, 345), fill="#f2efe6", outline="#30343a", width=8)
    draw.line((600, 275, 640, 235), fill="#b3261e", width=7)
    draw.line((600, 345, 600, 420), fill="#30343a", width=8)
    draw.polygon([(560, 420), (640, 420), (700, 480), (715, 640), (485, 640), (500, 480)], fill="#d8c8a0")
    draw.line((560, 424, 640, 424), fill="#7a6a45", width=12)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    return made.getvalue()
