import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy
from pytest_django.asserts import assertHTMLEqual

from eprm.ui.forms import Choice, FilesField, Renderer, UnitInput, WordsField

HARD = "\u00a0"


class OneOfEach(forms.Form):
    default_renderer = Renderer()
    name = forms.CharField(label="Company name", help_text="The legal name.")
    mass = forms.DecimalField(label="Tin", widget=UnitInput("kg"), required=False)
    place = forms.ChoiceField(
        choices=[("maker", Choice("Manufacturer", "You buy parts.")), ("importer", "Importer")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="I agree")


class Sending(forms.Form):
    default_renderer = Renderer()
    files = FilesField(label="Declarations", accept=".xlsx,.zip", max_bytes=1000, max_files=2)


def sending(*files):
    return Sending({}, MultiValueDict({"files": list(files)}))


def test_field_says_label_hint_input_in_that_order_and_ties_them():
    html = OneOfEach()["name"].as_field_group()

    assertHTMLEqual(
        html,
        '<div class="field"><label for="id_name">Company name</label>'
        '<div class="hint" id="id_name_helptext">The legal name.</div>'
        '<input type="text" name="name" class="input" required aria-describedby="id_name_helptext" id="id_name"></div>',
    )


def test_field_in_error_quotes_it_below_the_input_and_names_it_to_screen_readers():
    html = OneOfEach({"mass": "1 820"})["mass"].as_field_group()

    assert 'aria-invalid="true" aria-describedby="id_mass_error"' in html
    assert '<div id="id_mass_error"><p class="field-error">' in html
    assert "<span>This is not a number. Use digits, and a point for decimals.</span>" in html


def test_unit_stands_beside_the_input():
    html = str(OneOfEach()["mass"])

    assertHTMLEqual(
        html,
        '<div class="with-unit"><input type="text" name="mass" inputmode="decimal" class="input input-short" '
        'id="id_mass"> <span>kg</span></div>',
    )


def test_choices_are_a_group_with_their_hints():
    html = OneOfEach()["place"].as_field_group()

    assert html.startswith('<fieldset class="field choices">\n<legend>Place</legend>')
    assert '<span>Manufacturer</span><span class="hint">You buy parts.</span></label>' in html


def test_choice_is_worded_in_the_language_of_the_page():
    choice = Choice(gettext_lazy("tin"), gettext_lazy("gold"))

    with translation.override("fr"):
        assert (str(choice), str(choice.hint)) == ("étain", "or")


def test_summary_counts_what_is_to_mend_and_leads_to_each_field():
    html = str(OneOfEach({"name": "", "place": "x", "mass": ""}))

    assert "<h2>3 things to mend</h2>" in html
    assert '<li><a href="#id_name">Company name</a>: This is still empty.</li>' in html
    assert '<li><a href="#id_place_0">Place</a>: “x” is not one of the choices.</li>' in html
    assert '<li><a href="#id_agreed">I agree</a>: This is still empty.</li>' in html


def test_form_without_errors_has_no_summary():
    assert "message" not in str(OneOfEach())


def test_files_field_takes_several():
    form = sending(SimpleUploadedFile("a.xlsx", b"a"), SimpleUploadedFile("b.ZIP", b"b"))

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.xlsx", "b.ZIP"]


def test_files_field_names_every_file_that_does_not_fit():
    form = sending(SimpleUploadedFile("cmrt.pdf", b"%PDF"), SimpleUploadedFile("big.xlsx", b"x" * 1200))

    assert form.errors["files"] == [
        "“cmrt.pdf” ends in “.pdf”. Send one of .xlsx, .zip.",
        f"“big.xlsx” has 1{HARD}kB. A file may have at most 1{HARD}kB.",
    ]


def test_files_field_bounds_their_number():
    form = sending(*(SimpleUploadedFile(f"{n}.xlsx", b"x") for n in range(3)))

    assert form.errors["files"] == ["You chose 3 files; send at most 2 at a time."]


@pytest.mark.parametrize("files", [[], [""]])
def test_files_field_without_a_file_says_so(files):
    assert sending(*files).errors["files"] == ["This is still empty."]


def test_files_field_refuses_an_empty_file():
    form = sending(SimpleUploadedFile("a.xlsx", b""))

    assert form.errors["files"] == ["The file is empty: it has no bytes. Save it again and send it once more."]


def test_files_field_is_a_drop_zone_without_script():
    html = str(Sending()["files"])

    assert '<input type="file" name="files" accept=".xlsx,.zip" multiple required id="id_files">' in html


def test_words_field_says_how_many_are_too_many():
    with pytest.raises(forms.ValidationError) as refused:
        WordsField(limit=3).clean("one two three four five")

    assert refused.value.messages == ["5 words are 2 too many: at most 3."]


def test_words_field_counts_what_was_written():
    class Story(forms.Form):
        default_renderer = Renderer()
        story = WordsField(limit=200)

    html = str(Story({"story": "We asked all."})["story"])

    assert html.endswith('<p class="field-foot" data-say="{count} of {limit} words">3 of 200 words</p>')


@pytest.mark.parametrize(
    ("field", "sent", "told"),
    [
        (forms.DateTimeField(), "tomorrow", "This is not a day and time. Write it like 2026-11-18 14:30."),
        (forms.TimeField(), "noon", "This is not a time of day. Write it like 14:30."),
        (forms.IntegerField(min_value=2021), "1800", "“1800” is less than fits here: at least 2021."),
        (forms.IntegerField(max_value=5), "6", "“6” is more than fits here: at most 5."),
        (forms.CharField(max_length=3), "four", "This has 4 characters; 3 fit. Shorten it."),
        (forms.DecimalField(max_digits=3), "1234", "The number is too long: at most 3 digits."),
        (forms.DecimalField(decimal_places=2), "1.234", "The number is too fine: at most 2 decimal places."),
    ],
)
def test_a_wrong_value_is_told_with_what_to_do(field, sent, told):
    with pytest.raises(ValidationError) as refused:
        field.clean(sent)

    assert refused.value.messages == [told]
