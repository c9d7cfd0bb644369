"""What the machine has learned of people's answers to proposed concepts, one state after another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Classifier(models.Model):
    """A state of the machine: what it learned from so many decisions, and how good it was on decisions it had not seen."""

    decisions = models.PositiveIntegerField()  # it knew
    concepts = models.PositiveIntegerField()  # it learned; the others are found by their labels only
    data = models.BinaryField()  # words, weights: numpy arrays
    works = models.PositiveIntegerField()  # on which it was measured
    precision = models.FloatField()  # at 3
    recall = models.FloatField()  # at 5
    labels_precision = models.FloatField()  # of the labels alone, on the same works
    labels_recall = models.FloatField()
    seconds = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("state of the proposing of concepts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"terms-{self.pk}"
