"""How every Django form looks: label, hint, input, error, in that order, tied together for screen readers.

The renderer does it for any form of any app; a form needs no base class. This module adds the few inputs the field
needs: files by drop, a number with its unit beside it, words with their count, choices with a hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eprm.ui.words import size

Label = str | Promise


class FileDrop(forms.FileInput):
    """A file input as large as a drop zone: browsers take files dropped on the input itself, without script."""

    template_name = "ui/widgets/drop.html"

    def __init__(self, accept: str = "", attrs: Mapping[str, Any] | None = None, *, multiple: bool = False) -> None:
        self.allow_multiple_selected = multiple
        own: dict[str, Any] = {"accept": accept} if accept else {}
        super().__init__(own | ({"multiple": True} if multiple else {}) | dict(attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if self.allow_multiple_selected:
            return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        return files.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["multiple"] = self.allow_multiple_selected
        return context


class UnitInput(forms.TextInput):
    """A number with its unit beside it, never inside it; a currency stands `before`."""

    template_name = "ui/widgets/unit.html"

    def __init__(self, unit: Label, attrs: Mapping[str, Any] | None = None, *, before: bool = False) -> None:
        super().__init__({"inputmode": "decimal", "class": "input-short", **(attrs or {})})
        self.unit = unit
        self.before = before

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"unit": self.unit, "before": self.before}
        return context


class WordsInput(forms.Textarea):
    """A text area with the count of its words, and of those still free."""

    template_name = "ui/widgets/words.html"

    def __init__(self, limit: int, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"rows": 5, "data-words": limit, **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"count": len(str(value or "").split()), "limit": self.limit}
        return context


@dataclass(frozen=True, slots=True)
class Choice:
    """The label of a choice, with a hint below it. Used as the label in `choices`; worded when it is shown."""

    label: Label
    hint: Label = ""

    def __str__(self) -> str:
        return str(self.label)


class WordsField(forms.CharField):
    """Text of at most `limit` words."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(widget=WordsInput(limit), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        count = len(value.split())
        if count > self.limit:
            raise ValidationError(
                _("%(count)s words are %(over)s too many: at most %(limit)s."),
                params={"count": count, "over": count - self.limit, "limit": self.limit},
            )


class FilesField(forms.FileField):
    """One or several files, cleaned to a list. Says of each file that does not fit which it is and why.

    `accept` names endings, ".xlsx,.zip"; `max_bytes` is for each file, `max_files` for all together.
    """

    def __init__(
        self,
        *,
        accept: str = "",
        multiple: bool = True,
        max_bytes: int | None = None,
        max_files: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.endings = tuple(ending.strip().lower() for ending in accept.split(",") if ending.strip())
        self.max_bytes, self.max_files = max_bytes, max_files
        super().__init__(widget=FileDrop(accept, multiple=multiple), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data]
        if not any(files):
            super().clean(None, initial)
            return []
        if self.max_files is not None and len(files) > self.max_files:
            raise ValidationError(
                ngettext_lazy(
                    "You chose %(count)s files; send one at a time.",
                    "You chose %(count)s files; send at most %(most)s at a time.",
                    self.max_files,
                ),
                params={"count": len(files), "most": self.max_files},
            )
        errors = [error for file in files if (error := self._misfit(file))]
        if errors:
            raise ValidationError(errors)
        return [super(FilesField, self).clean(file, initial) for file in files]

    def _misfit(self, file: UploadedFile) -> ValidationError | None:
        name = str(file.name)
        if self.endings and PurePath(name).suffix.lower() not in self.endings:
            return ValidationError(
                _("“%(name)s” ends in “%(found)s”. Send one of %(endings)s."),
                params={"name": name, "found": PurePath(name).suffix, "endings": ", ".join(self.endings)},
            )
        if self.max_bytes is not None and (file.size or 0) > self.max_bytes:
            return ValidationError(
                _("“%(name)s” has %(size)s. A file may have at most %(most)s."),
                params={"name": name, "size": size(file.size), "most": size(self.max_bytes)},
            )
        return None


class BoundField(forms.BoundField):
    """Gives an input the class it is drawn by, and tells the template which shape its label takes."""

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(dict(attrs), widget)
        shown = widget or self.field.widget
        if not isinstance(shown, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple | FileDrop):
            built["class"] = f"input {shown.attrs.get('class', '')}".strip()
        return built

    @property
    def is_tick(self) -> bool:
        """A lone checkbox: its label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_choices(self) -> bool:
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def first_id(self) -> str:
        """The id the error summary links to: of the input, or of a group's first input."""
        return f"{self.auto_id}_0" if self.is_choices else str(self.id_for_label or self.auto_id)


class Renderer(DjangoTemplates):
    """FORM_RENDERER: the look's field and form, for every form of the site and of the libraries it uses."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = BoundField
