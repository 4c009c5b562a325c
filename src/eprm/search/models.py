"""The index of everything that can be found, its words, and the words that mean the same."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing in one language, as the search sees it. The thing itself stays with its app, which keeps this current.

    `audience` holds the keys of `eprm.people.audiences`: whoever holds one of them finds the entry.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=500)
    audience = ArrayField(models.CharField(max_length=60))
    facets = ArrayField(models.CharField(max_length=60), default=list)
    on = models.DateField(null=True)
    indexed_at = models.DateTimeField(auto_now=True)
    title_vector = SearchVectorField()
    vector = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="search_entry_once")]
        indexes = [
            GinIndex(fields=["title_vector"], name="search_title"),
            GinIndex(fields=["vector"], name="search_text"),
            GinIndex(fields=["audience"], name="search_audience"),
            GinIndex(fields=["facets"], name="search_facets"),
            models.Index(fields=["indexed_at"], name="search_indexed"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of something public, folded; mistyped words are mended from these. Never a word of anything closed."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass(models.F("word"), name="gin_trgm_ops"), name="search_word_near")]

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """A word or phrase of one language that means what `term` means: a search for one finds the others."""

    term = models.CharField(_("term"), max_length=80, db_index=True)
    language = models.CharField(_("language"), max_length=8)
    words = models.CharField(_("words that mean the same"), max_length=120)
    folded = models.CharField(max_length=120, db_index=True, editable=False)

    class Meta:
        verbose_name = _("synonym")
        constraints = [models.UniqueConstraint(fields=["term", "language", "folded"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.term}: {self.words}"
