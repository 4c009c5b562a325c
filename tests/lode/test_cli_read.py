"""`lode read`: standard output is data, errors are sentences, the exit code says which."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from tests import workbooks

from lode.cli import cli
from lode.rmi.document import to_document
from lode.rmi.read import read


def test_read_prints_one_json_object(tmp_path: Path) -> None:
    path = tmp_path / "solder.xlsx"
    path.write_bytes(workbooks.book())

    result = CliRunner().invoke(cli, ["read", str(path)])

    declaration = read(workbooks.book()).declaration
    assert declaration is not None
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == to_document(declaration)
    assert list(json.loads(result.stdout)) == [
        "template",
        "revision",
        "language",
        "company",
        "scope",
        "scope_description",
        "effective_date",
        "minerals",
        "answers",
        "comments",
        "company_answers",
        "company_comments",
        "smelters",
        "products",
        "mines",
    ]


def test_read_says_what_is_odd_beside_the_data(tmp_path: Path) -> None:
    path = tmp_path / "later.xlsx"
    path.write_bytes(workbooks.book(revision="6.6"))

    result = CliRunner().invoke(cli, ["read", str(path)])

    assert result.exit_code == 0
    assert json.loads(result.stdout)["revision"] == "6.6"
    assert result.stderr == (
        "Declaration!J3: The file says CMRT revision “6.6”. It was read with the map of CMRT 6.5, and each label was "
        "compared. Compare a few answers with the file before you rely on them. (FILE-15)\n"
    )


def test_read_ends_with_2_and_a_sentence_for_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.xlsx"
    path.write_bytes(b"%PDF-1.7")

    result = CliRunner().invoke(cli, ["read", str(path)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "scan.xlsx: The file is a PDF document, not an Excel workbook. "
        "Send the template itself, saved as .xlsx. (FILE-01)\n"
    )


def test_read_ends_with_2_and_a_sentence_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "none.xlsx"

    result = CliRunner().invoke(cli, ["read", str(missing)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{missing} cannot be opened: No such file or directory.\n"


def test_help_teaches_with_an_example() -> None:
    result = CliRunner().invoke(cli, ["read", "--help"])

    assert result.exit_code == 0
    assert "lode read supplier.xlsx > supplier.json" in result.stdout
