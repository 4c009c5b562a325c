"""What people type in groups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups import markup
from eprm.groups.actions.files import MAX_FILE_BYTES, MAX_FILES
from eprm.groups.models import Group, GroupMember
from eprm.groups.models.decisions import POSITIONS
from eprm.groups.models.notices import Kind, Rhythm
from eprm.people.forms import countries
from eprm.people.models import Organisation, Person
from eprm.ui import parts, words
from eprm.ui.clocks import OFFICE_ZONE, ClockField, TimesForm, moment_in, zone_choices
from eprm.ui.forms import Choice, FilesField
from eprm.ui.languages import written_choices

Access = Group.Access
# Beside the interface's own: languages in which members write and read.
MORE_LANGUAGES = ("rw",)
ACCESS = [
    (Access.OPEN, Choice(_("Open"), _("Everybody reads it, also without an account; whoever has one joins."))),
    (Access.REQUEST, Choice(_("On request"), _("Name and aims are public; members read. People ask to join."))),
    (
        Access.CLOSED,
        Choice(pgettext_lazy("group", "Closed"), _("Name and aims are public; members read. Facilitators invite.")),
    ),
    (Access.HIDDEN, Choice(_("Hidden"), _("Nobody outside knows that it exists. Facilitators invite."))),
]
MARKDOWN = _("**bold**, *slanted*, > quotation, - list, [words](https://…), @name to name a member.")


def languages() -> list[tuple[str, str]]:
    """The languages a post can be translated into, by their names in the reader's language."""
    codes = [code for code, _name in written_choices()] + list(MORE_LANGUAGES)
    return [(code, words.locale().languages.get(code, code)) for code in codes]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Text(forms.CharField):
    """Markdown of at most as many characters as are rendered."""

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        options = {"max_length": markup.LONGEST, "help_text": MARKDOWN, "strip": False, **options}
        super().__init__(widget=forms.Textarea({"rows": rows}), **options)

    def validate(self, value: str) -> None:
        super().validate("" if not value.strip() else value)


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    aims = forms.CharField(
        label=_("Aims"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the group wants to reach. Shown to everybody unless the group is hidden."),
    )
    access = forms.ChoiceField(label=_("Who reads it, who comes in"), choices=ACCESS, widget=forms.RadioSelect)
    minerals = forms.MultipleChoiceField(
        label=_("Minerals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, name) for key, name in parts.MINERAL_NAMES.items()],
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False)
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    quorum = forms.IntegerField(
        label=_("Quorum of each pillar, in %"),
        min_value=1,
        max_value=100,
        initial=50,
        help_text=_("The share of a pillar's organisations that must take a position for a decision to count."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["countries"].choices = countries()[1:]


class OrganisationForm(forms.Form):
    """For which of one's organisations one comes; one alone is chosen already."""

    organisation = forms.ModelChoiceField(label=_("You come for"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = person.organisation_ids()
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=own)
        if len(own) == 1:
            self.fields["organisation"].initial = own[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class AskForm(OrganisationForm):
    words = forms.CharField(
        label=_("Why you want to join"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The facilitators read it."),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), help_text=_("They need no account yet."))
    message = forms.CharField(label=_("Message"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class RemoveForm(ReasonForm):
    ban = forms.BooleanField(label=_("Keep them out until a facilitator lets them in again"), required=False)


class SentForm(forms.Form):
    """A form whose second sending is not a second post."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PostForm(SentForm):
    text = Text(label=_("Your contribution"), rows=4)
    files = FilesField(
        label=_("Attachments"), required=False, max_bytes=MAX_FILE_BYTES, max_files=MAX_FILES,
        help_text=_("At most 5 files of 10 MB. A picture shows in the text as ![words](its-file-name.jpg)."),
    )  # fmt: skip


class ThreadForm(PostForm):
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("What it is about, in one line."))
    field_order = ("title", "text", "files")


class VersionForm(forms.Form):
    """A text and the version its writer began from."""

    text = Text(label=_("Text"), rows=12)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PageForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = Text(label=_("Text"), rows=16)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=_("Into"))
    text = Text(label=_("Translation"), rows=10, help_text=_("Your own words; your name stands beside them."))

    def __init__(self, *args: Any, written_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [pair for pair in languages() if pair[0] != written_in]


class ByClockForm(TimesForm):
    """Moments by the clock of a zone: at first the reader's own, or the one given."""

    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    def __init__(self, *args: Any, clock: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].initial = clock or OFFICE_ZONE


class ProposalForm(ByClockForm):
    moments = ("closes_at",)
    title = forms.CharField(
        label=_("What is proposed"), max_length=200, help_text=_("One sentence that can be agreed to.")
    )
    text = Text(label=_("In full"), rows=6)
    closes_at = ClockField(label=_("Closes"))
    field_order = ("title", "text", "closes_at", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fortnight = timezone.now() + timedelta(days=14)
        self.fields["closes_at"].initial = fortnight.replace(hour=17, minute=0, second=0, microsecond=0, tzinfo=None)


class PositionForm(forms.Form):
    position = forms.ChoiceField(label=_("Position"), choices=POSITIONS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed to disagree or to block."),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What follows from it, and why"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )


class FileForm(forms.Form):
    files = FilesField(label=_("Files"), max_bytes=MAX_FILE_BYTES, max_files=MAX_FILES)
    note = forms.CharField(label=_("What it is"), max_length=200, required=False)


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member: GroupMember) -> str:
        return f"{member.person} ({member.organisation})"


class TaskForm(forms.Form):
    title = forms.CharField(label=_("Task"), max_length=200)
    owner = MemberChoice(label=_("Who"), queryset=GroupMember.objects.none())
    due_on = forms.DateField(label=_("Due by"), required=False, widget=DateInput)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members


class DateForm(ByClockForm):
    moments = ("starts_at", "ends_at")
    title = forms.CharField(label=_("What"), max_length=200)
    starts_at = ClockField(label=_("Begins"))
    ends_at = ClockField(label=_("Ends"), required=False)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    field_order = ("title", "starts_at", "ends_at", "zone", "place")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        starts, ends = found.get("starts_at"), found.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error(
                "ends_at",
                _("It ends %(ends)s, before it begins.") % {"ends": moment_in(ends, found["zone"])},
            )
        return found


class AttendedChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, member: GroupMember) -> str:
        return f"{member.person} ({member.organisation})"


class MinutesForm(forms.Form):
    title = forms.CharField(label=_("Meeting"), max_length=200)
    held_on = forms.DateField(label=_("Held on"), widget=DateInput)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    attended = AttendedChoice(
        label=_("Who was there"),
        required=False,
        queryset=GroupMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    text = Text(label=_("Minutes"), rows=14)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attended"].queryset = members


class ActionForm(TaskForm):
    """One of the tasks that minutes give; a row without a title is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = self.fields["owner"].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("title") and not found.get("owner"):
            self.add_error("owner", _("Say who does it."))
        return found


class ChoicesForm(forms.Form):
    """How a person wants to hear of a group, kind by kind."""

    def __init__(self, *args: Any, now: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in Kind.choices:
            self.fields[kind] = forms.ChoiceField(
                label=str(label).capitalize(), choices=Rhythm.choices, initial=now[kind]
            )


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words"), max_length=200)
