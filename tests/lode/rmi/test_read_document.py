"""The JSON object of a declaration: out and back again, and a sentence for an object that is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import workbooks

from lode.rmi.declaration import Answer, Company, Declaration, MineLine, SmelterLine
from lode.rmi.document import DocumentError, from_document, to_document
from lode.rmi.read import read

TEXTS = st.none() | st.text(min_size=1, max_size=20)
DECLARATIONS = st.builds(
    Declaration,
    template=st.sampled_from(["CMRT", "EMRT"]),
    revision=st.sampled_from(["6.5", "2.0"]),
    company=st.builds(Company, name=TEXTS, contact_email=TEXTS),
    scope=st.sampled_from([None, "A", "B", "C"]),
    scope_description=TEXTS,
    effective_date=st.none() | st.dates(),
    minerals=st.just(("cobalt", "mica")),
    answers=st.lists(
        st.builds(
            Answer,
            question=st.sampled_from(["1", "2", "8"]),
            mineral=st.sampled_from(["cobalt", "mica"]),
            value=TEXTS,
            comment=TEXTS,
        )
        | st.builds(Answer, question=st.sampled_from(["A", "B"]), value=TEXTS, comment=TEXTS)
        | st.builds(Answer, question=st.just("C"), mineral=st.sampled_from(["cobalt", "mica"]), value=TEXTS),
        unique_by=lambda answer: (answer.question, answer.mineral),
    ).map(tuple),
    smelters=st.lists(st.builds(SmelterLine, row=st.integers(5, 2504), name=TEXTS, cid=TEXTS)).map(tuple),
    mines=st.lists(st.builds(MineLine, row=st.integers(5, 2504), name=TEXTS)).map(tuple),
)


@given(DECLARATIONS)
def test_document_of_any_declaration_reads_back_the_same(declaration: Declaration) -> None:
    document = to_document(declaration)

    again = to_document(from_document(json.loads(json.dumps(document))))

    assert again == document


def test_document_of_a_book_has_each_mineral_under_each_question_even_where_blank() -> None:
    declaration = read(workbooks.book(answers=())).declaration
    assert declaration is not None

    document = to_document(declaration)

    blank = dict.fromkeys(("tantalum", "tin", "gold", "tungsten"))
    assert document["answers"] == dict.fromkeys("12345678", blank)
    assert document["company_answers"] == dict.fromkeys("ABCDEFGH")


def test_lines_without_a_row_follow_one_another() -> None:
    document = {"template": "CMRT", "revision": "6.5", "smelters": [{"metal": "Tin"}, {"row": 9}, {"metal": "Gold"}]}

    assert [line.row for line in from_document(document).smelters] == [5, 9, 10]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "A declaration is an object with keys; this is a list."),
        ({}, "template holds None; it must be one of CMRT, EMRT, CRT, AMRT."),
        ({"template": "XMRT"}, "template holds 'XMRT'; it must be one of CMRT, EMRT, CRT, AMRT."),
        ({"template": "CMRT", "scope": "D"}, "scope holds 'D'; it must be A, B, C or null."),
        ({"template": "CMRT", "company": []}, "company holds a list; it must hold an object."),
        ({"template": "CMRT", "company": {"name": 7}}, "company.name holds a number; it must hold a text or null."),
        (
            {"template": "CMRT", "effective_date": "30-Sep-2025"},
            "effective_date holds '30-Sep-2025'; it must be written as 2025-09-30.",
        ),
        ({"template": "CMRT", "smelters": {}}, "smelters holds an object; it must hold a list."),
        ({"template": "CMRT", "smelters": ["Tin"]}, "smelters[0] holds a text; it must hold an object."),
        (
            {"template": "CMRT", "smelters": [{"row": "5"}]},
            "smelters[0].row holds '5'; it must hold the sheet's row number.",
        ),
        (
            {"template": "CMRT", "smelters": [{"metal": True}]},
            "smelters[0].metal holds true or false; it must hold a text or null.",
        ),
        (
            {"template": "CMRT", "answers": {"1": {"tin": ["Yes"]}}},
            "answers.1.tin holds a list; it must hold a text or null.",
        ),
    ],
)
def test_object_that_is_no_declaration_is_refused_with_a_sentence(document: object, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        from_document(document)  # type: ignore[arg-type]

    assert str(refused.value) == sentence
