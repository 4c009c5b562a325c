"""Everything the page of one declaration shows, read once: a fixed number of queries whatever the file holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from eprm.diligence import lifecycle, rules
from eprm.diligence.models import Declaration, FindingRow, SmelterRow, Upload
from eprm.diligence.queries import uploads as queries
from eprm.diligence.queries.reference import has_register, standings_of
from eprm.diligence.tables import sender_of
from eprm.diligence.wording import finding_of, method_words, said_reason, standing_pill
from eprm.people.models import Person
from eprm.ui.parts import Step
from eprm.ui.words import moment, number
from lode.findings import LEVELS, Finding

NAMES_SHOWN = 3
FINDINGS_SHOWN = 40
LINES_SHOWN = 10


def dress_candidates(lines: Iterable[SmelterRow], upload: Upload) -> None:
    """Give each candidate its reasons in words, and what the schemes said of it on the day the file came; one query."""
    candidates = [candidate for line in lines for candidate in line.candidates.all()]
    standings = standings_of({candidate.cid for candidate in candidates}, upload.received_at.date())
    for candidate in candidates:
        candidate.said_reasons = [said_reason(reason) for reason in candidate.reasons]
        candidate.pill = standing_pill(standings[candidate.cid]) if candidate.cid in standings else ""


class UploadPage:
    """The parts of the page, each read when first asked for."""

    def __init__(self, upload: Upload, person: Person) -> None:
        self.upload, self.person = upload, person

    @property
    def title(self) -> str:
        return _("Declaration of %(sender)s") % {"sender": sender_of(self.upload)}

    @property
    def declaration(self) -> Declaration | None:
        return getattr(self.upload, "declaration", None)

    @cached_property
    def finding_rows(self) -> list[FindingRow]:
        return queries.findings_of(self.upload)

    @cached_property
    def findings(self) -> list[Finding]:
        """The gravest first, so many as a person reads; the rest is one link away."""
        return [finding_of(row) for row in self.finding_rows[:FINDINGS_SHOWN]]

    @property
    def more_findings(self) -> int:
        return len(self.finding_rows) - len(self.findings)

    @cached_property
    def level_counts(self) -> list[tuple[str, str]]:
        """Each level that occurs, with its count in words."""
        counts = Counter(row.level for row in self.finding_rows)
        words = {
            "error": ngettext("%d error", "%d errors", counts["error"]),
            "warning": ngettext("%d warning", "%d warnings", counts["warning"]),
            "plausibility": ngettext("%d question", "%d questions", counts["plausibility"]),
            "note": ngettext("%d note", "%d notes", counts["note"]),
        }
        return [(level, words[level] % counts[level]) for level in LEVELS if counts[level]]

    @cached_property
    def lines(self) -> list[SmelterRow]:
        """The lines shown, and one more where there are more."""
        return list(queries.lines_of(self.upload)[: LINES_SHOWN + 1])

    @property
    def first_lines(self) -> list[SmelterRow]:
        for line in self.lines[:LINES_SHOWN]:
            line.method_said = method_words(line)
        return self.lines[:LINES_SHOWN]

    @cached_property
    def names(self) -> list[SmelterRow]:
        """The names to decide, a few at a time; each candidate has its standing on the day of receipt."""
        names = queries.names_to_decide(self.upload, NAMES_SHOWN)
        dress_candidates(names, self.upload)
        return names

    @cached_property
    def lacks_register(self) -> bool:
        return not has_register(self.upload.organisation_id)

    @property
    def can_take_best(self) -> bool:
        return bool(self.may_decide) and self.upload.open_count > 1

    @cached_property
    def risks(self) -> list[Finding]:
        return [finding_of(row) for row in queries.risks_of(self.upload)]

    @cached_property
    def may_decide(self) -> rules.Ruling:
        return rules.can_decide(self.person, self.upload)

    @cached_property
    def may_accept(self) -> rules.Ruling:
        return rules.can_accept(self.person, self.upload)

    @cached_property
    def may_return(self) -> rules.Ruling:
        return rules.can_return(self.person, self.upload)

    @cached_property
    def may_replace(self) -> rules.Ruling:
        return rules.can_replace(self.person, self.upload)

    @cached_property
    def may_assign(self) -> rules.Ruling:
        return rules.can_assign(self.person, self.upload)

    @property
    def offers_supplier(self) -> bool:
        """The declaration names a company that is on no list of suppliers yet."""
        return bool(self.may_assign and self.upload.supplier_id is None and self.declaration)

    @property
    def lede(self) -> str:
        """What it is, and what stands between it and acceptance."""
        upload = self.upload
        if upload.state == lifecycle.UNREADABLE:
            return _("We kept the file exactly as it was sent, but cannot read it as a declaration.")
        if upload.state == lifecycle.ACCEPTED:
            return _("%(person)s accepted it on %(moment)s; its smelters count.") % {
                "person": upload.accepted_by,
                "moment": moment(upload.accepted_at),
            }
        if upload.state == lifecycle.SUPERSEDED:
            return _("A newer file has replaced it. It is kept as it was.")
        if upload.error_count or upload.open_count:
            errors = ngettext("%d error", "%d errors", upload.error_count) % upload.error_count
            names = ngettext("%d open name", "%d open names", upload.open_count) % upload.open_count
            if not upload.open_count:
                return _("%(errors)s: the supplier has to correct the file.") % {"errors": errors}
            if not upload.error_count:
                return _("%(names)s to decide, then it can be accepted.") % {"names": names}
            return _("%(errors)s and %(names)s stand between it and acceptance.") % {"errors": errors, "names": names}
        return _("Nothing stands between it and acceptance.")

    @property
    def steps(self) -> list[Step]:
        upload = self.upload
        readable = upload.state != lifecycle.UNREADABLE
        decided = readable and not upload.open_count
        accepted = upload.accepted_at is not None
        seconds = number(upload.checked_seconds, "s", 1) if upload.checked_seconds is not None else ""
        checked = " · ".join(part for part in (moment(upload.checked_at), seconds) if part)
        return [
            Step(pgettext("step of a declaration", "Received"), moment(upload.received_at), "done"),
            Step(
                pgettext("step of a declaration", "Checked"),
                checked if readable else _("cannot be read"),
                "done" if readable else "current",
            ),
            Step(
                pgettext("step of a declaration", "Decided"),
                self._decided_note(readable),
                "done" if decided else "current" if readable else "todo",
            ),
            Step(
                pgettext("step of a declaration", "Accepted"),
                moment(upload.accepted_at) if accepted else _("not yet"),
                "done" if accepted else "current" if decided else "todo",
            ),
        ]

    def _decided_note(self, readable: bool) -> str | Promise:
        if not readable:
            return _("not yet")
        if not self.upload.line_count:
            return _("no smelter is named")
        open_lines = queries.undecided_count(self.upload)
        done = self.upload.line_count - open_lines
        return _("%(done)s of %(all)s lines") % {"done": number(done), "all": number(self.upload.line_count)}

    @property
    def next_url(self) -> str:
        """Where the next name is decided, with the keyboard if one likes."""
        first = self.names[0] if self.names else None
        return reverse("diligence:smelter_decide", args=[self.upload.pk, first.pk]) if first else ""
