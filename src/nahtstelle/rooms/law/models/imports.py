"""Deliveries of law files, and what became of each file."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account

from .readings import Reading


class Import(models.Model):
    """A delivery of law files: checked first, shown as a preview, then carried out file by file, resumable."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        PREVIEW = "preview", _("ready to be confirmed")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("import", "done")
        ABANDONED = "abandoned", _("abandoned")
        UNDONE = "undone", pgettext_lazy("import", "taken back")

    source = models.CharField(max_length=300)  # what was given: a file name, a folder, the portal
    seen_on = models.DateField()  # the day the files show
    complete = models.BooleanField(default=False)  # is every law of the portal in it?
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    listed = models.BooleanField(default=False)  # every file of the delivery is among the items
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of laws")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source} ({self.seen_on})"


class ImportItem(models.Model):
    """One file of an import and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        NEW_LAW = "new_law", _("a law not yet known")
        NEWER = "newer", _("a newer reading")
        LATE = "late", _("an older reading, filed in its place")
        SAME = "same", _("already known, seen again")
        REFUSED = "refused", _("cannot be read")
        LEFT_OUT = "left_out", _("left out by choice")

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    law_name = models.CharField(max_length=300, blank=True)
    trouble = models.TextField(blank=True)
    trouble_code = models.CharField(max_length=60, blank=True)
    preview = models.JSONField(default=dict)  # what would change: counts and designations
    done = models.BooleanField(default=False)
    reading = models.ForeignKey(Reading, on_delete=models.SET_NULL, null=True, related_name="items")

    class Meta:
        verbose_name = _("file of an import")
        ordering = ["batch", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "name"], name="import_item_once")]
        indexes = [models.Index(fields=["batch", "done"])]

    def __str__(self) -> str:
        return self.name


class PortalFile(models.Model):
    """What the portal last gave us for one address, so that we ask it only for what is new."""

    address = models.CharField(max_length=500, unique=True)
    tag = models.CharField(max_length=200, blank=True)  # the answer's ETag
    modified = models.CharField(max_length=60, blank=True)  # its Last-Modified, as printed
    name = models.CharField(max_length=300)  # "aufenthg_2004/BJNR195010004.xml"
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of the portal")

    def __str__(self) -> str:
        return self.address
