"""Codes and links that open a survey's sheet or results without an account. Nothing here queries or writes."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from django.conf import settings
from django.core import signing

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LETTERS = 20
CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LETTERS}}}")
RESULTS, REFUSE, INVITED = "eprm.surveys.results", "eprm.surveys.refuse", "eprm.surveys.invited"


def new_code() -> str:
    """A code of 98 bits that its holder alone knows: 31 letters to the 20th."""
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LETTERS))
    return spelled(letters)


def spelled(code: str) -> str:
    """The code in groups of four, as it is shown."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code as it is kept track of, however it was typed; "" for what is none."""
    plain = re.sub(r"[\s‐–—-]", "", typed).lower()
    return plain if CODE.fullmatch(plain) else ""


def new_token() -> str:
    return secrets.token_urlsafe(24)


def digest_of(secret: str) -> str:
    """What is kept of a code, link or address: a digest with the site's secret, so that no list of them fits it."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()


def signed(salt: str, value: object) -> str:
    return signing.dumps(value, salt=salt)


def read_signed(salt: str, text: str) -> object | None:
    """What was signed; None for what we did not sign."""
    try:
        return signing.loads(text, salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        return None
