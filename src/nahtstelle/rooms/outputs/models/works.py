"""Which works an output cites, and how a work is written as a reference in a style of citation."""

import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.models import Work, WorkCitationBase

from .outputs import Output


class WorkCitation(WorkCitationBase):
    """A work that a sentence of an output rests on: in its published edition, in its working text, or both.

    ``work`` is the one that bears the citation key, also where it was merged into another since.
    """

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="work_citations")
    published = models.BooleanField(default=False)
    working = models.BooleanField(default=True)
    digest = models.CharField(max_length=64)  # of key, place, what is meant, and claim

    class Meta:
        verbose_name = _("cited work")
        ordering = ["output", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["output", "digest"], name="work_citation_once_per_claim")]
        indexes = [
            models.Index(fields=["work", "published"]),
            models.Index(fields=["citekey"], condition=Q(work__isnull=True), name="work_citation_unresolved"),
        ]

    def __str__(self) -> str:
        return f"@{self.citekey}"

    @staticmethod
    def digest_of(citekey: str, locator: str, means: str, claim: str) -> str:
        said = json.dumps([citekey, locator, means, claim], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


class Style(models.Model):
    """A style of citation that staff brought in, besides those that come with the software."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("name"), max_length=200)
    csl = models.TextField()  # the whole file
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("style of citation")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Reference(models.Model):
    """A work as a style writes it, kept because a citation processor is too slow for a reader's request."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    style = models.CharField(max_length=80)
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)  # of what was written of the work; another one now: it is to be drawn anew
    cite = models.CharField(max_length=400)  # as it stands in the text, without brackets; empty where it is a number
    entry = models.JSONField(default=list)  # as it stands in the list of sources: [[words, mark], …]
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("drawn reference")
        constraints = [models.UniqueConstraint(fields=["work", "style", "language"], name="reference_once")]

    def __str__(self) -> str:
        return self.cite
