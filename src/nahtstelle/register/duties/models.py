"""Duties: what a person owes by when, and why.

A room opens duties; it never learns here what they are about: ``subject_kind`` and ``subject_id`` name the thing,
``link`` leads there, ``kind`` says what is to be done (its sentence is registered by the room, see ``kinds``).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Person


class Duty(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")
        DROPPED = "dropped", _("no longer needed")

    class Escalation(models.TextChoices):
        NO_OWNER = "no-owner", _("nobody is responsible for it")
        NO_ACCOUNT = "no-account", _("the responsible person has no account")
        NO_MAIL = "no-mail", _("the responsible person has no e-mail address")
        OVERDUE = "overdue", _("it is long overdue")

    kind = models.CharField(max_length=60)
    # Who owes it. Empty where nobody could be found; such duties are on the coordinators' desk.
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="duties", verbose_name=_("responsible")
    )
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_title = models.CharField(max_length=300)
    link = models.CharField(max_length=300)
    # What made it necessary, unique per duty: "law wave 12". The same cause never opens the same duty twice.
    cause = models.CharField(max_length=80)
    why_de = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    due = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_how = models.TextField(_("how"), blank=True)
    delegated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    delegation_note = models.TextField(_("note"), blank=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    # Empty with ``escalated_at`` set: on the desk of all coordinators.
    escalated_to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="escalated_duties")
    escalated_because = models.CharField(_("escalated because"), max_length=12, choices=Escalation.choices, blank=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "kind", "subject_kind", "subject_id"], name="duty_once_per_cause"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="duty_settled_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, escalated_because="", escalated_to__isnull=True)
                | (Q(escalated_at__isnull=False) & ~Q(escalated_because="")),
                name="duty_escalated_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due"], condition=Q(state="open"), name="duty_open_of_owner"),
            models.Index(fields=["due"], condition=Q(state="open"), name="duty_open_due"),
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(
                fields=["escalated_to", "due"],
                condition=Q(state="open", escalated_at__isnull=False),
                name="duty_open_escalated",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_title
