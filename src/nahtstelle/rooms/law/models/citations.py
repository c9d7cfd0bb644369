"""What a citing room's own table of citations is made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .laws import Law
from .readings import Provision, Reading


class CitationBase(models.Model):
    """A citation of law in something above this room. Each citing room has its own table made from this.

    ``path`` is the cited part ("/" for the whole provision, "/A2/S1/N3/" for a part), so that one comparison of
    strings tells whether a change touched it. ``law_name``, ``section`` and ``words`` are what the text says, kept also
    where the provision is not (yet) in our stock.
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
