"""Acts of amendment as staff record them, and what each does to which provision from which day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept

from .laws import Law
from .readings import Change, Provision


class Act(models.Model):
    """An act of amendment as staff record it: known long before the official text shows it."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft of the ministry")
        CABINET = "cabinet", _("cabinet")
        BUNDESTAG = "bundestag", _("Bundestag")
        BUNDESRAT = "bundesrat", _("Bundesrat")
        PROMULGATED = "promulgated", _("promulgated")
        IN_FORCE = "in_force", _("in force")
        FAILED = "failed", _("failed or withdrawn")

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=400)
    short_title = models.CharField(_("short title"), max_length=160, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    enacted = models.DateField(_("date of the act"), null=True, blank=True)
    promulgated = models.DateField(_("promulgated on"), null=True, blank=True)
    gazette = models.CharField(_("gazette"), max_length=160, blank=True)
    sources = models.TextField(_("sources"), blank=True)  # one per line: name and address
    note = models.TextField(_("note"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("act of amendment")
        verbose_name_plural = _("acts of amendment")
        ordering = ["-promulgated", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=["promulgated", "in_force"]) | Q(promulgated__isnull=False),
                name="act_promulgated_has_day",
                violation_error_message=_("A promulgated act needs the day of promulgation."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_title or self.title


class ActStage(models.Model):
    """When an act reached a stage."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=Act.Stage.choices)
    on = models.DateField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("stage of an act")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.act}: {self.get_stage_display()}"


class PlannedChange(models.Model):
    """What an act does to one provision, from which day, and what became of it.

    An act can be altered before it takes effect: then a line of the later act ``reverses`` this one (or ``reversed_on``
    is the day it was dropped), and the line stays readable with its reason.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        AMENDED = "amended", _("amended")
        MOVED = "moved", _("moved to another place")
        REPLACED = "replaced", _("replaced by another provision")
        REPEALED = "repealed", _("repealed")
        TEMPORARY = "temporary", _("for a time")
        KEPT = "kept", _("kept, against an earlier plan")

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="changes")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="planned_changes", verbose_name=_("law"))
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_changes"
    )
    old_citation = models.CharField(_("old citation"), max_length=200, blank=True)
    new_citation = models.CharField(_("new citation"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    path = models.CharField(max_length=120, default="/")  # which part, as TouchedPart.path
    in_force = models.DateField(_("in force on"), null=True, blank=True)
    until = models.DateField(_("until (sunset)"), null=True, blank=True)
    transition = models.TextField(_("transitional rule"), blank=True)
    land_deviation = models.TextField(_("deviation of the Länder"), blank=True)
    summary = models.TextField(_("what changes"), blank=True)
    status_groups = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("who is affected"))
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals",
        verbose_name=_("takes back or alters"),
    )  # fmt: skip
    reversed_on = models.DateField(null=True, blank=True)
    reversal_reason = models.TextField(blank=True)
    seen_in = models.ForeignKey(Change, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned")

    class Meta:
        verbose_name = _("planned change of a provision")
        ordering = ["in_force", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(in_force__isnull=True) | Q(until__gte=F("in_force")),
                name="planned_change_ends_after_start",
                violation_error_message=_("The sunset lies before the day it takes effect."),
            ),
            models.CheckConstraint(condition=~Q(reverses=F("id")), name="planned_change_not_reversing_itself"),
        ]
        indexes = [models.Index(fields=["law", "in_force"]), models.Index(fields=["provision"])]

    def __str__(self) -> str:
        return f"{self.old_citation} → {self.new_citation} ({self.get_kind_display()})"
