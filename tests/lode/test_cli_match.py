"""`lode match` as a person runs it."""

import json

import pytest
from click.testing import CliRunner

from lode.cli import cli

REGISTER = {
    "releases": [{"template": "CMRT", "revision": "6.5", "date": "2025-04-25", "sha256": "0" * 64}],
    "smelters": [
        {
            "cid": "CID990118",
            "metal": "Tin",
            "name": "PT Pulau Bangka",
            "country": "INDONESIA",
            "state": None,
            "city": None,
            "first": "6.5",
            "last": "6.5",
            "names": [
                {"name": "PT Pulau Bangka", "kind": "standard", "first": "6.5", "last": "6.5"},
                {"name": "Bangka Smelting", "kind": "alias", "first": "6.5", "last": "6.5"},
            ],
        }
    ],
}


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.json"
    path.write_text(json.dumps(REGISTER), encoding="utf-8")
    return str(path)


def run(tmp_path, text, register, *more):
    path = tmp_path / "names.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(cli, ["match", str(path), "--register", register, *more])


def test_match_prints_one_line_a_row_and_ends_with_0(tmp_path, register):
    result = run(tmp_path, "metal,name,country,cid\nTin,BANGKA SMELTING,Indonesia,CID990118\n", register)

    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "name": "BANGKA SMELTING",
            "metal": "Tin",
            "decision": "accepted",
            "candidates": [
                {
                    "cid": "CID990118",
                    "name": "PT Pulau Bangka",
                    "score": 100.0,
                    "reasons": [
                        {"code": "number", "for": True, "text": "The row gives this smelter’s number, CID990118."},
                        {
                            "code": "name",
                            "for": True,
                            "text": "The register knows it by this name: “Bangka Smelting”.",
                        },
                        {"code": "country", "for": True, "text": "Same country: Indonesia."},
                    ],
                }
            ],
        }
    ]


def test_match_ends_with_1_when_a_name_is_not_accepted(tmp_path, register):
    result = run(tmp_path, "\ufeffName;Metal\nXylophon Werke;Tin\nPulau Bangka;Tin\n;\nBangka Smelting;Tin\n", register)

    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["name"], each["decision"]) for each in found] == [
        ("Xylophon Werke", "unknown"),
        ("Pulau Bangka", "accepted"),
        ("Bangka Smelting", "accepted"),
    ]


def test_match_speaks_french(tmp_path, register):
    result = run(tmp_path, "metal,name\nTin,Bangka Smelting\n", register, "--lang", "fr")

    assert "Le registre la connaît sous ce nom : « Bangka Smelting »." in result.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,country\nX,Peru\n", "metal"),
        ("", "metal, name"),
        (b"PK\x03\x04\x00\x00", "row 1"),
    ],
)
def test_match_of_no_such_list_ends_with_2_and_a_sentence(tmp_path, register, text, said):
    result = run(tmp_path, text, register)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("content", ["", "[]", '{"releases": []}', "no JSON"])
def test_match_with_no_register_ends_with_2_and_a_sentence(tmp_path, content):
    path = tmp_path / "register.json"
    path.write_text(content)

    result = run(tmp_path, "metal,name\nTin,X\n", str(path))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "register.json" in result.stderr


def test_match_of_a_missing_file_ends_with_2(tmp_path, register):
    result = CliRunner().invoke(cli, ["match", str(tmp_path / "missing.csv"), "--register", register])

    assert result.exit_code == 2
    assert "cannot be opened: No such file or directory." in result.stderr


def test_match_of_a_list_without_rows_prints_nothing(tmp_path, register):
    result = run(tmp_path, "metal,name,country,cid\n", register)

    assert (result.exit_code, result.stdout) == (0, "")
