import json
from datetime import date
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from django.template import Context, Template

from eprm.ui import build_map, maps
from eprm.ui.equal_earth import project
from eprm.ui.maps import Map, Pin

ATLAS = Path(__file__).resolve().parents[4] / "shared/data/geo/countries-110m.json"


def world_map(**given):
    facts = {"title": "Smelters by country", "source": "Here", "on": date(2026, 10, 31)}
    return Map(**(facts | given))


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"), [(0, 0, 500, 236), (0, 180, 1000, 236), (0, -180, 0, 236), (90, 0, 500, -7)]
)
def test_project_keeps_the_equator_straight(latitude, longitude, x, y):
    assert tuple(round(value) for value in project(latitude, longitude)) == (x, y)


def test_pin_of_a_country_stands_inside_it():
    assert Pin(label="x", iso2="CD").at == tuple(maps.world()["CD"]["at"])


@pytest.mark.parametrize("code", ["SG", "HK", "MT", "BH", "LI", "MU", "MO", "AE", "XK", "TW"])
def test_states_that_smelt_are_on_the_map_however_small(code):
    assert Pin(label="x", iso2=code).at is not None


def test_pin_of_a_country_nobody_knows_is_listed_but_not_drawn():
    assert maps.placed([Pin(label="x", iso2="QQ")]) == []


def test_pin_without_a_place_is_refused():
    with pytest.raises(ValueError, match="“x” has neither a country nor a place"):
        Pin(label="x")


def test_a_lone_pin_stands_on_its_place():
    (placed,) = maps.placed([Pin(label="x", iso2="RW")])

    assert ((placed.x, placed.y), placed.lead) == (tuple(maps.world()["RW"]["at"]), None)


def test_pins_at_one_place_are_fanned_out_with_a_line_back():
    pins = [Pin(label=f"{n}", iso2="RW") for n in range(12)]

    placed = maps.placed(pins)

    assert all(dist((a.x, a.y), (b.x, b.y)) > 30 for a, b in combinations(placed, 2))
    assert [one.lead for one in placed].count(tuple(maps.world()["RW"]["at"])) == 11


def test_pins_stay_on_the_map():
    placed = maps.placed([Pin(label=f"{n}", iso2="WF") for n in range(20)])

    assert all(0 < one.x < 1000 and 0 < one.y < 432 for one in placed)


def test_pins_are_placed_the_same_whatever_their_order():
    pins = [Pin(label=f"{n}", iso2=code) for n, code in enumerate(["RW", "CD", "UG", "BI", "TZ"])]

    assert maps.placed(pins) == maps.placed(pins[::-1])


def test_many_pins_are_small_and_where_they_are():
    placed = maps.placed([Pin(label=f"{n}", iso2="RW") for n in range(61)])

    assert {(one.small, one.lead) for one in placed} == {(True, None)}


def test_each_mineral_has_its_shape():
    shapes = {kind: maps.placed([Pin(label="x", iso2="RW", kind=kind)])[0].shape[-1:] for kind in ("tin", "gold", "")}

    assert shapes == {"tin": "", "gold": "z", "": ""}


def test_described_says_what_which_and_where():
    pin = Pin(label="Three smelters", kind="tin", iso2="MY", place="Malaysia", count=3)

    assert pin.described == "Three smelters, tin, 3, Malaysia"


def test_a_shade_needs_its_words():
    with pytest.raises(ValueError, match="does not say what “cahra” means"):
        world_map(shaded={"CD": "cahra"})
    with pytest.raises(ValueError, match="“red” is not a shade"):
        world_map(shaded={"CD": "red"}, legend={"red": "x"})


def test_page_links_each_pin_and_lists_the_places_again():
    pins = [Pin(label="<Kigali>", kind="tin", iso2="RW", url="/s/1", place="Rwanda")]
    this = world_map(
        pins=pins, shaded={"CD": "cahra", "QQ": "cahra"}, legend={"cahra": "on the list", "focus": "unused"}
    )

    html = Template("{% map m %}").render(Context({"m": this}))

    assert html.count('href="/s/1"') == 2
    assert 'aria-label="&lt;Kigali&gt;, tin, Rwanda"' in html
    assert "circle: tin" in html
    assert "on the list" in html
    assert "unused" not in html
    assert "Borders show who holds the ground and imply no opinion." in html


def test_the_committed_map_is_what_the_source_gives():
    if not ATLAS.exists():
        pytest.skip(f"{ATLAS.name} is not beside this checkout")

    svg, countries = build_map.build(json.loads(ATLAS.read_text(encoding="utf-8")))

    committed = (Path(build_map.__file__).parent / "static/ui/img/world.svg").read_text(encoding="utf-8")
    assert svg == committed
    drawn = {code: country for code, country in maps.world().items() if country["d"]}
    assert drawn == {code: {"d": country["d"], "at": list(country["at"])} for code, country in countries.items()}


def test_no_outline_leaps_over_the_edge_of_the_map():
    """Where a country crosses 180 degrees it is cut, not drawn across the world."""
    leaps = []
    for code, country in maps.world().items():
        for path in country["d"].split("M")[1:]:
            steps = path.rstrip("z").partition("l")[2].replace("-", " -").split()
            leaps += [(code, step) for step in steps if abs(int(step)) > 300]

    assert leaps == []
