"""What the ledger keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A fact that was recorded: who, when, why, and what it says.

    Never deleted; changed only where the name of an erased person is replaced.
    """

    fact = models.CharField(max_length=100)
    payload = models.JSONField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    cause = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="effects")

    class Meta:
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["fact", "at"]), models.Index(fields=["actor", "at"])]

    def __str__(self) -> str:
        return f"{self.fact} #{self.pk}"


class Touch(models.Model):
    """An object that an entry changed, and how: ``changes`` maps a field to [before, after]."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("touched object")
        indexes = [models.Index(fields=["kind", "object_id", "entry"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Delivery(models.Model):
    """One entry on its way to one reaction. Its effects happen in the transaction that marks it done."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DONE = "done", _("done")
        STUCK = "stuck", _("stuck, needs a person")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=160)
    in_turn = models.BooleanField(default=False)  # not before those laid out before it for the same entry are done
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="delivery_once_per_reaction"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="delivery_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state="pending"), name="delivery_due"),
            models.Index(fields=["id"], condition=Q(state="stuck"), name="delivery_stuck"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.reaction} ({self.state})"


class Heartbeat(models.Model):
    """A worker that is, or was, at work."""

    worker = models.CharField(max_length=120, unique=True)  # host, process and start, so that no two are alike
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    delivered = models.PositiveBigIntegerField(default=0)  # deliveries tried since the start
    trouble = models.TextField(blank=True)  # what it last met and lived through: a database gone, a chore failed

    class Meta:
        verbose_name = _("worker")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker


class Chore(models.Model):
    """Recurring work and when it is due next. Whoever claims the row does it; no two at a time."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    last_done_at = models.DateTimeField(null=True)
    runs = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)  # in a row; 0 after a good run
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("recurring work")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_until__isnull=True, claimed_by="")
                | (Q(claimed_until__isnull=False) & ~Q(claimed_by="")),
                name="chore_claimed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name
