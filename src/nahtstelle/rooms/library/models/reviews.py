"""Reviews: a question, a team, a pool of works, and every decision in the order in which it was made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.models import Dated, DatedQuerySet
from nahtstelle.register.people.models import Account, Person

from .imports import Import
from .works import Work


class Stage(models.TextChoices):
    TITLE = "title", _("title and abstract")
    FULL = "full", _("full text")


class Review(models.Model):
    class State(models.TextChoices):
        PREPARING = "preparing", pgettext_lazy("review", "being prepared")
        SCREENING = "screening", pgettext_lazy("review", "being screened")
        CLOSED = "closed", pgettext_lazy("review", "closed")

    class Blindness(models.IntegerChoices):
        """How many people judge each record, without seeing each other's answer."""

        SINGLE = 1, _("one person judges each record")
        DOUBLE = 2, _("two people judge each record, neither sees the other's answer")

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    question = models.TextField(_("question"))
    plan = models.TextField(_("plan"), blank=True)  # protocol: where, when and how is searched
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    judges = models.PositiveSmallIntegerField(_("who judges"), choices=Blindness.choices, default=Blindness.DOUBLE)
    # Where one person judges: of how many per cent of the works a second one does, unseen, so that agreement is known.
    second_share = models.PositiveSmallIntegerField(_("per cent that two people judge"), default=0)
    # Question and criteria are given to the model as if they were two records, one to be found and one not.
    begins_with_words = models.BooleanField(_("the model begins with question and criteria"), default=False)
    imports = models.ManyToManyField(Import, blank=True, related_name="reviews")
    seed = models.PositiveIntegerField()
    features = models.CharField(max_length=60)  # names in engines.literature.screening.ranking
    model = models.CharField(max_length=60)
    target_recall = models.FloatField(_("share of the relevant that is to be found"), default=0.95)
    confidence = models.FloatField(_("how sure that has to be"), default=0.95)
    words = models.JSONField(_("words to highlight"), default=list)  # [{"word": …, "speaks": "for" | "against"}]
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_recall__gt=0, target_recall__lte=1, confidence__gt=0, confidence__lt=1),
                name="review_shares_are_shares",
            ),
            models.CheckConstraint(condition=Q(second_share__lte=100), name="review_second_share_is_per_cent"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What a work must be, or must not be; the latter are the reasons for exclusion."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="criteria")
    excludes = models.BooleanField(_("reason for exclusion"))
    words = models.CharField(_("criterion"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)  # no longer offered; decisions that name it keep it

    class Meta:
        verbose_name = _("criterion")
        ordering = ["review", "excludes", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "excludes", "words"], condition=Q(retired_at__isnull=True), name="criterion_once"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Member(Dated):
    """Somebody of the team, from a day until a day. People without a role at the centre may screen, too."""

    class Role(models.TextChoices):
        LEAD = "lead", pgettext_lazy("review", "leads the review")
        SCREENER = "screener", pgettext_lazy("review", "screens")
        RESOLVER = "resolver", pgettext_lazy("review", "settles conflicts")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role in the review"), max_length=8, choices=Role.choices)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("member of a review's team")
        ordering = ["review", "role", "id"]
        indexes = [models.Index(fields=["person", "review"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Item(models.Model):
    """A work in the pool of a review. ``place`` is its row in the engine's space and never changes."""

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("screening", "open")
        INCLUDED = "included", pgettext_lazy("screening", "included")
        EXCLUDED = "excluded", pgettext_lazy("screening", "excluded")
        MAYBE = "maybe", pgettext_lazy("screening", "doubtful")
        CONFLICT = "conflict", pgettext_lazy("screening", "conflict")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="items")
    # The work it was before that one was merged into ``work``; empty where it always was this one.
    came_as = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()
    judges = models.PositiveSmallIntegerField(default=1)  # how many people are to judge it
    by_hand = models.BooleanField(default=False)  # taken from the library by somebody, with no import
    added_at = models.DateTimeField()
    # Its work was merged into another one of the pool since: judged there.
    twin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    left_out = models.BooleanField(default=False)  # its import was undone, or somebody took it out before screening …
    left_out_why = models.TextField(blank=True)  # … and said why
    title_outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    full_outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    full_reason = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="+")
    not_retrieved = models.BooleanField(default=False)  # its full text could not be had

    class Meta:
        verbose_name = _("work in a review")
        ordering = ["review", "place"]
        constraints = [
            models.UniqueConstraint(fields=["review", "work"], name="item_once_per_review"),
            models.UniqueConstraint(fields=["review", "place"], name="item_place_once"),
        ]
        indexes = [
            models.Index(fields=["review", "title_outcome", "place"]),
            models.Index(fields=["review", "full_outcome", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.place}"


class Decision(models.Model):
    """One line of a review's log. Never changed: whoever thinks again adds a line, and the newest of a person counts."""

    class Verdict(models.TextChoices):
        INCLUDE = "include", pgettext_lazy("screening", "include")
        EXCLUDE = "exclude", pgettext_lazy("screening", "exclude")
        MAYBE = "maybe", pgettext_lazy("screening", "maybe")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()  # its place in the log of the review, from 1
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=5, choices=Stage.choices)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    reason = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    settles = models.BooleanField(default=False)  # decides a conflict
    prior = models.BooleanField(default=False)  # known before screening began: tells the model, is nobody's judgement
    newest = models.BooleanField(default=True)  # of this person on this item at this stage
    ranking = models.ForeignKey("Ranking", on_delete=models.PROTECT, null=True, related_name="+")  # that offered it
    seconds = models.PositiveIntegerField(null=True)  # it lay on the desk
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision of a screener")
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["item", "stage", "by"], condition=Q(newest=True, settles=False), name="one_newest_decision"
            ),
            models.UniqueConstraint(
                fields=["item", "stage"], condition=Q(newest=True, settles=True), name="one_settling_decision"
            ),
        ]
        indexes = [models.Index(fields=["review", "stage", "newest", "item"])]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.number}: {self.verdict}"


class Hold(models.Model):
    """A work that lies on somebody's desk for a while: nobody else is offered it beyond those it needs."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="holds")
    stage = models.CharField(max_length=5, choices=Stage.choices)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    ranking = models.ForeignKey("Ranking", on_delete=models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("work on somebody's desk")
        constraints = [models.UniqueConstraint(fields=["item", "stage", "account"], name="hold_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.account_id}"


class PackedPool(models.Model):
    """The words of a pool as numbers, as the model saw them: kept for good, for whoever wants to make a ranking again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="packed_pools")
    size = models.PositiveIntegerField()  # works in it: those with a smaller place
    features = models.CharField(max_length=60)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    packed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("packed pool of a review")
        ordering = ["review", "-id"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.size}"


class Ranking(models.Model):
    """An order of the pool, best first, and what it was learnt from: enough to make it again.

    Of older ones the order itself is dropped; its digest stays, for comparing.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="rankings")
    pool = models.ForeignKey(PackedPool, on_delete=models.PROTECT, related_name="rankings")
    # Those of one chain were learnt one from another, in this order: a solution begins where the last one stood.
    chain = models.CharField(max_length=32)
    stage = models.CharField(max_length=5, choices=Stage.choices)
    after = models.PositiveIntegerField()  # number of the last decision it knows
    size = models.PositiveIntegerField()  # of the pool it ordered
    seed = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    features = models.CharField(max_length=60)
    with_words = models.BooleanField(default=False)  # it knew question and criteria
    order = models.BinaryField()  # places as 32-bit numbers, little-endian; empty: dropped
    digest = models.CharField(max_length=64)  # of the order
    told = models.JSONField(default=dict)  # place → [[word, weight], …] of the works that came next
    seconds = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("order of a pool")
        ordering = ["-id"]
        indexes = [models.Index(fields=["review", "stage", "-id"])]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.after}"


class Look(models.Model):
    """A random sample of what is unread, drawn to say how much was found. All of it is read before it says anything."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="looks")
    stage = models.CharField(max_length=5, choices=Stage.choices)
    number = models.PositiveSmallIntegerField()  # the k-th of its review: each may err less
    seed = models.PositiveIntegerField()
    found = models.PositiveIntegerField()  # relevant ones known when it was drawn
    unread = models.PositiveIntegerField()  # how many it was drawn from
    items = models.ManyToManyField(Item, related_name="looks")
    hits = models.PositiveIntegerField(null=True)
    at_least = models.FloatField(null=True)  # recall, with the confidence of the review
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sample of the unread")
        ordering = ["review", "stage", "number"]
        constraints = [models.UniqueConstraint(fields=["review", "stage", "number"], name="look_number_once")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.number}"
