"""Deliveries of records: a file somebody gave, or what a saved search brought; and what could not be read of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account, Person


class SavedSearch(models.Model):
    """A question put to a source again and again; only what is new comes in."""

    class Source(models.TextChoices):
        OAI = "oai", "OAI-PMH"
        OPENALEX = "openalex", "OpenAlex"
        CROSSREF = "crossref", "Crossref"

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")
        NEVER = "never", _("only when asked")

    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    address = models.URLField(_("address"), max_length=500, blank=True)  # of an OAI-PMH repository
    query = models.JSONField(_("question"), default=dict)  # set and prefix; or words, filters
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    # What comes is imported without being looked at first: only what is new, and it can be undone.
    at_once = models.BooleanField(_("take in what comes without asking"), default=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    since = models.CharField(max_length=20, blank=True)  # the source's own clock up to which everything is in
    next_at = models.DateTimeField(null=True, blank=True)
    paused = models.BooleanField(_("paused"), default=False)
    failures = models.PositiveSmallIntegerField(default=0)  # runs that failed one after another
    trouble = models.JSONField(default=dict)  # {code, details}: why it was paused, or what its last run met
    probe = models.JSONField(default=dict)  # how far the trial came, and what the source answered to it
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("saved search in a source")
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"], condition=Q(paused=False), name="saved_search_due")]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A delivery of records: read, looked at, taken in whole, perhaps undone whole."""

    class State(models.TextChoices):
        FETCHING = "fetching", _("being fetched")
        MAPPING = "mapping", _("waiting for its columns")
        READING = "reading", _("being read")
        REFUSED = "refused", pgettext_lazy("import", "cannot be read")
        PREVIEW = "preview", pgettext_lazy("import", "to be looked at")
        RUNNING = "running", pgettext_lazy("import", "being imported")
        DONE = "done", pgettext_lazy("import", "imported")
        ABANDONED = "abandoned", pgettext_lazy("import", "abandoned")
        UNDOING = "undoing", pgettext_lazy("import", "being undone")
        UNDONE = "undone", pgettext_lazy("import", "undone")

    class Kind(models.TextChoices):
        """What PRISMA 2020 counts apart."""

        DATABASE = "database", _("database")
        REGISTER = "register", _("register")
        OTHER = "other", _("other source")

    source = models.CharField(_("source"), max_length=200)  # "Scopus", "EconBiz", the name of a saved search
    kind = models.CharField(_("kind of source"), max_length=8, choices=Kind.choices, default=Kind.DATABASE)
    state = models.CharField(max_length=9, choices=State.choices, default=State.READING)
    search = models.ForeignKey(SavedSearch, on_delete=models.PROTECT, null=True, blank=True, related_name="runs")
    searched_on = models.DateField(_("searched on"), null=True, blank=True)
    search_words = models.TextField(_("search terms"), blank=True)  # as they were typed there
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=12, blank=True)  # ris, bibtex … as the engine names them
    encoding = models.CharField(max_length=40, blank=True)
    headers = models.JSONField(default=list)  # of a table
    columns = models.JSONField(default=dict)  # place of a column → field
    cursor = models.JSONField(default=dict)  # how far the fetching or reading came
    trouble = models.JSONField(default=dict)  # {code, details}: why it stands still
    records_read = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)  # what reading, taking in and undoing did, in numbers
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of literature")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undoing", "undone"]) | Q(done_at__isnull=False),
                name="library_done_has_moment",
            ),
            # What comes while a delivery waits to be looked at is added to it.
            models.UniqueConstraint(
                fields=["search"], condition=Q(state__in=["fetching", "preview", "running"]), name="one_open_run"
            ),
        ]
        indexes = [models.Index(fields=["search", "-id"])]

    def __str__(self) -> str:
        return self.file_name or self.source


class SearchVisit(models.Model):
    """How far somebody has seen what the saved searches brought."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    record = models.PositiveBigIntegerField()  # the newest record there was
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last look at what saved searches brought")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.record}"


class Unread(models.Model):
    """What could not be read of a delivery, or was read and should be known: by its line, in its own words."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="unread")
    line = models.PositiveIntegerField()  # 0: the whole file
    raw = models.TextField(blank=True)
    code = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    kept = models.BooleanField(default=False)  # a record came of it all the same

    class Meta:
        verbose_name = _("unread part of a delivery")
        ordering = ["batch", "line", "id"]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.line}"


class Columns(models.Model):
    """What the columns of a table meant the last time."""

    digest = models.CharField(max_length=64, unique=True)  # of the headers
    columns = models.JSONField()

    class Meta:
        verbose_name = _("remembered columns of literature")

    def __str__(self) -> str:
        return self.digest[:8]
