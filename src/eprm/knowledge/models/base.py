"""What every item of the hub has: whom it is for, and where it stands."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from eprm.knowledge.facets import Confirmed
from eprm.people import audiences


class ForWhom(models.Model):
    """Who can see this: one key of `eprm.people.audiences`."""

    audience = models.CharField(
        _("who can see this"),
        max_length=60,
        default=audiences.PUBLIC,
        db_index=True,
        help_text=_("Lists, search and feeds follow it."),
    )

    class Meta:
        abstract = True


def _offer_audiences(form: Any) -> None:
    """An editor addresses an item to the audiences they know, or leaves it with the one it has."""
    from django import forms  # noqa: PLC0415 - of forms alone

    if "audience" not in form.fields:
        return
    choices = audiences.choices_for(form.for_user) if form.for_user else []
    kept = form.instance.audience
    if kept not in dict(choices):
        choices = [(kept, audiences.name_of(kept)), *choices]
    field = form.fields["audience"]
    form.fields["audience"] = forms.ChoiceField(choices=choices, label=field.label, help_text=field.help_text)


class PageForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_audiences(self)


class ItemForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_audiences(self)


class Words(ForWhom, Page):
    """A page of words. Its address is its number, and so outlives a new title, slug or place in the tree."""

    base_form_class = PageForm
    settings_panels = [FieldPanel("audience"), *Page.settings_panels]
    context_object_name = "page"

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("knowledge:page", args=[self.pk or 0])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        return (1, "", self.get_absolute_url())

    @property
    def language(self) -> str:
        return self.locale.language_code

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Drawn as its readers see it; by name, because a model knows nothing of views."""
        return import_string("eprm.knowledge.views.pages.draw")(request, self)


class Shelf(ForWhom, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin):
    """An item that is sorted and counted: drafts, workflow, locks, schedule and translations are Wagtail's.

    `original` is false for a translation of an item, which stands in for it where its language is read.
    """

    base_form_class = ItemForm
    original = models.BooleanField(default=True, editable=False)
    confirmed = models.CharField(
        pgettext_lazy("how sure", "confirmed"), max_length=10, choices=Confirmed.choices, default=Confirmed.KNOWN
    )
    changed_at = models.DateTimeField(auto_now=True)
    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id"
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id"
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def language(self) -> str:
        return self.locale.language_code

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Any:
        copy = super().copy_for_translation(*args, **kwargs)
        copy.original, copy.live = False, False
        return copy

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from django.shortcuts import render  # noqa: PLC0415 - of views alone

        return render(request, "knowledge/preview.html", {"item": self})
