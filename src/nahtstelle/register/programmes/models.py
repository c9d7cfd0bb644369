"""Programmes of labour-market integration as dated data: periods, levels, networks, projects and who does what there.

Structures are re-cut every funding period (16 Landesnetzwerke became 23 regional networks), so nothing here is code.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.models import Dated, DatedQuerySet
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept, spoken


class Bilingual(models.Model):
    name_de = models.CharField(_("name (German)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return spoken(self, "name")


class Programme(Bilingual, Dated):
    key = models.SlugField(unique=True)  # iq, mobipro-eu, ivaf, …
    short_name = models.CharField(max_length=40)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    note_de = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["position", "key"]


class FundingPeriod(Bilingual, Dated):
    """A funding period, with the line that must stand on what was made in it."""

    key = models.SlugField(unique=True)  # iq-2023-2025
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="periods")
    funding_line_de = models.TextField(blank=True)
    funding_line_en = models.TextField(blank=True)
    note_de = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("funding period")
        verbose_name_plural = _("funding periods")
        ordering = ["programme", "valid_from"]


class Level(Bilingual):
    """A level of a period's structure (Landesnetzwerk, RIN, Teilprojekt, Fachstelle …); ``rank`` 1 is the top."""

    key = models.SlugField(max_length=60)
    period = models.ForeignKey(FundingPeriod, on_delete=models.CASCADE, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    planned = models.PositiveIntegerField(null=True, blank=True)  # how many such units the period has, where known
    planned_is_about = models.BooleanField(default=False)  # the source says "about"

    class Meta:
        verbose_name = _("level")
        ordering = ["period", "rank"]
        constraints = [models.UniqueConstraint(fields=["period", "key"], name="level_once_per_period")]


class ActionField(Bilingual):
    """A Handlungsschwerpunkt (HSP) or programme strand of a period."""

    key = models.SlugField(max_length=60)
    period = models.ForeignKey(FundingPeriod, on_delete=models.CASCADE, related_name="action_fields")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("action field")
        ordering = ["period", "position"]
        constraints = [models.UniqueConstraint(fields=["period", "key"], name="action_field_once_per_period")]


class Network(Bilingual, Dated):
    """A network or competence centre of a period; several may follow one, one may follow several."""

    key = models.SlugField(max_length=80, unique=True)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="networks")
    regions = models.ManyToManyField(Concept, blank=True, related_name="+")
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="successors")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name_de"]


class Project(Bilingual, Dated):
    """A Teilprojekt or Teilvorhaben: carried by an organisation, in a network or directly under a period."""

    key = models.SlugField(max_length=80, unique=True)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="projects")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    carrier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    action_field = models.ForeignKey(ActionField, on_delete=models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Concept, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=120, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="successors")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name_de"]
        indexes = [models.Index(fields=["network", "valid_from"])]


class Engagement(Dated):
    """A person's dated role in a programme: in a project, for a network, or for the programme itself.

    ``programme`` and ``region`` are always filled, so that "who is concerned" is one question to one table.
    """

    class Role(models.TextChoices):
        NETWORK_COORDINATOR = "network-coordinator", _("network coordination")
        PROJECT_LEAD = "project-lead", _("project lead")
        ADVISER = "adviser", _("adviser")
        KUEMMERER = "kuemmerer", _("support person (Kümmerer)")
        PR = "pr", _("public relations")
        FINANCE = "finance", _("administration and finance")
        EVALUATOR = "evaluator", _("evaluation")
        STEERING = "programme-steering", _("programme steering")
        FUNDER = "funder-officer", _("funder")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="engagements")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, blank=True, related_name="engagements")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="engagements")
    region = models.ForeignKey(Concept, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("engagement")
        indexes = [models.Index(fields=["programme", "role", "region"]), models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"


class Recut(models.Model):
    """A structure cut anew on a day: the networks of one level end, those of another begin, and what was in them moves.

    ``done`` holds what carrying it out made and changed, so that it can be undone before the day comes.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("entered")
        DROPPED = "dropped", _("dropped")

    old_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, related_name="+", verbose_name=_("networks that end")
    )
    new_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, related_name="+", verbose_name=_("networks that begin")
    )
    project_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, related_name="+", verbose_name=_("level of the projects from then on")
    )
    on = models.DateField(_("first day of the new structure"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    done = models.JSONField(default=dict)
    planned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("new cut of a structure")
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["old_level", "on"],
                condition=Q(state__in=["planned", "done"]),
                name="recut_once_per_level_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_level} → {self.new_level} ({self.on})"


class Move(models.Model):
    """One project, or one role for a network itself, on the way to where it belongs after a new cut."""

    recut = models.ForeignKey(Recut, on_delete=models.CASCADE, related_name="moves")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="+")
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, null=True, related_name="+")
    target = models.ForeignKey(Network, on_delete=models.SET_NULL, null=True, related_name="+")
    ends = models.BooleanField(default=False)  # it does not move: it ends with the old structure

    class Meta:
        verbose_name = _("move to a new network")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False, engagement__isnull=True)
                | Q(project__isnull=True, engagement__isnull=False),
                name="move_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends=False) | Q(target__isnull=True), name="move_ends_or_goes"),
            models.UniqueConstraint(fields=["recut", "project"], name="project_moves_once"),
            models.UniqueConstraint(fields=["recut", "engagement"], name="engagement_moves_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project or self.engagement} → {self.target or '–'}"


class FundingMark(Dated):
    """A funder's line and logo, as the grant notice prescribes them, from a day until a day within a funding period.

    ``on_letters`` puts it on what belongs to no programme as well, such as the centre's digests.
    """

    period = models.ForeignKey(FundingPeriod, on_delete=models.PROTECT, related_name="marks")
    funder_de = models.CharField(_("funder (German)"), max_length=200)
    funder_en = models.CharField(_("funder (English)"), max_length=200, blank=True)
    text_de = models.CharField(_("line above it (German)"), max_length=300, blank=True)
    text_en = models.CharField(_("line above it (English)"), max_length=300, blank=True)
    logo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("place in the row"), default=1)
    on_letters = models.BooleanField(_("also on what belongs to no programme"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("funder's mark")
        verbose_name_plural = _("funders' marks")
        ordering = ["period", "position", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(funder_de=""), name="mark_names_funder"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False) & Q(valid_until__isnull=False), name="mark_has_both_days"
            ),
            models.UniqueConstraint(fields=["period", "position", "valid_from"], name="mark_place_once"),
        ]
        indexes = [models.Index(fields=["period", "valid_from", "valid_until"])]

    def __str__(self) -> str:
        return self.funder_de
