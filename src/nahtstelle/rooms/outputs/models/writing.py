"""What came of writing: accepted saves, texts that wait to be merged, Word files that wait to be confirmed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept

from .outputs import Output
from .texts import LANGUAGES, Text


class Save(Text):
    """The text after one accepted save: what a later merge starts from, and proof that nothing was lost."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    automatic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("saved text")
        ordering = ["output", "-revision"]
        constraints = [models.UniqueConstraint(fields=["output", "revision"], name="save_once_per_revision")]

    def __str__(self) -> str:
        return f"{self.output_id} r{self.revision}"


class LeftText(Text):
    """A text that met another person's save and could not be merged by itself: kept until its author has settled it."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="left_texts")
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    started_from = models.PositiveIntegerField()  # the revision its author began with
    met = models.PositiveIntegerField()  # the revision it met
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text waiting to be merged")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.started_from} against {self.met}"


class BroughtIn(models.Model):
    """A Word file that somebody gave and has not confirmed yet. Gone with the answer, or after a day.

    Owner of the data: whoever gave it. Purpose: the preview. ``output`` is the draft it is meant for, empty for a new text.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    kind = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12, choices=LANGUAGES)
    output = models.ForeignKey(Output, on_delete=models.CASCADE, null=True, related_name="+")
    started_from = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("Word file waiting to be confirmed")

    def __str__(self) -> str:
        return self.name
