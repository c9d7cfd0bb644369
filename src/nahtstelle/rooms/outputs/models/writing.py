"""What came of writing: accepted saves, and texts that wait to be merged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account

from .outputs import Output, Text


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
