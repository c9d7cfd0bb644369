"""Mail that came in and belongs to no room yet.

Owner of the data: the centre. Purpose: to answer what people write. A mail ends ``MAIL_KEPT_DAYS`` after it was closed.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.notices.senders import Sender
from nahtstelle.register.people.models import Account, Person


class Mail(models.Model):
    class Kind(models.TextChoices):
        PERSON = "person", _("from a person")
        AUTOMATIC = "automatic", _("automatic")
        SPAM = "spam", _("spam")
        ANSWER = "answer", _("answer to a dispatch")

    key = models.CharField(max_length=64, unique=True)  # the same mail delivered twice is one
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sender = models.CharField(_("sender"), max_length=10, choices=Sender.choices)
    sender_why = models.CharField(max_length=250, blank=True)  # what our mail server said of it
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    to = models.CharField(max_length=500, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    broken = models.BooleanField(default=False)
    # What it answers, as the signed address says that our letter gave (``matters``); empty for most.
    about_kind = models.CharField(max_length=12, blank=True)
    about_id = models.BigIntegerField(null=True)
    assigned_to = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["kind", "-received_at"], name="mail_by_kind"),
            models.Index(fields=["-received_at"], condition=Q(closed_at__isnull=True), name="mail_open"),
            models.Index(fields=["about_kind", "about_id"], condition=~Q(about_kind=""), name="mail_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_why=""), name="mail_closed_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(about_kind="", about_id__isnull=True) | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="mail_about_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.from_address


BY_PERSONS = (Mail.Kind.PERSON, Mail.Kind.ANSWER)  # as far as we can tell: no machine wrote it, and no spam


class MailFile(models.Model):
    """A file that came with a mail; without ``file`` it was refused, ``refused`` says why."""

    class Refused(models.TextChoices):
        TOO_LARGE = "too-large", _("too large")
        TYPE = "type", _("a kind of file we do not take")

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    refused = models.CharField(max_length=10, choices=Refused.choices, blank=True)

    class Meta:
        verbose_name = _("file of a mail")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, refused="") | (Q(file__isnull=True) & ~Q(refused="")),
                name="mail_file_kept_or_refused",
            )
        ]

    def __str__(self) -> str:
        return self.name
