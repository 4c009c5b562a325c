"""A mail as it came in: what it says of itself, its words without what was quoted, its attachments. No database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

import nh3
from mailparser_reply import EmailReplyParser

from eprm.groups.addresses import is_ours

# Quoting and signature lines of these languages are known, Dutch and Italian beside the platform's own.
QUOTING_LANGUAGES = ["en", "fr", "es", "de", "nl", "it"]
ADDRESS_HEADERS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
AUTOMATIC_SENDERS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounce)", re.IGNORECASE)
BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
REPLY_PREFIX = re.compile(r"^\s*((re|aw|sv|tr|rv|fw|fwd|wg|antw|res)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
LONGEST_TEXT, LONGEST_PARSED, LONGEST_LINE = 100_000, 10_000, 1000
LONGEST_MESSAGE = 64 * 1024 * 1024
# "On 25 Nov, somebody <address> wrote:" as mail programs put it above what they quote, over one line or two.
QUOTING_LINE = re.compile(
    r"^(?:(?:On|Le|El|Am|Op|Il|Em)\b[^\n]{0,200}\d[^\n]{0,200}\n(?!>))?"
    r"(?!>)[^\n]{0,250}\b(?:wrote|a écrit|escribi[oó]|schrieb|schreef|ha scritto|escreveu)\b"
    r"[^\n]{0,200}:[ \t]*\n(?=\s*>)",
    re.MULTILINE | re.IGNORECASE,
)
BREAKS = re.compile(r"<(br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail. `to` are all addresses it may have come by; `automatic` says why it counts as a machine's, or ""."""

    message_id: str
    to: list[str]
    sender: str
    subject: str
    text: str
    whole_text: str
    automatic: str
    attached: list[Attached] = field(default_factory=list)


def read(raw: bytes) -> Arrived:
    """Read a mail's bytes. Never raises for what a stranger sent: what cannot be read is empty."""
    message = message_from_bytes(raw[:LONGEST_MESSAGE], policy=policy.default)
    whole = _text_of(message)
    return Arrived(
        message_id=_header(message, "message-id")[:255] or f"<{hashlib.sha256(raw).hexdigest()}@none>",
        to=[address for name in ADDRESS_HEADERS for address in _addresses(message, name)],
        sender=next(iter(_addresses(message, "from")), "").lower()[:254],
        subject=REPLY_PREFIX.sub("", _header(message, "subject"))[:255],
        text=without_quotes(whole),
        whole_text=whole,
        automatic=_why_automatic(message),
        attached=list(_attached(message)),
    )


def without_quotes(text: str) -> str:
    """Only what was newly written: quotations, their headings and signatures cut, in seven languages."""
    text = _before_or_below_the_quotation(text[:LONGEST_TEXT])
    if not text.strip():
        return ""
    if len(text) > LONGEST_PARSED or max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        # The parser's patterns take minutes on what no mail program writes; a stranger could stop the box with it.
        return text.strip()
    found = EmailReplyParser(languages=QUOTING_LANGUAGES).read(text)
    return (found.latest_reply or "").strip()


def _before_or_below_the_quotation(text: str) -> str:
    """What stands above the quoted mail; where nothing does, what stands below it."""
    found = QUOTING_LINE.search(text)
    if found is None:
        return text
    if text[: found.start()].strip():
        return text[: found.start()]
    lines = text[found.end() :].splitlines()
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith(">")):
        lines.pop(0)
    return "\n".join(lines)


def _why_automatic(message: EmailMessage) -> str:
    """Which header says that no person wrote this. Source: RFC 3834 (Auto-Submitted), RFC 3464 (bounces)."""
    if _header(message, "auto-submitted").lower() not in ("", "no"):
        return "Auto-Submitted"
    if _header(message, "precedence").lower() in BULK:
        return "Precedence"
    for name in ("x-autoreply", "x-autorespond", "list-id", "x-loop"):
        if message.get(name) is not None:
            return name.title()
    if _header(message, "return-path").strip() == "<>" or message.get_content_type() == "multipart/report":
        return "Return-Path"
    if any(AUTOMATIC_SENDERS.match(address) for address in _addresses(message, "from")):
        return "From"
    return "Message-Id" if is_ours(_header(message, "message-id")) else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""  # a header that the standard's reader cannot make sense of


def _addresses(message: EmailMessage, name: str) -> list[str]:
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except (ValueError, LookupError, IndexError, AttributeError):
        return []
    return [address for _name, address in getaddresses(values) if "@" in address]


def _text_of(message: EmailMessage) -> str:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        if body is None:
            return ""
        text = body.get_content()
    except (LookupError, ValueError, KeyError, AttributeError):
        return ""
    if not isinstance(text, str):
        return ""
    if body.get_content_type() == "text/html":
        # Quoted parts are marked in HTML; without the marks they could not be told from the answer.
        text = re.sub(r"<blockquote.*", "", text, flags=re.IGNORECASE | re.DOTALL)
        text = nh3.clean(BREAKS.sub("\n", text), tags=set())
        text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("\r\n", "\n").replace("\x00", "")


def _attached(message: EmailMessage):
    for part in message.walk():
        name = part.get_filename()
        if not name or part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield Attached(str(name), content)
