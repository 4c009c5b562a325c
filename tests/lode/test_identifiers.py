"""Identifiers of organisations, held against numbers that their owners publish."""

import pytest

from lode.identifiers import SCHEMES, domain_of, read_identifier

# Published in annual reports, legal notices and the registers themselves.
PUBLISHED = [
    ("lei", "7LTWFZYICNSX8D621K86", "", "7LTWFZYICNSX8D621K86"),  # Deutsche Bank AG
    ("lei", "7245 00VK KSH9 QOLT FR81", "", "724500VKKSH9QOLTFR81"),  # ING Groep N.V., in groups of four
    ("lei", "529900w18lqjjn6sj336", "", "529900W18LQJJN6SJ336"),  # Société Générale Effekten GmbH
    ("vat", "DE 811569869", "", "DE811569869"),  # Robert Bosch GmbH
    ("vat", "811569869", "DE", "DE811569869"),
    ("vat", "FR 40 303 265 045", "", "FR40303265045"),
    ("vat", "NL004495445B01", "", "NL004495445B01"),
    ("vat", "CZ45274649", "", "CZ45274649"),  # ČEZ, a. s.
    ("vat", "BE 0403.170.701", "", "BE0403170701"),  # Engie Electrabel
    ("vat", "ATU33864707", "", "ATU33864707"),
    ("vat", "el 094259216", "", "EL094259216"),
    ("vat", "GB 980 7806 84", "", "GB980780684"),
    ("eori", "NL 004495445", "", "NL004495445"),
    ("kvk", "17 02 95 86", "", "17029586"),
    ("register", "cd/kng/rccm/14-b-0123", "CD", "CD/KNG/RCCM/14-B-0123"),
    ("domain", "https://www.Halden.example/en?x=1", "", "halden.example"),
    ("domain", "noor@halden.example", "", "halden.example"),
    ("domain", "Münze.example", "", "xn--mnze-0ra.example"),
]
WRONG = [
    ("lei", "7LTWFZYICNSX8D621K87", "", "ID-02"),
    ("lei", "7LTWFZYICNSX8D621K8", "", "ID-01"),
    ("lei", "7LTWFZYICNSX8D621KO6", "", "ID-01"),
    ("lei", "", "", "ID-01"),
    ("vat", "DE811569868", "", "ID-05"),
    ("vat", "DE81156986", "", "ID-04"),
    ("vat", "NL861433000B01", "", "ID-05"),
    ("vat", "US12345678", "", "ID-03"),
    ("vat", "811569869", "", "ID-03"),
    ("vat", "x", "", "ID-03"),
    ("eori", "N004495445", "", "ID-06"),
    ("eori", "NL0044954450044954", "", "ID-06"),
    ("kvk", "1702958", "", "ID-07"),
    ("kvk", "١٢٣٤٥٦٧٨", "", "ID-07"),
    ("register", "14-B-0123", "", "ID-08"),
    ("register", "none", "CD", "ID-08"),
    ("register", "1" * 41, "CD", "ID-08"),
    ("domain", "halden", "", "ID-09"),
    ("domain", "-halden.example", "", "ID-09"),
    ("domain", "a..example", "", "ID-09"),
    ("domain", "noor@gmail.com", "", "ID-10"),
]


@pytest.mark.parametrize(("scheme", "typed", "country", "kept"), PUBLISHED)
def test_read_identifier_keeps_one_spelling(scheme, typed, country, kept):
    assert read_identifier(scheme, typed, country=country) == (kept, [])


@pytest.mark.parametrize(("scheme", "typed", "country", "kept"), PUBLISHED)
def test_read_identifier_of_what_it_kept_is_the_same(scheme, typed, country, kept):
    assert read_identifier(scheme, kept, country=country) == (kept, [])


@pytest.mark.parametrize(("scheme", "typed", "country", "code"), WRONG)
def test_read_identifier_says_what_is_wrong_and_quotes_it(scheme, typed, country, code):
    value, findings = read_identifier(scheme, typed, country=country)

    assert (value, [found.code for found in findings]) == ("", [code])
    assert findings[0].values["found"] in findings[0].message
    assert findings[0].fix


def test_domain_of_is_nothing_for_a_mail_provider():
    assert [domain_of(mail) for mail in ("uwe@condensa.example", "uwe@gmail.com", "uwe")] == [
        "condensa.example",
        "",
        "",
    ]


def test_schemes_are_keyed_by_themselves():
    assert [scheme.key for scheme in SCHEMES.values()] == list(SCHEMES)
