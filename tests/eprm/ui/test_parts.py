import pytest
from django.utils import translation

from eprm.ui import icons, parts, statuses
from lode.findings import Finding, catalogue, finding


def test_el_has_symbol_shape_class_and_word():
    assert parts.el("tin", "s") == '<abbr class="el el-s c-sn" title="tin">Sn</abbr>'


def test_el_of_a_mineral_without_symbol_is_a_plain_tag():
    assert parts.el("graphite") == '<span class="tag">graphite</span>'


def test_el_of_a_name_a_stranger_typed_is_escaped():
    assert parts.el("<b>") == '<span class="tag">&lt;b&gt;</span>'


def test_status_of_a_tone_takes_its_words():
    expected = (
        '<span class="status is-green"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true">'
        '<use href="#i-green"/></svg> accepted</span>'
    )

    assert parts.status("green", "accepted") == expected


def test_status_known_by_key_brings_its_own_words():
    assert "Not conformant" in parts.status("not_conformant")


def test_status_unknown_is_refused():
    with pytest.raises(KeyError):
        parts.status("purple", "x")


def test_statuses_refuse_a_tone_that_is_not_drawn():
    with pytest.raises(ValueError, match="“purple” is not a tone"):
        statuses.add("x", "purple", "x")


def test_statuses_refuse_one_key_with_two_meanings():
    with pytest.raises(ValueError, match="already known"):
        statuses.add("active", "red", "Active")


def test_icon_that_is_not_drawn_is_refused():
    with pytest.raises(KeyError, match="no icon “heart”"):
        icons.icon("heart")


def test_every_tone_has_its_own_shape():
    drawings = [icons.ICONS[tone] for tone in statuses.TONES]

    assert len(set(drawings)) == len(statuses.TONES)


def _finding(**changes):
    given = {
        "code": "GONE-01",
        "level": "error",
        "where": "Declaration!D20",
        "title": "The e-mail has no @",
        "message": "The cell says “a&b”.",
        "fix": "Write “name@company.example”.",
        "values": {"found": "a&b"},
    }
    return Finding(**(given | changes))


def test_shown_finding_sets_the_value_found_apart_and_its_cell_from_its_sheet():
    shown = parts.shown_finding(_finding())

    assert shown == parts.ShownFinding(
        code="GONE-01",
        tone="red",
        level="Error",
        title="The e-mail has no @",
        message='The cell says <span class="quoted">a&amp;b</span>.',
        fix="Write “name@company.example”.",
        cell="D20",
        place="Declaration",
    )


def test_shown_finding_of_the_whole_file_has_no_sheet():
    shown = parts.shown_finding(_finding(where="file"))

    assert (shown.cell, shown.place) == ("file", "")


def test_shown_finding_never_lets_a_stranger_write_the_page():
    shown = parts.shown_finding(_finding(message="Found “<script>”.", values={"found": "<script>"}))

    assert shown.message == 'Found <span class="quoted">&lt;script&gt;</span>.'


def test_shown_finding_speaks_the_readers_language():
    code = next(code for code, rule in catalogue().items() if not rule.message["en"].count("{"))

    with translation.override("fr"):
        shown = parts.shown_finding(finding(code, "file"))

    assert shown.title == catalogue()[code].title["fr"]


def test_shown_finding_stored_before_the_catalogue_changed_keeps_its_words():
    code = next(code for code, rule in catalogue().items() if "{" in rule.message["en"])

    shown = parts.shown_finding(_finding(code=code, values={}))

    assert shown.title == "The e-mail has no @"


def test_undoable_message_posts_to_its_undo_address():
    assert parts.undoable("Saved.", "/undo?a=1&b=2") == (
        'Saved. <button class="as-link undo" form="undo" formaction="/undo?a=1&amp;b=2">Undo</button>'
    )
