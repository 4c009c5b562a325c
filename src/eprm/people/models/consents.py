"""What people agreed to, in which words, and that they can take it back."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models.persons import Person
from eprm.ui.languages import second_language


@pghistory.track()
class ConsentWording(models.Model):
    """What somebody is asked to agree to, word for word. New words are a new version; given consents keep theirs."""

    purpose = models.SlugField(pgettext_lazy("personal data", "purpose"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    since = models.DateField(_("asked since"))
    until = models.DateField(_("asked until"), null=True, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_es = models.CharField(_("title in Spanish"), max_length=120)
    text_en = models.TextField(_("text in English"))
    text_fr = models.TextField(_("text in French"))
    text_es = models.TextField(_("text in Spanish"))

    class Meta:
        verbose_name = _("words of a consent")
        ordering = ["purpose", "version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_version_once"),
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(until=None), name="consent_wording_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_en} ({self.version})"

    @property
    def language(self) -> str:
        """The language it is shown in: the reader's, else the one they are told the rest in."""
        return second_language()

    @property
    def title(self) -> str:
        return str(getattr(self, f"title_{self.language}"))

    @property
    def text(self) -> str:
        return str(getattr(self, f"text_{self.language}"))


@pghistory.track()
class Consent(models.Model):
    """A person agreed to a wording, and perhaps took it back. Neither is ever deleted while the account lives."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    wording = models.ForeignKey(ConsentWording, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("consent")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "wording"], condition=models.Q(withdrawn_at=None), name="consent_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wording}"
