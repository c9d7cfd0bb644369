"""The index. Everything in it is made from what the rooms hold and can be made anew at any time.

``Document`` is what is ranked, filtered and counted, in narrow rows; ``Page`` what is shown of it. The terms themselves
lie in a full-text table (SQLite) or column (PostgreSQL) that the migrations make; see ``store``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lock(models.Model):
    """Who may see: whoever holds one of its keys ("public", "staff", "person:5" …)."""

    name = models.CharField(max_length=2000, unique=True)  # its keys, sorted, separated by blanks

    class Meta:
        verbose_name = _("lock")

    def __str__(self) -> str:
        return self.name


class LockKey(models.Model):
    lock = models.ForeignKey(Lock, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("key")
        constraints = [models.UniqueConstraint(fields=["key", "lock"], name="search_key_once_per_lock")]

    def __str__(self) -> str:
        return self.key


class FacetSet(models.Model):
    """Facet values that documents have in common, so that counting them needs one number per document.

    ``id`` is made from the values: the same number always means the same values.
    """

    id = models.BigIntegerField(primary_key=True)
    values = models.JSONField()  # [[facet, value], …]

    class Meta:
        verbose_name = _("facet values")

    def __str__(self) -> str:
        return f"{self.pk:x}"


class Document(models.Model):
    source = models.CharField(max_length=20)  # which room it comes from
    key = models.CharField(max_length=160)  # what it is there
    lock = models.ForeignKey(Lock, on_delete=models.PROTECT, related_name="+")
    facet_set = models.ForeignKey(FacetSet, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    day = models.DateField(null=True)  # when it last became something new for a reader
    quality = models.FloatField(default=1.0)  # what is out of date is worth less
    changed_at = models.DateTimeField()  # when what a reader sees of it changed last
    digest = models.CharField(max_length=32)  # of everything that was offered
    seen = models.CharField(max_length=32)  # of what a reader sees: a change of this is news

    class Meta:
        verbose_name = _("document of the index")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="search_document_once")]
        indexes = [models.Index(fields=["-changed_at"]), models.Index(fields=["-day"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Page(models.Model):
    """What is shown of a document, and the terms it is found under, each with its level ("anerkenn~4")."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="page")
    title = models.TextField()
    address = models.CharField(max_length=400)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    stand = models.DateField(null=True)
    notes = models.JSONField(default=list)  # short facts beside the Stand
    terms = models.TextField()

    class Meta:
        verbose_name = _("page of the index")

    def __str__(self) -> str:
        return self.title[:80]


class Word(models.Model):
    """In how many documents behind a lock a word stands: suggestions know only words the reader may see."""

    lock = models.ForeignKey(Lock, on_delete=models.CASCADE, related_name="+")
    folded = models.CharField(max_length=60)
    written = models.CharField(max_length=80)
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("word of the index")
        constraints = [models.UniqueConstraint(fields=["folded", "lock"], name="search_word_once_per_lock")]

    def __str__(self) -> str:
        return self.written


class Term(models.Model):
    """In how many documents a term stands: what weighs it."""

    term = models.CharField(max_length=120, primary_key=True)
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("term of the index")

    def __str__(self) -> str:
        return self.term


class Memory(models.Model):
    """The frequencies of words that compounds are split with; the index is made with exactly one of them."""

    digest = models.CharField(max_length=32, unique=True)  # of the frequencies: what is made with them names it
    frequencies = models.JSONField()
    documents = models.PositiveIntegerField()  # how many they were learned from
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("learned frequencies")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d %H:%M}"
