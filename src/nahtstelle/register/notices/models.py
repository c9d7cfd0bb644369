"""How a person is told: a notice in the inbox, and letters by mail, at once or gathered in a digest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import LANGUAGES, Person
from nahtstelle.register.vocabulary.models import Concept


class Notice(models.Model):
    """One thing told to one person. Text in the reader's language is made from ``kind`` and ``words`` when shown."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    words = models.JSONField(default=dict)  # what the kind's sentence is filled with
    link = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=80)  # the same cause tells the same person once
    urgent = models.BooleanField(default=False)  # goes out by mail even in quiet hours and to those who chose a digest
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # The letter or digest that carried it; empty while it waits or where the person wants no mail.
    letter = models.ForeignKey("Letter", on_delete=models.SET_NULL, null=True, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "cause"], name="notice_once_per_cause")]
        indexes = [
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["person", "created_at"], condition=Q(letter__isnull=True), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class Preference(models.Model):
    """How one person wants to be told. Without a row: a digest every day, no quiet hours."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at-once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week, on Monday")
        NEVER = "never", _("no mail, inbox only")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preference")
    rhythm = models.CharField(_("mail"), max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=8)
    last_digest_on = models.DateField(null=True)
    # Letters about law to practitioners (room outreach); those who unsubscribed are never a recipient.
    law_letters = models.BooleanField(_("letters on changes of law"), default=True)
    themes = models.ManyToManyField(
        Concept, blank=True, related_name="+", limit_choices_to={"facet__key": "theme"}, verbose_name=_("themes")
    )

    class Meta:
        verbose_name = _("how a person is told")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_hour_is_an_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_rhythm_display()}"


class Letter(models.Model):
    """A mail on its way. Written in a transaction, sent after it; sent at least once, marked with its message id."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        BOUNCED = "bounced", _("came back")

    key = models.CharField(max_length=120, unique=True)  # what must not be sent twice, e.g. "dispatch-4:person-17"
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="letters")
    to = models.EmailField()
    language = models.CharField(max_length=5, choices=LANGUAGES)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(_("trouble"), blank=True)

    class Meta:
        verbose_name = _("letter")
        ordering = ["-id"]
        indexes = [models.Index(fields=["not_before", "id"], condition=Q(state="queued"), name="letter_due")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class Bounce(models.Model):
    """An address that letters came back from. A hard bounce stops mail to it until somebody corrects the address."""

    to = models.EmailField(db_index=True)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="bounces")
    hard = models.BooleanField()
    status = models.CharField(max_length=20, blank=True)  # RFC 3463 code, "5.1.1"
    diagnostic = models.TextField(blank=True)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(_("cleared"), null=True)

    class Meta:
        verbose_name = _("bounce")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.to} ({self.status})"
