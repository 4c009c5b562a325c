"""The invented things the component page shows: every part, in every state. English, since builders read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from eprm.ui.charts import Chart, Series
from eprm.ui.forms import Choice, FilesField, UnitInput, WordsField
from eprm.ui.maps import Map, Pin
from eprm.ui.parts import Step, el, status
from eprm.ui.statuses import TONES
from eprm.ui.tables import Column, Empty, Table
from lode.findings import Finding

ON = date(2026, 10, 31)
SOURCE = "Invented for this page"


class SpecimenForm(forms.Form):
    """One of each input; filled so that some of it is refused."""

    company = forms.CharField(label="Company name", help_text="The legal name, without abbreviation.")
    email = forms.EmailField(
        label="E-mail",
        error_messages={"invalid": "“vogel(at)halberg.example” has no @. Write it like name@company.example."},
    )
    mass = forms.DecimalField(label="Tin imported in 2026", widget=UnitInput("kg"), required=False)
    budget = forms.DecimalField(label="Total budget", widget=UnitInput("EUR", before=True), required=False)
    place = forms.ChoiceField(
        label="Place in the chain",
        choices=[("maker", Choice("Manufacturer", "You buy metal or parts.")), ("importer", "Importer")],
        widget=forms.RadioSelect,
    )
    metals = forms.MultipleChoiceField(
        label="Metals", choices=[("tin", "Tin"), ("gold", "Gold")], widget=forms.CheckboxSelectMultiple, required=False
    )
    country = forms.ChoiceField(label="Country", choices=[("DE", "Germany"), ("RW", "Rwanda")], required=False)
    story = WordsField(label="What did you do?", limit=200)
    agreed = forms.BooleanField(label="I may speak for this company", help_text="We keep who said so, and when.")
    files = FilesField(
        label="Declarations",
        accept=".xlsx,.xls,.zip",
        help_text=".xlsx, .xls or .zip, each at most 30 MB.",
        required=False,
    )


class SpecimenTable(Table):
    goods = Column("Goods")
    metal = Column("Metal", show=lambda row: el(row["metal"], "s"))
    mass = Column("Net mass", unit="kg")
    threshold = Column("Threshold", unit="kg")
    scope = Column("Scope", show=lambda row: status(row["tone"], row["scope"]), sort=False)
    since = Column("Since", blank="not yet")

    class Meta:
        caption = "Imports of tin, 2026"
        source = SOURCE
        order_by = "-mass"


ROWS = [
    {
        "goods": "Tin, unwrought",
        "metal": "tin",
        "mass": 91400,
        "threshold": 100000,
        "scope": "within 10 %",
        "tone": "violet",
        "since": date(2026, 3, 1),
    },
    {
        "goods": "Tin bars, rods, profiles and wires",
        "metal": "tin",
        "mass": 1820,
        "threshold": 1400,
        "scope": "above",
        "tone": "yellow",
        "since": None,
    },
]

FINDINGS = [
    Finding(
        code="DEMO-01",
        level="error",
        where="Declaration!D20",
        title="The authorizer’s e-mail has no @",
        message="The cell says “m.sousa(at)tavira.example”.",
        fix="Write the address with @, or “not available”.",
        values={"found": "m.sousa(at)tavira.example"},
    ),
    Finding(
        code="DEMO-02",
        level="warning",
        where="Lots of October!row 14",
        title="The lot weighs more than went into it",
        message="In: “412.0 kg”, out: “431.5 kg”.",
        fix="Check the scale’s reading of 9 October, or add the missing lot.",
        values={"in": "412.0 kg", "out": "431.5 kg"},
    ),
    Finding(
        code="DEMO-03",
        level="plausibility",
        where="Declaration!D63",
        title="All smelters identified, yet one is not",
        message="Worth a question. It blocks nothing.",
        fix="",
    ),
    Finding(
        code="DEMO-04",
        level="note",
        where="file",
        title="A newer revision of the template exists",
        message="The file is “CMRT 6.4”; “CMRT 6.5” has been out since 25 April 2025.",
        fix="Ask for the newer one next time. This one is read in full.",
        values={"revision": "CMRT 6.4", "newest": "CMRT 6.5"},
    ),
]

STEPS = [
    Step("Received", "18 Nov", "done"),
    Step("Checked", "18 Nov", "done"),
    Step("Decided", "31 of 35 names", "current"),
    Step("Accepted", "not yet"),
]


SHARED: dict[str, Any] = {"source": SOURCE, "on": ON}
YEARS: dict[str, Any] = {"across": "Year", "labels": ("2022", "2023", "2024", "2025", "2026")}


def bar_charts() -> list[Chart]:
    """One of each kind with a bar a label, with the cases that break charts: a long label, a zero, nothing known."""
    return [
        Chart(
            kind="bars",
            title="Half of the suppliers’ answers are accepted",
            unit="suppliers",
            labels=(
                "Accepted",
                "To decide",
                "Asked by letter and mail, and still without any answer at all",
                "Sent back",
            ),
            series=(Series("Suppliers", (7, 3, 2, 0)),),
            across="Answer",
            **SHARED,
        ),
        Chart(
            kind="stacked",
            title="Most named smelters are conformant, gold the least",
            unit="smelters",
            labels=("Tin", "Tantalum", "Gold"),
            series=(
                Series("Conformant", (61, 28, 70), "green"),
                Series("Active", (6, 0, 9), "blue"),
                Series("Not conformant", (4, 1, 31), "red"),
                Series("Unknown", (3, 0, None)),
            ),
            across="Metal",
            **SHARED,
        ),
        Chart(
            kind="bounds",
            title="Gold is known best, tantalum not at all",
            unit="%",
            labels=("Gold", "Tin", "Tungsten", "Tantalum"),
            series=(Series("at least", (88, 31, 62, 0)), Series("at most", (97, 74, 62, None))),
            across="Metal",
            **SHARED,
        ),
        Chart(
            kind="change",
            title="Two metals have more conformant smelters than last year",
            unit="smelters",
            labels=("Tin", "Tantalum", "Gold"),
            series=(Series("2025", (52, 28, 78)), Series("2026", (61, 28, 70))),
            across="Metal",
            **SHARED,
        ),
    ]


def time_charts() -> list[Chart]:
    """The two kinds over time: a line with a gap, and a band."""
    return [
        Chart(
            kind="line",
            title="Buyers ask for three times more responsible tin than in 2022",
            unit="t",
            series=(Series("Tin", (1120, 1610, None, 2740, 3260), "tin"),),
            **YEARS,
            **SHARED,
        ),
        Chart(
            kind="band",
            title="Between 22 % and 81 % is shown to be responsible",
            unit="%",
            series=(Series("at least", (9, 12, 15, 19, 22), "tin"), Series("at most", (94, 91, 88, 85, 81), "tin")),
            note="The band is what nobody has shown yet, either way.",
            **YEARS,
            **SHARED,
        ),
    ]


def world_map() -> Map:
    return Map(
        title="Smelters of one supplier, by country",
        source=SOURCE,
        on=ON,
        shaded={"CD": "cahra", "CO": "cahra", "MM": "cahra", "DE": "focus"},
        legend={"cahra": "country with a region on the list of high-risk areas", "focus": "the company’s own country"},
        pins=[
            Pin(label="Three tin smelters", kind="tin", iso2="MY", url="#map", place="Malaysia", count=3),
            Pin(label="Five tin smelters", kind="tin", iso2="ID", url="#map", place="Indonesia", count=5),
            Pin(label="A gold refiner", kind="gold", iso2="SG", url="#map", place="Singapore"),
            Pin(label="A tantalum smelter", kind="tantalum", iso2="RW", url="#map", place="Rwanda"),
            Pin(label="A tin smelter", kind="tin", iso2="RW", url="#map", place="Rwanda"),
            Pin(label="A gold refiner", kind="gold", lat=0.31, lon=32.58, url="#map", place="Kampala, Uganda"),
            Pin(label="A tungsten smelter", kind="tungsten", iso2="AT", url="#map", place="Austria"),
            Pin(label="Two suppliers", iso2="DE", url="#map", place="Germany", count=2),
            Pin(label="A tin smelter", kind="tin", iso2="BO", url="#map", place="Bolivia"),
            Pin(label="A gold refiner", kind="gold", iso2="CO", url="#map", place="Colombia"),
        ],
    )


SWATCHES = """paper sheet well ink ink-2 line-strong laterite sn-fill ta-fill w-fill au-fill
blue green yellow red violet""".split()
PARTS = """colour type buttons forms table finding status bounds timeline charts map steps messages dialog empty
progress""".split()
SHARES = [
    (Decimal("0.312"), Decimal("0.74"), "tin"),
    (0, 1, "tantalum"),
    (0.62, 0.62, "tungsten"),
    (0.88, 0.97, "gold"),
]


def answered_form() -> SpecimenForm:
    """The form as it comes back: three answers to mend."""
    answers = {
        "company": "Halberg Solder GmbH",
        "email": "vogel(at)halberg.example",
        "mass": "1 820",
        "place": "maker",
        "story": "We asked all 14 suppliers.",
        "country": "DE",
    }
    return SpecimenForm(answers)


def no_rows() -> SpecimenTable:
    empty = Empty(
        title="No supplier yet",
        text="Add the first by hand, or send us your list as a spreadsheet.",
        url="#part-empty",
        action="Add a supplier",
    )
    return SpecimenTable([], prefix="b-", empty=empty)


def all_parts() -> dict[str, Any]:
    """Everything the component page draws besides its table."""
    return {
        "form": answered_form(),
        "findings": FINDINGS,
        "steps": STEPS,
        "charts": [*bar_charts(), *time_charts()],
        "map": world_map(),
        "shares": SHARES,
        "none": no_rows(),
        "tones": TONES,
        "swatches": SWATCHES,
        "minerals": ["tin", "tantalum", "tungsten", "gold", "cobalt"],
        "toc": PARTS,
    }
