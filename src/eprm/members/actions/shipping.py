"""The first editions of rules, forms and texts, from the app's data files. What is there already stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pghistory
import yaml
from django.db import transaction
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.members.models import BoardRule, DutyRule, FeeRule, FormEdition, Question, Section, SizeRule, TermsRule, Text

DATA = Path(__file__).parents[1] / "data"


def ship_membership() -> list[str]:
    """Fill an empty platform; answers what was added, one line a kind."""
    added = []
    with acting_as(None, secretariat=True), pghistory.context(path="load_membership"), transaction.atomic():
        rules = _read("rules.yaml")
        for name, model, fields in (
            ("fees", FeeRule, ("pillar", "fee_class", "condition", "amount", "days", "order")),
            ("sizes", SizeRule, ("size", "staff_below", "turnover_up_to", "balance_sheet_up_to")),
            ("boards", BoardRule, ()),
            ("duties", DutyRule, ()),
            ("terms", TermsRule, ()),
        ):
            if not model.objects.exists():
                rows = [_row(model, told, rules, name, fields) for told in rules[name]]
                added.append(f"{model._meta.verbose_name}: {len(model.objects.bulk_create(rows))}")
        if not Text.objects.exists():
            texts = [Text(**told) for told in _read("texts.yaml")]
            added.append(f"{Text._meta.verbose_name}: {len(Text.objects.bulk_create(texts))}")
        if not FormEdition.objects.exists():
            added.append(f"{FormEdition._meta.verbose_name}: {_form(_read('application_form.yaml'))}")
    return added


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


def _row(model: Any, told: dict[str, Any], rules: dict[str, Any], name: str, fields: tuple[str, ...]) -> Any:
    values = {key: value for key, value in told.items() if not fields or key in (*fields, "source", "note", "verified")}
    values.setdefault("source", rules.get(f"{name}_source", ""))
    valid_from: date = rules["valid_from"]
    return model(**{"valid_from": valid_from, **values})


def _form(told: dict[str, Any]) -> str:
    """The edition, published from the day it holds, so that applications can begin at once."""
    kept = {key: told[key] for key in ("title", "valid_from", "verified", "source", "note")}
    edition = FormEdition.objects.create(**kept, published_at=timezone.now())
    for position, part in enumerate(told["sections"]):
        section = Section.objects.create(edition=edition, key=part["key"], title=part["title"], position=position)
        Question.objects.bulk_create(
            Question(section=section, position=at, **question) for at, question in enumerate(part["questions"])
        )
    return edition.title
