"""What a citing room's own table of cited works is made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cards import CardEdition
from .works import Work


class WorkCitationBase(models.Model):
    """A citation of a work in something above this room. Each citing room has its own table made from this.

    ``citekey`` and ``locator`` are what the text says ("mueller2021", "S. 12"), kept also where no work has that key.
    ``claim`` is the sentence that rests on it. ``card_edition`` is the card as it was when the sentence was written.
    """

    class Means(models.TextChoices):
        """What of the work is meant."""

        WORK = "work", _("the publication")
        CARD = "card", _("its assessment card")

    work = models.ForeignKey(
        Work, on_delete=models.PROTECT, null=True, blank=True, related_name="%(app_label)s_%(class)ss"
    )
    card_edition = models.ForeignKey(CardEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    means = models.CharField(max_length=4, choices=Means.choices, default=Means.WORK)
    citekey = models.CharField(max_length=80)
    locator = models.CharField(max_length=60, blank=True)
    claim = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)  # in the text, counted from 0

    class Meta:
        abstract = True
