"""`lode register` as a person runs it."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from lode.cli import cli
from lode.rmi.declaration import Declaration, LookupLine
from lode.rmi.generate import generate

BLANK = Path(__file__).resolve().parents[3] / "shared/cases/blank"


def book(folder, name, revision, *lines):
    path = folder / name
    lookup = tuple(
        LookupLine(metal="Tin", lookup=lookup, standard=standard, country="INDONESIA", cid=cid)
        for lookup, standard, cid in lines
    )
    path.write_bytes(
        generate(
            Declaration(
                template="CMRT", revision=revision, revision_date=date(2025, 4, 25), minerals=("tin",), lookup=lookup
            )
        )
    )
    return str(path)


def run(*arguments):
    return CliRunner().invoke(cli, ["register", *arguments])


def test_register_writes_the_document_of_several_books(tmp_path):
    old = book(tmp_path, "old.xlsx", "6.4", ("Pulau Metal", "Pulau Metal", "CID990118"))
    new = book(tmp_path, "new.xlsx", "6.5", ("Pulau Bangka", "Pulau Bangka", "CID990118"))
    out = tmp_path / "register.json"

    result = run(old, new, "--out", str(out))

    assert (result.exit_code, result.stdout) == (0, "")
    document = json.loads(out.read_text(encoding="utf-8"))
    assert [(each["template"], each["revision"]) for each in document["releases"]] == [("CMRT", "6.4"), ("CMRT", "6.5")]
    assert document["smelters"] == [
        {
            "cid": "CID990118",
            "metal": "Tin",
            "name": "Pulau Bangka",
            "country": "INDONESIA",
            "state": None,
            "city": None,
            "first": "6.4",
            "last": "6.5",
            "names": [
                {"name": "Pulau Bangka", "kind": "standard", "first": "6.5", "last": "6.5"},
                {"name": "Pulau Metal", "kind": "former", "first": "6.4", "last": "6.4"},
            ],
        }
    ]


def test_register_tells_a_name_with_two_numbers_and_ends_with_1(tmp_path):
    old = book(tmp_path, "old.xlsx", "6.4", ("Pulau", "Pulau", "CID990118"))
    new = book(tmp_path, "new.xlsx", "6.5", ("Pulau", "Pulau", "CID990119"))

    result = run(old, new, "--out", str(tmp_path / "register.json"))

    assert result.exit_code == 1
    assert "“Pulau” leads to CID990118 (CMRT 6.4), CID990119 (CMRT 6.5)." in result.stderr


def test_register_of_a_book_without_look_up_ends_with_2(tmp_path):
    result = run(book(tmp_path, "empty.xlsx", "6.5"), "--out", str(tmp_path / "register.json"))

    assert result.exit_code == 2
    assert "no row of its Smelter Look-up has a smelter number" in result.stderr


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", None])
def test_register_of_no_workbook_ends_with_2_and_a_sentence(tmp_path, content):
    path = tmp_path / "book.xlsx"
    if content is not None:
        path.write_bytes(content)

    result = run(str(path), "--out", str(tmp_path / "register.json"))

    assert result.exit_code == 2
    assert result.stderr.strip()
    assert not (tmp_path / "register.json").exists()


def test_register_that_cannot_be_written_ends_with_2(tmp_path):
    path = book(tmp_path, "new.xlsx", "6.5", ("Pulau", "Pulau", "CID990119"))

    result = run(path, "--out", str(tmp_path / "missing" / "register.json"))

    assert result.exit_code == 2
    assert "cannot be written: No such file or directory." in result.stderr


def test_register_of_the_real_books(tmp_path):
    if not BLANK.exists():
        pytest.skip(f"{BLANK} is not there")
    out = tmp_path / "register.json"

    result = run(str(BLANK / "RMI_CMRT_6.5.xlsx"), "--out", str(out))

    document = json.loads(out.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert len({smelter["cid"] for smelter in document["smelters"]}) == 349
    assert sum(len(smelter["names"]) for smelter in document["smelters"]) == 629
