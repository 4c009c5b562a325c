"""A declaration into a blank template, on books the tests make themselves."""

import io
import zipfile
from dataclasses import fields, replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.workbooks import LOOKUP, answers, book, complete, product, smelter, smelters

from lode import minerals
from lode.rmi.declaration import Answer, Company, Declaration, MineLine, SmelterLine
from lode.rmi.document import to_document
from lode.rmi.layout import layout_for
from lode.rmi.read import read
from lode.rmi.write import write

BLANK = book(Declaration(template="CMRT", revision="6.5", lookup=LOOKUP))
OPTIONS = layout_for("CMRT", "6.5")[0].options


def read_back(declaration: Declaration, template: bytes = BLANK) -> Declaration:
    written = write(declaration, template)
    assert written.data is not None
    again = read(written.data)
    assert again.findings == ()
    assert again.declaration is not None
    return again.declaration


def codes(declaration: Declaration, template: bytes = BLANK) -> list[tuple[str, str]]:
    return [(found.code, found.where) for found in write(declaration, template).findings]


def texts() -> st.SearchStrategy[str | None]:
    """What a person can type and a reader gives back: no lone surrogates, no blanks around, no error texts."""
    typed = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40)
    kept = typed.map(str.strip).filter(lambda text: text and text[0] not in "#©" and "_x000" not in text)
    return st.none() | kept


@st.composite
def smelter_lines(draw: st.DrawFn) -> tuple[SmelterLine, ...]:
    rows = sorted(draw(st.sets(st.integers(5, 2504), max_size=5)))
    lines = []
    for row in rows:
        chosen = draw(st.sampled_from(LOOKUP))
        typed = {
            field.name: draw(texts()) for field in fields(SmelterLine) if field.name not in ("row", "metal", "lookup")
        }
        cid = draw(st.sampled_from([None, "CID900301", "Unknown 7"]))
        line = SmelterLine(row=row, metal=chosen.metal, lookup=chosen.lookup, **typed)
        lines.append(replace(line, cid=line.cid_input or cid))
    return tuple(lines)


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    given_answers = tuple(
        Answer(question=question, mineral=mineral, value=value, raw=value, comment=draw(texts()))
        for question, mineral, _ in layout_for("CMRT", "6.5")[0].answer_rows()
        for value in [draw(st.none() | st.sampled_from(OPTIONS[question]))]
    )
    numbers = draw(st.lists(texts().filter(bool), max_size=4))
    return Declaration(
        template="CMRT",
        revision="6.5",
        company=Company(**{field.name: draw(texts()) for field in fields(Company)}),
        scope=draw(st.sampled_from([None, "A", "B", "C"])),
        scope_description=draw(texts()),
        effective_date=draw(st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))),
        minerals=tuple(mineral.key for mineral in minerals.THREE_TG),
        answers=given_answers,
        smelters=draw(smelter_lines()),
        products=tuple(product(row, number) for row, number in enumerate(numbers, 6)),
    )


@given(declarations())
@settings(deadline=None, max_examples=30)
def test_read_gives_back_what_was_written(declaration):
    assert to_document(read_back(declaration)) == to_document(declaration)


@pytest.mark.parametrize(
    ("template", "revision", "about"),
    [
        ("CMRT", "1.00", ()),
        ("CMRT", "2.00", ()),
        ("CMRT", "2.03", ()),
        ("CMRT", "3.01", ()),
        ("CMRT", "6.01", ()),
        ("CMRT", "6.22", ()),
        ("EMRT", "1.3", ()),
        ("EMRT", "2.0", ("cobalt", "mica", "nickel")),
        ("CRT", "2.21", ()),
        ("AMRT", "1.3", ("cobalt", "zinc")),
    ],
)
def test_read_gives_back_what_was_written_in_every_template(template, revision, about):
    layout = layout_for(template, revision)[0]
    about = layout.minerals or about
    kept = {
        name: value
        for name, value in zip(Company.__dataclass_fields__, "abcdefghijk", strict=True)
        if name in layout.fields
    }
    declaration = Declaration(
        template=template,
        revision=revision,
        company=Company(**kept),
        scope="B" if "scope" in layout.fields else None,
        effective_date=date(2019, 9, 30),
        minerals=about,
        answers=tuple(
            Answer(question=question, mineral=mineral, value=layout.options[question][0], comment=f"on {row}")
            for question, mineral, row in layout.answer_rows(about)
        ),
        smelters=(
            SmelterLine(row=layout.smelters.first_row, metal="Tin", name="Kigali Tin Smelting", street="Road 1"),
        ),
        products=(product(6, "P-1", "Wire"),) if layout.products else (),
        mines=(MineLine(row=5, metal="Cobalt", smelter="X", name="Y"),) if layout.mines else (),
    )
    template_file = book(Declaration(template=template, revision=revision, minerals=about))

    assert to_document(read_back(declaration, template_file)) == to_document(declaration)


def test_write_is_clean_for_a_complete_declaration():
    assert write(complete(smelters=smelters(400)), BLANK).findings == ()


def test_write_never_makes_a_formula():
    live = '=HYPERLINK("https://elsewhere.example","open")'
    line = smelter(5, "Tin", "Straits Tin", name=live, comment="@SUM(A1)")
    data = write(complete(company=replace(complete().company, name=live), smelters=(line,)), BLANK).data

    sheets = openpyxl.load_workbook(io.BytesIO(data))

    cells = (sheets["Declaration"]["D8"], sheets["Smelter List"]["D5"], sheets["Smelter List"]["Q5"])
    assert [(cell.value, cell.data_type) for cell in cells] == [(live, "s"), (live, "s"), ("@SUM(A1)", "s")]


def test_write_tells_programs_to_calculate_anew():
    with zipfile.ZipFile(io.BytesIO(write(complete(), BLANK).data)) as package:
        assert b'<calcPr fullCalcOnLoad="1"/>' in package.read("xl/workbook.xml")


def test_write_says_which_smelter_the_template_does_not_list():
    line = SmelterLine(row=5, metal="Tin", lookup="Old Tin Works", country="PERU", city="Lima")

    written = read_back(complete(smelters=(line,)))

    assert codes(complete(smelters=(line,))) == [("WRITE-08", "Smelter List!C5")]
    assert written.smelters == (replace(line, lookup="Smelter not listed", name="Old Tin Works"),)


def test_write_takes_the_templates_name_of_a_number_when_the_look_up_lost_the_name():
    line = replace(smelter(5, "Tin", "Straits Tin"), lookup="Straits Trading Tin")

    assert codes(complete(smelters=(line,))) == [("WRITE-09", "Smelter List!C5")]
    assert read_back(complete(smelters=(line,))).smelters[0].lookup == "Straits Tin Refining"


def test_write_puts_a_lone_number_where_the_template_asks_for_it():
    line = SmelterLine(row=5, metal="Tin", cid="CID900301")

    assert codes(complete(smelters=(line,))) == []
    assert read_back(complete(smelters=(line,))).smelters == (replace(line, cid_input="CID900301"),)


def test_write_says_which_line_names_no_entry_of_the_look_up():
    line = SmelterLine(row=5, metal="Tin", name="Somebody")

    assert codes(complete(smelters=(line,))) == [("WRITE-10", "Smelter List!C5")]


def test_write_says_which_metal_the_template_lacks():
    line = SmelterLine(row=5, metal="Copper", lookup="Smelter not listed", name="X", country="PERU")

    assert codes(complete(smelters=(line,))) == [("WRITE-07", "Smelter List!B5")]


def test_write_fills_the_rows_there_are():
    written = write(complete(smelters=smelters(2_600)), BLANK)

    assert [(found.code, found.where, found.values) for found in written.findings] == [
        ("WRITE-05", "Smelter List", {"found": "2600", "room": "2500"})
    ]
    assert len(read(written.data).declaration.smelters) == 2_500


def test_write_puts_lines_one_after_the_other_when_their_rows_are_no_rows_of_the_list():
    lines = (smelter(1, "Tin", "Straits Tin"), smelter(1, "Gold", "Aurelia"))

    assert [line.row for line in read_back(complete(smelters=lines)).smelters] == [5, 6]


def test_write_cuts_a_text_no_cell_can_hold():
    company = replace(complete().company, address="x" * 40_000)

    assert codes(complete(company=company)) == [("WRITE-06", "Declaration!D14")]
    assert len(read_back(complete(company=company)).company.address) == 32_767


def test_write_keeps_an_answer_that_is_no_option():
    assert read_back(complete(answers=answers(q3="Perhaps"))).answer("3", "tin").value == "Perhaps"


def test_write_says_which_question_the_template_does_not_ask():
    extra = Answer(question="J", value="Yes")

    assert codes(complete(answers=(*answers(), extra))) == [("WRITE-11", "Declaration")]


def test_write_refuses_another_template():
    written = write(complete(), book(Declaration(template="EMRT", revision="1.3")))

    assert (written.data, [found.code for found in written.findings]) == (None, ["WRITE-01"])


def test_write_refuses_a_revision_that_asks_other_questions():
    written = write(complete(), book(Declaration(template="CMRT", revision="3.01")))

    assert (written.data, [found.code for found in written.findings]) == (None, ["WRITE-03"])


def test_write_takes_the_templates_revision_where_the_answers_name_none():
    assert read_back(complete(revision="")).revision == "6.5"


def test_write_empties_what_the_template_held():
    held = complete(smelters=smelters(9), products=(product(6, "OLD"),), scope_description="old")
    asked = Declaration(template="CMRT", revision="6.5", minerals=held.minerals, answers=answers())

    assert codes(asked, book(held)) == [("WRITE-04", "the template")]
    assert to_document(read_back(asked, book(held))) == to_document(asked)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", BLANK[:4_000]], ids=["nothing", "pdf", "cut off"])
def test_write_says_what_the_template_is_when_it_is_no_workbook(data):
    written = write(complete(), data)

    assert written.data is None
    assert written.findings == read(data, filename="the template").findings
    assert written.findings


def test_write_never_raises_for_a_template_cut_off_anywhere():
    for size in range(0, len(BLANK), 500):
        assert write(complete(), BLANK[:size]).data is None
