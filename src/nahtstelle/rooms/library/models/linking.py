"""Which works are one: keys that bring records together, pairs in doubt, merges and their undoing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.register.people.models import Account

from .works import Record, Work


class LinkKey(models.Model):
    """A key under which a record is compared with others (``engines.literature.linking.blocking``), as a number."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="link_keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("key of comparison")
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="link_key_once")]
        indexes = [models.Index(fields=["key", "record"])]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.key}"


class Crowd(models.Model):
    """A key that so many records share that it says too little: its records are compared part by part."""

    key = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("key shared by a crowd")

    def __str__(self) -> str:
        return str(self.key)


class Link(models.Model):
    """What comparing the records of an import found, until it is grouped: gone after that."""

    batch = models.ForeignKey("Import", on_delete=models.CASCADE, related_name="links")
    one = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    points = models.FloatField()
    reasons = models.JSONField(default=list)
    doubt = models.CharField(max_length=200, blank=True)  # why a person has to look; empty: certain enough

    class Meta:
        verbose_name = _("link found between records")
        constraints = [models.UniqueConstraint(fields=["batch", "one", "two"], name="link_once_per_import")]

    def __str__(self) -> str:
        return f"{self.one_id} / {self.two_id}"


class Pair(models.Model):
    """Two works that may be one. ``one`` has the smaller id.

    A merge answers the pairs it is about and makes those of the absorbed work pairs of the kept one: ``closed_by`` and
    ``came_of`` say which, so that undoing it asks the old questions again.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("pair", "to be decided")
        MERGED = "merged", pgettext_lazy("pair", "the same")
        APART = "apart", pgettext_lazy("pair", "two works")
        GONE = "gone", pgettext_lazy("pair", "no longer a question")

    one = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    certainty = models.FloatField()
    reasons = models.JSONField(default=list)
    doubt = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    batch = models.ForeignKey("Import", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("Merge", on_delete=models.SET_NULL, null=True, related_name="+")
    came_of = models.ForeignKey("Merge", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pair of works in doubt")
        ordering = ["-certainty", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["-certainty", "id"], condition=Q(state="open"), name="pair_to_decide"),
            models.Index(fields=["batch", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} / {self.two_id}"


class Merge(models.Model):
    """One work was taken into another, with the reasons; can be undone for ever.

    ``moved`` are the ids of the records that went over; ``before`` is the kept work's own fields as they were.
    """

    kept = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="mergings")
    certainty = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)  # field → which work's value a person chose
    batch = models.ForeignKey("Import", on_delete=models.SET_NULL, null=True, related_name="merges")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")  # empty: the machine
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("merge of works")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
