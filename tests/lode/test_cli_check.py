"""`lode check` at the terminal: text, JSON, languages, days, a register, and files that cannot be read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests import workbooks
from tests.lode.rmi.declarations import clean, company, row

from lode.cli import cli
from lode.rmi.declaration import Declaration
from lode.smelters.document import to_document
from lode.smelters.register import Name, Register, Release, Smelter

ON = "2025-11-03"


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def made(declaration: Declaration, name: str = "supplier.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(workbooks.book(replace(declaration, scope_raw=None)))
        return str(path)

    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments])


def test_a_clean_declaration_ends_with_0_and_says_nothing(file: Any) -> None:
    result = run(file(clean()), "--on", ON)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_findings_are_lines_of_text_and_code_1(file: Any) -> None:
    result = run(file(company(contact_email="ada,x@solder.example")), "--on", ON)

    assert result.exit_code == 1
    assert result.stdout == (
        "warning: An e-mail address would not arrive (CMRT-W26)\n"
        "  Declaration!D16\n"
        "  The cell says “ada,x@solder.example”; it has a comma, a blank or no full domain.\n"
        "  Write one address, such as name@company.com.\n"
    )


def test_json_is_a_list_of_exactly_five_fields(file: Any) -> None:
    result = run(file(company(name=None)), "--on", ON, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "code": "CMRT-001",
            "level": "error",
            "where": "Declaration!D8",
            "message": "The cell is empty.",
            "fix": "Write the company’s legal name.",
        }
    ]


def test_json_of_a_clean_declaration_is_an_empty_list(file: Any) -> None:
    result = run(file(clean()), "--on", ON, "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize(("lang", "fix"), [("fr", "Écrivez la raison sociale"), ("es", "Escriba la razón social")])
def test_the_texts_come_in_three_languages(file: Any, lang: str, fix: str) -> None:
    result = run(file(company(name=None)), "--on", ON, "--lang", lang, "--json")

    assert json.loads(result.stdout)[0]["fix"].startswith(fix)


def test_the_day_decides_what_is_old(file: Any) -> None:
    result = run(file(clean()), "--on", "2026-12-01", "--json")

    assert [each["code"] for each in json.loads(result.stdout)] == ["CMRT-P37"]


def test_without_a_day_today_is_taken(file: Any) -> None:
    result = run(file(clean(effective_date=date(2999, 1, 1))), "--json")

    assert "CMRT-W28" in [each["code"] for each in json.loads(result.stdout)]


def test_a_register_adds_its_findings(file: Any, tmp_path: Path) -> None:
    name = Name(name="Straits Tin Refining", kind="standard", first="6.5", last="6.5")
    known = [line for line in workbooks.LOOKUP if line.cid and line.lookup == line.standard]
    register = Register(
        releases=(Release(template="CMRT", revision="6.5", date=date(2025, 4, 25), sha256="0"),),
        smelters=tuple(
            Smelter(
                cid=line.cid or "",
                metal=line.metal,
                name=line.standard,
                country=line.country,
                state=line.state,
                city=line.city,
                first="6.5",
                last="6.5",
                names=(replace(name, name=line.standard),),
            )
            for line in known
        ),
    )
    path = tmp_path / "register.json"
    path.write_text(json.dumps(to_document(register)))

    result = run(file(row(6, country="CHINA")), "--on", ON, "--register", str(path), "--json")

    assert [(each["code"], each["where"]) for each in json.loads(result.stdout)] == [
        ("CMRT-P24", "Smelter List!F6, E6")
    ]


@pytest.mark.parametrize("text", ["no json", "[]", '{"releases": [{}], "smelters": []}'])
def test_a_file_that_is_no_register_is_said_and_ends_with_2(file: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "register.json"
    path.write_text(text)

    result = run(file(clean()), "--register", str(path))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "register.json" in result.stderr


def test_a_file_that_is_no_workbook_is_a_sentence_and_code_2(tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0 JFIF")

    text, data = run(str(path)), run(str(path), "--json")

    assert (text.exit_code, text.stdout) == (2, "")
    assert "JPEG" in text.stderr
    assert (data.exit_code, [each["code"] for each in json.loads(data.stdout)]) == (2, ["FILE-01"])


def test_a_file_that_is_not_there_is_a_sentence_and_code_2() -> None:
    result = run("nowhere.xlsx")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.xlsx cannot be opened" in result.stderr


def test_a_date_in_the_file_name_is_held_against_the_effective_date(file: Any) -> None:
    result = run(file(clean(), "solder-2024-01-31.xlsx"), "--on", ON, "--json")

    assert [each["code"] for each in json.loads(result.stdout)] == ["CMRT-W20"]


def test_help_teaches() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert all(word in result.stdout for word in ("error", "warning", "plausibility", "note", "Exit code", "--on"))
