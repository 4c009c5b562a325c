"""Countries and regions by the names people write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.area_list import ListedArea, read_areas, shipped
from lode.places import Place, cahra_on, countries, country, places_in, regions

CD, RW, CG = Place("CD"), Place("RW"), Place("CG")


@pytest.mark.parametrize(
    ("text", "iso2"),
    [
        ("CHINA", "CN"),
        ("P.R. China", "CN"),
        ("中国", "CN"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("Korea (Republic of)", "KR"),
        ("TAIWAN, PROVINCE OF CHINA", "TW"),
        ("CONGO, DEMOCRATIC REPUBLIC OF THE", "CD"),
        ("D.R.C.", "CD"),
        ("drc", "CD"),
        ("République démocratique du Congo", "CD"),
        ("República Democrática del Congo", "CD"),
        ("Congo", "CG"),
        ("BOLIVIA (PLURINATIONAL STATE OF)", "BO"),
        ("LAO PEOPLE'S DEMOCRATIC REPUBLIC", "LA"),
        ("VIET NAM", "VN"),
        ("U.S.A.", "US"),
        ("Etats-Unis", "US"),
        ("Estados Unidos", "US"),
        ("The Netherlands", "NL"),
        ("Türkiye", "TR"),
        ("Cote d'Ivoire", "CI"),
        ("Guinea-Bissau", "GW"),
        ("DE", "DE"),
        ("deu", "DE"),
        ("Unknown", None),
        ("Europe", None),
        ("", None),
        (None, None),
    ],
)
def test_country_by_the_names_people_write(text, iso2):
    found = country(text)

    assert (found.iso2 if found else None) == iso2


def test_countries_have_names_in_three_languages():
    assert len(countries()) == 249
    assert [countries()["CD"].name(language) for language in ("en", "fr", "es")] == [
        "Democratic Republic of the Congo",
        "République démocratique du Congo",
        "República Democrática del Congo",
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_country_is_found_by_its_own_names_and_codes(language):
    found = {
        code: (country(each.name(language)), country(code), country(each.iso3)) for code, each in countries().items()
    }

    assert found == {code: (each, each, each) for code, each in countries().items()}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("DRC, Rwanda", (CD, RW)),
        ("Rwanda and the Democratic Republic of the Congo", (RW, CD)),
        ("Mines in Rwanda (Rutongo)", (RW,)),
        ("Malaysia.Rwanda", (Place("MY"), RW)),
        ("CONGO, DEMOCRATIC REPUBLIC OF THE", (CD,)),
        ("MALAYSIA, CONGO, DEMOCRATIC REPUBLIC OF THE, RWANDA", (Place("MY"), CD, RW)),
        ("Congo, Rwanda", (CD, CG, RW)),
        ("Korea, South, Peru", (Place("KR"), Place("PE"))),
        ("Congo", (CD, CG)),
        ("Congo (Kinshasa)", (CD,)),
        ("Australia, China, CAR", (Place("AU"), Place("CN"), Place("CF"))),
        ("Bolivia (Plurinational State of); Peru", (Place("BO"), Place("PE"))),
        ("Papua New Guinea", (Place("PG"),)),
        ("New Mexico, USA", (Place("US"),)),
        ("North Kivu", (Place("CD", "CD-NK"),)),
        ("Sud-Kivu, RDC", (CD, Place("CD", "CD-SK"))),
        ("Katanga", (CD,)),
        ("LR, HR, CC, DRC, R/S", (CD,)),
        ("CC, HR, LR", ()),
        ("a car from us", ()),
        ("Not from DRC", ()),
        ("DRC-free", ()),
        ("Outside of the DRC and adjoining countries", ()),
        ("Please see RCOI-List, available at the homepage", ()),
        ("Copper Mountain, Escondida", ()),
        ("Recycled/Scrap", ()),
        ("N/A", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_places_in_a_cell_of_free_text(text, places):
    assert places_in(text) == places


@given(st.text())
def test_places_in_any_text_never_raises(text):
    assert all(place.iso2 in countries() for place in places_in(text))


def area(iso2, since, until=None, region="", name="", category="region"):
    return ListedArea(
        iso2=iso2,
        region=region,
        name=name or iso2,
        category=category if region or name else "country",
        valid_from=since,
        valid_to=until,
        source="list",
        verified=True,
    )


WHOLE = area("CD", date(2020, 12, 17))
SOUTH = area("ET", date(2025, 3, 31), region="ET-SN")
TIGRAY = area("ET", date(2024, 9, 30), date(2025, 3, 30), region="ET-TI")
SPELLED = area("UA", date(2024, 9, 30), name="Luhansk")
AREAS = (WHOLE, SOUTH, TIGRAY, SPELLED)


@pytest.mark.parametrize(
    ("place", "on", "rows"),
    [
        (CD, date(2020, 12, 16), ()),
        (CD, date(2020, 12, 17), (WHOLE,)),
        (Place("CD", "CD-NK"), date(2026, 1, 1), (WHOLE,)),
        (Place("ET"), date(2025, 3, 30), (TIGRAY,)),
        (Place("ET"), date(2025, 3, 31), (SOUTH,)),
        (Place("ET", "ET-TI"), date(2025, 3, 30), (TIGRAY,)),
        (Place("ET", "ET-TI"), date(2025, 3, 31), ()),
        (Place("UA", "UA-09"), date(2025, 1, 1), (SPELLED,)),
        (Place("UA", "UA-46"), date(2025, 1, 1), ()),
        (Place("NL"), date(2025, 1, 1), ()),
    ],
)
def test_cahra_on_a_day(place, on, rows):
    assert cahra_on(place, on, AREAS) == rows


def test_the_shipped_list_knows_every_region_it_names():
    areas, _ = read_areas(shipped("eu"))

    assert sorted({each.region for each in areas if each.region} - set(regions())) == []


def test_the_shipped_lists_judge_a_day():
    eu, covered = (read_areas(shipped(name))[0] for name in ("eu", "1502"))

    assert {each.name for each in cahra_on(Place("BJ"), date(2025, 6, 30), eu)} == {"Alibori"} | {
        each.name for each in eu if each.iso2 == "BJ" and not each.region
    }
    assert cahra_on(RW, date(2026, 1, 1), eu) == ()
    assert [each.category for each in cahra_on(RW, date(2026, 1, 1), covered)] == ["covered country"]
