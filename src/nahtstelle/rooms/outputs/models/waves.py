"""What an output rests on, and what a change of law or the fate of a study set in motion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law.models import Act, Change, CitationBase, Law, Provision, Reading
from nahtstelle.rooms.library.models import CardEdition, Notice, Work

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


def _only(*causes: str) -> Q:
    """Exactly these of a wave's causes."""
    return Q(**{f"{name}__isnull": name not in causes for name in CAUSES})


CAUSES = ("law", "reading", "act", "work", "notice", "card_edition")


class Wave(models.Model):
    """Everything one cause set in motion: the sweep over citing outputs, and what became of each.

    The cause is a reading or an act, for a law; or a notice or a card that was changed or withdrawn, for a work.
    """

    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, related_name="waves")
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, null=True, related_name="wave")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="waves")
    act_revision = models.PositiveIntegerField(null=True)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="waves")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, null=True, related_name="wave")
    card_edition = models.ForeignKey(CardEdition, on_delete=models.PROTECT, null=True, related_name="waves")
    card_withdrawn = models.BooleanField(default=False)  # the edition was taken away, not brought out
    opened_at = models.DateTimeField()
    due = models.DateField()

    class Meta:
        verbose_name = _("wave")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=_only("law", "reading") | _only("law", "act") | _only("work", "notice") | _only("work", "card_edition"),
                name="wave_has_one_cause",
            ),
            models.UniqueConstraint(
                fields=["act", "act_revision", "law"], condition=Q(act__isnull=False), name="wave_once_per_act_revision"
            ),
            models.UniqueConstraint(
                fields=["card_edition", "card_withdrawn"], condition=Q(card_edition__isnull=False), name="wave_once_per_card"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.law_id or self.work_id} {self.opened_at:%Y-%m-%d}"


class Impact(models.Model):
    """One output touched by one wave at one provision or work. While it is open, readers see a banner."""

    class Verdict(models.TextChoices):
        # their order by strength: ``opening.RANK``
        REPEALED = "repealed", _("cited provision repealed")
        TOUCHED = "touched", _("cited part changed")
        RENUMBERED = "renumbered", _("provision renumbered, citation carried along")
        ELSEWHERE = "elsewhere", _("other part of the provision changed")
        ANNOUNCED = "announced", _("change announced")
        REVERSED = "reversed", _("planned change taken back")
        RETRACTED = "retracted", _("cited study retracted")
        CONCERN = "concern", _("expression of concern about a cited study")
        SUPERSEDED = "superseded", _("cited study replaced by a newer one")
        CARD_WITHDRAWN = "card_withdrawn", _("our assessment of a cited study withdrawn")
        CORRECTED = "corrected", _("cited study corrected")
        CARD_CHANGED = "card_changed", _("our assessment of a cited study changed")

    class Outcome(models.TextChoices):
        VALID = "valid", _("still valid")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DROPPED = "dropped", _("no longer needed")

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="impacts")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="impacts")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, null=True, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="+")
    claim = models.TextField(blank=True)  # the first sentence of readers' text that rests on the work
    claims = models.PositiveIntegerField(default=0)  # how many of its sentences do
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=14, choices=Verdict.choices)
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
            models.UniqueConstraint(
                fields=["wave", "output", "work"], condition=Q(work__isnull=False), name="impact_of_work_once_per_wave"
            ),
            models.CheckConstraint(
                condition=Q(provision__isnull=False, work__isnull=True) | Q(provision__isnull=True, work__isnull=False),
                name="impact_at_one_thing",
            ),
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
