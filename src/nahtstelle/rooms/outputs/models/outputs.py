"""An output with its working text and what stands on its title page; who wrote it; its files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law.models import Act

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

    style = models.CharField(_("style of citation"), max_length=80, blank=True)  # empty: that of the house
    # Readers of a dossier see which studies became public after its Stand.
    shows_news = models.BooleanField(_("show new studies to readers"), default=False)
    news_told_at = models.DateTimeField(null=True, blank=True)  # up to when its owner knows of new studies

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
    # The name of an author who was erased and wanted to stay named.
    credit = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("authorship")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["output", "person"], name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.called}: {self.output}"

    @property
    def called(self) -> str:
        """What readers see."""
        return self.credit or self.person.name


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
