"""The demo's diligence: who asked whom, the workbooks that came, and what was decided and accepted (`data/demo.toml`).

The workbooks are made from nothing (`eprm.diligence.demo_books`) and go the way of any file: received, checked,
decided, accepted or sent back, by the same actions a page calls.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from eprm.diligence import demo_books, letters
from eprm.diligence.actions import acceptance, decisions, enquiries, suppliers, uploads
from eprm.diligence.actions.checking import process_upload
from eprm.diligence.actions.screening import screen_suppliers
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import Supplier, Upload
from eprm.diligence.queries.suppliers import suppliers_visible_to
from eprm.diligence.queries.uploads import findings_of, names_to_decide, unsure_names
from eprm.diligence.reports.actions import keep_report
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person

STORY = Path(__file__).parent / "data" / "demo.toml"
# Asked so long ago, and answers were due so long ago; last year's enquiries a year before that.
ASKED_DAYS, DUE_DAYS, YEAR_DAYS = 75, 20, 365


def make(*, seed: int, scale: int, password: str) -> None:
    """Each company's suppliers with what they were asked and sent; nothing where a company has suppliers already."""
    for told in tomllib.loads(STORY.read_text("utf-8"))["company"]:
        keeper = person(told["keeper"])
        with acting_for(keeper, path="demo"):
            if not suppliers_visible_to(keeper).exists():
                _Company(keeper, timezone.localdate()).fill(told)


class _Company:
    """A company of the story, filled by the person who keeps its suppliers."""

    def __init__(self, keeper: Person, today: date) -> None:
        self.keeper, self.today = keeper, today
        self.organisation: Organisation = keeper.current_memberships[0].organisation

    def fill(self, told: dict[str, Any]) -> None:
        known = {each["name"]: self._supplier(each) for each in told["supplier"]}
        for years_ago in (-1, 0):
            self._ask([known[each["name"]] for each in told["supplier"] if years_ago in each["asked"]], years_ago)
        screen_suppliers()
        for each in told["supplier"]:
            for file in each.get("file", ()):
                self._answer(known[each["name"]], file)
        view = CompanyYear(self.keeper, self.organisation, self.today.year, self.today)
        for kind in told["reports"]:
            keep_report(view, kind=kind, language=self.keeper.language, by=self.keeper)

    def _supplier(self, told: dict[str, Any]) -> Supplier:
        return suppliers.add_supplier(
            organisation=self.organisation,
            by=self.keeper,
            name=told["name"],
            country=told["country"],
            number=told["number"],
            contact_name=told["contact"],
            contact_email=told["email"],
        )

    def _ask(self, asked: list[Supplier], years_ago: int) -> None:
        earlier = timedelta(days=-years_ago * YEAR_DAYS)
        enquiries.ask_suppliers(
            organisation=self.organisation,
            suppliers=asked,
            year=self.today.year + years_ago,
            template="CMRT",
            asked_on=self.today - timedelta(days=ASKED_DAYS) - earlier,
            due_on=self.today - timedelta(days=DUE_DAYS) - earlier,
            by=self.keeper,
        )

    def _answer(self, supplier: Supplier, told: dict[str, Any]) -> None:
        upload = self._receive(supplier, told)
        self._decide(upload, told)
        then = told.get("then", "")
        if then in ("return", "correct"):
            self._return(upload)
        if then == "correct":
            upload = self._receive(supplier, {**told, "blank": [], "unanswered": []}, replaces=upload)
            self._decide(upload, told)
        if then in ("accept", "correct"):
            acceptance.accept_declaration(upload=upload, by=self.keeper)

    def _receive(self, supplier: Supplier, told: dict[str, Any], replaces: Upload | None = None) -> Upload:
        name, content = demo_books.file(supplier, told, self.today)
        batch = uploads.receive_uploads(
            files=[ContentFile(content, name=name)],
            organisation=self.organisation,
            supplier=supplier,
            replaces=replaces,
            by=self.keeper,
        )
        # Not left to the worker: the next steps need the result.
        return process_upload(upload_id=batch.uploads.get().pk)

    def _decide(self, upload: Upload, told: dict[str, Any]) -> None:
        judged = {name: rest for name, *rest in told.get("decide", ())}
        for line in names_to_decide(upload):
            judgement, cid, reason = judged.get(line.name, ("", "", ""))
            if not judgement and line.cid_shown:
                judgement, cid = "same", line.cid_shown
            if judgement:
                decisions.decide_smelter(line=line, judgement=judgement, cid=cid, reason=reason, by=self.keeper)
        upload.refresh_from_db()

    def _return(self, upload: Upload) -> None:
        letter = letters.findings_letter(upload, findings_of(upload), unsure_names(upload), self.keeper.language)
        acceptance.return_declaration(upload=upload, text=letter.text, by=self.keeper)
