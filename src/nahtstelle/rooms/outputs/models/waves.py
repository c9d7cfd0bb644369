"""What an output rests on, and what a change of law set in motion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law.models import Act, Change, CitationBase, Law, Provision, Reading

from .outputs import Output


class Citation(CitationBase):
    """A provision that an output cites: in its published edition, in its working text, or both."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="citations")
    published = models.BooleanField(default=False)
    working = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("citation")
        ordering = ["output", "law_name", "section", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["output", "law_name", "section", "path", "version_note"], name="citation_once_per_output"
            ),
        ]
        indexes = [
            models.Index(fields=["provision", "published"]),
            models.Index(
                fields=["law_name", "section"], condition=Q(provision__isnull=True), name="citation_unresolved"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Wave(models.Model):
    """Everything one reading or act set in motion: the sweep over citing outputs, and what became of each."""

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="waves")
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, null=True, related_name="wave")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="waves")
    act_revision = models.PositiveIntegerField(null=True)
    opened_at = models.DateTimeField()
    due = models.DateField()

    class Meta:
        verbose_name = _("wave")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(reading__isnull=False) | Q(act__isnull=False), name="wave_has_cause"),
            models.UniqueConstraint(
                fields=["act", "act_revision", "law"], condition=Q(act__isnull=False), name="wave_once_per_act_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.opened_at:%Y-%m-%d}"


class Impact(models.Model):
    """One output touched by one wave at one provision. While it is open, readers see a banner."""

    class Verdict(models.TextChoices):
        # strongest first: the order of ``Impact.RANK``
        REPEALED = "repealed", _("cited provision repealed")
        TOUCHED = "touched", _("cited part changed")
        RENUMBERED = "renumbered", _("provision renumbered, citation carried along")
        ELSEWHERE = "elsewhere", _("other part of the provision changed")
        ANNOUNCED = "announced", _("change announced")
        REVERSED = "reversed", _("planned change taken back")

    class Outcome(models.TextChoices):
        VALID = "valid", _("still valid")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DROPPED = "dropped", _("no longer needed")

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="impacts")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="impacts")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    announced_for = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    # The reading whose text made it needless: taken back, the impact is open again.
    dropped_for = models.ForeignKey(Reading, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("impact")
        ordering = ["wave", "output", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "output", "provision"], name="impact_once_per_wave"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="impact_settled_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["output"], condition=Q(settled_at__isnull=True), name="impact_open_of_output"),
            models.Index(fields=["wave", "verdict"]),
        ]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.verdict}"


# A duty lies lower in the house and cannot point here; it carries this subject kind and the cause of the wave.


DUTY_KIND = "outputs.review-after-change"
SUBJECT_KIND = "outputs.output"


def cause_of(wave: Wave) -> str:
    return f"wave:{wave.pk}"
