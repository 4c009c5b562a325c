from datetime import date
from urllib.parse import unquote

import pytest
from django.template import Context, Template

from eprm.ui import charts, plots
from eprm.ui.charts import Chart, Series

HARD, THIN = "\u00a0", "\u202f"


def chart(kind="bars", labels=("Accepted", "To decide"), series=None, **given):
    series = series or (Series("Suppliers", (7, 3)),)
    facts = {"title": "Most are accepted", "unit": "t", "source": "Here", "on": date(2026, 10, 31), "key": "c"}
    return Chart(kind=kind, labels=labels, series=series, **(facts | given))


def test_bars_are_drawn_from_zero_with_the_words_beside():
    assert plots.draw(chart()) == (
        '<svg class="plot c-ink" height="73" role="img" aria-labelledby="c-title c-desc">'
        '<text class="say" y="13">Accepted</text>'
        '<rect class="bar" y="18" height="10" width="89.0%"/>'
        f'<text x="90.0%" y="27">7{HARD}t</text>'
        '<text class="say" y="56">To decide</text>'
        '<rect class="bar" y="61" height="10" width="38.2%"/>'
        f'<text x="39.2%" y="70">3{HARD}t</text></svg>'
    )


def test_bars_of_nothing_known_and_below_zero_are_told_in_words():
    svg = plots.draw(chart(series=(Series("Suppliers", (None, -3)),)))

    assert svg.count('width="0.0%"') == 2
    assert ">not known</text>" in svg
    assert f">−3{HARD}t</text>" in svg


def test_all_zero_is_drawn():
    assert plots.draw(chart(series=(Series("Suppliers", (0, 0)),))).count('width="0.0%"') == 2


def test_a_long_label_is_wrapped_and_at_last_cut():
    svg = plots.draw(chart(labels=("word " * 40, "b")))

    assert svg.count('class="say"') == 4
    assert " …</text>" in svg


def test_a_strangers_label_is_escaped():
    svg = plots.draw(chart(labels=("<script>", "b")))

    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_line_is_stretched_while_its_words_are_not():
    svg = plots.draw(chart("line", ("2024", "2025", "2026"), (Series("Tin", (0, 50, 100), "tin"),)))

    assert svg == (
        '<svg class="plot c-sn" height="190" role="img" aria-labelledby="c-title c-desc">'
        '<line class="axis" x1="0" x2="100%" y1="158" y2="158"/>'
        '<line class="grid-line" x1="0" x2="100%" y1="122.0" y2="122.0"/>'
        '<line class="grid-line" x1="0" x2="100%" y1="86.0" y2="86.0"/>'
        '<line class="grid-line" x1="0" x2="100%" y1="50.0" y2="50.0"/>'
        '<line class="grid-line" x1="0" x2="100%" y1="14.0" y2="14.0"/>'
        '<svg viewBox="0 0 100 190" preserveAspectRatio="none" width="100%" height="190">'
        '<polyline class="line c-sn" points="8.0,158.0 53.0,86.0 98.0,14.0"/></svg>'
        '<text x="0" y="135">25</text><text x="0" y="99">50</text><text x="0" y="63">75</text>'
        f'<text x="0" y="27">100{HARD}t</text>'
        '<text text-anchor="start" x="8.0%" y="178">2024</text>'
        '<text text-anchor="middle" x="53.0%" y="178">2025</text>'
        '<text text-anchor="end" x="98.0%" y="178">2026</text>'
        '<circle class="dot c-sn" cx="98.0%" cy="14.0" r="5"/>'
        f'<text class="say" text-anchor="end" x="98.0%" y="36">100{HARD}t</text></svg>'
    )


def test_a_gap_breaks_the_line_and_a_lone_value_is_a_dot():
    svg = plots.draw(chart("line", ("1", "2", "3", "4", "5"), (Series("Tin", (1, 2, None, 2, None)),)))

    assert svg.count("<polyline") == 1
    assert svg.count('r="3"') == 1


def test_band_lies_between_the_lowest_and_the_highest():
    svg = plots.draw(chart("band", ("2025", "2026"), (Series("at least", (0, 25)), Series("at most", (100, 75)))))

    assert '<polygon class="band" points="8.0,14.0 98.0,50.0 98.0,122.0 8.0,158.0"/>' in svg
    assert f">at least 25{HARD}t</text>" in svg


def test_words_at_two_ends_that_meet_are_kept_apart():
    svg = plots.draw(chart("line", ("2025", "2026"), (Series("A", (0, 50)), Series("B", (0, 50)))))

    ends = [part.split('"')[0] for part in svg.split('class="say" text-anchor="end" x="98.0%" y="')[1:]]
    assert ends == ["27", "44"]


def test_stacked_segments_differ_in_pattern_too():
    series = (Series("Conformant", (6, 2), "green"), Series("Unknown", (2, None)))

    svg = plots.draw(chart("stacked", ("Tin", "Gold"), series))

    assert svg.count('class="seg is-green"') == 2
    assert svg.count('class="seg c-ink"') == 1
    assert svg.count('fill="url(#c-p1)"') == 1
    assert f'<tspan class="beside">8{HARD}t</tspan>' in svg


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (31, 74, f"31 to 74{HARD}%"),
        (62, 62, f"62{HARD}%"),
        (0, None, "nothing known yet"),
        (None, 40, f"0 to 40{HARD}%"),
    ],
)
def test_bounds_are_said_beside_their_label(low, high, said):
    svg = plots.draw(chart("bounds", ("Tin",), (Series("at least", (low,)), Series("at most", (high,)))))

    assert f'<tspan class="beside">{said}</tspan>' in svg


def test_change_says_both_years():
    svg = plots.draw(chart("change", ("Tin", "Gold"), (Series("2025", (5, None)), Series("2026", (10, 3)))))

    assert f'<tspan class="beside">5 → 10{HARD}t</tspan>' in svg
    assert f'<tspan class="beside">not known → 3{HARD}t</tspan>' in svg
    assert svg.count('class="span"') == 1


@pytest.mark.parametrize("kind", ["bars", "stacked", "line"])
def test_a_single_value_is_drawn(kind):
    assert plots.draw(chart(kind, ("Tin",), (Series("Tin", (5,)),))).endswith("</svg>")


def test_a_chart_whose_parts_disagree_is_refused():
    with pytest.raises(ValueError, match="“Suppliers” has 1 values for 2 labels"):
        chart(series=(Series("Suppliers", (7,)),))
    with pytest.raises(ValueError, match="draws 2 to 2 series, not 1"):
        chart("band")
    with pytest.raises(ValueError, match="“pink” is not a tone"):
        Series("x", (1,), "pink")


def test_description_tells_few_figures_one_by_one():
    assert charts.description(chart()) == f"Accepted: 7{HARD}t; To decide: 3{HARD}t."


def test_description_of_many_figures_points_to_the_table():
    many = chart("line", tuple(str(year) for year in range(2010, 2027)), (Series("Tin", tuple(range(17))),))

    assert charts.description(many) == "17 figures from 2010 to 2026; they follow as a table."


def test_csv_of_a_chart_is_in_its_own_address_and_never_live():
    address = charts.csv_address(chart(labels=("=1+1", "b"), across="State"))

    assert unquote(address) == "data:text/csv;charset=utf-8,\ufeffState,Suppliers (t)\r\n'=1+1,7\r\nb,3\r\n"


def test_page_shows_the_same_figures_as_a_table_with_source_and_day():
    html = Template("{% chart c %}").render(Context({"c": chart(labels=("Accepted", "Lost"), across="Answer")}))

    assert '<th scope="row">Accepted</th><td class="r">7</td>' in html
    assert "Source: Here." in html
    assert '<time datetime="2026-10-31">' in html


def test_a_chart_without_figures_says_so_instead_of_drawing():
    html = Template("{% chart c %}").render(Context({"c": chart(series=(Series("x", (None, None)),))}))

    assert "Nobody has given a figure yet." in html
    assert "<svg" not in html


def test_a_chart_without_labels_says_so_too():
    assert chart(labels=(), series=(Series("x", ()),)).is_empty
