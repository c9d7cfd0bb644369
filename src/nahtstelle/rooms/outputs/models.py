"""What the centre publishes: structured texts with an owner, a Stand, citations of law, and a life from draft to withdrawal.

``Output`` holds the working text; readers see the ``Edition`` that was published last. Every accepted save is a ``Save``,
so that two people writing at once can be merged and nothing typed is lost.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law.models import Act, Change, CitationBase, Law, Provision, Reading

from .texts import LANGUAGES, Text


class Output(Text):
    class State(models.TextChoices):
        """Its public life."""

        DRAFT = "draft", _("not yet published")
        PUBLISHED = "published", _("published")
        UNDER_REVIEW = "under_review", _("published, under review")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Progress(models.TextChoices):
        """Where the working text stands on its way to the next edition."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        SIGNED_OFF = "signed_off", _("signed off")
        RELEASED = "released", _("released by the funder")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        NETWORK = "network", _("people in the programmes")
        STAFF = "staff", _("staff of the centre")

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind"))
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES, default="de")
    # A variant in another language knows the base text it follows, and which edition of it.
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="variants", verbose_name=_("variant of")
    )
    base_edition = models.ForeignKey("Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_outputs", verbose_name=_("owner"))
    authors = models.ManyToManyField(Person, through="Authorship", related_name="outputs", verbose_name=_("authors"))
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+", verbose_name=_("programmes"))
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("facets"))
    audience = models.CharField(_("audience"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    licence = models.CharField(_("licence"), max_length=60, blank=True, default="CC BY 4.0")
    stand = models.DateField(_("Stand"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    needs_release = models.BooleanField(_("needs the funder's release"), default=False)
    about_act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, related_name="bulletins")

    drafted_for = models.ForeignKey("Wave", on_delete=models.SET_NULL, null=True, blank=True, related_name="bulletins")

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.DRAFT)
    edition = models.ForeignKey("Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)  # rises with every accepted save
    # The revision that was reviewed; only exactly that text may be published.
    reviewed_revision = models.PositiveIntegerField(null=True, blank=True)
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "under_review", "superseded"]) | Q(edition__isnull=False),
                name="output_published_has_edition",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="output_valid_in_order",
                violation_error_message=_("The end of validity lies before its start."),
            ),
            models.UniqueConstraint(
                fields=["base", "language"], condition=Q(base__isnull=False), name="output_one_variant_per_language"
            ),
            models.CheckConstraint(condition=~Q(base=F("id")), name="output_not_its_own_base"),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="output_not_replaced_by_itself"),
        ]
        indexes = [
            models.Index(fields=["state", "audience", "-published_at"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["kind", "state"]),
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="output_to_publish"),
        ]

    def __str__(self) -> str:
        return self.title


class Authorship(models.Model):
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("authorship")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["output", "person"], name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.output}"


class Save(Text):
    """The text after one accepted save: what a later merge starts from, and proof that nothing was lost."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    automatic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("saved text")
        ordering = ["output", "-revision"]
        constraints = [models.UniqueConstraint(fields=["output", "revision"], name="save_once_per_revision")]

    def __str__(self) -> str:
        return f"{self.output_id} r{self.revision}"


class LeftText(Text):
    """A text that met another person's save and could not be merged by itself: kept until its author has settled it."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="left_texts")
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    started_from = models.PositiveIntegerField()  # the revision its author began with
    met = models.PositiveIntegerField()  # the revision it met
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text waiting to be merged")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.started_from} against {self.met}"


class Edition(Text):
    """A published version, as readers saw it. Never changed."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    stand = models.DateField()
    note = models.TextField(blank=True)  # what is new in it, for readers
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    attachments = models.ManyToManyField("Attachment", related_name="editions")

    class Meta:
        verbose_name = _("edition")
        ordering = ["output", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["output", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(reviewed_by=F("submitted_by")),
                name="edition_seen_by_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class ReaderCheck(models.Model):
    """Test readers read a text in Leichte or Einfache Sprache and understood it.

    A check holds for exactly the words they read: ``digest`` is that of title, summary and body. What is published later
    with other words is unchecked again, without anybody having to remember it.
    """

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="reader_checks")
    digest = models.CharField(max_length=64)
    who = models.CharField(_("checked by"), max_length=200)
    on = models.DateField(_("checked on"))
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check by test readers")
        ordering = ["output", "-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="reader_check_names_readers"),
            models.UniqueConstraint(fields=["output", "digest"], name="reader_check_once_per_text"),
        ]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.who} {self.on}"


class Step(models.Model):
    """A step of the workflow: submitted, sent back, signed off, released … with who, when and what was said."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted for review")
        SENT_BACK = "sent_back", _("sent back")
        SIGNED_OFF = "signed_off", _("signed off")
        RELEASED = "released", _("released by the funder")
        REFUSED = "refused", _("release refused")
        SCHEDULED = "scheduled", _("publication scheduled")
        PUBLISHED = "published", _("published")
        REOPENED = "reopened", _("taken up again")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")
        CONFIRMED = "confirmed", _("confirmed as still valid")

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.output_id}: {self.kind}"


class Attachment(models.Model):
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    alternative = models.TextField(_("text alternative"), blank=True)  # of a figure
    # Belongs to the working text. What readers have is named by their edition, so that no file passes the four eyes.
    working = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["output", "name"], condition=Q(working=True), name="attachment_name_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_figure(self) -> bool:
        return self.file.media_type.startswith("image/")


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
