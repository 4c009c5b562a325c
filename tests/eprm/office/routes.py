"""The secretariat's office: nobody else comes in, and each is told so."""

from __future__ import annotations

from datetime import date

from eprm.base.identity import acting_as
from eprm.base.models import SecondFactorRule
from eprm.base.outbox import Attachment, post

SECRETARIAT = (302, 403, 403, 403, 403, 200)
DEED = (302, 403, 403, 403, 403, 302)

RULES = {
    "office:mail_list": ("GET", [], SECRETARIAT),
    "office:mail_detail": ("GET", ["mail"], SECRETARIAT),
    "office:mail_attachment": ("GET", ["mail", "mail_attachment"], SECRETARIAT),
    # A post without the edition that was read is refused, the secretariat's too.
    "office:mail_release": ("POST", ["mail"], DEED, {"secretariat": 403}),
    "office:mail_withdraw": ("POST", ["mail"], DEED),
    "office:period_list": ("GET", [], SECRETARIAT),
    "office:period_new": ("GET", ["period"], SECRETARIAT),
    "office:factor_list": ("GET", [], SECRETARIAT),
    "office:factor_new": ("GET", [], SECRETARIAT),
    "office:factor_end": ("POST", ["factor"], DEED),
    "office:factor_needed": ("GET", [], (302, 200, 200, 200, 200, 200)),
    "office:seal_list": ("GET", [], SECRETARIAT),
}


def scene(people):
    from eprm.base.files import keep_file  # noqa: PLC0415 - needs the settings' storage

    femke = people["secretariat"]
    office = femke.memberships.get().organisation
    with acting_as(femke.pk, [office.pk], secretariat=True):
        letter = keep_file(b"%PDF", name="letter.pdf", organisation_id=office.pk, by=femke)
        mail = post(
            to="new@people.example", subject="Welcome", text="W", kind="t", hold=True, attachments=[Attachment(letter)]
        )
        rule = SecondFactorRule.objects.create(role="officer", since=date(2999, 1, 1), reason="r", decided_by=femke)
        attachment = mail.attachments.get().pk
    return {"mail": mail.pk, "mail_attachment": attachment, "period": "mails", "factor": rule.pk}
