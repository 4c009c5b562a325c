"""What suppliers are written: findings to mend, and a reminder. Plain text, to copy or to open in a mail program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from eprm.diligence.models import Enquiry, FindingRow, SmelterRow, Upload
from eprm.diligence.wording import finding_of
from lode.findings import LANGUAGES

# Mail programs cut longer addresses; the text is always there to copy.
LONGEST_MAILTO = 1900


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to somebody, not yet sent."""

    to: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """The address that opens it in the person's mail program, with the text where it is short enough."""
        whole = self._mailto({"subject": self.subject, "body": self.text.replace("\n", "\r\n")})
        return whole if len(whole) <= LONGEST_MAILTO else self._mailto({"subject": self.subject})

    def _mailto(self, fields: dict[str, str]) -> str:
        return f"mailto:{quote(self.to, safe='@')}?{urlencode(fields, quote_via=quote)}"


def language_for(upload: Upload, reader: str) -> str:
    """The declaration's own language where we write it, else the reader's."""
    declared = getattr(upload, "declaration", None)
    return declared.language if declared and declared.language in LANGUAGES else reader


def findings_letter(
    upload: Upload, findings: Sequence[FindingRow], unsure: Sequence[SmelterRow], language: str
) -> Letter:
    """Asks for a corrected file: every error and warning by cell, and each name we could not place."""
    declared = getattr(upload, "declaration", None)
    with override(language):
        to_mend = [finding_of(row) for row in findings if row.level in ("error", "warning")]
        to_answer = [finding_of(row) for row in findings if row.level == "plausibility"]
        context = {
            "upload": upload,
            "declaration": declared,
            "to_mend": to_mend,
            "to_answer": to_answer,
            "unsure": unsure,
        }
        return Letter(
            to=(upload.supplier and upload.supplier.contact_email) or (declared.contact_email if declared else ""),
            subject=_("Your declaration “%(file)s”: what to correct") % {"file": upload.file.name},
            text=render_to_string("diligence/letter_findings.txt", context).strip() + "\n",
        )


def reminder_letter(enquiry: Enquiry, language: str) -> Letter:
    """Asks again for a declaration that has not come."""
    with override(language):
        return Letter(
            to=enquiry.supplier.contact_email,
            subject=_("Reminder: your %(template)s for %(year)s")
            % {"template": enquiry.template, "year": enquiry.year},
            text=render_to_string("diligence/letter_reminder.txt", {"enquiry": enquiry}).strip() + "\n",
        )
