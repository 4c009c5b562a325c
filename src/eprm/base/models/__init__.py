"""What every app needs kept: files, mails, periods of keeping, seals, webhooks.

The organisation's model is named by a setting, as the user's is, so that this low app imports nothing from above.
"""

from eprm.base.models.files import StoredFile
from eprm.base.models.hooks import Delivery, Webhook
from eprm.base.models.limits import Counter
from eprm.base.models.mails import MailAttachment, OutgoingMail
from eprm.base.models.personal import Erasure, PersonalExport
from eprm.base.models.retention import Period, Removal
from eprm.base.models.safety import SecondFactorRule
from eprm.base.models.seals import Amendment, Seal, SealedRow, Shape

__all__ = [
    "Amendment",
    "Counter",
    "Delivery",
    "Erasure",
    "MailAttachment",
    "OutgoingMail",
    "Period",
    "PersonalExport",
    "Removal",
    "Seal",
    "SealedRow",
    "SecondFactorRule",
    "Shape",
    "StoredFile",
    "Webhook",
]
