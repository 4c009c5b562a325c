"""Numbers that tell an organisation from every other: LEI, VAT, EORI, KvK, a national register's number, a domain.

`read_identifier` brings what was typed to the one spelling that is kept and compared, and says what is wrong with it.
A number that passes may still belong to nobody: only its publisher's register knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stdnum import get_cc_module, lei
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError

from lode.findings import Finding, finding
from lode.rmi.check.words import is_one_of


@dataclass(frozen=True, slots=True)
class Scheme:
    """Who gives a kind of number. `national` ones are told apart by the country of their register."""

    key: str
    name: str
    publisher: str
    address: str
    national: bool = False


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        scheme.key: scheme
        for scheme in (
            Scheme("lei", "LEI", "Global Legal Entity Identifier Foundation", "https://search.gleif.org/"),
            Scheme("vat", "VAT", "European Commission, VIES", "https://ec.europa.eu/taxation_customs/vies/"),
            Scheme("eori", "EORI", "European Commission, EOS", "https://ec.europa.eu/taxation_customs/dds2/eos/"),
            Scheme("kvk", "KvK", "Netherlands Chamber of Commerce", "https://www.kvk.nl/"),
            Scheme("register", "register", "the country's own register", "", national=True),
            Scheme("domain", "domain", "the organisation itself", ""),
        )
    }
)

# VAT numbers of neighbours that trade with Union importers, beside the member states and Northern Ireland (XI).
_VAT_BESIDE_THE_UNION = ("ch", "gb", "no")
_EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")
_DOMAIN_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_MOST_REGISTER = 40
_PUNCTUATION = re.compile(r"[\s.\-/·]+")


def read_identifier(scheme: str, typed: str, *, country: str = "") -> tuple[str, list[Finding]]:
    """The identifier in its one spelling, and what is wrong with it; ("", findings) where it cannot be kept.

    `country` is the ISO 3166-1 alpha-2 code of the register (scheme "register"), and completes a VAT number typed
    without its prefix. Raises KeyError for a scheme that is not in SCHEMES.
    """
    value, found = _READERS[scheme](typed.strip(), country.upper())
    return ("", [found]) if found else (value, [])


def _lei(typed: str, _country: str) -> tuple[str, Finding | None]:
    """Twenty characters, the last two of them check digits. Source: ISO 17442-1:2020, clause 4; ISO/IEC 7064."""
    value = _PUNCTUATION.sub("", typed).upper()
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", value):
        return "", finding("ID-01", "lei", found=typed, count=len(value))
    try:
        return str(lei.validate(value)), None
    except ValidationError:
        return "", finding("ID-02", "lei", found=typed)


def _vat(typed: str, country: str) -> tuple[str, Finding | None]:
    """The country's prefix and its own number, with the check its tax office publishes.

    Source: Directive 2006/112/EC, Article 215 (prefix; Greece uses EL); the national structures as VIES lists them.
    """
    value = _PUNCTUATION.sub("", typed).upper()
    if not value[:2].isalpha() and country:
        value = ("EL" if country == "GR" else country) + value
    prefix = "gr" if value[:2] == "EL" else value[:2].lower()
    if prefix not in vat.MEMBER_STATES and prefix not in _VAT_BESIDE_THE_UNION:
        return "", finding("ID-03", "vat", found=typed, prefix=value[:2])
    try:
        if prefix in vat.MEMBER_STATES:
            return str(vat.validate(value)), None
        module = get_cc_module(prefix, "vat")
        bare = value if prefix == "ch" else value[2:]
        compact = str(module.validate(bare))  # type: ignore[union-attr]
        return compact if prefix == "ch" else value[:2] + compact, None
    except InvalidChecksum:
        return "", finding("ID-05", "vat", found=typed, prefix=value[:2])
    except ValidationError:
        return "", finding("ID-04", "vat", found=typed, prefix=value[:2])


def _eori(typed: str, _country: str) -> tuple[str, Finding | None]:
    """Country code and at most 15 characters. Source: Regulation (EU) 2015/2447, Annex B, data element 3/2; EOS."""
    value = _PUNCTUATION.sub("", typed).upper()
    return (value, None) if _EORI.fullmatch(value) else ("", finding("ID-06", "eori", found=typed))


def _kvk(typed: str, _country: str) -> tuple[str, Finding | None]:
    """Eight digits; there is no check digit. Source: Handelsregisterbesluit 2008, Article 9."""
    value = _PUNCTUATION.sub("", typed)
    if value.isascii() and value.isdigit() and len(value) == 8:
        return value, None
    return "", finding("ID-07", "kvk", found=typed)


def _register(typed: str, country: str) -> tuple[str, Finding | None]:
    """A number of any national register, kept as written but for capitals and blanks. Nothing checks it."""
    value = " ".join(typed.upper().split())
    if not country or len(value) > _MOST_REGISTER or not any(each.isdigit() for each in value):
        return "", finding("ID-08", "register", found=typed, most=_MOST_REGISTER)
    return value, None


def _domain(typed: str, _country: str) -> tuple[str, Finding | None]:
    """The part of an address that is the organisation's own: "https://www.halden.example/en" is "halden.example".

    Source: RFC 1035, section 2.3.1. A mail provider's domain is anybody's, so it tells no organisation from another.
    """
    value = re.sub(r"^[a-z]+://", "", typed.lower()).rpartition("@")[2]
    value = re.split(r"[/?#:]", value, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    try:
        value = value.encode("idna").decode("ascii")
    except UnicodeError:
        return "", finding("ID-09", "domain", found=typed)
    labels = value.split(".")
    if len(labels) < 2 or len(value) > 253 or not all(_DOMAIN_LABEL.fullmatch(label) for label in labels):
        return "", finding("ID-09", "domain", found=typed)
    if is_free_mail(value):
        return "", finding("ID-10", "domain", found=value)
    return value, None


def domain_of(email: str) -> str:
    """The domain of an e-mail address where it is an organisation's own; "" for a mail provider's."""
    return read_identifier("domain", email)[0] if "@" in email else ""


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address at this domain."""
    return is_one_of(domain, "free_mail")


_READERS: Mapping[str, Callable[[str, str], tuple[str, Finding | None]]] = {
    "lei": _lei,
    "vat": _vat,
    "eori": _eori,
    "kvk": _kvk,
    "register": _register,
    "domain": _domain,
}
