"""Assessment cards: what a study asked, found and is worth; and the questions nobody has answered yet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from .reviews import Review
from .works import Work


class Template(models.TextChoices):
    """Kinds of study; each asks for a few particulars of its own (``rooms.library.templates_of_study``)."""

    SURVEY = "survey", _("survey")
    ADMINISTRATIVE = "administrative", _("analysis of register or administrative data")
    QUALITATIVE = "qualitative", _("qualitative study")
    MIXED = "mixed", _("mixed methods")
    EVALUATION = "evaluation", _("evaluation with a comparison group")
    EXPERIMENT = "experiment", _("randomised experiment")
    REVIEW = "review", _("review of research")
    LEGAL = "legal", _("legal study")
    OTHER = "other", _("other kind of study")


class Strength(models.IntegerChoices):
    """How far the finding carries: a scale described in docs/reference/evidence.md."""

    NOT_ASSESSABLE = 0, _("cannot be assessed")
    INDICATION = 1, _("indication")
    LIMITED = 2, _("limited")
    MODERATE = 3, _("moderate")
    STRONG = 4, _("strong")


class CardText(models.Model):
    """What a card says: the same words in its draft and in what was published."""

    template = models.CharField(_("kind of study"), max_length=14, choices=Template.choices, default=Template.OTHER)
    question = models.TextField(_("question"), blank=True)
    method = models.TextField(_("method"), blank=True)
    sample = models.TextField(_("sample"), blank=True)
    particulars = models.JSONField(default=dict)  # what the kind of study asks for besides
    data_from = models.PositiveSmallIntegerField(_("data from the year"), null=True, blank=True)
    data_until = models.PositiveSmallIntegerField(_("until the year"), null=True, blank=True)
    strength = models.PositiveSmallIntegerField(_("strength of evidence"), choices=Strength.choices, default=Strength.NOT_ASSESSABLE)  # fmt: skip
    strength_why = models.TextField(_("why so"), blank=True)
    finding_de = models.CharField(_("finding in one sentence (German)"), max_length=400, blank=True)
    finding_en = models.CharField(_("finding in one sentence (English)"), max_length=400, blank=True)
    meaning_de = models.TextField(_("meaning for practice (German)"), blank=True)
    meaning_en = models.TextField(_("meaning for practice (English)"), blank=True)
    limits = models.TextField(_("limits"), blank=True)

    class Meta:
        abstract = True


class Card(CardText):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("card", "draft")
        SUBMITTED = "submitted", pgettext_lazy("card", "waits for the second reviewer")
        AGREED = "agreed", pgettext_lazy("card", "agreed")
        PUBLISHED = "published", pgettext_lazy("card", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("card", "withdrawn")

    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="card")
    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="cards")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    second = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second reviewer")
    )
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("facets"))
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+", verbose_name=_("programmes"))
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    edition = models.ForeignKey("CardEdition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessment card")
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("reviewer")), name="card_seen_by_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(edition__isnull=False), name="card_published_has_edition"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "agreed"]) | Q(second__isnull=False),
                name="card_in_review_has_second",
            ),
            models.CheckConstraint(
                condition=Q(data_from__isnull=True) | Q(data_until__isnull=True) | Q(data_until__gte=F("data_from")),
                name="card_years_in_order",
                violation_error_message=_("The last year of the data lies before the first."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed_at"]), models.Index(fields=["reviewer", "state"])]

    def __str__(self) -> str:
        return f"{self.work}"


class CardEdition(CardText):
    """A card as readers saw it. Never changed."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    stand = models.DateField()
    note = models.TextField(blank=True)  # what is new in it
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+")
    reviewed_by = models.CharField(max_length=200)  # names, as printed
    seconded_by = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("published card")
        ordering = ["card", "-number"]
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="card_edition_once")]

    def __str__(self) -> str:
        return f"{self.card_id} ({self.number})"


class CardSave(models.Model):
    """What a card said after one accepted save: what two people's texts are merged on, and who wrote what.

    ``says`` are all fields of the card by name, facets and programmes by their keys.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    says = models.JSONField()

    class Meta:
        verbose_name = _("save of a card")
        ordering = ["card", "-revision"]
        constraints = [models.UniqueConstraint(fields=["card", "revision"], name="card_save_once")]

    def __str__(self) -> str:
        return f"{self.card_id}, {self.revision}"


class CardLeft(models.Model):
    """Words that met somebody else's at the same field: kept beside the card until their author has decided."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="left")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    says = models.JSONField()  # only the fields that met
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("words left beside a card")
        ordering = ["id"]
        indexes = [models.Index(fields=["card", "by"], condition=Q(settled_at__isnull=True), name="card_left_open")]

    def __str__(self) -> str:
        return f"{self.card_id}: {', '.join(self.says)}"


class CardStep(models.Model):
    """A step of a card on its way to readers, and what was said with it."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("card", "given to a second reviewer")
        TAKEN_BACK = "taken_back", pgettext_lazy("card", "taken back")
        SENT_BACK = "sent_back", pgettext_lazy("card", "sent back")
        AGREED = "agreed", pgettext_lazy("card", "agreed to")
        PUBLISHED = "published", pgettext_lazy("card step", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("card step", "withdrawn")
        TAKEN_UP = "taken_up", pgettext_lazy("card", "taken up again")

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a card")
        ordering = ["-id"]
        indexes = [models.Index(fields=["card", "-id"])]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.kind}"


class OpenQuestion(models.Model):
    """A gap of the map that somebody took up: to be researched, or to be talked about."""

    class Kind(models.TextChoices):
        RESEARCH = "research", _("research question")
        AGENDA = "agenda", _("item for an agenda")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("question", "open")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        DROPPED = "dropped", pgettext_lazy("question", "dropped")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    words = models.CharField(_("question"), max_length=400)
    why = models.TextField(_("why it matters"), blank=True)
    concepts = models.ManyToManyField(Concept, related_name="+", verbose_name=_("facets"))  # the cell it came from
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("who sees to it"))
    due = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("open question")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="question_closed_has_moment"
            )
        ]
        indexes = [models.Index(fields=["state", "due"])]

    def __str__(self) -> str:
        return self.words
