"""The engagement plan's part of the demo: five partners to reach, a contact, what took place, a segment and a draft."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from eprm.engagement import queries
from eprm.engagement.actions import campaigns, plan
from eprm.people.demo import person
from eprm.people.identity import acting_for

# Name, kind, priority, country, goal, stage, next step, days until it.
PARTNERS = (
    (
        *("Public-Private Alliance for Responsible Minerals Trade", "alliance", 1, "US"),
        "Align our calls and share what projects taught both of us.",
        *("talking", "Agree on a shared note about overlapping calls", 9),
    ),
    (
        *("UNEP planetGOLD", "environment", 1, "KE"),
        "Bring their work on mercury-free gold into our guidance for cooperatives.",
        *("approached", "Call the programme office", -4),
    ),
    (
        *("Doctors of the Lakes (demo)", "humanitarian", 2, "CD"),
        "Hear what clinics near mines see of accidents and violence.",
        *("found", "Ask Mines et Communautés for an introduction", 20),
    ),
    (
        *("Rights at the Source (demo)", "human_rights", 2, "CO"),
        "A partner for field visits to gold regions.",
        *("agreed", "Sign the note on safety during visits", 12),
    ),
    (
        *("A tin assurance scheme (demo)", "scheme", 3, "GB"),
        "A feed of status changes with their dates.",
        *("resting", "", None),
    ),
)


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    femke, today = person("femke"), timezone.localdate()
    with acting_for(femke, path="demo"):
        if queries.targets_visible_to(femke).exists():
            return
        made = []
        for name, kind, priority, country, goal, stage, step, days in PARTNERS:
            facts = {"kind": kind, "priority": priority, "country": country, "goal": goal}
            target = plan.add_target(name=name, **facts, owner=femke, by=femke)
            due = None if days is None else today + timedelta(days=days)
            made.append(plan.plan_step(target, stage=stage, next_step=step, next_on=due, by=femke))
        plan.add_contact(
            target=made[1],
            name="Programme office (demo)",
            email="office@planetgold.example",
            source="their website, looked at for the demo",
            by=femke,
        )
        plan.log_contact(
            target=made[0],
            kind="meeting",
            happened_on=today - timedelta(days=16),
            subject="First talk about aligned calls",
            text="Both sides would share quick scans of applicants who agree. Open: whose data rules hold.",
            by=femke,
        )
        segment = campaigns.save_segment(name="Supply chain, who agreed", pillars=["supply_chain"], by=femke)
        campaigns.save_campaign(
            title="What an SME can do in one hour",
            segment=segment,
            texts={
                "en": ("One hour for your supply chain", "Send one supplier’s declaration and see what it says."),
                "fr": ("Une heure pour votre chaîne", "Envoyez la déclaration d’un fournisseur, voyez ce qu’elle dit."),
            },
            by=femke,
        )
