import gzip
import re

from eprm.ui import assets

DECLARATION = re.compile(r"--[\w-]+: [^;]+;")


def test_stylesheet_is_small():
    text = assets.stylesheet().text

    assert len(text) < 37_000
    assert len(gzip.compress(text.encode())) < 9_000


def test_stylesheet_names_its_layers_once_and_first():
    text = assets.stylesheet().text

    assert text.startswith("@layer reset,tokens,base,layout,components,print;@layer tokens{")


def test_stylesheet_takes_the_font_from_our_own_address():
    assert 'url("/static/ui/fonts/besley-latin' in assets.stylesheet().text


def test_squeeze_keeps_the_rules():
    css = "/* why */\n.a > b {\n  margin: 0 auto;\n  color: red;\n}\n"

    assert assets.squeeze(css) == ".a > b{margin:0 auto;color:red}"


def test_dark_by_device_and_dark_by_choice_are_the_same():
    source = (assets.CSS / "tokens.css").read_text(encoding="utf-8")
    by_device = source.split(":root:not([data-theme=light]) {")[1].split("}")[0]
    by_choice = source.split(":root[data-theme=dark] {")[1].split("}")[0]

    assert DECLARATION.findall(by_device) == DECLARATION.findall(by_choice)
    assert len(DECLARATION.findall(by_device)) > 20


def test_colours_stand_in_the_tokens_only():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(")
    elsewhere = {
        path.name: found
        for path in assets.css_files()
        if path.name not in {"tokens.css", "print.css"}
        and (found := [c for c in colour.findall(path.read_text("utf-8")) if c != "#0008"])
    }

    assert elsewhere == {}


def test_every_token_used_is_defined():
    text = assets.stylesheet().text
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    set_anywhere = set(re.findall(r"(--[\w-]+):", text))

    assert used - set_anywhere == set()


def test_integrity_is_that_of_the_file():
    assert assets.integrity("ui/js/eprm.js").startswith("sha384-")


def test_own_script_is_small():
    assert (assets.CSS.parent / "js/eprm.js").stat().st_size < 4_000
