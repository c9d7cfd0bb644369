"""What was seen of a law: readings, the provisions and wordings sighted in them, what changed from one to the next.

A ``Reading`` is one content of a law's official file and the days it was seen on; a ``Sighting`` says which provision
had which wording in it. Versions, timelines and "as at" answers are read from sightings, so an older reading that
arrives late simply takes its place. A ``Provision`` lives on when it is renumbered; what cites it points here.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile

from .laws import Law


class Reading(models.Model):
    """One content of a law's file, and the first and last day it was seen. Kept for ever."""

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="readings")
    first_seen = models.DateField()
    last_seen = models.DateField()
    build = models.CharField(max_length=14)  # the file's own builddate
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    stand = models.JSONField(default=list)  # the editors' remarks, as printed
    imported_at = models.DateTimeField()
    # Filed among readings that were already known: it refines the past and starts no sweep.
    filed_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reading")
        ordering = ["law", "first_seen"]
        constraints = [
            models.UniqueConstraint(fields=["law", "first_seen"], name="reading_one_a_day"),
            models.CheckConstraint(condition=Q(last_seen__gte=F("first_seen")), name="reading_seen_in_order"),
        ]
        indexes = [models.Index(fields=["law", "-first_seen"]), models.Index(fields=["digest"])]

    def __str__(self) -> str:
        return f"{self.law_id} {self.first_seen}"


class Provision(models.Model):
    """A norm with an identity through time: it stays itself when its text changes or its number moves.

    ``designation`` and ``title`` are those of its newest sighting.
    """

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="provisions")
    key = models.CharField(max_length=150)  # "§ 60c", "Anlage#2": as of the newest sighting
    designation = models.CharField(max_length=150)
    kind = models.CharField(max_length=12)  # engines.lawtext.values.NormKind
    title = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    repealed = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)  # not in the newest reading of its law any more

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["law", "position", "id"]
        indexes = [models.Index(fields=["law", "key"]), models.Index(fields=["law", "position"])]

    def __str__(self) -> str:
        return self.designation


class Wording(models.Model):
    """A text a provision had, with its anatomy; the same text is kept once."""

    digest = models.CharField(max_length=64, unique=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    blocks = models.JSONField(default=list)  # [kind, start, end, depth, marker] per line
    notes = models.TextField(blank=True)  # the editors' footnotes: not law

    class Meta:
        verbose_name = _("wording")

    def __str__(self) -> str:
        return self.title or self.text[:60]


class Sighting(models.Model):
    """In this reading, this provision had this wording under this designation."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="sightings")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="sightings")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="sightings")
    key = models.CharField(max_length=150)
    designation = models.CharField(max_length=150)
    position = models.PositiveIntegerField()
    structure = models.JSONField(default=list)
    repealed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("sighting")
        ordering = ["reading", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "provision"], name="sighting_once_per_reading"),
            models.UniqueConstraint(fields=["reading", "key"], name="sighting_key_once_per_reading"),
        ]
        indexes = [models.Index(fields=["provision", "reading"])]

    def __str__(self) -> str:
        return f"{self.designation} @ {self.reading_id}"


class Change(models.Model):
    """What was noticed about one provision when a newer reading arrived."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="changes")  # the newer one
    before = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20)  # engines.lawtext.comparing: amended, renumbered, …
    classes = models.JSONField(default=list)  # text, heading, notes, structure, repromulgation, rebuild
    substance = models.BooleanField(default=False)  # does it change what the law says?
    old_designation = models.CharField(max_length=150, blank=True)
    new_designation = models.CharField(max_length=150, blank=True)
    old_wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    new_wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of a provision")
        ordering = ["reading", "id"]
        constraints = [models.UniqueConstraint(fields=["reading", "provision"], name="change_once_per_reading")]
        indexes = [models.Index(fields=["provision", "-reading"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.old_designation} → {self.new_designation}"


class TouchedPart(models.Model):
    """A part of the provision that the change touched, as a path of the old text: "/A2/S1/N3/"; "/" is all of it."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="parts")
    path = models.CharField(max_length=120)
    # It only got a new part inside: who cites it, or what is around it, is concerned; who cites a part of it is not.
    grown = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("touched part")
        constraints = [models.UniqueConstraint(fields=["change", "path"], name="touched_part_once")]

    def __str__(self) -> str:
        return self.path


class Announcement(models.Model):
    """The official file announced an amendment. The remark vanishes from later files, so it is kept here."""

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="announcements")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    act_date = models.DateField(null=True)
    in_force = models.DateField(null=True)  # one row per announced day
    first_seen = models.DateField()
    last_seen = models.DateField()
    pending = models.BooleanField(default=True)  # "noch nicht berücksichtigt"

    class Meta:
        verbose_name = _("announced amendment")
        ordering = ["in_force", "law"]
        constraints = [
            models.UniqueConstraint(fields=["law", "digest", "in_force"], name="announcement_once"),
            models.UniqueConstraint(
                fields=["law", "digest"], condition=Q(in_force=None), name="announcement_without_day_once"
            ),
        ]
        indexes = [models.Index(fields=["law", "in_force"])]

    def __str__(self) -> str:
        return self.text[:80]
