"""Concepts of the field, grouped in facets. One person's situation is a point in several facets, never one flat term.

Modelled after SKOS: a concept has preferred, alternative and hidden labels, broader, narrower and related concepts, and
a life: it is valid for a time and may be replaced by another.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.models import Dated, DatedQuerySet
from nahtstelle.plumbing.ledger.models import Entry


def in_page_language(german: str, english: str) -> str:
    """The wording in the language of the page; the other one where only that is given."""
    return (english or german) if (get_language() or "de").startswith("en") else (german or english)


def spoken(thing: Any, name: str) -> str:
    """A text of which a thing has a German and an English wording, ``…_de`` and ``…_en``; one of them may be empty."""
    return in_page_language(getattr(thing, f"{name}_de"), getattr(thing, f"{name}_en"))


class Facet(models.Model):
    """One question a thing can be asked: which legal status, which theme, which region …"""

    key = models.SlugField(unique=True)  # "status", "theme", …
    name_de = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return spoken(self, "name")


class Concept(Dated):
    """One term of a facet, e.g. "st-ausbduldung"."""

    key = models.SlugField(max_length=60, unique=True)
    facet = models.ForeignKey(Facet, on_delete=models.PROTECT, related_name="concepts")
    name_de = models.CharField(_("name (German)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    note_de = models.TextField(_("note (German)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    broader = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="narrower")
    related = models.ManyToManyField("self", symmetrical=True, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    level = models.CharField(max_length=40, blank=True)  # of a region: eu, bund, land, kreis, country …
    iso_code = models.CharField(max_length=10, blank=True)  # ISO 3166-1 or 3166-2
    ags = models.CharField(max_length=8, blank=True)  # Amtlicher Gemeindeschlüssel
    notation = models.CharField(_("notation"), max_length=40, blank=True)  # code elsewhere (ISCED, CEFR …)
    uri = models.CharField(max_length=500, blank=True)  # identity in the thesaurus it was imported from
    source = models.CharField(max_length=60, blank=True)  # "nahtstelle": our data file; else the import; empty: by hand
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["facet__position", "position", "key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(replaced_by=models.F("id")), name="concept_not_replaced_by_itself"),
            models.UniqueConstraint(fields=["ags"], condition=~Q(ags=""), name="concept_ags_unique"),
            models.UniqueConstraint(fields=["iso_code"], condition=~Q(iso_code=""), name="concept_iso_unique"),
            models.UniqueConstraint(fields=["uri"], condition=~Q(uri=""), name="concept_uri_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """An import may have brought it in one language only."""
        return spoken(self, "name")


class Label(models.Model):
    """Another way people say it: so that search finds what we would not write."""

    class Kind(models.TextChoices):
        ALTERNATIVE = "alternative", _("alternative")
        OUTDATED = "outdated", _("outdated or disputed")
        HIDDEN = "hidden", _("for search only")
        PREFERRED = "preferred", _("name in another language")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("label")
        constraints = [models.UniqueConstraint(fields=["concept", "language", "text"], name="label_once_per_concept")]
        indexes = [models.Index(fields=["text"])]

    def __str__(self) -> str:
        return self.text


class Mapping(models.Model):
    """A concept of ours and one of another vocabulary: how the meaning of theirs relates to ours (SKOS mapping relations)."""

    class Relation(models.TextChoices):
        EXACT = "exactMatch", _("means the same")
        CLOSE = "closeMatch", _("means almost the same")
        BROAD = "broadMatch", _("is broader than ours")
        NARROW = "narrowMatch", _("is narrower than ours")
        RELATED = "relatedMatch", _("is related to ours")

    ours = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mappings")
    theirs = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mapped_to")
    relation = models.CharField(_("the other concept"), max_length=12, choices=Relation.choices)

    class Meta:
        verbose_name = _("mapping to another vocabulary")
        constraints = [
            models.UniqueConstraint(fields=["ours", "theirs"], name="mapping_once"),
            models.CheckConstraint(condition=~Q(ours=models.F("theirs")), name="mapping_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.ours_id} {self.relation} {self.theirs_id}"


class Spelling(models.Model):
    """A name or label of a concept as ``folding.fold`` writes it: what a look-up compares."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="spellings")
    folded = models.CharField(max_length=400, db_index=True)

    class Meta:
        verbose_name = _("spelling")
        constraints = [models.UniqueConstraint(fields=["concept", "folded"], name="spelling_once_per_concept")]

    def __str__(self) -> str:
        return self.folded


class Batch(models.Model):
    """One import of concepts: first prepared for a person to look at, then carried out, perhaps undone as a whole.

    ``before`` maps the key of each concept it changed to what that was (``states.pack``); those it made carry
    ``source`` of this import.
    """

    facet = models.ForeignKey(Facet, on_delete=models.SET_NULL, null=True, related_name="batches")
    file_name = models.CharField(max_length=200)
    original = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    prepared = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")  # JSON, see actions.importing
    prepared_at = models.DateTimeField()
    before = models.JSONField(default=dict)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    undone = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("import of concepts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone__isnull=True) | Q(entry__isnull=False), name="batch_undone_only_after_import"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def source(self) -> str:
        """What ``Concept.source`` says of the concepts this import made."""
        return f"import:{self.pk}"
