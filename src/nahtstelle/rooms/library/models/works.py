"""Works and the records that describe them: one work, many records; what befell it; its full texts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept

from .imports import Import


class Work(models.Model):
    """One publication, put together field by field from the records that describe it.

    ``provenance`` says for each field where it comes from: {"title": "record:12", "year": "person"}. What a person set
    stays, whatever records come. A work that was merged into another stays as a signpost: whatever pointed to it still does.
    """

    class Standing(models.TextChoices):
        """What the gravest notice that stands says of it."""

        SOUND = "sound", _("nothing against it")
        CORRECTED = "corrected", pgettext_lazy("publication", "corrected")
        CONCERN = "concern", _("expression of concern")
        SUPERSEDED = "superseded", pgettext_lazy("publication", "superseded")
        RETRACTED = "retracted", pgettext_lazy("publication", "retracted")

    citekey = models.SlugField(_("citation key"), max_length=80, unique=True)  # mueller2021arbeitsmarkt
    kind = models.CharField(_("kind of publication"), max_length=30, default="document")  # a type of CSL 1.0.2
    title = models.TextField(_("title"))
    authors = models.JSONField(_("authors"), default=list)  # [[family, given], …]
    editors = models.JSONField(_("editors"), default=list)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    issued = models.CharField(_("published on"), max_length=10, blank=True)  # ISO 8601, as far as known
    container = models.CharField(_("published in"), max_length=500, blank=True)
    volume = models.CharField(_("volume"), max_length=60, blank=True)
    issue = models.CharField(_("issue"), max_length=60, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    doi = models.CharField("DOI", max_length=255, blank=True, db_index=True)  # bare, in small letters
    isbn = models.CharField("ISBN", max_length=60, blank=True)
    issn = models.CharField("ISSN", max_length=60, blank=True)
    pmid = models.CharField("PMID", max_length=30, blank=True)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)  # ISO 639-1, told from the words
    abstract = models.TextField(_("abstract"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list)
    provenance = models.JSONField(default=dict)
    folded = models.TextField(blank=True)  # title, people, container, DOI, key: folded, for the list's filter
    first_author = models.CharField(max_length=120, blank=True)  # folded, for sorting
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SOUND)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    concepts = models.ManyToManyField(Concept, through="Tag", related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("literature", "work")
        verbose_name_plural = pgettext_lazy("literature", "works")
        ordering = ["-year", "first_author", "id"]
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="work_not_merged_into_itself")]
        indexes = [
            models.Index(fields=["-year", "first_author", "id"], condition=Q(merged_into__isnull=True), name="work_list"),
            models.Index(fields=["first_author", "-year", "id"], condition=Q(merged_into__isnull=True), name="work_by_author"),
            models.Index(fields=["-created_at"], condition=Q(merged_into__isnull=True), name="work_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Record(models.Model):
    """What one source says of one publication, word for word. Without a work as long as its import is only looked at.

    ``values`` is the engine's ``Record`` as JSON: nothing of the source is lost.
    """

    class Version(models.TextChoices):
        """How what the source describes relates to the work."""

        SAME = "same", _("the publication itself")
        PREPRINT = "preprint", _("preprint")
        ACCEPTED = "accepted", _("accepted manuscript")
        REPORT = "report", _("report on the same study")
        TRANSLATION = "translation", _("translation")
        EDITION = "edition", _("another edition")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("record", "waiting")
        NEW = "new", pgettext_lazy("record", "new")
        CHANGED = "changed", _("known, changed by its source")
        KNOWN = "known", _("known, as it was")
        DELETED = "deleted", _("withdrawn by its source")
        LEFT_OUT = "left_out", _("left out by choice")

    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveIntegerField()  # its place in the delivery, from 1
    line = models.PositiveIntegerField(default=0)  # where it begins in the file; 0: no file
    key = models.CharField(max_length=255, blank=True)  # the source's own id of it
    title = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    doi = models.CharField(max_length=255, blank=True, db_index=True)
    values = models.JSONField()
    digest = models.CharField(max_length=64, db_index=True)  # of the values
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="records")
    version = models.CharField(max_length=12, choices=Version.choices, default=Version.SAME)
    # What the same source said of it before; only the newest counts.
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    replaced = models.BooleanField(default=False)

    class Meta:
        verbose_name = pgettext_lazy("literature", "record")
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="record_once_per_import")]
        indexes = [
            models.Index(fields=["key"], condition=~Q(key=""), name="record_by_key"),
            models.Index(fields=["batch", "state", "number"]),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.batch_id}/{self.number}"


class Notice(models.Model):
    """What befell a publication after it appeared: a correction, a retraction … Never taken out, only lifted."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CONCERN = "concern", _("expression of concern")
        RETRACTION = "retraction", _("retraction")
        SUPERSEDED = "superseded", _("replaced by a newer publication")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("on"), null=True, blank=True)
    words = models.TextField(_("what it says"), blank=True)
    doi = models.CharField(_("DOI of the notice"), max_length=255, blank=True)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    record = models.ForeignKey(
        Record, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # it came with
    successor = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)  # it was a mistake, or was itself withdrawn
    lifted_why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("notice on a publication")
        ordering = ["-noted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "kind", "doi"], condition=~Q(doi="") & Q(lifted_at__isnull=True), name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_id}: {self.kind}"


class FullText(models.Model):
    """A file with the whole text of a work, and who may read it. ``text`` is what a search reads of it."""

    class Rights(models.TextChoices):
        OPEN = "open", _("open licence: everybody")
        LICENSED = "licensed", _("licensed to the centre: staff only")
        REVIEW = "review", _("copy for a review: its team only")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="full_texts")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    rights = models.CharField(_("who may read it"), max_length=8, choices=Rights.choices, default=Rights.LICENSED)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    source = models.CharField(_("where it comes from"), max_length=500, blank=True)
    pages = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=40, blank=True)  # why no text could be read of it
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("full text")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["work", "file"], name="full_text_once")]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A concept of the vocabulary on a work: proposed by the machine or set by a person, accepted or refused."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", pgettext_lazy("concept", "accepted")
        REFUSED = "refused", pgettext_lazy("concept", "refused")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="tags")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    score = models.FloatField(null=True)  # how sure the machine was, 0 to 1; empty where a person thought of it first
    reasons = models.JSONField(default=list)  # the words that spoke for it
    model = models.CharField(max_length=60, blank=True)  # which state of the machine proposed it
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("concept of a work")
        ordering = ["work", "-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["work", "concept"], name="work_concept_once"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False), name="tag_decided_has_moment"
            ),
        ]
        indexes = [models.Index(fields=["concept", "state", "work"]), models.Index(fields=["state", "-score"])]

    def __str__(self) -> str:
        return f"{self.work_id}: {self.concept_id}"
