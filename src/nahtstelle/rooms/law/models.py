"""Law through time.

Kept is what was *seen*: a ``Reading`` is one content of a law's official file and the days it was seen on; a ``Sighting``
says which provision had which wording in it. Versions, timelines and "as at" answers are read from sightings, so an older
reading that arrives late simply takes its place. A ``Provision`` lives on when it is renumbered; what cites it points here.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.vocabulary.models import Concept


class Law(models.Model):
    """A law or ordinance. Three names: what people cite, what the portal calls it, and the file's slug."""

    slug = models.SlugField(max_length=120, unique=True)
    citation = models.CharField(max_length=120)  # AufenthG
    portal_name = models.CharField(max_length=200)  # AufenthG 2004
    short_title = models.CharField(max_length=300, blank=True)  # Aufenthaltsgesetz
    long_title = models.TextField()
    enacted = models.DateField(null=True)
    gazette = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    # A complete crawl did not contain it on that day. That is not a repeal.
    missing_since = models.DateField(null=True)

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["citation"]
        indexes = [models.Index(fields=["citation"])]

    def __str__(self) -> str:
        return self.citation


class LawName(models.Model):
    """A name somebody uses for a law; ``source`` tells the file's own names from those staff added."""

    class Source(models.TextChoices):
        FILE = "file", _("from the official file")
        STAFF = "staff", _("added by staff")

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500)  # lower case, single spaces
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.FILE)

    class Meta:
        verbose_name = _("name of a law")
        constraints = [models.UniqueConstraint(fields=["law", "folded"], name="law_name_once")]
        indexes = [models.Index(fields=["folded"])]

    def __str__(self) -> str:
        return self.name


class Watch(models.Model):
    """A person keeps an eye on a law: told of every amendment and announcement."""

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="watches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="watches")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("watched law")
        constraints = [models.UniqueConstraint(fields=["law", "person"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.law}"


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
    # It only got a new part inside: who cites it, or what is around it, is concerned, but nobody who cites a part of it.
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
            models.UniqueConstraint(
                fields=["law", "digest", "in_force"], name="announcement_once", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["law", "in_force"])]

    def __str__(self) -> str:
        return self.text[:80]


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

    An act can be altered before it takes effect: then ``reversed_by`` names the later act's own line (or ``reversed_on``
    the day it was dropped) and the line stays readable with its reason.
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


class Import(models.Model):
    """A delivery of law files: checked first, shown as a preview, then carried out file by file, resumable."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        PREVIEW = "preview", _("ready to be confirmed")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")
        UNDONE = "undone", _("taken back")

    source = models.CharField(max_length=300)  # what was given: a file name, a folder, the portal
    seen_on = models.DateField()  # the day the files show
    complete = models.BooleanField(default=False)  # is every law of the portal in it?
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
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


class CitationBase(models.Model):
    """A citation of law in something above this room. Each citing room has its own table made from this.

    ``path`` is the cited part ("/" for the whole provision, "/A2/S1/N3/" for a part), so that one comparison of strings
    tells whether a change touched it. ``law_name``, ``section`` and ``words`` are what the text says, kept also where the
    provision is not (yet) in our stock.
    """

    class Origin(models.TextChoices):
        PARSED = "parsed", _("found in the text")
        DECLARED = "declared", _("added by hand")

    class Role(models.TextChoices):
        BASIS = "basis", _("legal basis")
        MENTION = "mention", _("mention")

    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, null=True, blank=True, related_name="%(app_label)s_%(class)ss"
    )
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    law_name = models.CharField(max_length=200)
    section = models.CharField(max_length=40)
    path = models.CharField(max_length=120, default="/")
    words = models.CharField(max_length=300)
    version_note = models.CharField(max_length=10, blank=True)  # "a.F.", "n.F."
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.PARSED)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MENTION)
    confirmed = models.BooleanField(default=False)

    class Meta:
        abstract = True
