"""The index of everything that can be found, its words, and the words that mean the same."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing in one language, as the search sees it. The thing itself stays with its app, which keeps this current.

    `audience` holds the keys of `eprm.people.audiences`: whoever holds one of them finds the entry. `vector` is of
    title and text; `beginning` is the same of the first characters of a long text. `meanings` are the terms of the
    synonyms it holds in its own `configuration`, each with "^" before it once more where its title does. `thing` is
    shared by entries that are one thing in several languages.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    configuration = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=500)
    audience = ArrayField(models.CharField(max_length=60))
    facets = ArrayField(models.CharField(max_length=60), default=list)
    on = models.DateField(null=True)
    thing = models.CharField(max_length=100)
    indexed_at = models.DateTimeField(auto_now=True)
    title_vector = SearchVectorField()
    vector = SearchVectorField()
    beginning = SearchVectorField(null=True)
    meanings = ArrayField(models.CharField(max_length=81), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="search_entry_once")]
        indexes = [
            # All that a search asks of an entry in one index, so that a common word is read only as far as the person
            # may see it: of several indexes PostgreSQL reads each to its end and puts them together.
            GinIndex(fields=["audience", "meanings", "title_vector", "vector"], name="search_found", fastupdate=False),
            GinIndex(fields=["facets"], name="search_facets"),
            # What has no date is far less than what is written day by day, and often meant.
            GinIndex(
                fields=["meanings", "vector"], name="search_undated", fastupdate=False, condition=models.Q(on=None)
            ),
            models.Index(models.F("on").desc(), models.F("id").desc(), name="search_last_written"),
            models.Index(fields=["indexed_at"], name="search_indexed"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of something public, folded; mistyped words are mended from these. Never a word of anything closed."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        # Without a list of what waits to be put in: until somebody swept it, PostgreSQL would rather read every word.
        indexes = [GinIndex(OpClass(models.F("word"), name="gin_trgm_ops"), name="search_word_near", fastupdate=False)]

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


class Meaning(models.Model):
    """What a text in one configuration holds when it means `term`: any of its synonyms, made from these."""

    term = models.CharField(max_length=80)
    configuration = models.CharField(max_length=12)
    query = SearchQueryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "configuration"], name="meaning_once")]

    def __str__(self) -> str:
        return f"{self.term} ({self.configuration})"


class FileWords(models.Model):
    """The words read from the file of a thing, kept so that the thing can be indexed without reading it again.

    `edition` tells the file from one that replaces it. As with `Entry`, only the search and the thing's app read this.
    """

    class Outcome(models.TextChoices):
        READ = "read", _("The search finds it by its words.")
        PART = "part", _("Only a part of its words could be read: the search finds it by these and by its title.")
        EMPTY = (
            "empty",
            _("No words could be read from this file, as from a scanned page: the search finds it by its title alone."),
        )
        LOCKED = (
            "locked",
            _("This file opens with a password only, so no words were read: the search finds it by its title alone."),
        )
        DAMAGED = (
            "damaged",
            _(
                "This file is damaged or not what its name says, so no words were read: the search finds it by its "
                "title alone. It is kept as it came."
            ),
        )
        LARGE = (
            "large",
            _("This file is too large to be read in time: the search finds it by its title alone."),
        )
        OTHER = "other", _("The search reads no words from files of this kind, and finds it by its title alone.")

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    edition = models.CharField(max_length=255)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    words = models.TextField(blank=True)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="file_words_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
