"""Step 1: how declarations are asked for, checked and kept, and what suppliers say of their own systems."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence.reports.document import Section
from eprm.diligence.reports.facts import Facts
from lode.sheets import Column, Note, Table, Value


def management(facts: Facts, *, internal: bool) -> Section:
    """Step 1: how declarations are asked for, checked and kept, and what suppliers say of their own systems."""
    tables = [_own_answers(facts)] if facts.given else []
    if internal:
        tables.append(_declarations(facts))
    return Section(
        key="step-1",
        title=_("Step 1: Management system"),
        words=(
            _(
                "Each supplier is asked for a declaration in the Responsible Minerals Initiative’s templates. Every "
                "file is kept as it came, with its SHA-256, and checked by dated rules: those of the template itself, "
                "and questions of plausibility. A name that the register does not settle is decided by a person, with "
                "a reason; no machine overwrites that. A declaration counts only when it is accepted."
            ),
            *_decided(facts.decisions),
            _(
                "The company’s own policy (Article 4(a)), the person responsible and the terms in its contracts are "
                "not part of these data. Their place is beside this report."
            ),
        ),
        tables=tuple(tables),
    )


def _decided(count: int) -> list[str]:
    text = ngettext(
        "%(count)d smelter’s name was decided by a person of the company.",
        "%(count)d smelters’ names were decided by persons of the company.",
        count,
    )
    return [text % {"count": count}] if count else []


def company_questions() -> dict[str, str]:
    """The CMRT's company-level questions, in our own short words. Source: CMRT 6.x, Declaration, A to H."""
    return {
        "A": _("has a responsible minerals policy"),
        "B": _("has made it public"),
        "C": _("requires smelters assessed by a third party"),
        "D": _("has due diligence measures"),
        "E": _("surveys its own suppliers"),
        "F": _("checks their answers"),
        "G": _("follows up with corrective action"),
        "H": _("must report each year by law"),
    }


def _own_answers(facts: Facts) -> Table:
    rows: list[list[Value]] = []
    for question, label in company_questions().items():
        counts: Counter[str] = Counter()
        for count in facts.given:
            if count.question == question:
                counts[count.value.partition(",")[0]] += count.declarations
        if counts:
            rest = counts.total() - counts["Yes"] - counts["No"]
            rows.append([f"{question}: {label}", counts["Yes"], counts["No"], rest])
    return Table(
        title=_("What suppliers say of their own systems"),
        columns=[
            Column(_("The supplier")),
            Column(_("Yes"), _("declarations")),
            Column(_("No"), _("declarations")),
            Column(_("Other"), _("declarations")),
        ],
        rows=rows,
        note=Note(source=_("accepted CMRT declarations, questions A to H"), on=facts.on),
    )


def _declarations(facts: Facts) -> Table:
    return Table(
        title=_("Declarations accepted"),
        columns=[
            Column(_("Supplier")),
            Column(_("Template")),
            Column(_("Effective")),
            Column(_("Accepted")),
            Column("SHA-256"),
        ],
        rows=[
            [
                declaration.supplier,
                f"{declaration.template} {declaration.revision}",
                declaration.effective_date,
                declaration.accepted_at.date() if declaration.accepted_at else None,
                declaration.sha256[:16],
            ]
            for declaration in facts.declarations
        ],
        note=Note(source=_("accepted declarations"), on=facts.on),
    )
