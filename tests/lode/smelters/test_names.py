"""Names in one spelling."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.smelters.names import core_words, lexicon, normalise, senses


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("PT. Timah (Persero), Tbk", "timah"),
        ("PT TIMAH", "timah"),
        ("A.L.M.T. Corp.", "almt"),
        ("Pulau Bangka Métals  S. A.", "pulau bangka metals"),
        ("Sudeten Solder spol. s r.o.", "sudeten solder"),
        ("Wolfram Bergbau und Hütten AG", "wolfram bergbau hutten"),
        ("Minera Ejemplo, S.A. de C.V.", "minera ejemplo"),
        ("Nghe Tinh Non-Ferrous Metals Joint Stock Company", "nghe tinh nonferrous metals"),
        ("Tungsten Viet Nam", "tungsten vietnam"),
        ("Kenee (United States of America)", "kenee usa"),
        ("Ørsted Łódź Æther", "orsted lodz aether"),
        ("Cendres & M?taux", "cendres mtaux"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("云南示例股份有限公司", "云南示例"),
        ("ガラス株式会社", "ガラス"),
        ("Technoplant 1", "technoplant 1"),
        ("Co., Ltd.", "co ltd"),
        (" - ", ""),
    ],
)
def test_normalise_forgets_form_and_keeps_the_rest(name, normal):
    assert normalise(name) == normal


@given(st.text())
def test_normalise_is_idempotent_for_any_text(name):
    assert normalise(normalise(name)) == normalise(name)


_PIECES = [
    *sorted(lexicon().legal),
    "viet",
    "nam",
    "&",
    "and",
    ".",
    "s",
    "a",
    "c",
    "v",
    "de",
    "有限公司",
    "公",
    "司",
    "İ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=8), st.sampled_from([" ", "", "."]))
def test_normalise_is_idempotent_for_heaps_of_legal_forms(pieces, joint):
    name = joint.join(pieces)

    assert normalise(normalise(name)) == normalise(name)


def test_senses_translates_words_of_the_trade():
    assert senses(core_words("Akita Kinzoku Seiren K.K.")) == ("akita", "metal", "smelting")


def test_lexicon_gives_each_word_one_sense():
    words = tomllib.loads(files("lode").joinpath("data/words.toml").read_text(encoding="utf-8"))

    spoken = [word for words_of_sense in words["meaning"].values() for word in words_of_sense.split()]

    assert sorted(spoken) == sorted(set(spoken))
