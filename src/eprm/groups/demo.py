"""The working groups of the demo's story: the road near Masisi, a decision under way, minutes, a closed and a hidden
group, and a held mail."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from eprm.groups import addresses
from eprm.groups.actions import decisions, files, groups, incoming, joining, moderation, threads, work
from eprm.groups.actions.work import Action
from eprm.groups.models import Group, GroupMember, Post, Proposal, Thread
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Person

FACILITATORS = ("femke",)
GREAT_LAKES = ("olivier", "noor", "jonas", "petra", "patience", "aline", "mapendo", "jeanne", "farid", "hugo", "anke")
ROAD = [
    (
        "mapendo",
        """Nous avons recompté en octobre. **Neuf paiements sans reçu** sur la route de Masisi, tous de nuit. Les agents
disent que le bureau qui tamponne ferme à cinq heures. Le reçu pourrait-il valoir jusqu’au lendemain matin ?""",
    ),
    (
        "olivier",
        """Nous avons vu la même barrière, au même endroit :

- deux hommes en uniforme, sans unité visible
- 2 000 FC par sac

Ne nommons pas les chauffeurs ici.""",
    ),
    (
        "noor",
        """> Neuf paiements sans reçu

For our yearly report I need a total for each month and the reason, not the officer's name. Can version 2 of the
receipt leave the name with the cooperative? @patience, do your lots carry the receipt's number?""",
    ),
    ("patience", "Oui, depuis août : le numéro du reçu est sur la fiche du lot. Pas pour les convois de nuit."),
    (
        "petra",
        "Our buyers ask us to drop the road. We would rather keep buying and see the count fall. Who publishes it?",
    ),
    ("hugo", "Our embassy can raise the closing hour with the office. We need the count by week, without names."),
]
IN_ENGLISH = (
    "We counted again in October. **Nine payments without a receipt** on the Masisi road, all at night. The officers "
    "say the office that stamps closes at five. Could the receipt be valid until the next morning?"
)


def make(*, seed: int, scale: int, password: str) -> None:
    """The groups of the story. What is there already stays; `scale` adds posts for load tests."""
    lakes = _group("Tin, Great Lakes", "request", "Receipts, roads and prices between mine and smelter.", ["tin"])
    _join(lakes, GREAT_LAKES)
    thread = _thread(lakes, "The road near Masisi: what counts as an illegal payment?", ROAD)
    _translate(thread)
    _decide(thread)
    _meet(lakes)
    _give_count(lakes)
    gold = _group("Gold from small mines", "open", "How small gold mines sell without mercury.", ["gold"], ["CO", "KE"])
    _join(gold, ("yuliana", "achieng", "luca", "camila", "marieke"))
    _thread(gold, "Who buys from a mine of forty people?", GOLD)
    board = _group("Pooled fund, preparation", "closed", "Two donors and the secretariat prepare the fund.", [])
    _join(board, ("hugo", "anke", "idris", "sam"))
    _thread(board, "Which tranche comes first?", [("anke", "Ours is free in spring."), ("sam", "Then spring it is.")])
    quiet = _group("People at risk", "hidden", "What is done when somebody is threatened.", [])
    _join(quiet, ("olivier", "marieke", "mapendo"))
    _thread(quiet, "A safe number", [("olivier", "Call before you travel. Nothing of this leaves the group.")])
    _held_mail(thread)
    _load(gold, scale)


GOLD = [
    ("yuliana", "Vendemos dos kilos al mes. El comprador local no pregunta de dónde viene; el de Suiza, sí."),
    ("luca", "We refine from 5 kg a lot on, but three mines can fill one lot together if each keeps its own record."),
    ("achieng", "We are sixty women. A shared lot works for us when the weighing is done in front of all."),
]


def _group(name: str, access: str, aims: str, minerals: list[str], countries: list[str] | None = None) -> Group:
    femke = person("femke")
    with acting_for(femke, path="demo"):
        if known := Group.objects.filter(name=name).first():
            return known
        return groups.found_group(
            name=name,
            aims=aims,
            access=access,
            minerals=minerals,
            countries=countries or (["CD", "RW"] if "tin" in minerals else []),
            region="Great Lakes" if "tin" in minerals else "",
            by=femke,
            organisation=femke.current_memberships[0].organisation,
        )


def _join(group: Group, names: tuple[str, ...]) -> None:
    femke = person("femke")
    for name in names:
        who = person(name)
        with acting_for(femke, path="demo"):
            if GroupMember.objects.filter(group=group, person=who).exists():
                continue
            invitation = joining.invite(group, email=who.email, message="", by=femke)
        with acting_for(who, path="demo"):
            joining.accept_invitation(invitation, organisation=who.current_memberships[0].organisation, by=who)


def _number(*parts: object) -> UUID:
    """The same number at every run, so that nothing is written twice."""
    return uuid5(NAMESPACE_URL, "demo:" + ":".join(map(str, parts)))


def _thread(group: Group, title: str, said: list[tuple[str, str]]) -> Thread:
    first, text = said[0]
    with acting_for(person(first), path="demo"):
        thread = threads.start_thread(
            group, title=title, text=text, nonce=_number(group.slug, title, 0), by=person(first)
        )
    for number, (name, words) in enumerate(said[1:], 1):
        who = person(name)
        with acting_for(who, path="demo"):
            threads.write_post(thread, text=words, nonce=_number(group.slug, title, number), by=who)
    return thread


def _translate(thread: Thread) -> None:
    aline = person("aline")
    with acting_for(aline, path="demo"):
        post = Post.objects.get(thread=thread, number=1)
        if not post.translations.exists():
            threads.translate_post(post, language="en", text=IN_ENGLISH, by=aline)
            threads.react(post, kind="same", by=aline)


def _decide(thread: Thread) -> None:
    """A decision with its quorum under way: one pillar has it, one lacks a voice."""
    olivier = person("olivier")
    with acting_for(olivier, path="demo"):
        if Proposal.objects.filter(thread=thread).exists():
            return
        proposal = decisions.propose(
            thread,
            title="Adopt the receipt for transport escorts, version 2, as the group's standard",
            text="A payment for an escort counts as lawful only with this receipt: date, unit, amount, reason. The "
            "officer's name stays with the cooperative.",
            closes_at=timezone.now() + timedelta(days=12),
            zone="Europe/Brussels",
            by=olivier,
        )
    for name, position, reason in (
        ("noor", "agree", ""),
        ("patience", "agree", ""),
        ("petra", "agree", "With the weekly count published."),
        ("jeanne", "abstain", ""),
        ("olivier", "agree", ""),
        ("farid", "disagree", "Our buyers' form has no field for it yet."),
    ):
        who = person(name)
        with acting_for(who, path="demo"):
            decisions.take_position(proposal, position=position, reason=reason, by=who)


COUNT = """#set document(title: "Comptage d’octobre")
= Comptage d’octobre, route de Masisi
Neuf paiements sans reçu, tous de nuit, comptés par la coopérative à la sortie des convois.
#table(columns: 3, [Semaine], [Convois], [Paiements sans reçu], [40], [11], [2], [41], [12], [3], [42], [9], [1],
  [43], [13], [3])
Cause la plus citée : le bureau qui tamponne ferme à dix-sept heures. Aucun nom d’agent ni de chauffeur n’est gardé.
"""


def _give_count(group: Group) -> None:
    """A file that the search finds by its words, for the group alone."""
    import typst  # noqa: PLC0415 - a compiler that only who sets a document needs in memory

    mapendo = person("mapendo")
    with acting_for(mapendo, path="demo"):
        if not group.files.exists():
            made = typst.compile(COUNT.encode())
            files.give_file(group, name="comptage-octobre.pdf", content=made, note="Par semaine, sans noms", by=mapendo)


def _meet(group: Group) -> None:
    noor = person("noor")
    with acting_for(noor, path="demo"):
        if group.pages.exists():
            return
        work.write_minutes(
            group,
            title="Autumn call",
            held_on=timezone.localdate() - timedelta(days=20),
            place="video call",
            text="## The road\n\nThe count of October was read out. The closing hour of the stamping office is the "
            "cause most named.\n\n## Prices\n\nOne price sheet for all sites stays in use.",
            attended=[person(name) for name in ("noor", "olivier", "mapendo", "patience", "hugo", "petra")],
            actions=[
                Action("Send the weekly count, without names", person("mapendo"), timezone.localdate() + timedelta(7)),
                Action("Ask the office for its opening hours", person("hugo"), timezone.localdate() + timedelta(14)),
            ],
            by=noor,
        )
        work.add_page(
            group,
            title="The receipt, version 2",
            text="| Field | Kept by |\n|---|---|\n| date, unit, amount, reason | everybody |\n| officer's name | the "
            "cooperative |",
            by=noor,
        )
        work.add_date(
            group,
            title="Winter call",
            starts_at=(timezone.now() + timedelta(days=9)).replace(hour=13, minute=0, second=0, microsecond=0),
            zone="Africa/Lubumbashi",
            place="video call",
            by=noor,
        )
    hugo = person("hugo")
    with acting_for(hugo, path="demo"):
        post = Post.objects.filter(group=group, number=2).first()
        if post is not None:
            moderation.report_post(post, reason="Could the place give somebody away?", by=hugo)


def _held_mail(thread: Thread) -> None:
    """Noor answered from her private address: the mail waits for her."""
    noor = person("noor")
    with acting_for(noor, path="demo"):
        address = addresses.for_reply(noor, thread)
    message = EmailMessage()
    message["From"], message["To"] = "noor@private.example", address
    message["Subject"], message["Message-ID"] = "Re: The road near Masisi", "<demo-held-1@private.example>"
    message.set_content("I asked our auditor: a monthly total is enough for the report.\n")
    incoming.receive(message.as_bytes())


def _load(group: Group, scale: int) -> None:
    """Beyond the story, for load tests: one long thread."""
    if scale < 2:
        return
    writers: list[Person] = [person(name) for name in ("yuliana", "luca", "achieng")]
    said = [("luca", "The long thread.")]
    thread = _thread(group, "Everything else", said)
    for number in range(min(scale * 2, 2000)):
        who = writers[number % 3]
        with acting_for(who, path="demo"):
            threads.write_post(thread, text=f"Contribution {number}.", nonce=_number("load", number), by=who)
