"""Editorial pages: which text stands in which place of the site."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs.models import Output


class Placement(models.Model):
    """A text stands in a place: "imprint", "topic:th-anerkennung". Its language variants stand there with it.

    The text is an output of the kind "editorial page", so that its drafts, versions, preview, four eyes, scheduled
    publication and variants are those of every other text (docs/decisions/0010).
    """

    place = models.CharField(_("place"), max_length=120, unique=True)
    output = models.OneToOneField(Output, on_delete=models.PROTECT, related_name="placement", verbose_name=_("text"))
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("text in its place")
        verbose_name_plural = _("texts in their places")
        ordering = ["place"]
        constraints = [models.CheckConstraint(condition=~Q(place=""), name="placement_names_a_place")]

    def __str__(self) -> str:
        return f"{self.place}: {self.output_id}"
