"""What a stranger writes harms nobody."""

import re

import pytest

from eprm.groups.markup import mentioned, plain, quote, render

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/phish)",
    "[x](\\\\evil.example)",
    "[x](%6aavascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.gif)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](/groups/files/9)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://ok.example "onmouseover=alert(1)")',
    '[x](https://ok.example" onmouseover="alert(1))',
    "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=password></form>",
    "<!--<img src=--><img src=x onerror=alert(1)//>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "`</code><script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "@<script>alert(1)</script>",
]
ELEMENT = re.compile(r"<\s*(script|img|svg|iframe|style|form|input|base|meta|math|object|embed)\b", re.IGNORECASE)
ATTRIBUTE = re.compile(r"<[^>]*\s(on\w+|style|srcdoc|action)\s*=", re.IGNORECASE)
ADDRESS = re.compile(r'(?:href|src)="(?!https?://|mailto:|/(?!/)|#)', re.IGNORECASE)


@pytest.mark.parametrize("attack", ATTACKS)
def test_render_makes_nothing_live(attack):
    html = render(attack)

    assert (ELEMENT.search(html), ATTRIBUTE.search(html), ADDRESS.search(html)) == (None, None, None)


def test_render_takes_the_usual_marks():
    html = render("# Road\n\nA **bold** [link](https://eprm.example/x) and ~~old~~.\n\n> said\n\n1. one\n2. two")

    assert html == (
        "<h4>Road</h4>\n<p>A <strong>bold</strong> "
        '<a href="https://eprm.example/x" rel="nofollow noopener noreferrer">link</a> and <s>old</s>.</p>\n'
        "<blockquote>\n<p>said</p>\n</blockquote>\n<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"
    )


def test_render_links_a_bare_address_but_not_its_full_stop_nor_code():
    html = render("See https://e.example/a?b=1. `https://eprm.example/c`")

    assert html == (
        '<p>See <a href="https://e.example/a?b=1" rel="nofollow noopener noreferrer">https://e.example/a?b=1</a>. '
        "<code>https://eprm.example/c</code></p>\n"
    )


def test_render_names_members_only():
    html = render("@noor and @nobody, not me@noor.example", handles={"noor": "Noor"})

    assert html == '<p><b class="mention">@Noor</b> and @nobody, not me@noor.example</p>\n'


def test_render_shows_own_pictures_only():
    html = render("![the road](road.jpg) ![theirs](other.jpg)", pictures={"road.jpg": "/groups/files/7/picture"})

    assert html == '<p><img src="/groups/files/7/picture" alt="the road"> [theirs]</p>\n'


def test_render_of_nested_quotes_ends():
    assert len(render(">" * 5000 + " deep")) < 200_000
    assert len(render("[" * 20_000)) < 200_000


def test_mentioned_leaves_code_alone():
    assert mentioned("@Noor, see `@jonas` and a@b.example") == {"noor"}


def test_plain_folds_accents():
    assert plain("Coopérative À Éviter") == "cooperative a eviter"


def test_quote_cuts_what_is_long():
    assert quote("ab\n\ncd", most=5) == "> ab\n>\n> c…\n\n"
