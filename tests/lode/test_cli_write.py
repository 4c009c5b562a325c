"""`lode write`: answers in, a filled template out, sentences for what went wrong."""

import json
import os

import pytest
from click.testing import CliRunner, Result
from tests.workbooks import LOOKUP, answers, book, complete

from lode.cli import cli
from lode.rmi.declaration import Declaration, SmelterLine
from lode.rmi.document import to_document
from lode.rmi.read import read

BLANK = book(Declaration(template="CMRT", revision="6.5", lookup=LOOKUP))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blank.xlsx").write_bytes(BLANK)
    return tmp_path


def run(given: object, *, out: str = "out.xlsx", template: str = "blank.xlsx") -> Result:
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    with open("answers.json", "wb") as file:
        file.write(content)
    return CliRunner().invoke(cli, ["write", "answers.json", "--template", template, "--out", out])


def test_write_fills_the_template(folder):
    result = run(to_document(complete()))

    assert (result.exit_code, result.output) == (0, "")
    assert to_document(read((folder / "out.xlsx").read_bytes()).declaration) == to_document(complete())


def test_write_takes_what_read_prints(folder):
    (folder / "sent.xlsx").write_bytes(book())
    printed = CliRunner().invoke(cli, ["read", "sent.xlsx"]).stdout

    result = run(printed.encode())

    assert result.exit_code == 0
    assert CliRunner().invoke(cli, ["read", "out.xlsx"]).stdout == printed


def test_write_says_what_it_could_not_write_as_given(folder):
    line = SmelterLine(row=5, metal="Tin", lookup="Old Tin Works", country="PERU")

    result = run(to_document(complete(smelters=(line,))))

    assert result.exit_code == 1
    assert result.stderr == (
        "Smelter List!C5: “Old Tin Works” is not in the template's look-up for this metal; it was written as “Smelter"
        " not listed”, with name and country. See whether it is listed under another name; if not, complete its name,"
        " country and city. (WRITE-08)\n"
    )
    assert (folder / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "answers.json: Line 1, column 1: Expecting value. Nothing was written."),
        (b'{"template": "CMRT",}', "answers.json: Line 1, column 21: "),
        (b"\xff\xfe{}", "answers.json: Byte 1 is no UTF-8. Nothing was written."),
        (b"[" * 100_000, "answers.json: Objects stand in objects without end. Nothing was written."),
        ([], "answers.json: A declaration is an object with keys; this is a list. Nothing was written."),
        ({"template": "CMRT", "company": 7}, "answers.json: company holds a number; it must hold an object."),
        ({"template": "XMRT"}, "answers.json: template holds 'XMRT'; it must be one of CMRT, EMRT, CRT, AMRT."),
        (
            {"template": "EMRT", "revision": "1.3"},
            "the template: The answers are for EMRT 1.3; the template is ",
        ),
        ({"template": "CMRT", "revision": "5.12"}, "the template: The answers are for CMRT 5.12; CMRT 6.5 asks other"),
    ],
    ids=["empty", "comma", "bytes", "deep", "list", "number", "kind", "template", "revision"],
)
def test_write_writes_nothing_when_the_answers_do_not_fit(folder, given, said):
    result = run(given)

    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert not (folder / "out.xlsx").exists()


def test_write_quotes_a_key_nobody_reads(folder):
    document = to_document(complete()) | {"comapny": {}, "scop": "A"}
    document["company"]["mail"] = "x@y.example"
    document["smelters"][0]["CID"] = "CID900101"

    result = run(document)

    assert result.exit_code == 1
    quoted = [line.split("“")[1].split("”")[0] for line in result.stderr.splitlines()]
    assert quoted == ["comapny", "scop", "company.mail", "smelters[].CID"]
    assert (folder / "out.xlsx").exists()


def test_write_speaks_the_readers_language():
    run(to_document(complete(answers=answers())) | {"scop": "A"})

    french = ["write", "answers.json", "--template", "blank.xlsx", "--out", "out.xlsx", "--lang", "fr"]
    result = CliRunner().invoke(cli, french)

    assert "n’est aucune des clés lues ici" in result.stderr


@pytest.mark.parametrize("out", ["blank.xlsx", "./blank.xlsx", "answers.json"])
def test_write_never_writes_over_what_it_was_given(folder, out):
    result = run(to_document(complete()), out=out)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{out} is the file of the ")
    assert (folder / "blank.xlsx").read_bytes() == BLANK


@pytest.mark.parametrize("missing", ["blank", "answers", "folder"])
def test_write_says_which_file_cannot_be_opened(folder, missing):
    arguments = {"blank": "blank.xlsx", "answers": "answers.json", "folder": "out.xlsx"}
    arguments[missing] = "nowhere/file.xlsx"
    (folder / "answers.json").write_text(json.dumps(to_document(complete())))

    given = ["write", arguments["answers"], "--template", arguments["blank"], "--out", arguments["folder"]]
    result = CliRunner().invoke(cli, given)

    verb = "written" if missing == "folder" else "opened"
    assert result.exit_code == 2
    assert result.stderr == f"nowhere/file.xlsx cannot be {verb}: No such file or directory.\n"


def test_write_leaves_nothing_behind_when_the_file_cannot_be_put_in_its_place(folder):
    (folder / "answers.json").write_text(json.dumps(to_document(complete())))
    (folder / "out.xlsx").mkdir()

    given = ["write", "answers.json", "--template", "blank.xlsx", "--out", "out.xlsx"]
    result = CliRunner().invoke(cli, given)

    assert result.exit_code == 2
    assert sorted(os.listdir(folder)) == ["answers.json", "blank.xlsx", "out.xlsx"]
