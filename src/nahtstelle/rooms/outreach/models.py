"""Telling exactly those concerned: a dispatch goes to people by programme, Land, role, theme and language.

The list of recipients is fixed when the dispatch is submitted, with the reasons for which each person is on it, and shown
one by one to the person who approves. Nobody else is written to; whoever cannot be written to stays on it with the reason.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import LANGUAGES, Account, Person
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs.models import Output


class Dispatch(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        SUBMITTED = "submitted", _("waits for approval")
        APPROVED = "approved", _("approved, being sent")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    bulletin = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="dispatches")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+", verbose_name=_("programmes"))
    regions = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("Länder"))
    themes = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("themes"))
    roles = models.JSONField(_("roles"), default=list, blank=True)  # values of programmes.Engagement.Role
    subject_de = models.CharField(_("subject (German)"), max_length=200)
    subject_en = models.CharField(_("subject (English)"), max_length=200)
    intro_de = models.TextField(_("introduction (German)"), blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    ask_until = models.DateField(_("answers asked until"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("prepared_by")) & ~Q(approved_by=F("submitted_by"))),
                name="dispatch_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent"]) | Q(approved_by__isnull=False),
                name="dispatch_not_sent_unapproved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved", "sent"])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="dispatch_submitted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_de


class LeftOut(models.TextChoices):
    """Why somebody who is concerned gets no letter."""

    UNSUBSCRIBED = "unsubscribed", _("wants no letters on changes of law")
    NO_ADDRESS = "no address", _("has no e-mail address")
    BARRED = "barred", _("mail to the address came back for good")
    ENDED = "ended", _("no longer works with us; the data are due for erasure")


class Recipient(models.Model):
    """A person on the fixed list, in which language, and what came back. Those with ``left_out`` are not written to."""

    class Answer(models.TextChoices):
        READ = "read", _("read")
        USED = "used", _("used in my work")
        PASSED_ON = "passed_on", _("passed on to colleagues")
        NOT_FOR_ME = "not_for_me", _("does not concern me")

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="received")
    language = models.CharField(max_length=5, choices=LANGUAGES)
    # Empty before approval, and again once the outbox has forgotten the letter.
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")
    left_out = models.CharField(max_length=12, choices=LeftOut.choices, blank=True)
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer.choices, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recipient")
        ordering = ["dispatch", "person__name"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "person"], name="recipient_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="recipient_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(left_out="") | Q(letter__isnull=True), name="recipient_left_out_has_no_letter"
            ),
        ]
        indexes = [models.Index(fields=["dispatch", "answer"])]

    def __str__(self) -> str:
        return f"{self.person} ({self.dispatch_id})"


class MailedAnswer(models.Model):
    """What somebody wrote back by mail to the letter of a dispatch. It counts once a person has confirmed it.

    That it answers the letter is certain, for it names the letter's Message-ID; who wrote it is not.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="mailed")
    key = models.CharField(max_length=64, unique=True)  # of the mail it came in
    from_address = models.CharField(max_length=254)
    sender = models.CharField(max_length=10)  # verified, unverified, forged: what our mail server judged
    words = models.TextField()
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer by mail")
        ordering = ["id"]
        indexes = [models.Index(fields=["recipient"], condition=Q(decided_at__isnull=True), name="mailed_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(confirmed=False), name="mailed_answer_confirmed_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_address} ({self.recipient_id})"


class Reason(models.Model):
    """Why a person is on the list: what they did, in which programme and where, when the list was fixed."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="reasons")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Concept, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, choices=Engagement.Role.choices)

    class Meta:
        verbose_name = _("reason")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "programme", "region", "role"], name="reason_once"),
            # NULL differs from NULL in a unique constraint.
            models.UniqueConstraint(
                fields=["recipient", "programme", "role"], condition=Q(region__isnull=True), name="reason_once_nowhere"
            ),
        ]

    def __str__(self) -> str:
        """In the active language: "IvAF · Niedersachsen · Berater*in"."""
        place = self.region.name if self.region else ""
        # Not get_role_display: it hashes all choices each time, which is much for three thousand letters.
        return " · ".join(filter(None, [self.programme.short_name, place, str(Engagement.Role(self.role).label)]))
