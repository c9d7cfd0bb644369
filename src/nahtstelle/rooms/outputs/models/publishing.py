"""What readers get: editions that never change, the steps that led to them, checks by test readers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account

from .outputs import Output
from .texts import Text


class Edition(Text):
    """A published version, as readers saw it. Never changed."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    stand = models.DateField()
    note = models.TextField(blank=True)  # what is new in it, for readers
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    attachments = models.ManyToManyField("Attachment", related_name="editions")

    class Meta:
        verbose_name = _("edition")
        ordering = ["output", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["output", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(reviewed_by=F("submitted_by")),
                name="edition_seen_by_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Drawing(models.Model):
    """An edition as HTML in one language of the interface, kept so that no reader waits for it. ``rooms/outputs/drawing.py``
    makes it and knows by its ``mark`` whether it would come out the same today; it can be thrown away at any time."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drawings")
    language = models.CharField(max_length=12)
    mark = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    html = models.TextField()
    headings = models.JSONField()

    class Meta:
        verbose_name = _("drawn edition")
        constraints = [models.UniqueConstraint(fields=["edition", "language"], name="drawing_once_per_language")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language}"


class ReaderCheck(models.Model):
    """Test readers read a text in Leichte or Einfache Sprache and understood it.

    A check holds for exactly the words they read: ``digest`` is that of title, summary and body. What is published later
    with other words is unchecked again, without anybody having to remember it.
    """

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="reader_checks")
    digest = models.CharField(max_length=64)
    who = models.CharField(_("checked by"), max_length=200)
    on = models.DateField(_("checked on"))
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check by test readers")
        ordering = ["output", "-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="reader_check_names_readers"),
            models.UniqueConstraint(fields=["output", "digest"], name="reader_check_once_per_text"),
        ]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.who} {self.on}"


class Step(models.Model):
    """A step of the workflow: submitted, sent back, signed off, released … with who, when and what was said."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted for review")
        SENT_BACK = "sent_back", _("sent back")
        SIGNED_OFF = "signed_off", _("signed off")
        RELEASED = "released", _("released by the funder")
        REFUSED = "refused", _("release refused")
        SCHEDULED = "scheduled", _("publication scheduled")
        PUBLISHED = "published", _("published")
        REOPENED = "reopened", _("taken up again")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")
        CONFIRMED = "confirmed", _("confirmed as still valid")

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.kind}"
