"""Imports of tables: what was given, each row of it, what became of it, and how it can be undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account, Person


class Batch(models.Model):
    """A table on its way into the register. File, rows and undo records end with the time for undoing (``forgotten_at``)."""

    class Kind(models.TextChoices):
        PERSONS = "persons", _("persons")
        ORGANISATIONS = "organisations", _("organisations")
        NETWORKS = "networks", _("networks")
        PROJECTS = "projects", _("projects")

    class State(models.TextChoices):
        READING = "reading", _("being read")
        REFUSED = "refused", pgettext_lazy("import", "cannot be read")
        MAPPING = "mapping", _("waiting for its columns")
        CHECKING = "checking", pgettext_lazy("import", "being checked")
        PREVIEW = "preview", pgettext_lazy("import", "to be looked at")
        RUNNING = "running", pgettext_lazy("import", "being imported")
        DONE = "done", pgettext_lazy("import", "imported")
        ABANDONED = "abandoned", pgettext_lazy("import", "abandoned")
        UNDOING = "undoing", pgettext_lazy("import", "being undone")
        UNDONE = "undone", pgettext_lazy("import", "undone")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    file_name = models.CharField(max_length=200)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=300)  # why these data are held
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # header → field
    form = models.JSONField(default=dict)  # whether its columns were remembered
    trouble = models.JSONField(default=dict)  # {code, details}: why it cannot be read, or was not carried out or undone
    turn = models.PositiveIntegerField(default=0)  # which check is the present one
    rows_read = models.PositiveIntegerField(default=0)
    rows_checked = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)  # what carrying out and undoing did, by kind of object
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of contacts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undoing", "undone"]) | Q(done_at__isnull=False),
                name="intake_done_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(file__isnull=True), name="intake_forgotten_has_no_file"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """One row of a table: as it was given, as it was understood, what is wrong with it, what shall become of it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("row", "waiting")
        READY = "ready", pgettext_lazy("row", "ready")
        PROBLEM = "problem", pgettext_lazy("row", "problem")
        DUPLICATE = "duplicate", _("possible duplicate")
        SAME = "same", _("same as existing")

    class Decision(models.TextChoices):
        CREATE = "create", _("a new entry")
        MERGE = "merge", _("the same: merge")
        SKIP = "skip", _("left out")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the program of the table shows it
    cells = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    label = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # [{code, field, details}]
    target = models.BigIntegerField(null=True)  # what exists already and may be the same
    twin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")  # an earlier row
    reason = models.CharField(max_length=20, blank=True)  # why it may be the same: mail, key, name
    likeness = models.PositiveSmallIntegerField(default=0)  # per cent
    seen = models.JSONField(default=dict)  # the target as it was when compared
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True, default="")
    choices = models.JSONField(default=dict)  # field → ours or theirs

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["number"]
        indexes = [models.Index(fields=["batch", "state", "number"])]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="intake_row_once"),
            models.CheckConstraint(
                condition=~Q(state="duplicate") | Q(target__isnull=False) | Q(twin__isnull=False),
                name="intake_duplicate_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"


class Columns(models.Model):
    """What the columns of a table meant the last time: remembered for tables with the same headers."""

    kind = models.CharField(max_length=16, choices=Batch.Kind.choices)
    digest = models.CharField(max_length=64)  # of the headers, however ordered and written
    columns = models.JSONField()  # folded header → field

    class Meta:
        verbose_name = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="intake_columns_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {len(self.columns)}"


class Change(models.Model):
    """What an import did to one object; enough to undo it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=60)  # people.person
    object_id = models.BigIntegerField()
    made = models.BooleanField()
    label = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change by an import")
        indexes = [models.Index(fields=["batch", "kind", "object_id"])]
        constraints = [models.UniqueConstraint(fields=["batch", "kind", "object_id"], name="intake_change_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Ground(models.Model):
    """Why the centre holds the data of a person, and when they agreed; as said where the data came from."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grounds")
    purpose = models.CharField(_("purpose"), max_length=300)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)  # the table they came with

    class Meta:
        verbose_name = _("ground for holding data")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"
