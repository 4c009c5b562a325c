import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from eprm.ui import tables
from eprm.ui.table_page import page_of
from eprm.ui.tables import Column, Empty, Table

ON = date(2026, 10, 31)
THIN = "\u202f"


class Lots(Table):
    name = Column("Lot", link=lambda record: f"/lots/{record['name']}/")
    mass = Column("Mass", unit="kg")
    checked = Column("Checked", blank="not yet")
    state = Column("State", show=lambda record: record["state"].upper(), sort=False)

    class Meta:
        caption = "Lots of October"
        source = "Weighbridge"


def lot(name, mass=0, checked=None, state="open"):
    return {"name": name, "mass": mass, "checked": checked, "state": state}


def get(query=""):
    return RequestFactory().get(f"/lots{query}")


def shown(table, query=""):
    request = get(query)
    return page_of(request, tables.prepare(request, table))


def cells(page):
    return [[cell.content for cell in row] for row in page.rows]


def test_cells_speak_the_readers_language():
    rows = [lot("A", Decimal("1820.5"), date(2026, 10, 9)), lot("B", 7)]

    with translation.override("fr"):
        page = shown(Lots(rows))

    assert cells(page) == [
        [
            '<a href="/lots/A/">A</a>',
            f"1{THIN}820,5",
            '<time datetime="2026-10-09">9\u00a0oct.\u00a02026</time>',
            "OPEN",
        ],
        ['<a href="/lots/B/">B</a>', "7", "not yet", "OPEN"],
    ]


def test_columns_with_a_unit_are_aligned_and_labelled():
    page = shown(Lots([lot("A", 5)]))

    assert [(cell.label, cell.css_class) for cell in page.rows[0]] == [
        ("Lot", ""),
        ("Mass, kg", "r"),
        ("Checked", ""),
        ("State", ""),
    ]


def test_headings_lead_to_the_other_order_and_the_first_page():
    page = shown(Lots([lot("A")]), "?q=tin&sort=mass&page=1")

    assert [(heading.sorted, heading.url) for heading in page.headings] == [
        ("", "?q=tin&sort=name"),
        ("ascending", "?q=tin&sort=-mass"),
        ("", "?q=tin&sort=checked"),
        ("", ""),
    ]


def test_rows_are_ordered_as_the_address_says():
    page = shown(Lots([lot("A", 5), lot("B", 9), lot("C", 7)]), "?sort=-mass")

    assert [row[1].content for row in page.rows] == ["9", "7", "5"]


@pytest.mark.parametrize(("order", "names"), [("name", ["Ärger", "b", "C", ""]), ("-name", ["C", "b", "Ärger", ""])])
def test_words_are_ordered_without_regard_to_capitals_and_the_unknown_last(order, names):
    class Named(Table):
        key = Column("Key")
        name = Column("Name")

    page = shown(Named([{"key": 1, "name": name} for name in ("C", None, "b", "Ärger")]), f"?sort={order}")

    assert [row[1].content for row in page.rows] == names


def test_equal_rows_are_ordered_by_the_second_column_asked_for():
    page = shown(Lots([lot("A", 5), lot("B", 5), lot("C", 9)]), "?sort=-mass&sort=-name")

    assert [row[0].content for row in page.rows] == [
        '<a href="/lots/C/">C</a>',
        '<a href="/lots/B/">B</a>',
        '<a href="/lots/A/">A</a>',
    ]


def test_a_column_that_is_none_changes_no_order():
    page = shown(Lots([lot("A", 5), lot("B", 9)]), "?sort=password")

    assert [row[1].content for row in page.rows] == ["5", "9"]


def test_fifty_rows_a_page():
    page = shown(Lots([lot(f"{n:03}") for n in range(120)]), "?page=3")

    assert (page.count, page.first, page.last, page.previous, page.next) == (120, 101, 120, "?page=2", "")
    assert page.pages == [(1, "/lots"), (2, "?page=2"), (3, "?page=3")]


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1"])
def test_a_page_that_is_none_shows_one_that_is(asked):
    page = shown(Lots([lot("A")]), f"?page={asked}")

    assert page.count == 1


def test_two_tables_on_a_page_do_not_disturb_each_other():
    rows = [lot("A", 5), lot("B", 9)]

    first, second = shown(Lots(rows), "?b-sort=-mass"), shown(Lots(rows, prefix="b-"), "?b-sort=-mass")

    assert [row[1].content for row in first.rows] == ["5", "9"]
    assert [row[1].content for row in second.rows] == ["9", "5"]
    assert second.files[0] == ("CSV", "?b-sort=-mass&b-format=csv")


def file_of(table, query):
    return tables.respond(get(query), table, "unused.html")


def test_csv_holds_every_filtered_row_and_no_live_formula():
    rows = [lot(f"{n}", n) for n in range(60)] + [lot("=HYPERLINK(1)", 1)]

    response = file_of(Lots(rows, on=ON), "?format=csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == 'attachment; filename="lots-of-october-2026-10-31.csv"'
    assert (len(lines), lines[0], lines[-1]) == (62, "Lot,Mass (kg),Checked,State", "'=HYPERLINK(1),1,,open")


def test_csv_keeps_the_order_of_the_address():
    response = file_of(Lots([lot("A", 5), lot("B", 9)]), "?format=csv&sort=-mass")

    assert response.content.decode("utf-8-sig").splitlines()[1] == "B,9,,open"


def test_xlsx_holds_numbers_and_dates_with_source_and_day():
    response = file_of(Lots([lot("A", Decimal("5.5"), date(2026, 10, 9))], on=ON), "?format=xlsx&q=tin")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert sheet["A2"].value == ("Source: Weighbridge, http://testserver/lots?q=tin · Date: 2026-10-31 · Made by: EPRM")
    assert values[0] == ["Lot", "Mass (kg)", "Checked", "State"]
    assert (values[1][0], values[1][1], values[1][2].date(), values[1][3]) == ("A", 5.5, date(2026, 10, 9), "open")


def test_json_keys_do_not_depend_on_the_language():
    with translation.override("fr"):
        response = file_of(Lots([lot("A", Decimal("5.5"), date(2026, 10, 9))], on=ON), "?format=json")

    assert json.loads(response.content) == {
        "title": "Lots of October",
        "source": "Weighbridge, http://testserver/lots",
        "on": "2026-10-31",
        "columns": [
            {"name": "name", "label": "Lot", "unit": None},
            {"name": "mass", "label": "Mass", "unit": "kg"},
            {"name": "checked", "label": "Checked", "unit": None},
            {"name": "state", "label": "State", "unit": None},
        ],
        "rows": [{"name": "A", "mass": 5.5, "checked": "2026-10-09", "state": "open"}],
    }


def test_an_export_has_its_own_value_where_the_column_gives_one():
    class Named(Table):
        name = Column("Lot", export=lambda record: f"lot {record['name']}")

    response = file_of(Named([{"name": "A"}]), "?format=csv")

    assert response.content.decode("utf-8-sig").splitlines() == ["Lot", "lot A"]


@pytest.fixture
def visitor_get(rf, db):
    def build(query):
        request = rf.get(f"/lots{query}")
        request.user = AnonymousUser()
        request.session = {}
        request._messages = []
        return request

    return build


def test_a_format_that_is_none_is_refused_with_those_that_are(visitor_get):
    response = tables.respond(visitor_get("?format=pdf"), Lots([]), "unused.html")

    assert response.status_code == 400
    assert "“pdf” is not a format of this table. Use csv, xlsx or json." in response.text


def test_more_rows_than_a_file_holds_are_refused_with_the_way_on(visitor_get, monkeypatch):
    monkeypatch.setattr(tables, "ROWS_A_FILE", 2)

    response = tables.respond(visitor_get("?format=csv"), Lots([lot("A")] * 3), "unused.html")

    assert response.status_code == 413
    assert "The table has 3 rows and a file holds 2. Narrow it with the filters." in response.text


def drawn(table, query="", shape=""):
    request = get(query)
    tables.prepare(request, table)
    return Template("{% table table shape %}").render(Context({"request": request, "table": table, "shape": shape}))


def test_an_empty_table_says_why_and_what_to_do():
    html = drawn(Lots([], empty=Empty(title="No lot yet", text="Weigh one.", url="/lots/new", action="Add a lot")))

    assert "<h2>No lot yet</h2>\n<p>Weigh one.</p>" in html
    assert '<a class="button" href="/lots/new">Add a lot</a>' in html
    assert "<table" not in html


def test_a_cell_without_value_is_empty_so_that_a_phone_hides_it():
    class Bare(Table):
        name = Column("Lot")
        note = Column("Note")

    assert '<td data-label="Note"></td>' in drawn(Bare([{"name": "A", "note": None}]))


def test_a_strangers_text_is_escaped():
    assert "&lt;script&gt;" in drawn(Lots([lot("A", state="<script>")])).lower()


def test_a_bare_table_has_a_caption_and_no_heading():
    html = drawn(Lots([lot("A")]), shape="bare")

    assert "<caption>Lots of October</caption>" in html
    assert "<h2" not in html


def test_the_sorted_column_says_so_to_screen_readers():
    assert '<th scope="col" class="r" aria-sort="descending">' in drawn(Lots([lot("A")]), "?sort=-mass")


class Types(Table):
    model = Column("Model")


@pytest.mark.parametrize("count", [1, 3])
def test_the_count_of_queries_does_not_grow_with_the_rows(count, db, django_assert_num_queries):
    pks = list(ContentType.objects.values_list("pk", flat=True)[:count])
    rows = ContentType.objects.filter(pk__in=pks)

    with django_assert_num_queries(2):
        page = shown(Types(rows), "?sort=model")

    assert len(page.rows) == count


class Kinds(Table):
    model = Column("Model")


def test_a_page_far_in_has_the_rows_it_would_have_without_keys(db, django_assert_num_queries):
    ContentType.objects.bulk_create(ContentType(app_label="far", model=f"m{n:04}") for n in range(1100))
    rows = ContentType.objects.filter(app_label="far").order_by("-model")

    with django_assert_num_queries(3):  # the count, the keys, the rows
        page = shown(Kinds(rows), "?page=22")

    assert [row[0] for row in cells(page)] == [f"m{n:04}" for n in range(49, -1, -1)]
