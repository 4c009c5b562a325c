"""Mails about a desk. They say that there is something to read, never what: and they do not lie in the outbox.

The secretariat reads the outbox, and nobody of the partnership sees in on a desk; so these go by a job of their own.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from eprm.authorities.models import Filing
from eprm.ui.languages import second_language


def tell_of_message(filing: Filing) -> None:
    """Once the transaction commits, tell whoever filed that the authority has written."""
    address, language = filing.filed_by.email, filing.filed_by.language
    page = settings.PUBLIC_URL + reverse("authorities:filing_detail", args=[filing.pk])
    transaction.on_commit(lambda: _send(address, language, page), robust=True)


def _send(address: str, language: str, page: str) -> None:
    with translation.override(second_language(language)):
        text = (
            _("Your competent authority has written to you on the EPRM platform. Sign in to read it:") + f"\n{page}\n"
        )
        send_mail(_("Your competent authority has written to you"), text, None, [address])
